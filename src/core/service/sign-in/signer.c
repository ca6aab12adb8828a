/* signer.c: SDK-HMAC-SHA256 request signatures, pure
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/signer.h"

#include <string.h>

#include "core/unescape.h"

#define ALGORITHM "SDK-HMAC-SHA256"

typedef struct
{
  GString *key;   /* (owned) decoded */
  GString *value; /* (owned) decoded */
} Parameter;

typedef struct
{
  char *name;  /* (owned) lower case */
  char *value; /* (owned) without blanks around it */
} Header;

static void
free_string (GString *string)
{
  g_string_free (string, TRUE);
}

static void
parameter_free (Parameter *parameter)
{
  free_string (parameter->key);
  free_string (parameter->value);
  g_free (parameter);
}

static void
header_free (Header *header)
{
  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

static GString *
decode (const char *text,
        gsize       length,
        gboolean    is_encoded)
{
  return is_encoded ? wb_unescape_percents (text, length)
                    : g_string_new_len (text, (gssize) length);
}

/* Everything but `A-Za-z0-9-._~`, in upper-case hex. */
static void
append_encoded (GString       *result,
                const GString *bytes)
{
  g_autofree char *encoded = g_uri_escape_bytes ((const guint8 *) bytes->str, bytes->len, NULL);

  g_string_append (result, encoded);
}

/* The `/` at the end is in the canonical form only, never in the request. */
static void
append_path (GString *result,
             GUri    *uri)
{
  gboolean    is_encoded = g_uri_get_flags (uri) & (G_URI_FLAGS_ENCODED | G_URI_FLAGS_ENCODED_PATH);
  const char *segment = g_uri_get_path (uri);

  if (*segment == '/')
    segment++;

  g_string_append_c (result, '/');
  while (*segment != '\0')
    {
      gsize    length = strcspn (segment, "/");
      GString *bytes = decode (segment, length, is_encoded);

      append_encoded (result, bytes);
      g_string_append_c (result, '/');
      free_string (bytes);
      segment += length + (segment[length] == '/');
    }
}

static int
compare_bytes (const GString *a,
               const GString *b)
{
  int order = memcmp (a->str, b->str, MIN (a->len, b->len));

  return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

static int
compare_parameters (gconstpointer a,
                    gconstpointer b)
{
  const Parameter *first = *(const Parameter *const *) a;
  const Parameter *second = *(const Parameter *const *) b;
  int              order = compare_bytes (first->key, second->key);

  return order != 0 ? order : compare_bytes (first->value, second->value);
}

/* A `+` stands for itself here, not for a space. */
static void
append_query (GString *result,
              GUri    *uri)
{
  gboolean    is_encoded;
  const char *pair = g_uri_get_query (uri);
  g_autoptr (GPtrArray) parameters = NULL;

  is_encoded = g_uri_get_flags (uri) & (G_URI_FLAGS_ENCODED | G_URI_FLAGS_ENCODED_QUERY);
  parameters = g_ptr_array_new_with_free_func ((GDestroyNotify) parameter_free);

  while (pair != NULL && *pair != '\0')
    {
      gsize length = strcspn (pair, "&");
      gsize key_length = MIN (strcspn (pair, "="), length);

      if (length > 0)
        {
          gsize      value_start = MIN (key_length + 1, length);
          Parameter *parameter = g_new0 (Parameter, 1);

          parameter->key = decode (pair, key_length, is_encoded);
          parameter->value = decode (pair + value_start, length - value_start, is_encoded);
          g_ptr_array_add (parameters, parameter);
        }
      pair += length + (pair[length] == '&');
    }

  g_ptr_array_sort (parameters, compare_parameters);
  for (guint i = 0; i < parameters->len; i++)
    {
      const Parameter *parameter = g_ptr_array_index (parameters, i);

      if (i > 0)
        g_string_append_c (result, '&');
      append_encoded (result, parameter->key);
      g_string_append_c (result, '=');
      append_encoded (result, parameter->value);
    }
}

static int
compare_headers (gconstpointer a,
                 gconstpointer b)
{
  const Header *first = *(const Header *const *) a;
  const Header *second = *(const Header *const *) b;

  return strcmp (first->name, second->name);
}

/* The headers that are signed, in the order of their names. */
static GPtrArray *
sort_headers (const WbSignedHeader *headers,
              guint                 n_headers)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func ((GDestroyNotify) header_free);

  for (guint i = 0; i < n_headers; i++)
    {
      Header *header;

      if (strchr (headers[i].name, '_') != NULL)
        continue;

      header = g_new0 (Header, 1);
      header->name = g_ascii_strdown (headers[i].name, -1);
      header->value = g_strstrip (g_strdup (headers[i].value));
      g_ptr_array_add (sorted, header);
    }
  g_ptr_array_sort (sorted, compare_headers);

  return sorted;
}

static char *
join_names (GPtrArray *headers)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < headers->len; i++)
    {
      const Header *header = g_ptr_array_index (headers, i);

      if (i > 0)
        g_string_append_c (names, ';');
      g_string_append (names, header->name);
    }

  return g_string_free (names, FALSE);
}

