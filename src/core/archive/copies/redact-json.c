/* redact-json.c: one connection without its secrets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/copies/redact-json.h"

#include <string.h>

#include "core/archive/connection/connection-encoding.h"
#include "core/archive/connection/connection-json.h"
#include "core/archive/secrets/secret-keys.h"
#include "core/archive/secrets/secret-strings.h"
#include "core/span.h"

typedef struct
{
  WbSpan   span;
  gboolean whole; /* not inside a string: quotes are needed */
} Cut;

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
  g_autofree char *text = NULL;
  g_autofree char *decoded = NULL;

  wb_secret_search_add (search, secret, length);
  /* In an address it may be escaped, and elsewhere not. */
  text = g_strndup (secret, length);
  decoded = g_uri_unescape_string (text, NULL);
  if (decoded != NULL && strlen (text) == length)
    wb_secret_search_add (search, decoded, strlen (decoded));

  while (length > 0 && is_blank (secret[length - 1]))
    length--;
  while (length > 0 && is_blank (*secret))
    {
      secret++;
      length--;
    }
  wb_secret_search_add (search, secret, length);
  if (!whole)
    add_first_word (search, secret, length);
}

/**
 * wb_redact_collect:
 * @contents: a file of the archive
 * @search: gets its secrets
 *
 * A file that is not a connection is left out of the copy, but its secrets may occur in others.
 */
void
wb_redact_collect (GBytes         *contents,
                   WbSecretSearch *search)
{
  g_auto (WbConnectionJson) json = { 0 };
  g_autoptr (GArray) parts = NULL;

  if (wb_connection_json_init (&json, contents, NULL))
    {
      WbSecretValues *secrets = wb_connection_json_get_secrets (&json);

      for (guint i = 0; i < wb_secret_values_get_n_spans (secrets); i++)
        {
          const WbSecretSpan *span = wb_secret_values_get_span (secrets, i);

          add_secret (search, span->secret, span->secret_length, span->whole);
        }
      return;
    }

  if (!g_utf8_validate_len (json.text, json.length, NULL))
    return;
  parts = wb_secret_string_find (json.text, json.length);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const WbSpan *part = &g_array_index (parts, WbSpan, i);

      add_secret (search, json.text + part->start, part->end - part->start, FALSE);
    }
}

static void
add_cut (GArray  *cuts,
         gsize    start,
         gsize    end,
         gboolean whole)
{
  Cut cut = { .span = { .start = start, .end = end }, .whole = whole };

  g_array_append_val (cuts, cut);
}

/* Where a string or a key holds a secret of any file. */
static void
find_in_string (const char     *text,
                gsize           start,
                gsize           end,
                WbSecretSearch *search,
                GArray         *cuts)
{
  gsize            length;
  g_autofree char *string = wb_json_unescape (text, start, end, &length);
  g_autoptr (GArray) parts = wb_secret_search_find (search, string, length);
  g_autofree gsize *map = NULL;

  if (parts == NULL)
    return;
  map = wb_json_map_string (text, start, end, length);
  for (guint i = 0; i < parts->len; i++)
    {
      const WbSpan *part = &g_array_index (parts, WbSpan, i);

      add_cut (cuts, map[part->start], map[part->end], FALSE);
    }
}

/* All places to cut, in order and apart from each other. */
static GArray *
find_cuts (WbConnectionJson *json,
           WbSecretSearch   *search)
{
  WbSecretValues *secrets = wb_connection_json_get_secrets (json);
  const char     *text = json->text;
  GArray         *cuts = g_array_new (FALSE, FALSE, sizeof (Cut));

  for (guint i = 0; i < wb_secret_values_get_n_spans (secrets); i++)
    {
      const WbSecretSpan *span = wb_secret_values_get_span (secrets, i);

      add_cut (cuts, span->start, span->end, span->whole);
    }
  for (guint i = 0; i < wb_json_scan_get_n (json->scan); i++)
    {
      const WbJsonValue *value = wb_json_scan_get (json->scan, i);

      if (value->key_end > value->key_start)
        find_in_string (text, value->key_start, value->key_end, search, cuts);
      if (value->type == WB_JSON_OBJECT || value->type == WB_JSON_ARRAY
          || wb_secret_values_get (secrets, i) == WB_SECRET_PRESENT)
        continue;
      if (value->type == WB_JSON_STRING)
        find_in_string (text, value->start, value->end, search, cuts);
      else if (wb_secret_search_is_in (search, text + value->start, value->end - value->start))
        add_cut (cuts, value->start, value->end, TRUE);
    }

  wb_spans_join (cuts);

  return cuts;
}

static GBytes *
cut (WbConnectionJson *json,
     GArray           *cuts)
{
  g_autoptr (GString) out = g_string_sized_new (json->length + 1);
  gsize done = 0;

  for (guint i = 0; i < cuts->len; i++)
    {
      const Cut *c = &g_array_index (cuts, Cut, i);

      g_string_append_len (out, json->text + done, (gssize) (c->span.start - done));
      g_string_append (out, c->whole ? "\"" WB_SECRET_STARS "\"" : WB_SECRET_STARS);
      done = c->span.end;
    }
  g_string_append_len (out, json->text + done, (gssize) (json->length - done));

  return wb_connection_encode (out->str, out->len, json->encoding, json->has_mark);
}

/* Reads the copy again as if it came from outside: no secret may be found in it. */
static gboolean
is_clean (GBytes         *contents,
          WbSecretSearch *search)
{
  g_auto (WbConnectionJson) json = { 0 };
  g_autoptr (GArray) cuts = NULL;

  if (!wb_connection_json_init (&json, contents, NULL)
      || wb_secret_search_is_in (search, json.text, json.length))
    return FALSE;
  cuts = find_cuts (&json, search);

  return cuts->len == 0;
}

/**
 * wb_redact_json:
 * @contents: a connection
 * @search: the sealed set of the archive's secrets
 * @n_secrets: (inout): grows by how many places were replaced
 *
 * Replaces secrets at their spans by %WB_SECRET_STARS, its own ones and those of other connections.
 *
 * Returns: (transfer full) (nullable): the connection, laid out as it was; %NULL if it is not fully
 *   understood or a secret might still be in it
 */
GBytes *
wb_redact_json (GBytes         *contents,
                WbSecretSearch *search,
                guint          *n_secrets)
{
  g_auto (WbConnectionJson) json = { 0 };
  g_autoptr (GArray) cuts = NULL;
  g_autoptr (GBytes) copy = NULL;

  if (!wb_connection_json_init (&json, contents, NULL) || !json.is_object)
    return NULL;

  cuts = find_cuts (&json, search);
  copy = cut (&json, cuts);
  if (!is_clean (copy, search))
    return NULL;
  *n_secrets += cuts->len;

  return g_steal_pointer (&copy);
}
