/* fuzz-history.c: any texts as a record of the history: what is put in comes out, as text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/history/history.h"

static WbHistory *
get_history (void)
{
  static WbHistory *history = NULL;

  if (history == NULL)
    {
      g_autofree char *folder = g_dir_make_tmp ("fuzz-history-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (folder, "history.db", NULL);

      history = wb_history_new (path);
    }

  return history;
}

static void
check_text (const char *found,
            const char *put)
{
  g_autofree char *valid = g_utf8_make_valid (put, -1);

  fuzz_check (strcmp (found, valid) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  WbHistory *history = get_history ();
  g_autoptr (WbHistoryRecord) record = wb_history_record_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  char **const     texts[] = { &record->account_id, &record->account, &record->mark,
                               &record->workspace_id, &record->workspace, &record->source,
                               &record->sha256, &record->file, &record->result,
                               &record->message };
  WbHistoryRecord *other;
  WbHistoryQuery   query = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = fuzz_next_text (&data, &size);
  record->size_bytes = size;
  fuzz_check (wb_history_put (history, record, &error));

  found = wb_history_list (history, &query, &error);
  fuzz_check (found != NULL && found->len == 1);
  other = g_ptr_array_index (found, 0);
  check_text (other->account, record->account);
  check_text (other->workspace_id, record->workspace_id);
  check_text (other->file, record->file);
  check_text (other->result, record->result);
  check_text (other->message, record->message);
  fuzz_check (other->size_bytes == record->size_bytes);
  file = wb_history_record_dup_file (other);
  wb_history_record_is_good (other);
  fuzz_check (wb_history_take_notice (history) == NULL);
  fuzz_check (wb_history_remove (history, other->id, &error));

  return 0;
}
