/* test-connection.c: .conn files of every kind, understood, and with their secrets hidden
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/connection-digest.h"
#include "core/archive/connection/connection-encoding.h"
#include "core/archive/connection/connection.h"
#include "core/json-scan.h"

#include <string.h>

#define DOTS "••••••••"

/* clang-format off */
static const char documented[] =
  "{\n  \"name\": \"dws_sales\", \"type\": \"DWS\", \"description\": \"Sales 销售\",\n"
  "  \"config\": {\"clusterName\": \"dws-prod\", \"ip\": \"10.0.0.12\", \"port\": \"8000\",\n"
  "    \"userName\": \"dbadmin\", \"password\": \"Canary-1\", \"sslEnable\": true,\n"
  "    \"kmsKey\": \"dlf/k\", \"agentName\": \"cdm-1\", \"PORT2\": 8001},\n"
  "  \"id\": 12345678901234567890123456789, \"ratio\": 1.10e+2}\n";

static const char odd_text[] =
  "{\"name\":7,\"type\":null,\"description\":{\"a\":1},\"name\":\"later\",\"config\":{},"
  "\"e\":{},\"l\":[1,[],{\"k\":\"v\"}],\"t\":false,\"z\":null,"
  "\"Config\":{\"USERNAME\":\"u\",\"sslenable\":false,\"ip\":null}}";

static const char with_secrets[] =
  "{\"name\":\"n\",\"type\":\"T\",\n"
  "\"description\":\"the password: CANARY\",\n"
  "\"config\":{\"password\":\"CANARY\\u00222\",\"dbPassword\" :\t\"CANARY\",\n"
  "\"\\u0070assword2\":\"CANARY\",\"token\":1234500000,\"pwd\":true,\n"
  "\"secrets\":{\"a\":\"CANARY\",\"b\":[\"CANARY\",{\"c\":\"CANARY\"}]},\n"
  "\"url\":\"jdbc:x://u:CANARY@h/db\",\"url2\":\"jdbc:x://h:1/db?user=u&password=CANARY\",\n"
  "\"json\":\"{\\\"userName\\\":\\\"u\\\",\\\"password\\\": \\\"CANARY\\\"}\",\n"
  "\"password\":\"CANARY\",\n"
  "\"oldPassword\":\"\",\"newPassword\":\"*********\",\"noPassword\":null}}\n";

static const char without_secrets[] =
  "{\"name\":\"n\",\"type\":\"T\",\n"
  "\"description\":\"the password: " DOTS "\",\n"
  "\"config\":{\"password\":\"" DOTS "\",\"dbPassword\" :\t\"" DOTS "\",\n"
  "\"\\u0070assword2\":\"" DOTS "\",\"token\":\"" DOTS "\",\"pwd\":\"" DOTS "\",\n"
  "\"secrets\":{\"a\":\"" DOTS "\",\"b\":[\"" DOTS "\",{\"c\":\"" DOTS "\"}]},\n"
  "\"url\":\"jdbc:x://u:" DOTS "@h/db\","
  "\"url2\":\"jdbc:x://h:1/db?user=u&password=" DOTS "\",\n"
  "\"json\":\"{\\\"userName\\\":\\\"u\\\",\\\"password\\\": \\\"" DOTS "\\\"}\",\n"
  "\"password\":\"" DOTS "\",\n"
  "\"oldPassword\":\"\",\"newPassword\":\"*********\",\"noPassword\":null}}\n";

static const char no_secrets[] =
  "{\"config\":{\"driverPath\":\"obs://bucket/driver.jar\",\"a\":\"http://h:80/x?u=v@y\","
  "\"b\":\"key=value\",\"c\":\"user@host:22\",\"d\":\"://\",\"e\":\"=\",\"f\":\"**\"}}";

static const char hostile[] =
  "{\"name\":\"<a href='x'>&\",\"type\":\"\\u001b[31m\\u202e\","
  "\"description\":\"two\\nlines\\u0000end\","
  "\"k\\n\\u2066\":\"v\\u0007\",\n\"raw\": \"\u202e\"}";

