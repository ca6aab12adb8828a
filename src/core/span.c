/* span.c: parts of a text, by their offsets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/span.h"

#include <string.h>

/* Of two that begin together the longer one comes first. */
static int
compare_spans (const void *a,
               const void *b)
{
  const WbSpan *x = a;
  const WbSpan *y = b;

  if (x->start != y->start)
    return x->start > y->start ? 1 : -1;

  return (x->end < y->end) - (x->end > y->end);
}

/* As those are that were found from left to right, hundreds of thousands in the worst case. */
static gboolean
is_sorted (GArray *spans,
           gsize   size)
{
  for (guint i = 1; i < spans->len; i++)
    {
      if (compare_spans (spans->data + (i - 1) * size, spans->data + i * size) > 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * wb_spans_join:
 * @spans: (element-type WbSpan): spans of one text, or structs that begin with one
 *
 * Sorts them and joins those that overlap or touch, so that they are in order and apart from each
 * other. What is joined keeps what else its first one holds.
 */
void
wb_spans_join (GArray *spans)
{
  gsize size = g_array_get_element_size (spans);
  guint n = 0;

  if (!is_sorted (spans, size))
    g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      WbSpan *span = (WbSpan *) (void *) (spans->data + i * size);
      WbSpan *last = n > 0 ? (WbSpan *) (void *) (spans->data + (n - 1) * size) : NULL;

      if (last != NULL && span->start <= last->end)
        last->end = MAX (last->end, span->end);
      else
        memmove (spans->data + n++ * size, span, size);
    }
  g_array_set_size (spans, n);
}
