/* export-all-summary.c: what has come of the workspaces that are exported together, in numbers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export-all/export-all-summary.h"

#include <glib/gi18n-lib.h>

#include "ui/export-all/export-all-row.h"

/* @rows: (element-type WbExportAllRow): of which those that have a job count */
WbExportAllCounts
wb_export_all_count (GPtrArray *rows)
{
  WbExportAllCounts counts = { 0 };
  double            done = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      WbExportAllRow *row = g_ptr_array_index (rows, i);
      WbBatchJob     *job = wb_export_all_row_get_job (row);
      WbBatchJobState state;

      if (job == NULL)
        continue;
      state = wb_batch_job_get_state (job);
      counts.n++;
      counts.n_over += wb_batch_job_is_over (job);
      counts.n_saved += state == WB_BATCH_JOB_SAVED;
      counts.n_unchanged += state == WB_BATCH_JOB_UNCHANGED;
      counts.n_empty += state == WB_BATCH_JOB_EMPTY;
      counts.n_failed += state == WB_BATCH_JOB_FAILED;
      counts.n_cancelled += state == WB_BATCH_JOB_CANCELLED;
      done += wb_batch_job_is_over (job) ? 1 : MAX (wb_export_all_row_get_fraction (row), 0);
    }
  if (counts.n > 0)
    counts.fraction = done / counts.n;

  return counts;
}

/* Of a run that has ended. */
char *
wb_export_all_dup_summary (const WbExportAllCounts *counts)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: numbers: all, saved, failed. */
                                       "%u workspace: %u saved, %u failed",
                                       "%u workspaces: %u saved, %u failed", counts->n),
                          counts->n, counts->n_saved, counts->n_failed);
  if (counts->n_unchanged > 0)
    g_string_append_printf (text,
                            /* Translators: how many workspaces; it follows a line of numbers. */
                            ngettext (", %u unchanged", ", %u unchanged", counts->n_unchanged),
                            counts->n_unchanged);
  if (counts->n_empty > 0)
    g_string_append_printf (text,
                            /* Translators: how many workspaces; it follows a line of numbers. */
                            ngettext (", %u empty", ", %u empty", counts->n_empty),
                            counts->n_empty);
  if (counts->n_cancelled > 0)
    g_string_append_printf (text,
                            /* Translators: how many workspaces; it follows a line of numbers. */
                            ngettext (", %u cancelled", ", %u cancelled", counts->n_cancelled),
                            counts->n_cancelled);

  return g_string_free (text, FALSE);
}
