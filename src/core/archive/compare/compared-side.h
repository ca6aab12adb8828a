/* compared-side.h: the files of one of two archives that are compared
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive.h"
#include "core/archive/compare/canonical.h"

G_BEGIN_DECLS

/* One file of one of the two. */
typedef struct
{
  const char *path; /* (unowned) */
  gsize       path_length;
  guint       node;
  gboolean    same; /* byte for byte as the other one of its path, and not read for that */
  gboolean    read;
  gboolean    paired;
  guint8      content[WB_CANONICAL_BYTES]; /* digest of all but its name */
  guint8      whole[WB_CANONICAL_BYTES];
} WbComparedFile;

typedef struct
{
  WbArchive      *archive; /* (unowned) */
  WbComparedFile *files;   /* (owned): in the order of wb_compared_compare_files() */
  guint           n_files;
  guint          *numbers; /* (owned): of each node among the files */
  guint8         *wanted;  /* (owned): for each node whether it is to be read */
} WbComparedSide;

/* How far a walk through the files of both sides has come. */
typedef struct
{
  guint           i;
  guint           j;
  WbComparedFile *old_file; /* (unowned) */
  WbComparedFile *new_file; /* (unowned) */
} WbComparedWalk;

void     wb_compared_side_init     (WbComparedSide *side,
                                    WbArchive      *archive);
void     wb_compared_side_clear    (WbComparedSide *side);
gboolean wb_compared_next_pair     (WbComparedSide *old_side,
                                    WbComparedSide *new_side,
                                    WbComparedWalk *walk);
gboolean wb_compared_find_same     (WbComparedSide *old_side,
                                    WbComparedSide *new_side,
                                    GCancellable   *cancellable,
                                    GError        **error);
gboolean wb_compared_side_read     (WbComparedSide *side,
                                    GCancellable   *cancellable,
                                    GError        **error);

/* By path and then by node. */
int      wb_compared_compare_files (const void     *a,
                                    const void     *b);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbComparedSide, wb_compared_side_clear)

G_END_DECLS
