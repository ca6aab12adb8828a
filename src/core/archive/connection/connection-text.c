/* connection-text.c: a connection file as text to look at
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/connection-private.h"

#include <string.h>

#include "core/text.h"

/* A text view slows down beyond this. */
#define MAX_TEXT_BYTES ((gsize) 512 * 1024)
#define MAX_DUMP_BYTES ((gsize) 4096)
#define DUMP_COLUMNS 16

/* Escapes, but leaves line breaks and tabs. Returns %FALSE when the text is long enough. */
static gboolean
append_lines (GString    *out,
              const char *text,
              gsize       length)
{
  const char *end = text + length;

  while (text < end && out->len < MAX_TEXT_BYTES)
    {
      gsize n = 0;

      while (text + n < end && n < MAX_TEXT_BYTES && strchr ("\n\t\r", text[n]) == NULL)
        n++;
      if (n > 0)
        {
          g_autofree char *escaped = wb_text_escape (text, (gssize) n);

          g_string_append (out, escaped);
        }
      text += n;

      if (text < end && *text == '\r' && text + 1 < end && text[1] == '\n')
        text++;
      if (text < end && (*text == '\n' || *text == '\t'))
        g_string_append_c (out, *text++);
      else if (text < end && *text == '\r')
        {
          g_string_append (out, "\\x0d");
          text++;
        }
    }

  return text == end;
}

static char *
finish (GString *out,
        gboolean whole)
{
  if (!whole)
    g_string_append (out, "\n…\n");

  return g_string_free (out, FALSE);
}

/**
 * wb_connection_text_of_json:
 * @json: a JSON text
 *
 * Returns: (transfer full): the text as it is, line by line, escaped, its secrets replaced by dots,
 *   and its end cut off if it is very long
 */
char *
wb_connection_text_of_json (WbConnectionJson *json)
{
  WbSecretValues *secrets = wb_connection_json_get_hidden (json);
  GString        *out = g_string_new (NULL);
  gsize           done = 0;
  gboolean        whole = TRUE;

  for (guint i = 0; whole && i < wb_secret_values_get_n_spans (secrets); i++)
    {
      const WbSecretSpan *span = wb_secret_values_get_span (secrets, i);

      whole = append_lines (out, json->text + done, span->place.start - done);
      done = span->place.end;
      if (whole)
        g_string_append (out, span->whole ? "\"" WB_SECRET_DOTS "\"" : WB_SECRET_DOTS);
    }
  whole = whole && append_lines (out, json->text + done, json->length - done);

  return finish (out, whole);
}

/**
 * wb_connection_text_of_utf8:
 * @text: any UTF-8 text
 * @length: its length
 *
 * Returns: (transfer full): the text line by line, escaped, and cut off if it is very long
 */
char *
wb_connection_text_of_utf8 (const char *text,
                            gsize       length)
{
  GString *out = g_string_new (NULL);
  gboolean whole = append_lines (out, text, length);

  return finish (out, whole);
}

/**
 * wb_connection_text_of_bytes:
 * @bytes: any bytes
 * @length: how many
 *
 * Returns: (transfer full): the first of them as a table of offsets, hexadecimal numbers and ASCII
 */
char *
wb_connection_text_of_bytes (const guint8 *bytes,
                             gsize         length)
{
  GString *out = g_string_new (NULL);
  gsize    shown = MIN (length, MAX_DUMP_BYTES);

  for (gsize row = 0; row < shown; row += DUMP_COLUMNS)
    {
      gsize n = MIN (shown - row, DUMP_COLUMNS);

      g_string_append_printf (out, "%08" G_GSIZE_MODIFIER "x ", row);
      for (gsize i = 0; i < DUMP_COLUMNS; i++)
        {
          if (i < n)
            g_string_append_printf (out, " %02x", bytes[row + i]);
          else
            g_string_append (out, "   ");
        }
      g_string_append (out, "  ");
      for (gsize i = 0; i < n; i++)
        {
          char c = (char) bytes[row + i];

          g_string_append_c (out, g_ascii_isprint (c) ? c : '.');
        }
      g_string_append_c (out, '\n');
    }
  if (shown < length)
    g_string_append (out, "…\n");

  return g_string_free (out, FALSE);
}
