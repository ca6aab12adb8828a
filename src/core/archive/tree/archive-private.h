/* archive-private.h: what an archive is made of, for those who read in it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive-facts.h"
#include "core/archive/tree/archive.h"
#include "core/archive/tree/entry-ranks.h"
#include "core/archive/zip/zip-index.h"
#include "core/archive/zip/zip-reader.h"

G_BEGIN_DECLS

struct _WbArchive
{
  GObject parent_instance;

  WbSpool      *spool; /* (owned) */
  char         *password; /* (owned) (nullable): of encrypted entries */
  WbZipIndex   *index; /* (owned) */
  WbNodeTree   *tree;  /* (owned) */
  WbFacts      *facts; /* (owned) */
  WbEntryRanks *ranks; /* (owned): found when they are first asked for */
  WbProblems    problems;
  guint         n_files;
  guint         n_connections;
  guint         n_clear_secrets;
  GPtrArray    *missing; /* (owned) (element-type WbMissingPassword): of its own connections */
  gboolean      is_rebuilt;
};

/**
 * WbArchiveFunc:
 * @archive: the archive
 * @node: one of its files
 * @bytes: its contents, or as much of them as comes out
 * @length: how many
 * @problems: all that is wrong with the file
 * @user_data: as given
 *
 * Returns: %FALSE to stop
 */
typedef gboolean (*WbArchiveFunc) (WbArchive    *archive,
                                   guint         node,
                                   const guint8 *bytes,
                                   gsize         length,
                                   WbProblems    problems,
                                   gpointer      user_data);

/**
 * WbNodePair:
 * @node: a file of an archive
 * @other: a file of another one
 * @same: whether both are known to have the same contents
 */
typedef struct
{
  guint    node;
  guint    other;
  gboolean same;
} WbNodePair;

WbArchive    *wb_archive_new        (WbSpool        *spool,
                                     const char     *password,
                                     WbZipIndex     *index,
                                     WbNodeTree     *tree);
gboolean      wb_archive_learn      (WbArchive      *self,
                                     WbOpenDepth     depth,
                                     GCancellable   *cancellable,
                                     GError        **error);
WbArchive    *wb_archive_open_spool (WbSpool        *spool,
                                     const char     *password,
                                     WbOpenDepth     depth,
                                     GCancellable   *cancellable,
                                     GError        **error);
void          wb_archive_take_note  (WbArchive      *self);
gboolean      wb_archive_read_each  (WbArchive      *self,
                                     const guint8   *wanted,
                                     WbArchiveFunc   func,
                                     gpointer        user_data,
                                     GCancellable   *cancellable,
                                     GError        **error);
gboolean      wb_archive_match_each (WbArchive      *self,
                                     WbArchive      *other,
                                     WbNodePair     *pairs,
                                     guint           n_pairs,
                                     GCancellable   *cancellable,
                                     GError        **error);
const WbFact *wb_archive_peek_fact  (WbArchive      *self,
                                     guint           node,
                                     const char    **haystack);

G_END_DECLS