static const char hostile_escaped[] =
  "{\"name\":\"<a href='x'>&\",\"type\":\"\\u001b[31m\\u202e\","
  "\"description\":\"two\\nlines\\u0000end\","
  "\"k\\n\\u2066\":\"v\\u0007\",\n\"raw\": \"\\u{202E}\"}";
/* clang-format on */

static WbConnection *
new_from_bytes (const char *bytes,
                gsize       length)
{
  g_autoptr (GBytes) contents = g_bytes_new (bytes, length);

  return wb_connection_new (contents);
}

static WbConnection *
new_from_text (const char *text)
{
  return new_from_bytes (text, strlen (text));
}

static const WbConnectionField *
find_field (WbConnection *connection,
            const char   *key)
{
  for (guint i = 0; i < wb_connection_get_n_fields (connection); i++)
    {
      const WbConnectionField *field = wb_connection_get_field (connection, i);

      if (strcmp (field->key, key) == 0)
        return field;
    }
  g_error ("there is no field %s", key);
}

static char *
dup_shown (WbConnection *connection,
           guint         index)
{
  return wb_connection_field_dup_shown (wb_connection_get_field (connection, index));
}

static void
assert_field (WbConnection *connection,
              const char   *key,
              const char   *label,
              const char   *value,
              const char   *shown)
{
  const WbConnectionField *field = find_field (connection, key);
  g_autofree char         *field_shown = wb_connection_field_dup_shown (field);

  g_assert_cmpstr (field->label, ==, label);
  g_assert_cmpstr (field->value, ==, value);
  g_assert_cmpstr (field_shown, ==, shown);
}

