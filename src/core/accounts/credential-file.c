/* credential-file.c: access keys in the files that the cloud's console and software kits make
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/credential-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/accounts/credential-file-private.h"
#include "core/error.h"
#include "core/input-limits.h"
#include "core/thread.h"
#include "core/wipe.h"

/* One byte more shows that the file is too large. */
#define BUFFER_BYTES (WB_CREDENTIAL_FILE_MAX_BYTES + 1)

/* The line of the first byte that is not text. */
static guint
count_lines (const char *text,
             const char *end)
{
  guint line = 1;

  for (; text < end; text++)
    line += *text == '\n';

  return line;
}

static void
wipe_lines (char **lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    explicit_bzero (lines[i], strlen (lines[i]));
  g_strfreev (lines);
}

static gboolean
parse (const char *text,
       gsize       length,
       GListStore *list,
       GError    **error)
{
  char       *copy;
  char      **lines;
  const char *end;
  gboolean    is_sections = FALSE;
  gboolean    is_right;

  copy = wb_credential_text_decode (text, length);
  if (copy == NULL)
    {
      g_utf8_validate (text, (gssize) length, &end);
      return wb_found_entry_fail (error, count_lines (text, end), _ ("this is not text."));
    }

  lines = g_strsplit (copy, "\n", -1);
  wb_wipe_and_free (copy);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *start = lines[i] + strspn (lines[i], " \t\r");

      if (*start == '\0')
        continue;
      is_sections = strchr ("[#;", *start) != NULL;
      break;
    }

  is_right = is_sections ? wb_credential_sections_parse (lines, list, error)
                         : wb_credential_csv_parse (lines, list, error);
  wipe_lines (lines);

  return is_right;
}

static gboolean
check_file (GFile        *file,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                            cancellable, error);
  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    return TRUE;

  /* Reading a pipe would block. */
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, _ ("This is not a file."));

  return FALSE;
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = NULL;
  GListModel *list = NULL;
  GError     *error = NULL;
  char        buffer[BUFFER_BYTES];
  gsize       length = 0;

  if (check_file (data, cancellable, &error))
    stream = g_file_read (data, cancellable, &error);
  if (stream == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* The buffer has a fixed size, so that no copy stays in memory. */
  if (g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, sizeof buffer, &length, cancellable,
                               &error))
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (buffer, length);

      list = wb_credential_file_parse (bytes, &error);
    }
  explicit_bzero (buffer, sizeof buffer);

  if (list != NULL)
    g_task_return_pointer (task, list, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wb_credential_file_parse:
 * @bytes: a file, which may be anything
 * @error: return location
 *
 * Understands the `credentials.csv` that the console gives with a new access key, also as a
 * spreadsheet saves it again, and the `~/.huaweicloud/credentials` of the clouds' software kits:
 * sections with `ak`, `sk`, `security_token` and `project_id`. No sentence repeats anything of the
 * file.
 *
 * Returns: (transfer full): the keys (of type #WbFoundKey), at least one; or %NULL with
 *   %WB_ERROR_INVALID
 */
GListModel *
wb_credential_file_parse (GBytes  *bytes,
                          GError **error)
{
  g_autoptr (GListStore) list = NULL;
  const char *text;
  gsize       length;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  if (length > WB_CREDENTIAL_FILE_MAX_BYTES)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("This file is too large for an access key file."));
      return NULL;
    }

  list = g_list_store_new (WB_TYPE_FOUND_KEY);
  if (!parse (text != NULL ? text : "", length, list, error))
    return NULL;
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("There is no access key in this file. Choose the file "
                              "“credentials.csv” that the console offered."));
      return NULL;
    }

  return G_LIST_MODEL (g_steal_pointer (&list));
}

/**
 * wb_credential_file_load_async:
 * @file: a file, which may be anything
 * @cancellable: (nullable): ends it
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Reads a file, as wb_credential_file_parse() understands it.
 */
void
wb_credential_file_load_async (GFile              *file,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_credential_file_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  wb_thread_run_task (task, load_thread);
}

/**
 * wb_credential_file_load_finish:
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the keys (of type #WbFoundKey), at least one; or %NULL with an error of
 *   GIO or %WB_ERROR_INVALID
 */
GListModel *
wb_credential_file_load_finish (GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_credential_file_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
