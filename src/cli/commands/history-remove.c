/* history-remove.c: takes records out of the history
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/history-remove.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/text.h"

#define ALL "all"

static WbHistoryRecord *
find (GPtrArray  *records,
      const char *typed,
      GError    **error)
{
  g_autofree char *escaped = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      WbHistoryRecord *record = g_ptr_array_index (records, i);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, record->id);

      if (g_str_equal (id, typed))
        return record;
    }

  escaped = wb_text_escape (typed, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: what a person typed; the commands are typed as they are. */
               _ ("There is no record “%s”. “waybill-cli history” prints the IDs; “all” "
                  "stands for every record."),
               escaped);

  return NULL;
}

static gpointer
copy (gconstpointer record,
      gpointer      user_data)
{
  return g_object_ref ((gpointer) record);
}

/**
 * wb_cli_history_remove:
 * @history: a history
 * @records: (element-type WbHistoryRecord): those among which to choose
 * @typed: their IDs, or `all`
 * @error: return location: %WB_ERROR_INVALID, %WB_ERROR_LOCAL_FILE
 *
 * Removes nothing if one of them is not there. What was saved stays.
 *
 * Returns: (transfer full) (element-type WbHistoryRecord): what was removed
 */
GPtrArray *
wb_cli_history_remove (WbHistory *history,
                       GPtrArray *records,
                       char     **typed,
                       GError   **error)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);

  if (g_strv_contains ((const char *const *) typed, ALL))
    g_ptr_array_extend (chosen, records, copy, NULL);
  for (guint i = 0; typed[i] != NULL; i++)
    {
      WbHistoryRecord *record;

      if (g_str_equal (typed[i], ALL))
        continue;
      record = find (records, typed[i], error);
      if (record == NULL)
        return NULL;
      if (!g_ptr_array_find (chosen, record, NULL))
        g_ptr_array_add (chosen, g_object_ref (record));
    }

  for (guint i = 0; i < chosen->len; i++)
    {
      WbHistoryRecord *record = g_ptr_array_index (chosen, i);

      if (!wb_history_remove (history, record->id, error))
        return NULL;
    }

  return g_steal_pointer (&chosen);
}
