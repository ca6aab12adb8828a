/* test-unescape.c: escapes undone, and the spans of what was found
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/span.h"
#include "core/unescape.h"

#include <string.h>

static void
test_percent (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
    gsize       length;
  } cases[] = {
    { "", "", 0 },
    { "a%20b%C3%a4", "a b\xc3\xa4", 5 },
    { "%00x", "\0x", 2 },
    { "%%41%4", "%A%4", 4 },
    { "%zz+", "%zz+", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) bytes = wb_unescape_percents (cases[i].text, strlen (cases[i].text));

      g_assert_cmpmem (bytes->str, bytes->len, cases[i].expected, cases[i].length);
    }

  /* Not beyond the end, whatever stands there. */
  g_assert_cmpint (wb_unescape_percent ("%41", 2), ==, -1);
  g_assert_cmpint (wb_unescape_percent ("%fF", 3), ==, 0xff);
}

static void
test_unicode (void)
{
  gunichar c = 0;

  g_assert_cmpuint (wb_unescape_unicode ("\\u20aC", 6, &c), ==, 6);
  g_assert_cmphex (c, ==, 0x20ac);
  g_assert_cmpuint (wb_unescape_unicode ("\\ud83d\\ude00", 12, &c), ==, 12);
  g_assert_cmphex (c, ==, 0x1f600);
  g_assert_cmpuint (wb_unescape_unicode ("\\ud83d\\ude00", 11, &c), ==, 6);
  g_assert_cmphex (c, ==, 0xd83d);
  g_assert_cmpuint (wb_unescape_unicode ("\\ud83d\\u0041", 12, &c), ==, 6);
  g_assert_cmphex (c, ==, 0xd83d);
  g_assert_cmpuint (wb_unescape_unicode ("\\ude00", 6, &c), ==, 6);
  g_assert_cmphex (c, ==, 0xde00);
  g_assert_cmpuint (wb_unescape_unicode ("\\u20aC", 5, &c), ==, 0);
  g_assert_cmpuint (wb_unescape_unicode ("\\u20ag", 6, &c), ==, 0);
  g_assert_cmpuint (wb_unescape_unicode ("\\n0000", 6, &c), ==, 0);
}

static void
assert_unescaped (WbEscapes    escapes,
                  const char  *text,
                  const char  *expected,
                  const gsize *map)
{
  WbUnescaped self = { .bytes = (char *) text, .length = strlen (text) };
  g_auto (WbUnescaped) unescaped = { 0 };

  g_assert_true (wb_unescaped_unescape (&self, escapes, &unescaped));
  g_assert_cmpmem (unescaped.bytes, unescaped.length, expected, strlen (expected));
  for (gsize i = 0; i <= unescaped.length; i++)
    g_assert_cmpuint (wb_unescaped_get_offset (&unescaped, i), ==, map[i]);
}

/* Each byte leads back to where it comes from. */
static void
test_map (void)
{
  WbUnescaped plain = { .bytes = (char *) "a b", .length = 3 };
  g_auto (WbUnescaped) none = { 0 };

  assert_unescaped (WB_ESCAPES_JSON, "a\\n\\\"\\u20acz", "a\n\"\u20acz",
                    (const gsize[]){ 0, 1, 3, 5, 5, 5, 11, 12 });
  assert_unescaped (WB_ESCAPES_JSON, "\\ud83d\\ude00", "\U0001f600",
                    (const gsize[]){ 0, 0, 0, 0, 12 });
  assert_unescaped (WB_ESCAPES_JSON, "\\ud83dx\\", "\ufffdx\\",
                    (const gsize[]){ 0, 0, 0, 6, 7, 8 });
  assert_unescaped (WB_ESCAPES_PERCENT, "+%41%4", "+A%4", (const gsize[]){ 0, 1, 4, 5, 6 });
  assert_unescaped (WB_ESCAPES_FORM, "+%41", " A", (const gsize[]){ 0, 1, 4 });

  assert_unescaped (WB_ESCAPES_XML, "&lt;&amp;&#65;&#x1f600;&#0;&x;&#6",
                    "<&A\U0001f600&#0;&x;&#6",
                    (const gsize[]){ 0, 4, 9, 14, 14, 14, 14, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                     32, 33 });
  assert_unescaped (WB_ESCAPES_UNICODE, "a\u00e9b\uff21", "ae\u0301bA",
                    (const gsize[]){ 0, 1, 1, 1, 3, 4, 7 });

  for (guint escapes = 0; escapes < WB_N_ESCAPES; escapes++)
    g_assert_false (wb_unescaped_unescape (&plain, (WbEscapes) escapes, &none));
  g_assert_cmpuint (wb_unescaped_get_offset (&plain, 2), ==, 2);
}

/* A character of which a part was found counts whole. */
static void
test_get_span (void)
{
  WbUnescaped self = { .bytes = (char *) "a\u00e9b", .length = 4 };
  g_auto (WbUnescaped) apart = { 0 };
  WbSpan span;

  g_assert_true (wb_unescaped_unescape (&self, WB_ESCAPES_UNICODE, &apart));
  span = wb_unescaped_get_span (&apart, 0, 2);
  g_assert_cmpuint (span.start, ==, 0);
  g_assert_cmpuint (span.end, ==, 3);
}

static void
test_spans (void)
{
  static const WbSpan spans[] = { { 7, 9 }, { 0, 2 }, { 7, 12 }, { 2, 3 }, { 14, 15 }, { 8, 10 } };
  static const WbSpan expected[] = { { 0, 3 }, { 7, 12 }, { 14, 15 } };
  g_autoptr (GArray) joined = g_array_new (FALSE, FALSE, sizeof (WbSpan));

  wb_spans_join (joined);
  g_assert_cmpuint (joined->len, ==, 0);

  g_array_append_vals (joined, spans, G_N_ELEMENTS (spans));
  wb_spans_join (joined);
  g_assert_cmpmem (joined->data, joined->len * sizeof (WbSpan), expected, sizeof expected);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/unescape/percent", test_percent);
  g_test_add_func ("/unescape/unicode", test_unicode);
  g_test_add_func ("/unescape/map", test_map);
  g_test_add_func ("/unescape/get-span", test_get_span);
  g_test_add_func ("/unescape/spans", test_spans);

  return g_test_run ();
}