static void
assert_text (WbConnection *connection,
             const char   *expected)
{
  g_autofree char *text = wb_connection_dup_text (connection);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_documented (void)
{
  g_autoptr (WbConnection) connection = new_from_text (documented);

  g_assert_cmpint (wb_connection_get_form (connection), ==, WB_CONNECTION_JSON);
  g_assert_null (wb_connection_get_parse_error (connection));
  g_assert_cmpstr (wb_connection_get_name (connection), ==, "dws_sales");
  g_assert_cmpstr (wb_connection_get_type_name (connection), ==, "DWS");
  g_assert_cmpstr (wb_connection_get_description (connection), ==, "Sales 销售");
  g_assert_cmpuint (wb_connection_get_n_fields (connection), ==, 11);
  g_assert_cmpstr (wb_connection_get_field (connection, 0)->key, ==, "config.clusterName");
  assert_field (connection, "config.clusterName", "Cluster", "dws-prod", "dws-prod");
  assert_field (connection, "config.ip", "IP address", "10.0.0.12", "10.0.0.12");
  assert_field (connection, "config.password", "Password", "Canary-1", DOTS);
  assert_field (connection, "config.sslEnable", "SSL", "Yes", "Yes");
  assert_field (connection, "config.kmsKey", "KMS key", "dlf/k", "dlf/k");
  assert_field (connection, "config.PORT2", "PORT2", "8001", "8001");
  /* As spelled: a double would change both. */
  assert_field (connection, "id", "id", "12345678901234567890123456789",
                "12345678901234567890123456789");
  assert_field (connection, "ratio", "ratio", "1.10e+2", "1.10e+2");
  g_assert_true (find_field (connection, "config.password")->secret);
  g_assert_true (find_field (connection, "config.password")->included);
  g_assert_false (find_field (connection, "config.kmsKey")->secret);
}

static void
test_lenient (void)
{
  g_autoptr (WbConnection) bare = new_from_text ("{}");
  g_autoptr (WbConnection) marked = new_from_text ("\xef\xbb\xbf{\"NAME\":\"a\",\"Type\":\"b\"}");
  g_autoptr (WbConnection) odd = new_from_text (odd_text);

  g_assert_cmpint (wb_connection_get_form (bare), ==, WB_CONNECTION_JSON);
  g_assert_cmpstr (wb_connection_get_name (bare), ==, "");
  g_assert_cmpuint (wb_connection_get_n_fields (bare), ==, 0);
  assert_text (bare, "{}");

  g_assert_cmpint (wb_connection_get_form (marked), ==, WB_CONNECTION_JSON);
  g_assert_cmpstr (wb_connection_get_name (marked), ==, "a");
  g_assert_cmpstr (wb_connection_get_type_name (marked), ==, "b");

  g_assert_cmpstr (wb_connection_get_name (odd), ==, "7");
  g_assert_cmpstr (wb_connection_get_type_name (odd), ==, "");
  g_assert_cmpstr (wb_connection_get_description (odd), ==, "");
  assert_field (odd, "description.a", "description.a", "1", "1");
  assert_field (odd, "name", "name", "later", "later");
  assert_field (odd, "e", "e", "{}", "{}");
  assert_field (odd, "l[0]", "l[0]", "1", "1");
  assert_field (odd, "l[1]", "l[1]", "[]", "[]");
  assert_field (odd, "l[2].k", "l[2].k", "v", "v");
  assert_field (odd, "t", "t", "false", "false");
  assert_field (odd, "z", "z", "null", "null");
  assert_field (odd, "Config.USERNAME", "User name", "u", "u");
  assert_field (odd, "Config.sslenable", "SSL", "No", "No");
  assert_field (odd, "Config.ip", "IP address", "", "");
  g_assert_cmpuint (wb_connection_get_n_fields (odd), ==, 11);
}

/* No canary is seen unless a person asks for a field's value. */
static void
test_secrets (void)
{
  g_autoptr (WbConnection) connection = new_from_text (with_secrets);

  g_assert_cmpint (wb_connection_get_form (connection), ==, WB_CONNECTION_JSON);
  assert_text (connection, without_secrets);
  for (guint i = 0; i < wb_connection_get_n_fields (connection); i++)
    {
      g_autofree char *shown = dup_shown (connection, i);

      g_assert_null (strstr (shown, "CANARY"));
      g_assert_null (strstr (shown, "12345"));
    }
  g_assert_cmpstr (wb_connection_get_description (connection), ==, "");
  assert_field (connection, "description", "Description", "the password: CANARY",
                "the password: " DOTS);
  assert_field (connection, "config.url", "Address", "jdbc:x://u:CANARY@h/db",
                "jdbc:x://u:" DOTS "@h/db");
  assert_field (connection, "config.password", "Password", "CANARY\"2", DOTS);
  assert_field (connection, "config.password2", "password2", "CANARY", DOTS);
  assert_field (connection, "config.secrets.b[1].c", "secrets.b[1].c", "CANARY", DOTS);
  assert_field (connection, "config.oldPassword", "oldPassword", "",
                "Not included by the service");
  assert_field (connection, "config.newPassword", "newPassword", "*********",
                "Not included by the service");
  assert_field (connection, "config.noPassword", "noPassword", "null",
                "Not included by the service");
}

/* A secret is hidden wherever it stands, but neither in the name nor where it is only a word; and
 * it is counted once. */
static void
test_elsewhere (void)
{
  static const char text[] =
    "{\"name\":\"etl-Zq4711Teal\",\"type\":\"DWS\",\"description\":\"ask for Zq4711Teal\","
    "\"config\":{\"userName\":\"etl\",\"password\":\"Zq4711Teal\","
    "\"url\":\"x://h/Zq4711Teal\","
    "\"Zq4711Teal\":1,\"pin\":\"abcde\",\"note\":\"abcde\"}}";
  static const char word[] = "{\"name\":\"n\",\"config\":{\"password\":\"password\"}}";
  g_autoptr (WbConnection) connection = new_from_text (text);
  g_autoptr (WbConnection) of_word = new_from_text (word);
  g_autofree char *json = wb_connection_dup_json (connection, FALSE);

  g_assert_cmpuint (wb_connection_get_n_clear_secrets (connection), ==, 2);
  g_assert_cmpstr (wb_connection_get_name (connection), ==, "etl-Zq4711Teal");
  g_assert_cmpstr (wb_connection_get_address (connection), ==, "x://h/" DOTS);
  assert_field (connection, "description", "Description", "ask for Zq4711Teal", "ask for " DOTS);
  assert_field (connection, "config." DOTS, DOTS, "1", "1");
  assert_field (connection, "config.note", "note", "abcde", "abcde");
  g_assert_cmpstr (json, ==,
                   "{\"name\":\"etl-Zq4711Teal\",\"type\":\"DWS\","
                   "\"description\":\"ask for *********\","
                   "\"config\":{\"userName\":\"etl\",\"password\":\"*********\","
                   "\"url\":\"x://h/*********\",\"*********\":1,\"pin\":\"*********\","
                   "\"note\":\"abcde\"}}");
  assert_field (of_word, "config.password", "Password", "password", DOTS);
}

/* Migration says so, in its own words. */
static void
test_left_out (void)
{
  g_autoptr (WbConnection) connection = new_from_text (
    "{\"name\":\"n\",\"config\":{\"password\":\"Add password here\"}}");

  g_assert_cmpuint (wb_connection_get_n_clear_secrets (connection), ==, 0);
  assert_field (connection, "config.password", "Password", "Add password here",
                "Not included by the service");
}

static void
test_not_secret (void)
{
  g_autoptr (WbConnection) connection = new_from_text (no_secrets);

  assert_text (connection, no_secrets);
  for (guint i = 0; i < wb_connection_get_n_fields (connection); i++)
    g_assert_false (wb_connection_get_field (connection, i)->secret);
  assert_field (connection, "config.f", "f", "**", "**");
}

static void
test_escaped (void)
{
  g_autoptr (WbConnection) connection = new_from_text (hostile);

  g_assert_cmpstr (wb_connection_get_name (connection), ==, "<a href='x'>&");
  g_assert_cmpstr (wb_connection_get_type_name (connection), ==, "\\x1b[31m\\u{202E}");
  g_assert_cmpstr (wb_connection_get_description (connection), ==, "two\\x0alines\\x00end");
  assert_field (connection, "k\\x0a\\u{2066}", "k\\x0a\\u{2066}", "v\\x07", "v\\x07");
  assert_text (connection, hostile_escaped);
}

static void
test_other_forms (void)
{
  static const struct
  {
    const char      *bytes;
    gsize            length;
    WbConnectionForm form;
    const char      *error; /* a part of it */
    const char      *text;
  } cases[] = {
    { "", 0, WB_CONNECTION_TEXT, "line 1", "" },
    { "[1]", 0, WB_CONNECTION_TEXT, "not an object", "[1]" },
    { "\"x\"", 0, WB_CONNECTION_TEXT, "not an object", "\"x\"" },
    { "{\"a\":1}\r\n{", 0, WB_CONNECTION_TEXT, "line 2, column 1", "{\"a\":1}\n{" },
    { "{'a':1}", 0, WB_CONNECTION_TEXT, "column 2", "{'a':1}" },
    { "{\"a\":NaN}", 0, WB_CONNECTION_TEXT, "column 6", "{\"a\":NaN}" },
    { "one\n\ttwo\rthree\x1b\u202e", 0, WB_CONNECTION_TEXT, "line 1",
      "one\n\ttwo\\x0dthree\\x1b\\u{202E}" },
    { "\xff\xfe{\0\0\xd8", 6, WB_CONNECTION_BINARY, "line 1",
      "00000000  ff fe 7b 00 00 d8                                ..{...\n" },
    { "\xef\xbb\xbf{", 0, WB_CONNECTION_TEXT, "column 2", "{" },
    { "{}\xff", 0, WB_CONNECTION_BINARY, "UTF-8",
      "00000000  7b 7d ff                                         {}.\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = cases[i].length != 0 ? cases[i].length : strlen (cases[i].bytes);
      g_autoptr (WbConnection) connection = new_from_bytes (cases[i].bytes, length);

      g_test_message ("case %u: %s", i, wb_connection_get_parse_error (connection));
      g_assert_cmpint (wb_connection_get_form (connection), ==, cases[i].form);
      g_assert_nonnull (strstr (wb_connection_get_parse_error (connection), cases[i].error));
      assert_text (connection, cases[i].text);
      g_assert_cmpuint (wb_connection_get_n_fields (connection), ==, 0);
      g_assert_cmpstr (wb_connection_get_name (connection), ==, "");
    }
}

/* Large, deep and broad ones stay within bounds. */
static void
test_large (void)
{
  g_autoptr (GString) broad = g_string_new ("{\"name\":\"n\"");
  g_autoptr (GString) deep = g_string_new ("{\"config\":");
  g_autoptr (GString) too_deep = g_string_new (NULL);
  g_autofree char *long_string = g_strnfill (3000000, 'x');
  g_autofree char *long_text = g_strdup_printf ("{\"%s\":\"%s\",\"token\":\"CANARY\"}",
                                                long_string, long_string);
  g_autofree char *binary = g_malloc0 (100000);
  g_autofree char *text = NULL;
  g_autofree char *dump = NULL;
  g_autoptr (WbConnection) broad_connection = NULL;
  g_autoptr (WbConnection) deep_connection = NULL;
  g_autoptr (WbConnection) too_deep_connection = NULL;
  g_autoptr (WbConnection) long_connection = NULL;
  g_autoptr (WbConnection) binary_connection = NULL;
  guint n;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (broad, ",\"key%u\":{\"v\":%u}", i, i);
  g_string_append (broad, ",\"type\":\"T\"}");
  broad_connection = new_from_text (broad->str);
  n = wb_connection_get_n_fields (broad_connection);
  g_assert_cmpuint (n, ==, 501);
  g_assert_cmpstr (wb_connection_get_field (broad_connection, 499)->key, ==, "key499.v");
  g_assert_nonnull (strstr (wb_connection_get_field (broad_connection, 500)->value, "19500"));
  g_assert_cmpstr (wb_connection_get_type_name (broad_connection), ==, "T");

  for (guint i = 0; i < 250; i++)
    g_string_append_printf (deep, "{\"%0100u\":", i);
  g_string_append (deep, "\"x\"");
  for (guint i = 0; i < 250; i++)
    g_string_append_c (deep, '}');
  g_string_append_c (deep, '}');
  deep_connection = new_from_text (deep->str);
  g_assert_cmpint (wb_connection_get_form (deep_connection), ==, WB_CONNECTION_JSON);
  g_assert_cmpuint (wb_connection_get_n_fields (deep_connection), ==, 1);
  g_assert_cmpuint (strlen (wb_connection_get_field (deep_connection, 0)->key), <, 3000);

  for (guint i = 0; i < 100000; i++)
    g_string_append (too_deep, "{\"a\":");
  too_deep_connection = new_from_text (too_deep->str);
  g_assert_cmpint (wb_connection_get_form (too_deep_connection), ==, WB_CONNECTION_TEXT);

  long_connection = new_from_text (long_text);
  g_assert_cmpint (wb_connection_get_form (long_connection), ==, WB_CONNECTION_JSON);
  g_assert_cmpuint (strlen (wb_connection_get_field (long_connection, 0)->key), <, 1000);
  g_assert_cmpuint (strlen (wb_connection_get_field (long_connection, 0)->value), <, 20000);
  text = wb_connection_dup_text (long_connection);
  g_assert_cmpuint (strlen (text), <, 1100000);
  g_assert_true (g_str_has_suffix (text, "…\n"));
  g_assert_null (strstr (text, "CANARY"));

  binary_connection = new_from_bytes (binary, 100000);
  dump = wb_connection_dup_text (binary_connection);
  g_assert_cmpuint (strlen (dump), <, 30000);
  g_assert_true (g_str_has_suffix (dump, "…\n"));
}

/* The archive's reader and the one for a single connection agree. */
static void
test_digest (void)
{
  static const struct
  {
    const char *text;
    const char *type; /* NULL for no object */
    const char *address;
  } cases[] = {
    { documented, "DWS", "10.0.0.12:8000" },
    { with_secrets, "T", "jdbc:x://u:" DOTS "@h/db" },
    { "{\"type\":\"DWS\"}", "DWS", "" },
    { "\xef\xbb\xbf{\"a\":{\"type\":\"x\"},\"TYPE\":\"HIVE\"}", "HIVE", "" },
    { "{\"type\":\"\\u202e\"}", "\\u{202E}", "" },
    { "{\"type\":[1]}", "", "" },
    { "{\"type\":null}", "", "" },
    { "{\"type\":3}", "3", "" },
    { "{}", "", "" },
    { "{\"dw_type\":\"HIVE\",\"dw_config\":{\"clusterName\":\"mrs\\n1\"}}", "HIVE", "mrs\\x0a1" },
    { "{\"config\":{\"ip\":\"1.2.3.4\",\"PORT\":22,\"clusterName\":\"c\"}}", "", "1.2.3.4:22" },
    { "{\"config\":{\"ip\":\"::1\",\"port\":\"5432\","
      "\"driverName\":\"org.postgresql.Driver\"}}",
      "", "[::1]:5432 (PostgreSQL)" },
    { "{\"config\":{\"ip\":\"h\",\"driverName\":\"com.mysql.jdbc.Driver\"}}", "", "h (MySQL)" },
    { "{\"config\":{\"ip\":\"u:CANARY@h\",\"port\":1}}", "", "[u:" DOTS "@h]:1" },
    { "{\"config\":{\"driverName\":\"x.Driver\",\"ip\":[1]}}", "", "x.Driver" },
    { "{\"config\":{\"password\":{\"ip\":\"CANARY\"}},\"deep\":{\"ip\":\"x\"}}", "", "" },
    { "{\"http://u:CANARY@h\":{\"pwd=CANARY\":\"x\"}}", "", "" },
    { "{\"config\":{\"secrets\":1},\"port\":5}", "", "" },
    { "[{\"type\":\"DWS\"}]", NULL, "" },
    { "{\"type\":\"DWS\"", NULL, "" },
    { "", NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *text = cases[i].text;
      g_auto (WbConnectionDigest) digest = { 0 };
      g_autoptr (GString) haystack = g_string_new (NULL);
      gboolean is_object = wb_connection_digest (&digest, "", 0, text, strlen (text), haystack);
      g_autoptr (WbConnection) connection = new_from_text (text);

      g_assert_cmpint (is_object, ==, cases[i].type != NULL);
      g_assert_cmpstr (digest.texts[WB_DIGEST_TYPE], ==, cases[i].type);
      g_assert_cmpint (is_object, ==, wb_connection_get_form (connection) == WB_CONNECTION_JSON);
      g_assert_cmpstr (wb_connection_get_address (connection), ==, cases[i].address);
      g_assert_cmpuint (digest.n_clear_secrets, ==,
                        wb_connection_get_n_clear_secrets (connection));
      g_assert_null (strstr (haystack->str, "canary"));
      for (guint j = 0; j < wb_connection_get_n_fields (connection); j++)
        {
          const WbConnectionField *field = wb_connection_get_field (connection, j);

          g_assert_null (strstr (field->key, "CANARY"));
          g_assert_null (strstr (field->label, "CANARY"));
        }
      if (is_object)
        {
          g_assert_cmpstr (wb_connection_get_type_name (connection), ==,
                           digest.texts[WB_DIGEST_TYPE]);
          g_assert_cmpstr (wb_connection_get_name (connection), ==, digest.texts[WB_DIGEST_NAME]);
          g_assert_cmpstr (digest.texts[WB_DIGEST_ADDRESS], ==, cases[i].address);
        }
    }
}

static void
test_utf16 (void)
{
  static const char *const encodings[] = { "UTF-16LE", "UTF-16BE" };

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = g_strconcat (i < 2 ? "\xef\xbb\xbf" : "", documented, NULL);
      gsize            length;
      g_autofree char *bytes = g_convert (text, -1, encodings[i % 2], "UTF-8", NULL, &length, NULL);
      g_autoptr (GBytes) contents = g_bytes_new (bytes, length);
      g_autoptr (GBytes) decoded = NULL;
      g_autoptr (GBytes) again = NULL;
      g_autoptr (WbConnection) connection = wb_connection_new (contents);
      WbEncoding encoding;
      gboolean   has_mark;

      g_assert_cmpint (wb_connection_get_form (connection), ==, WB_CONNECTION_JSON);
      g_assert_cmpstr (wb_connection_get_description (connection), ==, "Sales 销售");
      g_assert_cmpuint (wb_connection_get_n_clear_secrets (connection), ==, 1);

      decoded = wb_connection_decode (contents, &encoding, &has_mark);
      g_assert_cmpmem (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), documented,
                       strlen (documented));
      g_assert_cmpint (has_mark, ==, i < 2);
      again = wb_connection_encode (documented, strlen (documented), encoding, has_mark);
      g_assert_true (g_bytes_equal (again, contents));
    }
}

/* The least that UTF-16 and JSON have in common: one digit. */
static void
test_utf16_shortest (void)
{
  g_autoptr (GBytes) contents = g_bytes_new_static ("7\0", 2);
  WbEncoding encoding;
  gboolean   has_mark;
  g_autoptr (GBytes) decoded = wb_connection_decode (contents, &encoding, &has_mark);

  g_assert_cmpint (encoding, ==, WB_ENCODING_UTF16_LE);
  g_assert_cmpmem (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), "7", 1);
}

