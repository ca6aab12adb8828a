/* fuzz-search.c: any text as a search, in any text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "core/archive/list/search-query.h"
#include "core/span.h"
#include "core/text.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *typed = fuzz_next_text (&data, &size);
  g_autofree char *rest = fuzz_next_text (&data, &size);
  g_autofree char *looked_for = g_utf8_make_valid (typed, -1);
  g_autofree char *text = g_utf8_make_valid (rest, -1);
  g_autoptr (WbSearchQuery) query = wb_search_query_new (looked_for);
  g_autoptr (GArray) spans = wb_search_query_find_spans (query, "key", text);
  gsize end = 0;

  wb_search_query_matches (query, text, strlen (text));
  for (guint i = 0; spans != NULL && i < spans->len; i++)
    {
      const WbSpan *span = &g_array_index (spans, WbSpan, i);

      fuzz_check (span->start >= end);
      fuzz_check (span->end >= span->start);
      fuzz_check (span->end <= strlen (text));
      fuzz_check (g_utf8_validate_len (text + span->start, span->end - span->start, NULL));
      end = span->end;
    }

  return 0;
}