static const char *
find_date (GPtrArray *headers)
{
  for (guint i = 0; i < headers->len; i++)
    {
      const Header *header = g_ptr_array_index (headers, i);

      if (g_str_equal (header->name, "x-sdk-date"))
        return header->value;
    }

  return NULL;
}

static char *
canonical_request (const char *method,
                   GUri       *uri,
                   GPtrArray  *headers,
                   GBytes     *body)
{
  GString         *result = g_string_new (method);
  g_autofree char *names = join_names (headers);
  g_autofree char *hash = NULL;

  g_string_append_c (result, '\n');
  append_path (result, uri);
  g_string_append_c (result, '\n');
  append_query (result, uri);
  g_string_append_c (result, '\n');
  for (guint i = 0; i < headers->len; i++)
    {
      const Header *header = g_ptr_array_index (headers, i);

      g_string_append_printf (result, "%s:%s\n", header->name, header->value);
    }

  if (body != NULL)
    hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  else
    hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) "", 0);
  g_string_append_printf (result, "\n%s\n%s", names, hash);

  return g_string_free (result, FALSE);
}

/**
 * wb_signer_canonical_request:
 * @method: the HTTP method, in upper case
 * @uri: the request's URI
 * @headers: (array length=n_headers): the headers to sign
 * @n_headers: how many
 * @body: (nullable): the request's body, %NULL for none
 *
 * The text that is signed. The path's segments and the query's names and values are decoded and
 * encoded anew, the query is sorted by decoded name, then value (the gateway's signing algorithm,
 * "SDK-HMAC-SHA256", step 1).
 *
 * Returns: (transfer full): the canonical request. It holds the values of @headers, secret ones
 *   too.
 */
char *
wb_signer_canonical_request (const char           *method,
                             GUri                 *uri,
                             const WbSignedHeader *headers,
                             guint                 n_headers,
                             GBytes               *body)
{
  g_autoptr (GPtrArray) sorted = NULL;

  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (headers != NULL || n_headers == 0, NULL);

  sorted = sort_headers (headers, n_headers);

  return canonical_request (method, uri, sorted, body);
}

/**
 * wb_signer_authorization:
 * @credentials: credentials for %WB_AUTH_KEY
 * @method: the HTTP method, in upper case
 * @uri: the request's URI
 * @headers: (array length=n_headers): the headers to sign, `host` and `x-sdk-date` among them
 * @n_headers: how many
 * @body: (nullable): the request's body, %NULL for none
 *
 * Signs with the secret key as it is, without a derived key (the gateway's signing algorithm,
 * steps 2 to 4).
 *
 * Returns: (transfer full): the value of the header `Authorization`
 */
char *
wb_signer_authorization (WbCredentials        *credentials,
                         const char           *method,
                         GUri                 *uri,
                         const WbSignedHeader *headers,
                         guint                 n_headers,
                         GBytes               *body)
{
  g_autoptr (GPtrArray) sorted = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *string_to_sign = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *names = NULL;
  const char      *date;
  const char      *secret_key;

  g_return_val_if_fail (credentials != NULL, NULL);
  g_return_val_if_fail (wb_credentials_get_method (credentials) == WB_AUTH_KEY, NULL);
  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (headers != NULL, NULL);

  sorted = sort_headers (headers, n_headers);
  date = find_date (sorted);
  g_return_val_if_fail (date != NULL, NULL);

  canonical = canonical_request (method, uri, sorted, body);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  string_to_sign = g_strdup_printf (ALGORITHM "\n%s\n%s", date, hash);

  secret_key = wb_credentials_get_secret_key (credentials);
  signature = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret_key,
                                         strlen (secret_key), string_to_sign, -1);
  names = join_names (sorted);

  return g_strdup_printf (ALGORITHM " Access=%s, SignedHeaders=%s, Signature=%s",
                          wb_credentials_get_access_key (credentials), names, signature);
}

/**
 * wb_signer_format_date:
 * @when: a moment, in any time zone
 *
 * Returns: (transfer full): the value of the header `X-Sdk-Date`, such as `20261123T080000Z`
 */
char *
wb_signer_format_date (GDateTime *when)
{
  g_autoptr (GDateTime) utc = NULL;

  g_return_val_if_fail (when != NULL, NULL);

  utc = g_date_time_to_utc (when);

  return g_date_time_format (utc, "%Y%m%dT%H%M%SZ");
}
