/* canonical-value.c: a value of a connection, however it is spelled
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare/canonical-value.h"

/* Digits without zeros at either end, and the power of ten behind them: 1.10e+2, 110 and 11e1 are
 * all `11e1`. */
static void
append_number (GString    *out,
               const char *number,
               gsize       length)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *end = number + length;
  const char *p = number;
  gint64      exponent = 0;
  gsize       zeros = 0;

  if (*p == '-')
    p++;
  for (gboolean fraction = FALSE; p < end && *p != 'e' && *p != 'E'; p++)
    {
      if (*p == '.')
        {
          fraction = TRUE;
          continue;
        }
      g_string_append_c (digits, *p);
      exponent -= fraction;
    }
  if (p < end)
    {
      gboolean negative = p[1] == '-';
      gint64   power = 0;

      for (p += p[1] == '-' || p[1] == '+' ? 2 : 1; p < end && power < G_MAXINT32; p++)
        power = power * 10 + (*p - '0');
      /* An exponent this large is not meant seriously; the number equals only itself. */
      if (p < end)
        {
          g_string_append_len (out, number, (gssize) length);
          return;
        }
      exponent += negative ? -power : power;
    }

  while (digits->len > 0 && digits->str[digits->len - 1] == '0')
    {
      g_string_truncate (digits, digits->len - 1);
      exponent++;
    }
  while (digits->str[zeros] == '0')
    zeros++;
  if (digits->len == zeros)
    {
      g_string_append_c (out, '0');
      return;
    }
  g_string_append_printf (out, "%s%se%" G_GINT64_FORMAT, *number == '-' ? "-" : "",
                          digits->str + zeros, exponent);
}

/**
 * wb_canonical_value_append:
 * @out: gets the value's type and what it says, the same for values that are equal
 * @text: a JSON text
 * @value: one of its values
 */
void
wb_canonical_value_append (GString           *out,
                           const char        *text,
                           const WbJsonValue *value)
{
  g_string_append_c (out, (char) ('A' + value->type));
  if (value->type == WB_JSON_STRING)
    {
      gsize            length;
      g_autofree char *string = wb_json_unescape (text, value->start, value->end, &length);

      g_string_append_len (out, string, (gssize) length);
    }
  else if (value->type == WB_JSON_NUMBER)
    append_number (out, text + value->start, value->end - value->start);
}
