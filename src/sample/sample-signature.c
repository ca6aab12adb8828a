/* sample-signature.c: a signed request as the service checks it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-signature.h"

#include <string.h>

/* This works the signature out anew from the request as it came, by the service's API reference,
 * and calls nothing of core's signer: the two would share each other's mistakes otherwise. */

#define ALGORITHM "SDK-HMAC-SHA256"
#define UNRESERVED_OTHER "-._~"

typedef struct
{
  char *name;  /* (owned) decoded */
  char *value; /* (owned) decoded */
} Pair;

static void
pair_free (Pair *pair)
{
  g_free (pair->name);
  g_free (pair->value);
  g_free (pair);
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const Pair *one = *(const Pair *const *) a;
  const Pair *two = *(const Pair *const *) b;
  int         order = strcmp (one->name, two->name);

  return order != 0 ? order : strcmp (one->value, two->value);
}

static char *
dup_decoded (const char *text,
             gsize       length)
{
  g_autofree char *part = g_strndup (text, length);
  char            *decoded = g_uri_unescape_string (part, NULL);

  /* NULL for text that is not an escape, or an escaped NUL. */
  return decoded != NULL ? decoded : g_steal_pointer (&part);
}

static void
append_encoded (GString    *out,
                const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p) || strchr (UNRESERVED_OTHER, *p) != NULL)
        g_string_append_c (out, *p);
      else
        g_string_append_printf (out, "%%%02X", (guchar) *p);
    }
}

static void
append_path (GString    *out,
             const char *path)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  guint n = g_strv_length (segments);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *decoded = dup_decoded (segments[i], strlen (segments[i]));

      if (i == n - 1 && *decoded == '\0')
        break;
      append_encoded (out, decoded);
      g_string_append_c (out, '/');
    }
}

static void
append_query (GString    *out,
              const char *query)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) pair_free);
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      gsize       length = strcspn (parts[i], "=");
      const char *value = parts[i][length] == '=' ? parts[i] + length + 1 : "";
      Pair       *pair;

      if (*parts[i] == '\0')
        continue;
      pair = g_new0 (Pair, 1);
      pair->name = dup_decoded (parts[i], length);
      pair->value = dup_decoded (value, strlen (value));
      g_ptr_array_add (pairs, pair);
    }

  g_ptr_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = g_ptr_array_index (pairs, i);

      if (i > 0)
        g_string_append_c (out, '&');
      append_encoded (out, pair->name);
      g_string_append_c (out, '=');
      append_encoded (out, pair->value);
    }
}

/* FALSE if a header that is said to be signed is not there, or the list is out of order. */
static gboolean
append_headers (GString            *out,
                SoupMessageHeaders *headers,
                const char         *signed_headers)
{
  g_auto (GStrv) names = g_strsplit (signed_headers, ";", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char      *value = soup_message_headers_get_list (headers, names[i]);
      g_autofree char *trimmed = NULL;
      g_autofree char *lower = g_ascii_strdown (names[i], -1);

      if (value == NULL || !g_str_equal (names[i], lower)
          || (i > 0 && strcmp (names[i - 1], names[i]) >= 0))
        return FALSE;

      trimmed = g_strstrip (g_strdup (value));
      g_string_append_printf (out, "%s:%s\n", names[i], trimmed);
    }

  return g_strv_contains ((const char *const *) names, "host")
         && g_strv_contains ((const char *const *) names, "x-sdk-date");
}

/* Algorithm, access key, the names of the signed headers, signature. */
static gboolean
parse_authorization (const char *authorization,
                     char      **access_key,
                     char      **signed_headers,
                     char      **signature)
{
  g_auto (GStrv) parts = NULL;

  if (authorization == NULL || !g_str_has_prefix (authorization, ALGORITHM " "))
    return FALSE;

  parts = g_strsplit (authorization + strlen (ALGORITHM " "), ", ", -1);
  if (g_strv_length (parts) != 3
      || !g_str_has_prefix (parts[0], "Access=")
      || !g_str_has_prefix (parts[1], "SignedHeaders=")
      || !g_str_has_prefix (parts[2], "Signature="))
    return FALSE;

  *access_key = g_strdup (parts[0] + strlen ("Access="));
  *signed_headers = g_strdup (parts[1] + strlen ("SignedHeaders="));
  *signature = g_strdup (parts[2] + strlen ("Signature="));

  return TRUE;
}

