/* test-secret-values.c: where secrets stand in a text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/connection-private.h"
#include "core/archive/secrets/secret-keys.h"
#include "core/archive/secrets/secret-mask.h"
#include "core/archive/secrets/secret-strings.h"
#include "core/archive/secrets/secret-values.h"
#include "core/span.h"

#include <string.h>

static void
test_keys (void)
{
  static const char *const secret[] = {
    "password",
    "Password",
    "dbPassword",
    "PASSWD",
    "userPwd",
    "client_secret",
    "authToken",
    "keyPassphrase",
    "privateKey",
    "private_key",
    "PRIVATE-KEY",
    "sk",
    "SK",
    "pass\u200bword",
  };
  static const char *const plain[] = {
    "kmsKey",
    "keyLocation",
    "agentName",
    "userName",
    "ip",
    "task",
    "skip",
    "ask",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (secret); i++)
    g_assert_cmpint (wb_secret_key_judge (secret[i], strlen (secret[i])), !=, WB_KEY_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    g_assert_cmpint (wb_secret_key_judge (plain[i], strlen (plain[i])), ==, WB_KEY_PLAIN);
}

static char *
mask (const char *string,
      gsize       length)
{
  g_autoptr (GArray) parts = wb_secret_string_find (string, length);
  GString *out = g_string_new (NULL);
  gsize    done = 0;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const WbSpan *part = &g_array_index (parts, WbSpan, i);

      g_assert_cmpuint (part->start, >=, done);
      g_assert_cmpuint (part->end, >, part->start);
      g_assert_cmpuint (part->end, <=, length);
      g_string_append_len (out, string + done, (gssize) (part->start - done));
      g_string_append_c (out, '#');
      done = part->end;
    }
  g_string_append_len (out, string + done, (gssize) (length - done));

  return g_string_free (out, FALSE);
}

static void
test_strings (void)
{
  static const struct
  {
    const char *string;
    const char *masked;
  } cases[] = {
    { "jdbc:mysql://u:CANARY@h:3306/db", "jdbc:mysql://u:#@h:3306/db" },
    { "http://u:CAN:AR@Y@h/x@y", "http://u:#@y" },
    { "http://u:CAN/AR?Y#@h", "http://u:#@h" },
    { "see http://u:CANARY@h and ftp://v:CANARY@i.", "see http://u:#@h and ftp://v:#@i." },
    { "http://u:CAN\"A'R<Y>@h", "http://u:#@h" },
    { "http://u:80/CANARY@h", "http://u:#@h" },
    { "http://u:8,0/CANARY@h", "http://u:#@h" },
    { "http://u:80?CANARY#@h:80/x", "http://u:#@h:80/x" },
    { "(\"http://h:80/x@y\")", "(\"http://h:#@y\")" },
    { "(\"http://h:80\")/x@y", "(\"http://h:80\")/x@y" },
    { "https://h:443/x?user=me@example.com", "https://h:443/x?user=me@example.com" },
    { "http://h:80/x/y?z", "http://h:80/x/y?z" },
    { "http://u@h:80/x@y", "http://u@h:80/x@y" },
    { "http://h:80,i:90/x", "http://h:80,i:90/x" },
    { "http://h:80,i:90/x?u=x@y", "http://h:80,i:90/x?u=x@y" },
    { "http://u:@h http://u:***@h", "http://u:@h http://u:***@h" },
    { "jdbc:x://h/db?user=u&password=CANARY&ssl=true", "jdbc:x://h/db?user=u&password=#&ssl=true" },
    { "jdbc:x://h/db?password=CA;NA,RY x", "jdbc:x://h/db?password=#" },
    { "jdbc:x://h/db?pass%77ord=CANARY&a=b", "jdbc:x://h/db?pass%77ord=#&a=b" },
    { "jdbc:sqlserver://h;user=u;password={CA;NARY};ssl=1",
      "jdbc:sqlserver://h;user=u;password={#};ssl=1" },
    { "Server=h;Pwd=CANARY;Port=1", "Server=h;Pwd=#;Port=1" },
    { "jdbc:oracle:thin:scott/CANARY@//h:1521/x", "jdbc:oracle:thin:scott/#@//h:1521/x" },
    { "u:CANARY@10.0.0.1", "u:#@10.0.0.1" },
    { "user@host:22", "user@host:22" },
    { "mailto:a@b.example", "mailto:a@b.example" },
    { "password  =  CANARY", "password  =  #" },
    { "the password for prod is: CANARY with blanks\nhost: h",
      "the password for prod is: #\nhost: h" },
    { "Password:\n\tCANARY\nx", "Password:\n\t#\nx" },
    { "{'password': 'CANARY', 'host': 'h'}", "{'password': '#', 'host': 'h'}" },
    { "{\\\"token\\\": \\\"CANARY\\\"}", "{\\\"token\\\": \\\"#\\\"}" },
    { "密码：见保险箱, 密码: CANARY", "密码：#" },
    { "ｐａｓｓｗｏｒｄ=CANARY", "ｐａｓｓｗｏｒｄ=#" },
    { "the token service is at https://h/x", "the token service is at https://h/x" },
    { "token://CANARY", "token:#" },
    { "password=", "password=" },
    { "password=******", "password=******" },
    { "obs://bucket/driver.jar", "obs://bucket/driver.jar" },
    { "://", "://" },
    { "", "" },
    { "=:=:@", "=:#@" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = mask (cases[i].string, strlen (cases[i].string));

      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
}

/* Long strings of what is looked for take no longer than they must. */
static void
test_long (void)
{
  static const char *const pieces[] = {
    "://",
    "://a:b",
    "://a:b@",
    "://a:1/?=@",
    ":",
    "password=",
    "a=\"",
    "a: \\\"",
    "?password=\"",
    "x@",
    "%70",
    "{\"a\":",
    " ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < 2000000)
        g_string_append (text, pieces[i]);
      g_free (mask (text->str, text->len));
    }
}