static void
test_types (void)
{
  g_assert_cmpint (wb_connection_type_from_name ("dws"), ==, WB_CONNECTION_TYPE_DWS);
  g_assert_cmpint (wb_connection_type_from_name ("SPARKsql"), ==, WB_CONNECTION_TYPE_SPARK_SQL);
  g_assert_cmpint (wb_connection_type_from_name ("Hive"), ==, WB_CONNECTION_TYPE_HIVE);
  g_assert_cmpint (wb_connection_type_from_name ("HOST"), ==, WB_CONNECTION_TYPE_HOST);
  g_assert_cmpint (wb_connection_type_from_name ("new"), ==, WB_CONNECTION_TYPE_OTHER);
  g_assert_cmpint (wb_connection_type_from_name (""), ==, WB_CONNECTION_TYPE_OTHER);
  for (guint i = WB_CONNECTION_TYPE_OTHER; i <= WB_CONNECTION_TYPE_HOST; i++)
    g_assert_true (g_str_has_suffix (wb_connection_type_get_icon_name ((WbConnectionType) i),
                                     "-symbolic"));
}

/* The copied JSON is JSON, and the text a person asked to see has all. */
static void
test_copies (void)
{
  g_autoptr (WbConnection) connection = new_from_text (with_secrets);
  g_autoptr (WbConnection) text = new_from_text ("password=CANARY");
  g_autofree char *masked = wb_connection_dup_json (connection, FALSE);
  g_autofree char *revealed = wb_connection_dup_json (connection, TRUE);
  g_autofree char *source = wb_connection_dup_revealed_text (connection);

  g_assert_null (strstr (masked, "CANARY"));
  g_assert_null (strstr (masked, "12345"));
  g_assert_nonnull (strstr (masked, "\"url\":\"jdbc:x://u:*********@h/db\""));
  g_assert_true (wb_json_check (masked, strlen (masked), NULL));
  g_assert_cmpstr (revealed, ==, with_secrets);
  g_assert_cmpstr (source, ==, with_secrets);
  g_assert_cmpuint (wb_connection_get_n_clear_secrets (connection), ==, 13);
  g_assert_null (wb_connection_dup_json (text, TRUE));
}

