/* batch-output.c: what an export of several workspaces prints about each, and at the end
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/batch-output.h"

#include <glib/gi18n-lib.h>

#include "cli/terminal/output.h"
#include "core/error.h"
#include "core/text.h"

static const char *
get_result (WbBatchJob *job)
{
  switch (wb_batch_job_get_state (job))
    {
    case WB_BATCH_JOB_SAVED:
      return "saved";
    case WB_BATCH_JOB_UNCHANGED:
      return "unchanged";
    case WB_BATCH_JOB_EMPTY:
      return "empty";
    case WB_BATCH_JOB_FAILED:
      return "failed";
    case WB_BATCH_JOB_WAITING:
    case WB_BATCH_JOB_RUNNING:
    case WB_BATCH_JOB_CANCELLED:
    default:
      return "cancelled";
    }
}

/**
 * wb_cli_batch_dup_name:
 * @account: an account
 * @job: (nullable): one of its jobs
 *
 * Returns: (transfer full): what to call it at the start of a line, escaped
 */
char *
wb_cli_batch_dup_name (WbAccount  *account,
                       WbBatchJob *job)
{
  const char *mark = wb_account_get (account, WB_ACCOUNT_MARK);
  const char *name = job != NULL ? wb_batch_job_get_account_name (job)
                                 : wb_account_get (account, WB_ACCOUNT_NAME);
  g_autoptr (GString) text = g_string_new (NULL);

  if (*mark != '\0')
    g_string_append_printf (text, "[%s] ", mark);
  g_string_append (text, name);
  if (job != NULL)
    g_string_append_printf (text, " / %s", wb_batch_job_get_workspace (job));

  return wb_text_escape (text->str, (gssize) text->len);
}

static char *
format_utc (GDateTime *time)
{
  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

static char *
format_local (GDateTime *time)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (time);

  return g_date_time_format (local, "%Y-%m-%d %H:%M:%S");
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       number)
{
  json_builder_set_member_name (builder, name);
  if (number >= 0)
    json_builder_add_int_value (builder, number);
  else
    json_builder_add_null_value (builder);
}

static void
add_error (JsonBuilder  *builder,
           const GError *failure)
{
  if (failure != NULL)
    wb_cli_json_add_error (builder, failure);
  else
    wb_cli_json_add_string (builder, "error", NULL);
}

static gboolean
print_json (JsonBuilder *builder,
            GError     **error)
{
  g_autoptr (JsonNode) node = json_builder_get_root (builder);

  return wb_cli_output_json (node, error);
}

static gboolean
print_job_json (WbBatchJob *job,
                GError    **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GDateTime) last_good = wb_batch_job_dup_last_good (job);
  g_autofree char *last_good_text = format_utc (last_good);
  const char      *mark = wb_account_get (wb_batch_job_get_account (job), WB_ACCOUNT_MARK);
  gboolean         is_saved = wb_batch_job_get_path (job) != NULL;
  gboolean         is_good = is_saved
                     || wb_batch_job_get_state (job) == WB_BATCH_JOB_UNCHANGED
                     || wb_batch_job_get_state (job) == WB_BATCH_JOB_EMPTY;

  json_builder_begin_object (builder);
  wb_cli_json_add_string (builder, "account", wb_batch_job_get_account_name (job));
  if (*mark != '\0')
    wb_cli_json_add_string (builder, "mark", mark);
  wb_cli_json_add_string (builder, "workspace", wb_batch_job_get_workspace_id (job));
  wb_cli_json_add_string (builder, "workspace_name", wb_batch_job_get_workspace (job));
  wb_cli_json_add_string (builder, "source", wb_source_to_string (wb_batch_job_get_source (job)));
  wb_cli_json_add_string (builder, "result", get_result (job));
  wb_cli_json_add_string (builder, "file",
                          wb_batch_job_get_state (job) == WB_BATCH_JOB_UNCHANGED
                            ? wb_batch_job_get_earlier_path (job)
                            : wb_batch_job_get_path (job));
  add_number (builder, "bytes", is_saved ? (gint64) wb_batch_job_get_size_bytes (job) : -1);
  wb_cli_json_add_string (builder, "sha256", wb_batch_job_get_sha256 (job));
  add_number (builder, "entries", is_good ? (gint64) wb_batch_job_get_n_files (job) : -1);
  add_number (builder, "connections",
              is_good ? (gint64) wb_batch_job_get_n_connections (job) : -1);
  add_number (builder, "changes", wb_batch_job_get_n_changes (job));
  wb_cli_json_add_string (builder, "diff",
                          wb_batch_job_get_n_changes (job) > 0 ? wb_batch_job_get_changes (job)
                                                               : NULL);
  wb_cli_json_add_string (builder, "note", wb_batch_job_get_note (job));
  wb_cli_json_add_string (builder, "last_good", last_good_text);
  add_error (builder, wb_batch_job_get_error (job));
  json_builder_end_object (builder);

  return print_json (builder, error);
}

