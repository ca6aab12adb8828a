/* secret-mask.c: values and keys of a JSON text without the secrets in them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-mask.h"

#include <string.h>

/* The first span of a value; they are in the order of values. */
static guint
find_first_span (WbSecretValues *secrets,
                 guint           value)
{
  guint low = 0;
  guint high = wb_secret_values_get_n_spans (secrets);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (wb_secret_values_get_span (secrets, middle)->value < value)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* A string or a key between its quotes, with the mask in the place of its secrets. */
static char *
dup_masked_string (WbSecretValues *secrets,
                   guint           value,
                   gsize           start,
                   gsize           end,
                   const char     *mask,
                   gsize          *length)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  const char *text = wb_secret_values_get_text (secrets);
  gsize       done = start;

  for (guint i = find_first_span (secrets, value); i < wb_secret_values_get_n_spans (secrets); i++)
    {
      const WbSecretSpan *span = wb_secret_values_get_span (secrets, i);

      if (span->value != value)
        break;
      if (span->start < start || span->end > end)
        continue;
      g_string_append_len (raw, text + done, (gssize) (span->start - done));
      g_string_append (raw, mask);
      done = span->end;
    }
  g_string_append_len (raw, text + done, (gssize) (end - done));

  return wb_json_unescape (raw->str, 0, raw->len, length);
}

/**
 * wb_secret_mask_dup_value:
 * @secrets: the secrets of a text
 * @value: a scalar
 * @mask: what to put in the place of secrets
 * @length: (out): how many bytes
 *
 * Returns: (transfer full): a string without its escapes, another scalar as it is spelled; without
 *   its secrets
 */
char *
wb_secret_mask_dup_value (WbSecretValues *secrets,
                          guint           value,
                          const char     *mask,
                          gsize          *length)
{
  const WbJsonValue *scalar = wb_json_scan_get (wb_secret_values_get_scan (secrets), value);
  const char        *text = wb_secret_values_get_text (secrets);

  if (wb_secret_values_get (secrets, value) == WB_SECRET_PRESENT)
    {
      *length = strlen (mask);
      return g_strdup (mask);
    }
  if (scalar->type != WB_JSON_STRING)
    {
      *length = scalar->end - scalar->start;
      return g_strndup (text + scalar->start, *length);
    }
  if (wb_secret_values_get (secrets, value) != WB_SECRET_PARTIAL)
    return wb_json_unescape (text, scalar->start, scalar->end, length);

  return dup_masked_string (secrets, value, scalar->start, scalar->end, mask, length);
}

/**
 * wb_secret_mask_dup_key:
 * @secrets: the secrets of a text
 * @value: a value with a key
 * @mask: what to put in the place of secrets
 * @length: (out): how many bytes
 *
 * Returns: (transfer full): the key without its escapes and without secrets
 */
char *
wb_secret_mask_dup_key (WbSecretValues *secrets,
                        guint           value,
                        const char     *mask,
                        gsize          *length)
{
  const WbJsonValue *member = wb_json_scan_get (wb_secret_values_get_scan (secrets), value);

  return dup_masked_string (secrets, value, member->key_start, member->key_end, mask, length);
}
