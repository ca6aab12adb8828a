/* test-text.c: escaping of bytes from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/text.h"

#include <json-glib/json-glib.h>

/* Bytes from outside become text that moves no cursor and turns no direction. */
static void
test_escape (void)
{
  static const struct
  {
    const char *bytes;
    gssize      length;
    const char *expected;
  } cases[] = {
    { "", -1, "" },
    { "connections/dws_sales.conn", -1, "connections/dws_sales.conn" },
    { "Größe 数据 € 🚚", -1, "Größe 数据 € 🚚" },
    { "a\nb\tc\x1b[31m\x7f", -1, "a\\x0ab\\x09c\\x1b[31m\\x7f" },
    { "a\0b", 3, "a\\x00b" },
    { "\xff\xc3(", -1, "\\xff\\xc3(" },
    { "\xe6\x95", -1, "\\xe6\\x95" },
    { "x\u202etxt.exe", -1, "x\\u{202E}txt.exe" },
    { "\xc2\x85\u2028\u200b\u2066\ufeff", -1, "\\u{0085}\\u{2028}\\u{200B}\\u{2066}\\u{FEFF}" },
    { "\ue000\U000e0001", -1, "\\u{E000}\\u{E0001}" },
    { "👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 👩🏽\u200d🚀", -1,
      "👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 👩🏽\u200d🚀" },
    { "می\u200cخواهم क्\u200dष", -1, "می\u200cخواهم क्\u200dष" },
    { "pass\u200dword \u200d👩 👩\u200d", -1, "pass\\u{200D}word \\u{200D}👩 👩\\u{200D}" },
    { "👩\u200c👩 می\u200c", -1, "👩\\u{200C}👩 می\\u{200C}" },
    { NULL, 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = wb_text_escape (cases[i].bytes, cases[i].length);

      g_assert_cmpstr (text, ==, cases[i].expected);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

static void
test_escape_json (void)
{
  g_autofree char *text = wb_text_escape_json ("{\n \"a\u202eb\": \"\U000e0001é\"}");
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_cmpstr (text, ==, "{\n \"a\\u202eb\": \"\\udb40\\udc01é\"}");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "a\u202eb"), ==,
                   "\U000e0001é");
}

/* As GLib does it, wherever the text is cut. */
static void
test_normalize (void)
{
  static const char *const    texts[] = { "", "é", "e\u0301", "각", "\u1100\u1161\u11a8", "Ａﬃ",
                                          "a\u0323\u0307\u0301", "\u0301x" };
  static const GNormalizeMode modes[] = { G_NORMALIZE_DEFAULT, G_NORMALIZE_DEFAULT_COMPOSE,
                                          G_NORMALIZE_ALL, G_NORMALIZE_ALL_COMPOSE };

  for (guint i = 0; i < G_N_ELEMENTS (texts) * G_N_ELEMENTS (modes); i++)
    {
      const char    *text = texts[i / G_N_ELEMENTS (modes)];
      GNormalizeMode mode = modes[i % G_N_ELEMENTS (modes)];
      g_autoptr (GString) repeated = g_string_new (NULL);

      for (guint n = 0; n < 300; n++)
        {
          g_autofree char *expected = g_utf8_normalize (repeated->str, -1, mode);
          g_autofree char *normalized = wb_text_normalize (repeated->str, mode);

          g_assert_cmpstr (normalized, ==, expected);
          g_string_append (repeated, text);
          /* So that the next text does not belong to this one. */
          if (n % 7 == 0 || *text == '\xcc')
            g_string_append_c (repeated, 'x');
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/escape", test_escape);
  g_test_add_func ("/text/escape-json", test_escape_json);
  g_test_add_func ("/text/normalize", test_normalize);

  return g_test_run ();
}