static void
exercise (const char *bytes,
          gsize       length)
{
  g_autoptr (WbConnection) connection = new_from_bytes (bytes, length);
  g_autofree char *text = wb_connection_dup_text (connection);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true ((wb_connection_get_form (connection) == WB_CONNECTION_JSON)
                 == (wb_connection_get_parse_error (connection) == NULL));
  for (guint i = 0; i < wb_connection_get_n_fields (connection); i++)
    {
      g_autofree char *shown = dup_shown (connection, i);

      g_assert_true (g_utf8_validate (shown, -1, NULL));
    }
}

/* A right file with every cut and many wrong bytes, and pieces of JSON in any order. */
static void
test_random (void)
{
  static const char *const pieces[] = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\"config\"",
    "\"password\"",
    "\"type\":",
    "1",
    "-0.5e9",
    "true",
    "null",
    "\\u00",
    "\\u202e",
    "\xe6\x95\xb0",
    "\xff",
    "\n",
    "*",
    "://u:p@h",
    "=",
    "\\",
  };
  static const char right[] = "{\"name\":\"数\",\"config\":{\"password\":\"p\",\"a\":[1,"
                              "{\"b\":null}]}}";
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (gsize length = 0; length < sizeof right; length++)
    exercise (right, length);
  for (guint round = 0; round < 10000; round++)
    {
      g_autofree char *copy = g_memdup2 (right, sizeof right - 1);

      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        copy[g_rand_int_range (rand, 0, sizeof right - 1)] = (char) g_rand_int (rand);
      exercise (copy, sizeof right - 1);
    }
  for (guint round = 0; round < 10000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (int n = g_rand_int_range (rand, 0, 30); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      exercise (text->str, text->len);
    }
}

