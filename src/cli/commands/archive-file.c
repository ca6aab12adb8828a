/* archive-file.c: a ZIP file that was named on the command line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/archive-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands/listed-path.h"
#include "cli/terminal/descriptor.h"
#include "core/error.h"
#include "core/fd.h"
#include "core/input-limits.h"
#include "core/json-scan.h"
#include "core/text.h"

#define CHUNK_BYTES (256 * 1024)

/* All that comes, into a file of our own: a ZIP is read from its end. */
static gboolean
copy (int      from,
      int      to,
      guint64 *size_bytes,
      GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  gssize             n;

  *size_bytes = 0;
  while ((n = read (from, chunk, CHUNK_BYTES)) > 0 || (n < 0 && errno == EINTR))
    {
      if (n < 0)
        continue;
      *size_bytes += (guint64) n;
      if (*size_bytes > WB_SPOOL_DEFAULT_MAX_SIZE_BYTES)
        {
          g_autofree char *limit = g_format_size (WB_SPOOL_DEFAULT_MAX_SIZE_BYTES);

          g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
                       /* Translators: a size, such as 2.1 GB. */
                       _ ("More than %s came. Give a file's name instead."), limit);
          return FALSE;
        }
      if (!wb_fd_write_all (to, chunk, (gsize) n))
        {
          wb_spool_set_write_error (to, errno, error);
          return FALSE;
        }
    }
  if (n < 0)
    wb_error_set_from_errno (error, errno, _ ("It cannot be read"));

  return n == 0;
}

/* Returns: whether it is an open file that cannot be read by position, such as a pipe */
static gboolean
is_stream (int      fd,
           GError **error)
{
  struct stat info;

  if (fd == STDIN_FILENO && isatty (fd))
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("Standard input is a terminal: redirect a ZIP file to it, or give a "
                              "file's name."));
      return FALSE;
    }

  return fstat (fd, &info) != 0 || !S_ISREG (info.st_mode);
}

/**
 * wb_cli_archive_dup_shown_path:
 * @path: a file's name as it was typed
 *
 * Returns: (transfer full): what to call it in a message
 */
char *
wb_cli_archive_dup_shown_path (const char *path)
{
  return g_str_equal (path, "-") ? g_strdup (_ ("standard input")) : wb_text_escape (path, -1);
}

/**
 * wb_cli_archive_load:
 * @path: a file's name, or `-` for standard input
 * @error: return location
 *
 * Opens a file, or reads what comes from a pipe to its end.
 *
 * Returns: (transfer full): its bytes
 */
