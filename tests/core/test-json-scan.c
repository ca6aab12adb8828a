/* test-json-scan.c: strict JSON, and where its values stand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/input-limits.h"
#include "core/json-scan.h"

#include <string.h>

#include "core/error.h"

static void
test_accepts (void)
{
  static const char *const texts[] = {
    "{}", "[]", "0", "-0", "-0.5e+10", "1E400", "\"\"", "true", "false", "null",
    " \t\r\n[1 , 2]\n", "{\"a\":{\"b\":[{}]},\"a\":1}",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83d\\ude9a\"", "\"\x7f\"", "\"数据\"",
    "123456789012345678901234567890"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      g_assert_true (wb_json_check (texts[i], strlen (texts[i]), &error));
      g_assert_no_error (error);
      node = wb_json_parse (texts[i], strlen (texts[i]), &error);
      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *text;
    const char *where;
  } cases[] = {
    { "", "line 1, column 1" },
    { " \n ", "line 2, column 2" },
    { "'x'", "column 1" },
    { "var x = 1", "column 1" },
    { "{\"a\":1,}", "column 8" },
    { "{\"a\":1 \"b\":2}", "column 8" },
    { "{a:1}", "column 2" },
    { "{\"a\" 1}", "column 6" },
    { "[1,]", "column 4" },
    { "[1 2]", "column 4" },
    { "[1}", "column 3" },
    { "{]", "column 2" },
    { "[", "column 2" },
    { "[,1]", "column 2" },
    { "01", "column 2" },
    { "-", "column 2" },
    { "+1", "column 1" },
    { ".5", "column 1" },
    { "1.", "column 3" },
    { "1e", "column 3" },
    { "0x1", "column 2" },
    { "NaN", "column 1" },
    { "tru", "column 1" },
    { "nul", "column 1" },
    { "{} {}", "column 4" },
    { "{} // x", "column 4" },
    { "\"a", "column 3" },
    { "\"\n\"", "column 2" },
    { "\"\\x\"", "column 3" },
    { "\"\\u12G4\"", "column 3" },
    { "\"\\", "column 3" },
    { "\"\\ud83d\"", "column 8" },
    { "\"\\ude9a\"", "column 8" },
    { "\"\\ud83d\\u0041\"", "column 8" },
    { "\"\xff\"", "column 2" },
    { "\"数\xe6\x95\"", "column 3" },
    { "\xef\xbb\xbf{}", "column 1" },
    { "{\n  \"größe\": tru\n}", "line 2, column 12" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (wb_json_check (cases[i].text, strlen (cases[i].text), &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      if (strstr (error->message, cases[i].where) == NULL)
        g_error ("%s: “%s” is not at %s", cases[i].text, error->message, cases[i].where);
      g_assert_null (wb_json_scan_new (cases[i].text, strlen (cases[i].text), NULL));
      g_assert_null (wb_json_parse (cases[i].text, strlen (cases[i].text), NULL));
    }
}

static void
test_nul (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *string = NULL;
  gsize            length;

  g_assert_false (wb_json_check ("[1]\0", 4, NULL));
  g_assert_false (wb_json_check ("\"a\0b\"", 5, NULL));

  g_assert_true (wb_json_check ("\"a\\u0000b\"", 10, &error));
  g_assert_no_error (error);
  string = wb_json_unescape ("\"a\\u0000b\"", 0, 10, &length);
  g_assert_cmpmem (string, length, "a\0b", 3);
  g_assert_null (wb_json_parse ("\"a\\u0000b\"", 10, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

/* Nesting is limited, so no document exhausts the stack. */
static void
test_depth (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autoptr (GString) just = g_string_new (NULL);

  g_assert_false (wb_json_check (deep, 100000, NULL));

  for (guint i = 0; i < WB_JSON_MAX_DEPTH; i++)
    g_string_append_c (just, '[');
  for (guint i = 0; i < WB_JSON_MAX_DEPTH; i++)
    g_string_append_c (just, ']');
  g_assert_true (wb_json_check (just->str, just->len, NULL));

  g_string_prepend_c (just, '[');
  g_string_append_c (just, ']');
  g_assert_false (wb_json_check (just->str, just->len, NULL));
}

static void
test_spans (void)
{
  const char *text = "{ \"na\\u006de\" : \"dws\","
                     "\"config\":{\"port\":8000 , \"ssl\":true}, \"l\":[ ]}";
  static const struct
  {
    WbJsonType  type;
    guint       depth;
    int         parent;
    const char *key;
    const char *source;
  } expected[] = {
    { WB_JSON_OBJECT, 0, -1, NULL, NULL },
    { WB_JSON_STRING, 1, 0, "name", "\"dws\"" },
    { WB_JSON_OBJECT, 1, 0, "config", "{\"port\":8000 , \"ssl\":true}" },
    { WB_JSON_NUMBER, 2, 2, "port", "8000" },
    { WB_JSON_TRUE, 2, 2, "ssl", "true" },
    { WB_JSON_ARRAY, 1, 0, "l", "[ ]" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (WbJsonScan) scan = wb_json_scan_new (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (wb_json_scan_get_n (scan), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      g_autofree char   *source = g_strndup (text + value->start, value->end - value->start);

      g_assert_cmpint (value->type, ==, expected[i].type);
      g_assert_cmpuint (value->depth, ==, expected[i].depth);
      g_assert_cmpint (value->parent, ==, expected[i].parent);
      g_assert_cmpstr (source, ==, expected[i].source != NULL ? expected[i].source : text);
      if (expected[i].key != NULL)
        {
          g_autofree char *key = wb_json_unescape (text, value->key_start, value->key_end, NULL);

          g_assert_cmpstr (key, ==, expected[i].key);
        }
      else
        g_assert_cmpuint (value->key_start, ==, value->key_end);
    }
}

static void
test_unescape (void)
{
  const char      *text = "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83d\\uDe9a数\"";
  g_autofree char *string = wb_json_unescape (text, 0, strlen (text), NULL);

  g_assert_cmpstr (string, ==, "\"\\/\b\f\n\r\té🚚数");
}

/* Each prefix of a text, and each text with one byte changed, gets a verdict and no crash; what the
 * scanner accepts, json-glib parses. */
static void
test_mutations (void)
{
  const char *text = "{\"a\":[1,-2.5e3,\"x\\u0041\\ud83d\\ude9a\\n\",true,null,{\"é\":\"\"}]}";
  gsize       length = strlen (text);

  for (gsize i = 0; i < length; i++)
    {
      g_assert_false (wb_json_check (text, i, NULL));

      for (guint byte = 0; byte < 256; byte++)
        {
          g_autofree char *copy = g_strdup (text);
          g_autoptr (JsonNode) node = NULL;
          g_autoptr (GError) error = NULL;

          copy[i] = (char) byte;
          if (!wb_json_check (copy, length, NULL))
            continue;
          node = wb_json_parse (copy, length, &error);
          if (node == NULL)
            g_assert_error (error, WB_ERROR, WB_ERROR_INVALID); /* \u0000 */
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-scan/accepts", test_accepts);
  g_test_add_func ("/json-scan/refuses", test_refuses);
  g_test_add_func ("/json-scan/nul", test_nul);
  g_test_add_func ("/json-scan/depth", test_depth);
  g_test_add_func ("/json-scan/spans", test_spans);
  g_test_add_func ("/json-scan/unescape", test_unescape);
  g_test_add_func ("/json-scan/mutations", test_mutations);

  return g_test_run ();
}