static void
append_random_value (GString *text,
                     GRand   *rand,
                     guint    depth,
                     gboolean secret)
{
  static const char *const plain_keys[] = { "a", "config", "kmsKey", "name", "b\\u0063" };
  static const char *const secret_keys[] = { "password", "x_Token", "SK", "privat\\u0065Key" };
  guint                    kind = (guint) g_rand_int_range (rand, 0, depth < 6 ? 5 : 2);
  int                      n = g_rand_int_range (rand, 0, 5);

  if (kind <= 2)
    {
      g_string_append (text, secret ? "\"CANARY\"" : (kind == 0 ? "17" : "\"shown\""));
      return;
    }

  g_string_append_c (text, kind == 3 ? '{' : '[');
  for (int i = 0; i < n; i++)
    {
      gboolean below = secret;

      if (i > 0)
        g_string_append_c (text, ',');
      if (kind == 3)
        {
          gboolean    is_secret_key = g_rand_int_range (rand, 0, 4) == 0;
          const char *key = is_secret_key
                              ? secret_keys[g_rand_int_range (rand, 0, 4)]
                              : plain_keys[g_rand_int_range (rand, 0, 5)];

          g_string_append_printf (text, "\"%s\": ", key);
          below = below || is_secret_key;
        }
      append_random_value (text, rand, depth + 1, below);
    }
  g_string_append_c (text, kind == 3 ? '}' : ']');
}

