/* archive-file.c: a ZIP file that was named on the command line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/archive-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/text.h"

WbArchive *
wb_cli_archive_open (const char   *path,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr (WbSpool) spool = wb_spool_open (path, error);
  WbArchive *archive;

  if (spool == NULL)
    return NULL;

  archive = wb_archive_open (spool, cancellable, error);
  if (archive == NULL)
    {
      g_autofree char *escaped = wb_text_escape (path, -1);

      /* Translators: a file's name, before a sentence on what is wrong with it. */
      g_prefix_error (error, _ ("“%s”: "), escaped);
    }

  return archive;
}

/**
 * wb_cli_archive_verify:
 * @archive: an archive
 * @path: the file it is in
 * @error: return location: %WB_ERROR_NOT_AN_ARCHIVE
 *
 * Returns: whether all its contents can be read and have the right checksum
 */
gboolean
wb_cli_archive_verify (WbArchive  *archive,
                       const char *path,
                       GError    **error)
{
  const WbProblems damage = WB_PROBLEM_BAD_CRC | WB_PROBLEM_UNREADABLE | WB_PROBLEM_ENCRYPTED
                            | WB_PROBLEM_UNSUPPORTED | WB_PROBLEM_TOO_LARGE;

  for (guint node = 0; node < wb_archive_get_n_nodes (archive); node++)
    {
      WbProblems       problems = wb_archive_get_node_problems (archive, node) & damage;
      g_autofree char *escaped = NULL;
      g_autofree char *entry = NULL;
      g_autofree char *text = NULL;

      if (problems == WB_PROBLEM_NONE)
        continue;
      escaped = wb_text_escape (path, -1);
      entry = wb_archive_dup_path (archive, node);
      text = wb_problems_to_text (problems);
      g_strdelimit (text, "\n", ' ');
      /* Translators: a ZIP file's name, the path of an entry, a sentence on what is wrong */
      g_set_error (error, WB_ERROR, WB_ERROR_NOT_AN_ARCHIVE, _ ("“%s”: %s: %s"), escaped, entry,
                   text);
      return FALSE;
    }

  return TRUE;
}

/**
 * wb_cli_archive_find:
 * @archive: an archive
 * @path: a path, as it is or as `list` prints it; or a name, with or without `.conn`
 *
 * Returns: the first file that fits best, or -1
 */
int
wb_cli_archive_find (WbArchive  *archive,
                     const char *path)
{
  g_autofree char *escaped = wb_text_escape (path, -1);
  g_autofree char *file_name = g_strconcat (escaped, ".conn", NULL);
  int              by_name = -1;

  for (guint node = 0; node < wb_archive_get_n_nodes (archive); node++)
    {
      g_autofree char *node_path = NULL;
      g_autofree char *name = NULL;
      WbNodeKind       kind = wb_archive_get_kind (archive, node);

      if (kind == WB_NODE_ROOT || kind == WB_NODE_FOLDER)
        continue;
      node_path = wb_archive_dup_path (archive, node);
      if (strcmp (node_path, path) == 0 || strcmp (node_path, escaped) == 0)
        return (int) node;
      name = wb_archive_dup_name (archive, node);
      if (by_name < 0 && (strcmp (name, escaped) == 0 || strcmp (name, file_name) == 0))
        by_name = (int) node;
    }

  return by_name;
}
