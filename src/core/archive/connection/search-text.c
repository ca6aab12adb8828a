/* search-text.c: text in the form in which it is searched
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/search-text.h"

#include "core/text.h"

/**
 * wb_search_append_folded:
 * @out: what to append to
 * @text: any bytes
 * @length: how many
 *
 * Appends a text without its case. Control characters become spaces, invalid bytes U+FFFD.
 */
void
wb_search_append_folded (GString    *out,
                         const char *text,
                         gsize       length)
{
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *composed = NULL;
  gsize            start = out->len;
  gsize            n = 0;

  /* All text of an archive comes this way, and most of it is ASCII. */
  g_string_set_size (out, start + length);
  while (n < length && (guchar) text[n] < 0x80)
    {
      char c = text[n];

      if (c >= 'A' && c <= 'Z')
        c += 'a' - 'A';
      else if (c < 0x20 || c == 0x7f)
        c = ' ';
      out->str[start + n++] = c;
    }
  if (n == length)
    return;

  g_string_truncate (out, start);
  valid = g_utf8_make_valid (text, (gssize) length);
  folded = g_utf8_casefold (valid, -1);
  composed = wb_text_normalize (folded, G_NORMALIZE_DEFAULT_COMPOSE);
  for (const char *p = composed; *p != '\0'; p++)
    g_string_append_c (out, (guchar) *p < 0x20 || *p == 0x7f ? ' ' : *p);
}

void
wb_search_append_line (GString    *out,
                       const char *key,
                       gsize       key_length,
                       const char *value,
                       gsize       value_length)
{
  g_string_append_c (out, WB_SEARCH_LINE);
  wb_search_append_folded (out, key, key_length);
  g_string_append_c (out, WB_SEARCH_VALUE);
  wb_search_append_folded (out, value, value_length);
}