/* 20261123T080000Z and nothing else. */
static GDateTime *
parse_date (const char *text)
{
  static const char pattern[] = "dddddddd"
                                "T"
                                "dddddd"
                                "Z";
  g_autofree char  *iso = NULL;

  if (text == NULL || strlen (text) != strlen (pattern))
    return NULL;
  for (guint i = 0; pattern[i] != '\0'; i++)
    {
      if (pattern[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != pattern[i])
        return NULL;
    }

  return g_date_time_new_from_iso8601 (text, NULL);
}

/**
 * wb_sample_signature_check:
 * @method: the request's method
 * @path: its path, encoded as it came
 * @query: (nullable): its query, encoded as it came
 * @headers: its headers
 * @body: its body
 * @access_key: the only key there is
 * @secret_key: what belongs to it
 * @now_s: the service's clock, in seconds since 1970
 * @reason: (out): why not, in the words that the service's gateway is known to use; free it
 *
 * Returns: %TRUE if the request is signed with the key, and its clock is right
 */
gboolean
wb_sample_signature_check (const char         *method,
                           const char         *path,
                           const char         *query,
                           SoupMessageHeaders *headers,
                           GBytes             *body,
                           const char         *access_key,
                           const char         *secret_key,
                           gint64              now_s,
                           char              **reason)
{
  g_autofree char *given_key = NULL;
  g_autofree char *signed_headers = NULL;
  g_autofree char *given_signature = NULL;
  g_autofree char *body_hash = NULL;
  g_autofree char *request_hash = NULL;
  g_autofree char *to_sign = NULL;
  g_autofree char *signature = NULL;
  g_autoptr (GString) request = g_string_new (NULL);
  g_autoptr (GDateTime) date = NULL;
  const char *date_text = soup_message_headers_get_one (headers, "X-Sdk-Date");

  if (!parse_authorization (soup_message_headers_get_one (headers, "Authorization"), &given_key,
                            &signed_headers, &given_signature))
    {
      *reason = g_strdup ("authorization header format error");
      return FALSE;
    }
  if (!g_str_equal (given_key, access_key))
    {
      *reason = g_strdup_printf ("Get secretKey failed,ak:%s,err:ak not exist", given_key);
      return FALSE;
    }

  date = parse_date (date_text);
  if (date == NULL)
    {
      *reason = g_strdup ("x-sdk-date format error");
      return FALSE;
    }
  if (ABS (g_date_time_to_unix (date) - now_s) > WB_SAMPLE_MAX_CLOCK_SKEW_S)
    {
      *reason = g_strdup ("calc ak sk signature fail:signature expired");
      return FALSE;
    }

  g_string_append_printf (request, "%s\n", method);
  append_path (request, path);
  g_string_append_c (request, '\n');
  append_query (request, query);
  g_string_append_c (request, '\n');
  if (!append_headers (request, headers, signed_headers))
    {
      *reason = g_strdup ("signed headers format error");
      return FALSE;
    }
  body_hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  g_string_append_printf (request, "\n%s\n%s", signed_headers, body_hash);

  request_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, request->str,
                                                (gssize) request->len);
  to_sign = g_strdup_printf (ALGORITHM "\n%s\n%s", date_text, request_hash);
  signature = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret_key,
                                         strlen (secret_key), to_sign, -1);
  if (!wb_sample_is_same_secret (given_signature, signature))
    {
      g_string_replace (request, "\n", "|", 0);
      *reason = g_strdup_printf ("verify aksk signature fail, canonicalRequest:%s", request->str);
      return FALSE;
    }

  return TRUE;
}

/**
 * wb_sample_is_same_secret:
 * @given: what came
 * @expected: what it must be
 *
 * Takes as long for one wrong byte as for all.
 *
 * Returns: %TRUE if they are equal
 */
gboolean
wb_sample_is_same_secret (const char *given,
                          const char *expected)
{
  gsize  length = strlen (expected);
  guchar difference = 0;

  if (strlen (given) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guchar) given[i] ^ (guchar) expected[i];

  return difference == 0;
}