WbSpool *
wb_cli_archive_load (const char *path,
                     GError    **error)
{
  int              from = wb_cli_descriptor_find (path, STDIN_FILENO);
  g_autofree char *descriptor = g_strdup_printf ("/proc/self/fd/%d", from);
  g_autoptr (GError) local_error = NULL;
  guint64 size_bytes;
  int     to;

  if (from < 0)
    return wb_spool_open (path, error);
  if (!is_stream (from, &local_error))
    {
      if (local_error == NULL)
        return wb_spool_open (descriptor, error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  to = wb_spool_open_unnamed (NULL, error);
  if (to < 0)
    return NULL;
  if (!copy (from, to, &size_bytes, error))
    {
      g_autofree char *shown = wb_cli_archive_dup_shown_path (path);

      /* Translators: a file's name, before a sentence on what is wrong with it. */
      g_prefix_error (error, _ ("“%s”: "), shown);
      close (to);
      return NULL;
    }

  return wb_spool_new_take (to, size_bytes, NULL);
}

/**
 * wb_cli_archive_open_spool:
 * @spool: the bytes of a file
 * @path: what it was named
 * @open: wb_archive_open(), or a faster one that knows less
 * @cancellable: (nullable): a cancellable
 * @error: return location: as from wb_archive_open(), with the path
 *
 * Returns: (transfer full): the archive in it, or %NULL
 */
WbArchive *
wb_cli_archive_open_spool (WbSpool      *spool,
                           const char   *path,
                           WbCliOpen    *open,
                           GCancellable *cancellable,
                           GError      **error)
{
  WbArchive *archive = open (spool, cancellable, error);

  if (archive == NULL)
    {
      g_autofree char *shown = wb_cli_archive_dup_shown_path (path);

      /* Translators: a file's name, before a sentence on what is wrong with it. */
      g_prefix_error (error, _ ("“%s”: "), shown);
    }

  return archive;
}

/**
 * wb_cli_archive_open:
 * @path: a file, or “-” for standard input
 * @open: wb_archive_open(), or a faster one that knows less
 * @cancellable: (nullable): a cancellable
 * @error: return location: as from wb_archive_open(), with the path
 *
 * Returns: (transfer full): the archive in it, or %NULL
 */
WbArchive *
wb_cli_archive_open (const char   *path,
                     WbCliOpen    *open,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr (WbSpool) spool = wb_cli_archive_load (path, error);

  return spool != NULL ? wb_cli_archive_open_spool (spool, path, open, cancellable, error) : NULL;
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
      escaped = wb_cli_archive_dup_shown_path (path);
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

/* How a person may mean a file, the best first. */
typedef enum
{
  FIT_PATH,       /* as `list` prints it, in JSON or as it is */
  FIT_ESCAPED,    /* as `list` prints it on a terminal */
  FIT_FILE_NAME,  /* without folders, with or without `.conn` */
  FIT_NAME,       /* the name that a connection gives itself */
  FIT_NORMALIZED, /* one of these, with its accents put together in another way */
  FIT_NONE
} Fit;

/* One way to write what was typed. */
typedef struct
{
  char *path;       /* (owned) */
  char *escaped;    /* (owned) */
  char *file_name;  /* (owned): escaped */
  char *normalized; /* (owned) (nullable) */
} Wanted;

static void
wanted_init (Wanted     *wanted,
             const char *path)
{
  wanted->path = g_strdup (path);
  wanted->escaped = wb_text_escape (path, -1);
  wanted->file_name = g_strconcat (wanted->escaped, ".conn", NULL);
  wanted->normalized = g_utf8_normalize (wanted->escaped, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

static void
wanted_clear (Wanted *wanted)
{
  g_free (wanted->path);
  g_free (wanted->escaped);
  g_free (wanted->file_name);
  g_free (wanted->normalized);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

static gboolean
is_same_normalized (const Wanted *wanted,
                    const char   *text)
{
  g_autofree char *normalized = NULL;

  if (wanted->normalized == NULL || g_str_is_ascii (text))
    return FALSE;

  normalized = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);

  return g_strcmp0 (normalized, wanted->normalized) == 0;
}

static Fit
get_fit (WbArchive         *archive,
         guint              node,
         const WbCliListed *listed,
         const Wanted      *wanted)
{
  g_autofree char *path = wb_cli_listed_dup_path (listed);
  g_autofree char *escaped = NULL;
  g_autofree char *name = NULL;
  g_autofree char *stem = NULL;
  const char      *inner_name = wb_archive_get_text (archive, node, WB_DIGEST_NAME);

  if (strcmp (path, wanted->path) == 0)
    return FIT_PATH;
  escaped = wb_text_escape (path, -1);
  if (strcmp (escaped, wanted->escaped) == 0)
    return FIT_ESCAPED;
  name = wb_archive_dup_name (archive, node);
  if (strcmp (name, wanted->escaped) == 0 || strcmp (name, wanted->file_name) == 0)
    return FIT_FILE_NAME;
  if (*inner_name != '\0' && strcmp (inner_name, wanted->escaped) == 0)
    return FIT_NAME;
  stem = g_strndup (name, g_str_has_suffix (name, ".conn") ? strlen (name) - strlen (".conn")
                                                           : strlen (name));
  if (is_same_normalized (wanted, escaped) || is_same_normalized (wanted, name)
      || is_same_normalized (wanted, stem) || is_same_normalized (wanted, inner_name))
    return FIT_NORMALIZED;

  return FIT_NONE;
}

/* For each record of the archive the path under which it is listed. */
static WbCliListed *
number_paths (WbArchive *archive)
{
  guint        n = wb_archive_get_n_records (archive);
  WbCliListed *listed = g_new0 (WbCliListed, MAX (n, 1));

  for (guint node = 0; node < wb_archive_get_n_nodes (archive); node++)
    {
      WbNodeKind kind = wb_archive_get_kind (archive, node);
      int        record = wb_archive_get_record (archive, node);
      gsize      length;

      if (kind == WB_NODE_ROOT || kind == WB_NODE_FOLDER)
        continue;
      listed[record].path = wb_archive_peek_path (archive, node, &length);
      listed[record].length = (guint) length;
    }
  wb_cli_listed_number (listed, n);

  return listed;
}

/* Undoes the escapes of a JSON string, with or without its quotes; %NULL if it is none. */
static char *
unescape_json (const char *path)
{
  gboolean         quoted = *path == '"';
  g_autofree char *json = quoted ? g_strconcat ("[", path, "]", NULL)
                                 : g_strconcat ("[\"", path, "\"]", NULL);
  g_autoptr (JsonNode) node = wb_json_parse (json, strlen (json), NULL);
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) != 1
      || json_node_get_value_type (json_array_get_element (array, 0)) != G_TYPE_STRING)
    return NULL;

  return g_strdup (json_array_get_string_element (array, 0));
}

/**
 * wb_cli_archive_find:
 * @archive: an archive
 * @path: a path as `list` prints it, plain, escaped or in JSON; or a file's name, with or without
 *   `.conn`, or the name that a connection gives itself; in any normalization
 *
 * Returns: the first file that fits best, or -1
 */
int
wb_cli_archive_find (WbArchive  *archive,
                     const char *path)
{
  g_autofree WbCliListed *listed = number_paths (archive);
  g_auto (Wanted) plain = { 0 };
  g_auto (Wanted) unescaped = { 0 };
  g_autofree char *json = unescape_json (path);
  Fit              best = FIT_NONE;
  int              result = -1;

  /* Most paths have nothing to undo. */
  if (g_strcmp0 (json, path) == 0)
    g_clear_pointer (&json, g_free);
  wanted_init (&plain, path);
  wanted_init (&unescaped, json != NULL ? json : path);
  for (guint node = 0; best != FIT_PATH && node < wb_archive_get_n_nodes (archive); node++)
    {
      WbNodeKind         kind = wb_archive_get_kind (archive, node);
      const WbCliListed *own;
      Fit                fit;

      if (kind == WB_NODE_ROOT || kind == WB_NODE_FOLDER)
        continue;
      own = &listed[wb_archive_get_record (archive, node)];
      fit = get_fit (archive, node, own, &plain);
      if (json != NULL)
        fit = MIN (fit, get_fit (archive, node, own, &unescaped));
      if (fit < best)
        {
          best = fit;
          result = (int) node;
        }
    }

  return result;
}
