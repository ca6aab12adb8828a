/* archive-pair.c: two ZIP files that were named on the command line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/archive-pair.h"

#include "core/thread.h"

/* One of the two. */
typedef struct
{
  const char *path; /* (unowned) */
  WbCliOpen  *open;
  WbSpool    *spool;   /* (owned) (nullable) */
  WbArchive  *archive; /* (owned) (nullable) */
  GError     *error;   /* (owned) (nullable) */
} Side;

static void
side_clear (Side *side)
{
  g_clear_object (&side->spool);
  g_clear_object (&side->archive);
  g_clear_error (&side->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static gpointer
open_side (gpointer data)
{
  Side *side = data;

  if (side->spool != NULL)
    side->archive = wb_cli_archive_open_spool (side->spool, side->path, side->open, NULL,
                                               &side->error);

  return NULL;
}

/**
 * wb_cli_archive_open_pair:
 * @paths: (array length=2): files; one of them may be “-” for standard input
 * @open: wb_archive_open(), or a faster one that knows less
 * @first: (out): the archive in the first one
 * @second: (out): the archive in the second one
 * @error: return location: as from wb_cli_archive_open(); of two errors, that of the first file
 *
 * wb_cli_archive_open() of both side by side, each in a thread. What comes from standard input is
 * waited for before.
 *
 * Returns: whether both are open
 */
gboolean
wb_cli_archive_open_pair (char *const *paths,
                          WbCliOpen   *open,
                          WbArchive  **first,
                          WbArchive  **second,
                          GError     **error)
{
  g_auto (Side) a = { .path = paths[0], .open = open };
  g_auto (Side) b = { .path = paths[1], .open = open };
  GThread *thread = NULL;

  a.spool = wb_cli_archive_load (a.path, error);
  if (a.spool == NULL)
    return FALSE;
  b.spool = wb_cli_archive_load (b.path, &b.error);

  /* Where the system has no thread left, one comes after the other. */
  if (!wb_thread_start ("open", open_side, &b, &thread, NULL))
    open_side (&b);
  open_side (&a);
  if (thread != NULL)
    g_thread_join (thread);

  if (a.archive == NULL || b.archive == NULL)
    {
      g_propagate_error (error, a.error != NULL ? g_steal_pointer (&a.error)
                                                : g_steal_pointer (&b.error));
      return FALSE;
    }
  *first = g_steal_pointer (&a.archive);
  *second = g_steal_pointer (&b.archive);

  return TRUE;
}
