/* test-signer.c: known answers of the signature algorithm
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/signer.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#define PROJECT "b384b9e9ab9b4ee8994c8633aabc9505"
#define WORKSPACE "d1cd7861478748a6925bc02f47c69279"
#define EXPORT_HOST "dayu-dlf.eu-de.otc.t-systems.com"
#define EXPORT_URL "https://" EXPORT_HOST "/v1/" PROJECT "/connections/export"

static GUri *
parse (const char *url)
{
  g_autoptr (GError) error = NULL;
  GUri *uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, &error);

  g_assert_no_error (error);

  return uri;
}

static void
check_vector (JsonObject *vector)
{
  JsonArray                 *given = json_object_get_array_member (vector, "headers");
  guint                      n_headers = json_array_get_length (given) + 1;
  const char                *text = json_object_get_string_member (vector, "body");
  g_autofree WbSignedHeader *headers = g_new0 (WbSignedHeader, n_headers);
  g_autofree char           *host = NULL;
  g_autofree char           *canonical = NULL;
  g_autofree char           *authorization = NULL;
  g_autoptr (GUri) uri = parse (json_object_get_string_member (vector, "url"));
  g_autoptr (GBytes) body = *text != '\0' ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (WbCredentials) credentials = NULL;

  g_test_message ("%s", json_object_get_string_member (vector, "name"));

  for (guint i = 0; i + 1 < n_headers; i++)
    {
      JsonArray *pair = json_array_get_array_element (given, i);

      headers[i].name = json_array_get_string_element (pair, 0);
      headers[i].value = json_array_get_string_element (pair, 1);
    }
  if (g_uri_get_port (uri) != 443)
    host = g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
  else
    host = g_strdup (g_uri_get_host (uri));
  headers[n_headers - 1].name = "Host";
  headers[n_headers - 1].value = host;

  credentials = wb_credentials_new_key (json_object_get_string_member (vector, "ak"),
                                        json_object_get_string_member (vector, "sk"), NULL);
  canonical = wb_signer_canonical_request (json_object_get_string_member (vector, "method"), uri,
                                           headers, n_headers, body);
  g_assert_cmpstr (canonical, ==, json_object_get_string_member (vector, "canonical_request"));

  authorization = wb_signer_authorization (credentials,
                                           json_object_get_string_member (vector, "method"), uri,
                                           headers, n_headers, body);
  g_assert_cmpstr (authorization, ==, json_object_get_string_member (vector, "authorization"));
  if (!json_object_get_null_member (vector, "known_signature"))
    g_assert_true (g_str_has_suffix (authorization,
                                     json_object_get_string_member (vector, "known_signature")));
}

static void
test_vectors (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures",
                                                 "signature-vectors.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *vectors;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);

  vectors = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                          "vectors");
  g_assert_cmpuint (json_array_get_length (vectors), ==, 16);
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    check_vector (json_array_get_object_element (vectors, i));
}

/* An export, with more and more headers. */
static void
test_export (void)
{
  static const WbSignedHeader headers[] = {
    { "Host", EXPORT_HOST },
    { "X-Sdk-Date", "20261123T080000Z" },
    { "X-Project-Id", PROJECT },
    { "workspace", WORKSPACE },
    { "X-Security-Token", "TOKEN123" },
    { "under_score", "is not signed" },
  };
  g_autoptr (WbCredentials) credentials = wb_credentials_new_key ("AccessKey", "SecretKey", NULL);
  g_autoptr (GUri) uri = parse (EXPORT_URL);
  g_autofree char *canonical = wb_signer_canonical_request ("POST", uri, headers, 4, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  g_autofree char *plain = wb_signer_authorization (credentials, "POST", uri, headers, 4, NULL);
  g_autofree char *temporary = wb_signer_authorization (credentials, "POST", uri, headers, 6, NULL);

  g_assert_cmpstr (hash, ==, "e15f8eee5c7efdc5a61fa621c205fc25f3faa1fdbf4dd77cb4c08654131a1e8e");
  g_assert_cmpstr (plain, ==,
                   "SDK-HMAC-SHA256 Access=AccessKey, "
                   "SignedHeaders=host;workspace;x-project-id;x-sdk-date, "
                   "Signature=aef7a705b03517268d155d3bce27de8e77e7e76f0c32781b6c592c0def1f7910");
  g_assert_cmpstr (temporary, ==,
                   "SDK-HMAC-SHA256 Access=AccessKey, "
                   "SignedHeaders=host;workspace;x-project-id;x-sdk-date;x-security-token, "
                   "Signature=23c30b0fa1ee89654ff257bb72ca97105d71d3c998efc259d14d79c50c9e7682");
}

static void
test_content_type (void)
{
  static const WbSignedHeader headers[] = {
    { "host", EXPORT_HOST },
    { "x-sdk-date", "20261123T080000Z" },
    { "x-project-id", PROJECT },
    { "workspace", WORKSPACE },
    { "content-type", "application/json" },
  };
  g_autoptr (WbCredentials) credentials = wb_credentials_new_key ("AccessKey", "SecretKey", NULL);
  g_autoptr (GUri) uri = parse (EXPORT_URL);
  g_autoptr (GBytes) body = g_bytes_new (NULL, 0);
  g_autofree char *text = wb_signer_authorization (credentials, "POST", uri, headers, 5, body);

  g_assert_true (g_str_has_suffix (text, "d46c271b4b3682a200629a9bb9952a1b"
                                         "5e872222eedd148a6272b4287e5b3db7"));
}

static void
test_canonical_forms (void)
{
  static const struct
  {
    const char *url;
    const char *path;
    const char *query;
  } cases[] = {
    { "https://h", "/", "" },
    { "https://h/", "/", "" },
    { "https://h/a/", "/a/", "" },
    { "https://h/a%2fb/%7Ec", "/a%2Fb/~c/", "" },
    { "https://h/100%/%00%zz", "/100%25/%00%25zz/", "" },
    { "https://h/a?", "/a/", "" },
    { "https://h/a?b", "/a/", "b=" },
    { "https://h/a?&&b=1&&", "/a/", "b=1" },
    { "https://h/a?b==1&a=%20+", "/a/", "a=%20%2B&b=%3D1" },
    { "https://h/a?%62=2&a=1", "/a/", "a=1&b=2" },
    { "https://h/a?limit=1&enable=true&path=/tmp/123&multi=1&multi=2&multi=3"
      "&test=%E4%B8%80%20(%26%3D%3F!%23%25.*)",
      "/a/",
      "enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123"
      "&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29" },
  };
  static const WbSignedHeader headers[] = { { "HOST", "  h \t" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GUri) uri = g_uri_parse (cases[i].url,
                                          SOUP_HTTP_URI_FLAGS | G_URI_FLAGS_PARSE_RELAXED, NULL);
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      g_assert_nonnull (uri);
      text = wb_signer_canonical_request ("GET", uri, headers, 1, NULL);
      lines = g_strsplit (text, "\n", -1);
      g_assert_cmpstr (lines[1], ==, cases[i].path);
      g_assert_cmpstr (lines[2], ==, cases[i].query);
      g_assert_cmpstr (lines[3], ==, "host:h");
    }
}

static void
test_date (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (2 * 60 * 60);
  g_autoptr (GDateTime) when = g_date_time_new (zone, 2026, 11, 23, 1, 2, 3.9);
  g_autofree char *text = wb_signer_format_date (when);

  g_assert_cmpstr (text, ==, "20261122T230203Z");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/signer/vectors", test_vectors);
  g_test_add_func ("/signer/export", test_export);
  g_test_add_func ("/signer/content-type", test_content_type);
  g_test_add_func ("/signer/canonical-forms", test_canonical_forms);
  g_test_add_func ("/signer/date", test_date);

  return g_test_run ();
}