static void
assert_masked (const char *json,
               const char *expected)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_auto (WbConnectionJson) read = { 0 };
  WbSecretValues  *secrets;
  g_autofree char *masked = NULL;

  g_assert_true (wb_connection_json_init (&read, bytes, NULL));
  secrets = wb_connection_json_get_secrets (&read);
  masked = wb_secret_mask_dup_json (secrets, read.length, "#");
  g_assert_cmpstr (masked, ==, expected);
  g_assert_true (wb_json_check (masked, strlen (masked), NULL));
  for (guint i = 0; i < wb_secret_values_get_n_spans (secrets); i++)
    g_assert_cmpstr (wb_secret_values_get_span (secrets, i)->secret, ==, "CAN\"ARY€");
}

/* Through escapes, and through JSON in strings in JSON. */
static void
test_spans (void)
{
  assert_masked ("{\"a\":\"\\u00e4\\ud83d\\ude00 password:\\tCAN\\u0022ARY\\u20ac\"}",
                 "{\"a\":\"\\u00e4\\ud83d\\ude00 password:\\t#\"}");
  assert_masked ("{\"http://u:CAN\\\"ARY€@h\":[\"a\"],\"k\":{\"x pwd=CAN\\\"ARY€\":null}}",
                 "{\"http://u:#@h\":[\"a\"],\"k\":{\"x pwd=#\":null}}");
  assert_masked ("[{\"k\":{\"Secret\":[\"CAN\\\"ARY€\",\"\",\"**\",null]}}]",
                 "[{\"k\":{\"Secret\":[\"#\",\"\",\"**\",null]}}]");
  assert_masked ("{\"j\":\"{\\\"password\\\":\\\"CAN\\\\\\\"ARY€\\\",\\\"b\\\":1}\"}",
                 "{\"j\":\"{\\\"password\\\":\\\"#\\\",\\\"b\\\":1}\"}");
  assert_masked ("{\"j\":\"[\\\"{\\\\\\\"pwd\\\\\\\":\\\\\\\"CAN\\\\\\\\u0022ARY"
                 "\\\\\\\\u20ac\\\\\\\"}\\\"]\"}",
                 "{\"j\":\"[\\\"{\\\\\\\"pwd\\\\\\\":\\\\\\\"#\\\\\\\"}\\\"]\"}");
}

static void
test_deep (void)
{
  g_autofree char *json = g_strdup ("{\"password\":\"CANARY\"}");

  for (guint depth = 0; depth < 9; depth++)
    {
      g_autoptr (GString) outer = g_string_new ("{\"a\":\"");
      g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
      g_auto (WbConnectionJson) read = { 0 };
      WbSecretValues  *secrets;
      g_autofree char *masked = NULL;

      g_assert_true (wb_connection_json_init (&read, bytes, NULL));
      secrets = wb_connection_json_get_secrets (&read);
      masked = wb_secret_mask_dup_json (secrets, read.length, "#");
      g_assert_null (strstr (masked, "CANARY"));
      g_assert_cmpuint (wb_secret_values_get_n_spans (secrets), ==, 1);
      for (const char *p = json; *p != '\0'; p++)
        g_string_append_printf (outer, *p == '"' || *p == '\\' ? "\\%c" : "%c", *p);
      g_string_append (outer, "\"}");
      g_free (json);
      json = g_strdup (outer->str);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secret-values/keys", test_keys);
  g_test_add_func ("/secret-values/strings", test_strings);
  g_test_add_func ("/secret-values/long", test_long);
  g_test_add_func ("/secret-values/spans", test_spans);
  g_test_add_func ("/secret-values/deep", test_deep);

  return g_test_run ();
}
