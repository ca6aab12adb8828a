/* secret-mask.c: texts, and values and keys of JSON, without the secrets in them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-mask.h"

#include <string.h>

#include "core/archive/secrets/secret-elsewhere.h"

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

  for (guint i = wb_secret_values_find_span (secrets, value);
       i < wb_secret_values_get_n_spans (secrets); i++)
    {
      const WbSecretSpan *span = wb_secret_values_get_span (secrets, i);

      if (span->value != value)
        break;
      if (span->place.start < start || span->place.end > end)
        continue;
      g_string_append_len (raw, text + done, (gssize) (span->place.start - done));
      g_string_append (raw, mask);
      done = span->place.end;
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

/**
 * wb_secret_mask_dup_json:
 * @secrets: the secrets of a text
 * @length: how many bytes the text has
 * @mask: what to put in the place of secrets, without need of escapes
 *
 * Returns: (transfer full): the whole text without its secrets, which is still valid JSON
 */
char *
wb_secret_mask_dup_json (WbSecretValues *secrets,
                         gsize           length,
                         const char     *mask)
{
  const char *text = wb_secret_values_get_text (secrets);
  GString    *masked = g_string_sized_new (length + 1);
  gsize       done = 0;

  for (guint i = 0; i < wb_secret_values_get_n_spans (secrets); i++)
    {
      const WbSecretSpan *span = wb_secret_values_get_span (secrets, i);

      g_string_append_len (masked, text + done, (gssize) (span->place.start - done));
      g_string_append_printf (masked, span->whole ? "\"%s\"" : "%s", mask);
      done = span->place.end;
    }
  g_string_append_len (masked, text + done, (gssize) (length - done));

  return g_string_free (masked, FALSE);
}

static char *
dup_masked_plain (WbSecretSearch *search,
                  const char     *text,
                  gsize           length)
{
  g_autoptr (GArray) parts = wb_secret_values_find_parts (text, length);
  g_autoptr (GArray) more = NULL;
  GString *masked = g_string_sized_new (length + 1);
  gsize    done = 0;

  wb_secret_elsewhere_collect_text (search, text, parts);
  wb_secret_search_seal (search);
  more = wb_secret_search_find (search, text, length);
  if (more != NULL)
    {
      if (parts == NULL)
        parts = g_array_new (FALSE, FALSE, sizeof (WbSpan));
      g_array_append_vals (parts, more->data, more->len);
      wb_spans_join (parts);
    }

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const WbSpan *part = &g_array_index (parts, WbSpan, i);

      g_string_append_len (masked, text + done, (gssize) (part->start - done));
      g_string_append (masked, WB_SECRET_DOTS);
      done = part->end;
    }
  g_string_append_len (masked, text + done, (gssize) (length - done));

  return g_string_free (masked, FALSE);
}

/**
 * wb_secret_mask_dup_text:
 * @text: any UTF-8, such as what a service says
 * @length: how many bytes
 * @known: (nullable) (array zero-terminated=1): what else is secret
 *
 * Returns: (transfer full): the text with dots in the place of what is secret in it: by its keys if
 *   it is JSON, else by what is found in any string; and wherever else it stands
 */
char *
wb_secret_mask_dup_text (const char        *text,
                         gsize              length,
                         const char *const *known)
{
  g_autoptr (WbJsonScan) scan = wb_json_scan_new (text, length, NULL);
  g_autoptr (WbSecretSearch) search = wb_secret_search_new ();
  g_autoptr (WbSecretValues) secrets = NULL;
  g_autoptr (WbSecretValues) everywhere = NULL;

  for (guint i = 0; known != NULL && known[i] != NULL; i++)
    wb_secret_search_add (search, known[i], strlen (known[i]));
  if (scan == NULL)
    return dup_masked_plain (search, text, length);

  secrets = wb_secret_values_new (text, scan);
  wb_secret_elsewhere_collect (search, secrets);
  wb_secret_search_seal (search);
  everywhere = wb_secret_elsewhere_find (search, secrets, -1);

  return wb_secret_mask_dup_json (everywhere, length, WB_SECRET_DOTS);
}