/* In one line, with when it was last good: what a person needs who is woken by it. */
static void
print_job_failure (WbBatchJob *job,
                   const char *name)
{
  g_autofree char *text = wb_cli_error_to_text (wb_batch_job_get_error (job));
  g_autoptr (GDateTime) last_good = wb_batch_job_dup_last_good (job);
  g_autofree char *when = last_good != NULL ? format_local (last_good) : NULL;
  WbExport        *job_export = wb_batch_job_get_export (job);
  WbSource         next;

  if (job_export != NULL && wb_export_get_next_source (job_export, &next))
    {
      char *longer;

      /* Translators: a sentence on what went wrong, and an option. */
      longer = g_strdup_printf (_ ("%s With %s, an archive is rebuilt from the service’s "
                                   "lists instead, which any Viewer may read; its passwords "
                                   "are missing."),
                                text, "--source auto");
      g_free (text);
      text = longer;
    }
  if (when != NULL)
    /* Translators: an account and a workspace, a sentence on what went wrong, and a time. */
    wb_cli_output_note (_ ("%s: %s Its last good export was at %s."), name, text, when);
  else
    /* Translators: an account and a workspace, and a sentence on what went wrong. */
    wb_cli_output_note (_ ("%s: %s It has no good export in this folder yet."), name, text);
}

static char *
dup_job_line (WbBatchJob *job,
              const char *name)
{
  gboolean         is_saved = wb_batch_job_get_path (job) != NULL;
  const char      *file = is_saved ? wb_batch_job_get_path (job)
                                   : wb_batch_job_get_earlier_path (job);
  g_autofree char *path = wb_text_escape (file != NULL ? file : "", -1);
  g_autofree char *size = g_format_size (wb_batch_job_get_size_bytes (job));
  int              n_changes = wb_batch_job_get_n_changes (job);
  g_autoptr (GString) text = g_string_new (NULL);

  if (wb_batch_job_get_state (job) == WB_BATCH_JOB_EMPTY)
    /* Translators: an account and a workspace. */
    return g_strdup_printf (_ ("%s: no connections yet, so no file was written"), name);
  if (!is_saved)
    {
      /* Translators: an account and a workspace, and a file. */
      g_string_append_printf (text, _ ("%s: unchanged since %s"), name, path);
      return g_string_free (g_steal_pointer (&text), FALSE);
    }

  g_string_append_printf (text,
                          /* Translators: an account and a workspace, a file's name, how many
                           * connections it holds, its size, its SHA-256 */
                          ngettext ("%s: saved %s: %u connection, %s, SHA-256 %s",
                                    "%s: saved %s: %u connections, %s, SHA-256 %s",
                                    wb_batch_job_get_n_connections (job)),
                          name, path, wb_batch_job_get_n_connections (job), size,
                          wb_batch_job_get_sha256 (job));
  if (n_changes > 0)
    g_string_append_printf (text,
                            /* Translators: a number; it follows a line, so keep the comma. */
                            ngettext (", %d change", ", %d changes", (gulong) n_changes),
                            n_changes);
  else if (n_changes == 0)
    /* Translators: nothing has changed; it follows a line, so keep the comma. */
    g_string_append (text, _ (", unchanged"));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
print_job_text (WbBatchJob *job,
                gboolean    quiet,
                GError    **error)
{
  g_autofree char *name = wb_cli_batch_dup_name (wb_batch_job_get_account (job), job);
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;
  gboolean         differs = wb_batch_job_get_n_changes (job) > 0
                     && wb_batch_job_get_changes (job) != NULL;

  if (wb_batch_job_get_note (job) != NULL)
    {
      g_autofree char *note = wb_text_escape (wb_batch_job_get_note (job), -1);

      wb_cli_output_finding ("%s: %s", name, note);
    }
  if (wb_batch_job_get_state (job) == WB_BATCH_JOB_CANCELLED)
    return TRUE;
  if (wb_batch_job_get_error (job) != NULL)
    {
      print_job_failure (job, name);
      return TRUE;
    }

  line = dup_job_line (job, name);
  text = g_strconcat (quiet ? name : line, "\n", differs ? wb_batch_job_get_changes (job) : "",
                      NULL);

  return (quiet && !differs) || wb_cli_output_text (text, error);
}

/**
 * wb_cli_batch_print_job:
 * @job: a job that is over
 * @json: whether to print an object
 * @quiet: whether to print only failures, and what changed
 * @error: return location
 *
 * Returns: whether what was written to standard output arrived
 */
gboolean
wb_cli_batch_print_job (WbBatchJob *job,
                        gboolean    json,
                        gboolean    quiet,
                        GError    **error)
{
  return json ? print_job_json (job, error) : print_job_text (job, quiet, error);
}

/* Of an account none of whose workspaces can be exported. */
gboolean
wb_cli_batch_print_failure (WbAccount    *account,
                            const GError *failure,
                            gboolean      json,
                            GError      **error)
{
  g_autofree char *name = wb_cli_batch_dup_name (account, NULL);
  g_autofree char *text = wb_cli_error_to_text (failure);
  g_autoptr (JsonBuilder) builder = NULL;

  if (*name != '\0')
    wb_cli_output_note ("%s: %s", name, text);
  else
    wb_cli_output_note ("%s", text);
  if (!json)
    return TRUE;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  wb_cli_json_add_string (builder, "account", wb_account_get (account, WB_ACCOUNT_NAME));
  wb_cli_json_add_string (builder, "result", "failed");
  add_error (builder, failure);
  json_builder_end_object (builder);

  return print_json (builder, error);
}

/* When all of them were last good, which is when the one that is longest ago was.
 * Returns: (transfer full) (nullable): %NULL if one of them never was */
static GDateTime *
dup_all_good (WbBatch *batch)
{
  g_autoptr (GDateTime) oldest = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (batch)); i++)
    {
      g_autoptr (WbBatchJob) job = g_list_model_get_item (G_LIST_MODEL (batch), i);
      GDateTime *last_good = wb_batch_job_dup_last_good (job);

      if (last_good == NULL)
        return NULL;
      if (oldest == NULL || g_date_time_compare (last_good, oldest) < 0)
        {
          GDateTime *other = oldest;

          oldest = last_good;
          last_good = other;
        }
      g_clear_pointer (&last_good, g_date_time_unref);
    }

  return g_steal_pointer (&oldest);
}

