/* compared-side.h: the files of one of two archives that are compared
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/compare/canonical.h"
#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

/* One file of one of the two. */
typedef struct
{
  const char *path; /* (unowned) */
  gsize       path_length;
  const char *name; /* (unowned): what the connection calls itself, or the empty string */
  char       *own_name; /* (owned) (nullable): the same, where the archive did not know it */
  char       *spelled; /* (owned) (nullable): the path in one spelling, if it is looked for */
  guint       node;
  gboolean    same; /* byte for byte as the other one of its pair, and not read for that */
  gboolean    read;
  gboolean    paired;
  guint8      settings[WB_CANONICAL_BYTES]; /* digests, once it is read */
  guint8      content[WB_CANONICAL_BYTES];
  guint8      whole[WB_CANONICAL_BYTES];
} WbComparedFile;

typedef struct
{
  WbArchive      *archive; /* (unowned) */
  WbComparedFile *files;   /* (owned): in the order of paths */
  guint           n_files;
  guint          *numbers; /* (owned): of each node among the files */
  gboolean        one_form; /* whether a key is the same however the sources spell it */
} WbComparedSide;

/* An old file and a new one that are the same connection. */
typedef struct
{
  WbComparedFile *old_file; /* (unowned) */
  WbComparedFile *new_file; /* (unowned) */
  gboolean        renamed;
} WbComparedPair;

void     wb_compared_side_init    (WbComparedSide *side,
                                   WbArchive      *archive,
                                   gboolean        one_form);
void     wb_compared_side_clear   (WbComparedSide *side);
gboolean wb_compared_side_read_names
                                  (WbComparedSide *side,
                                   GCancellable   *cancellable,
                                   GError        **error);
gboolean wb_compared_side_read    (WbComparedSide *side,
                                   GCancellable   *cancellable,
                                   GError        **error);

void     wb_compared_pair_paths   (GArray         *pairs,
                                   WbComparedSide *old_side,
                                   WbComparedSide *new_side);
gboolean wb_compared_find_same    (GArray         *pairs,
                                   WbComparedSide *old_side,
                                   WbComparedSide *new_side,
                                   GCancellable   *cancellable,
                                   GError        **error);
void     wb_compared_pair_renamed (GArray         *pairs,
                                   WbComparedSide *old_side,
                                   WbComparedSide *new_side);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbComparedSide, wb_compared_side_clear)

G_END_DECLS
