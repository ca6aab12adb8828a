/* secret-elsewhere.c: secrets where they stand once more
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-elsewhere.h"

#include <string.h>

#include "core/archive/secrets/secret-keys.h"
#include "core/unescape.h"

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A password at the beginning of a sentence: `Hunter2-x (ask the team)`. */
static void
add_first_word (WbSecretSearch *search,
                const char     *secret,
                gsize           length)
{
  gboolean is_odd = FALSE;
  gsize    end = 0;

  while (end < length && !is_blank (secret[end]))
    end++;
  if (end == length)
    return;
  while (end > 0 && strchr (".,;:!?)\"'", secret[end - 1]) != NULL)
    end--;
  for (gsize i = 0; i < end; i++)
    is_odd = is_odd || !g_ascii_isalpha (secret[i]);
  if (is_odd)
    wb_secret_search_add (search, secret, end);
}

static void
add_secret (WbSecretSearch *search,
            const char     *secret,
            gsize           length,
            gboolean        whole)
{
  const gsize full = length;

  wb_secret_search_add (search, secret, length);
  /* In an address it may be escaped, and elsewhere not. */
  if (memchr (secret, '%', length) != NULL)
    {
      g_autoptr (GString) plain = wb_unescape_percents (secret, length);

      wb_secret_search_add (search, plain->str, plain->len);
    }

  while (length > 0 && is_blank (secret[length - 1]))
    length--;
  while (length > 0 && is_blank (*secret))
    {
      secret++;
      length--;
    }
  if (length < full)
    wb_secret_search_add (search, secret, length);
  if (!whole)
    add_first_word (search, secret, length);
}

/* A secret of JSON that is quoted in a text: without its escapes. */
static void
add_unescaped (WbSecretSearch *search,
               const char     *secret,
               gsize           length)
{
  g_autoptr (GString) quoted = NULL;
  g_autoptr (WbJsonScan) scan = NULL;
  g_autofree char *plain = NULL;

  if (memchr (secret, '\\', length) == NULL)
    return;

  quoted = g_string_new ("\"");
  g_string_append_len (quoted, secret, (gssize) length);
  g_string_append_c (quoted, '"');
  scan = wb_json_scan_new (quoted->str, quoted->len, NULL);
  if (scan == NULL || wb_json_scan_get (scan, 0)->type != WB_JSON_STRING)
    return;

  plain = wb_json_unescape (quoted->str, 0, quoted->len, &length);
  add_secret (search, plain, length, FALSE);
}

/**
 * wb_secret_elsewhere_collect:
 * @search: a set that is not sealed
 * @secrets: secrets, which it gets as they may stand elsewhere
 */
void
wb_secret_elsewhere_collect (WbSecretSearch *search,
                             WbSecretValues *secrets)
{
  for (guint i = 0; i < wb_secret_values_get_n_spans (secrets); i++)
    {
      const WbSecretSpan *span = wb_secret_values_get_span (secrets, i);

      add_secret (search, span->secret, span->secret_length, span->whole);
      if (!span->whole)
        add_unescaped (search, span->secret, span->secret_length);
    }
}

/**
 * wb_secret_elsewhere_collect_text:
 * @search: a set that is not sealed
 * @text: any UTF-8
 * @parts: (nullable) (element-type WbSpan): where secrets stand in it, which the set gets likewise
 */
void
wb_secret_elsewhere_collect_text (WbSecretSearch *search,
                                  const char     *text,
                                  GArray         *parts)
{
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const WbSpan *part = &g_array_index (parts, WbSpan, i);

      add_secret (search, text + part->start, part->end - part->start, FALSE);
      add_unescaped (search, text + part->start, part->end - part->start);
    }
}

static void
find_in_string (WbSecretSearch *search,
                const char     *text,
                WbSecretSpan    span,
                gboolean        keep_words,
                GArray         *places)
{
  const WbSpan      quoted = span.place;
  gsize             length;
  g_autofree char  *string = NULL;
  g_autofree gsize *map = NULL;
  g_autoptr (GArray) parts = NULL;

  if (!wb_secret_search_may_hold (search, text + quoted.start + 1, quoted.end - quoted.start - 2))
    return;

  string = wb_json_unescape (text, quoted.start, quoted.end, &length);
  parts = wb_secret_search_find (search, string, length);
  if (parts == NULL)
    return;
  map = wb_json_map_string (text, quoted.start, quoted.end, length);
  for (guint i = 0; i < parts->len; i++)
    {
      const WbSpan *part = &g_array_index (parts, WbSpan, i);

      if (keep_words
          && wb_secret_key_judge (string + part->start, part->end - part->start) != WB_KEY_PLAIN)
        continue;
      span.place = (WbSpan){ .start = map[part->start], .end = map[part->end] };
      g_array_append_val (places, span);
    }
}

/**
 * wb_secret_elsewhere_find:
 * @search: a sealed set
 * @secrets: the secrets of a text
 * @name: number of the value by which a person finds it, which stays as it is, as does a key such
 *   as `password` where that is a secret, too; or -1: then nothing of the set stays
 *
 * Returns: (transfer full): where these secrets stand, and wherever those of the set do
 */
WbSecretValues *
wb_secret_elsewhere_find (WbSecretSearch *search,
                          WbSecretValues *secrets,
                          int             name)
{
  const char *text = wb_secret_values_get_text (secrets);
  WbJsonScan *scan = wb_secret_values_get_scan (secrets);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (WbSecretSpan));

  for (guint i = 0; i < wb_json_scan_get_n (scan); i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      WbSecretSpan       span = { .value = i, .place = { value->key_start, value->key_end } };

      if (value->key_end > value->key_start)
        find_in_string (search, text, span, name >= 0, places);
      if (value->type == WB_JSON_OBJECT || value->type == WB_JSON_ARRAY || (int) i == name
          || wb_secret_values_get (secrets, i) == WB_SECRET_PRESENT)
        continue;
      span.place = (WbSpan){ value->start, value->end };
      if (value->type == WB_JSON_STRING)
        find_in_string (search, text, span, FALSE, places);
      else if (wb_secret_search_is_in (search, text + value->start, value->end - value->start))
        {
          span.whole = TRUE;
          g_array_append_val (places, span);
        }
    }

  return wb_secret_values_new_with (secrets, places);
}