static gboolean
print_summary_json (const guint *n_of,
                    guint        n,
                    guint        n_accounts_failed,
                    GDateTime   *all_good,
                    GError     **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *last_good = format_utc (all_good);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "summary");
  json_builder_begin_object (builder);
  add_number (builder, "workspaces", n);
  add_number (builder, "saved", n_of[WB_BATCH_JOB_SAVED]);
  add_number (builder, "unchanged", n_of[WB_BATCH_JOB_UNCHANGED]);
  add_number (builder, "empty", n_of[WB_BATCH_JOB_EMPTY]);
  add_number (builder, "failed", n_of[WB_BATCH_JOB_FAILED]);
  add_number (builder, "cancelled", n_of[WB_BATCH_JOB_CANCELLED]);
  add_number (builder, "accounts_failed", n_accounts_failed);
  wb_cli_json_add_string (builder, "last_good", last_good);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return print_json (builder, error);
}

/**
 * wb_cli_batch_print_summary:
 * @batch: a batch that has run
 * @n_accounts_failed: how many accounts are not in it
 * @json: whether to print an object
 * @error: return location
 *
 * Counts, and one line for monitoring: when all workspaces were last exported well.
 *
 * Returns: whether it arrived
 */
gboolean
wb_cli_batch_print_summary (WbBatch *batch,
                            guint    n_accounts_failed,
                            gboolean json,
                            GError **error)
{
  guint n_of[WB_BATCH_JOB_CANCELLED + 1] = { 0 };
  guint n = g_list_model_get_n_items (G_LIST_MODEL (batch));
  g_autoptr (GDateTime) all_good = dup_all_good (batch);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *when = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbBatchJob) job = g_list_model_get_item (G_LIST_MODEL (batch), i);

      n_of[wb_batch_job_get_state (job)]++;
    }
  if (json)
    return print_summary_json (n_of, n, n_accounts_failed, all_good, error);

  g_string_append_printf (text,
                          /* Translators: five numbers. */
                          ngettext ("%u workspace: %u saved, %u unchanged, %u failed, %u not "
                                    "done.\n",
                                    "%u workspaces: %u saved, %u unchanged, %u failed, %u not "
                                    "done.\n",
                                    n),
                          n, n_of[WB_BATCH_JOB_SAVED], n_of[WB_BATCH_JOB_UNCHANGED],
                          n_of[WB_BATCH_JOB_FAILED], n_of[WB_BATCH_JOB_CANCELLED]);
  if (n_of[WB_BATCH_JOB_EMPTY] > 0)
    g_string_append_printf (text,
                            /* Translators: a number. */
                            ngettext ("%u workspace has no connections yet.\n",
                                      "%u workspaces have no connections yet.\n",
                                      n_of[WB_BATCH_JOB_EMPTY]),
                            n_of[WB_BATCH_JOB_EMPTY]);
  if (n_accounts_failed > 0)
    g_string_append_printf (text,
                            /* Translators: a number. */
                            ngettext ("%u account could not be used.\n",
                                      "%u accounts could not be used.\n", n_accounts_failed),
                            n_accounts_failed);
  if (all_good != NULL && n > 0)
    {
      when = format_local (all_good);
      /* Translators: a time. */
      g_string_append_printf (text, _ ("Last good export of every workspace: %s\n"), when);
    }
  else
    {
      g_string_append (text, _ ("Last good export of every workspace: none yet\n"));
    }

  return wb_cli_output_text (text->str, error);
}