/* Wherever a secret lies, nothing of it is seen. */
static void
test_random_secrets (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint n_with_secrets = 0;

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) json = g_string_new ("{\"config\":");
      g_autoptr (WbConnection) connection = NULL;
      g_autofree char *text = NULL;
      gboolean         has_secret;

      append_random_value (json, rand, 0, FALSE);
      g_string_append (json, ",\"description\":\"shown\"}");
      has_secret = strstr (json->str, "CANARY") != NULL;
      n_with_secrets += has_secret;

      connection = new_from_text (json->str);
      g_assert_cmpint (wb_connection_get_form (connection), ==, WB_CONNECTION_JSON);
      text = wb_connection_dup_text (connection);
      g_assert_null (strstr (text, "CANARY"));
      g_assert_cmpint (strstr (text, DOTS) != NULL, ==, has_secret);
      g_assert_cmpstr (wb_connection_get_description (connection), ==, "shown");
      for (guint i = 0; i < wb_connection_get_n_fields (connection); i++)
        {
          const WbConnectionField *field = wb_connection_get_field (connection, i);
          g_autofree char         *shown = dup_shown (connection, i);

          g_assert_null (strstr (shown, "CANARY"));
          g_assert_cmpint (strcmp (field->value, "CANARY") == 0, ==,
                           strcmp (shown, DOTS) == 0);
        }
    }
  g_assert_cmpuint (n_with_secrets, >, 200);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connection/documented", test_documented);
  g_test_add_func ("/connection/lenient", test_lenient);
  g_test_add_func ("/connection/secrets", test_secrets);
  g_test_add_func ("/connection/elsewhere", test_elsewhere);
  g_test_add_func ("/connection/left-out", test_left_out);
  g_test_add_func ("/connection/not-secret", test_not_secret);
  g_test_add_func ("/connection/escaped", test_escaped);
  g_test_add_func ("/connection/other-forms", test_other_forms);
  g_test_add_func ("/connection/large", test_large);
  g_test_add_func ("/connection/digest", test_digest);
  g_test_add_func ("/connection/utf16", test_utf16);
  g_test_add_func ("/connection/utf16-shortest", test_utf16_shortest);
  g_test_add_func ("/connection/types", test_types);
  g_test_add_func ("/connection/copies", test_copies);
  g_test_add_func ("/connection/random", test_random);
  g_test_add_func ("/connection/random-secrets", test_random_secrets);

  return g_test_run ();
}
