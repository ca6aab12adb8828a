/* test-file-name.c: the name of a file for an export, from a template
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/file-name.h"

#include <string.h>

static char *
fill (const char *pattern,
      const char *account,
      const char *workspace)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (3600);
  g_autoptr (GDateTime) when = g_date_time_new (zone, 2026, 11, 28, 9, 5, 3.9);

  return wb_file_name_fill (pattern, account, workspace, when);
}

static void
test_fill (void)
{
  static const struct
  {
    const char *pattern;
    const char *account;
    const char *workspace;
    const char *name;
  } cases[] = {
    { WB_FILE_NAME_TEMPLATE, "Berlin", "Sales",
      "DLF_All_DataConnections Berlin Sales 2026-11-28.zip" },
    { WB_FILE_NAME_TEMPLATE, "München 生产", "a & b 😀",
      "DLF_All_DataConnections München 生产 a & b 😀 2026-11-28.zip" },
    { "{account} {workspace} {date} {time}.zip", "A", "B", "A B 2026-11-28 09-05-03.zip" },
    { "{account}{account}.zip", "A", "B", "AA.zip" },
    { "{other} {account.zip", "A", "B", "{other} {account.zip" },
    { "{date}", "A", "B", "2026-11-28" },
    /* A value is a value. */
    { "{account}.zip", "{date} %s", "B", "{date} %s.zip" },
    /* What the file system, a shell or an eye would take for something else. */
    { "{account}.zip", "../../etc/passwd", "B", "etc-passwd.zip" },
    { "{account}.zip", "C:\\Windows", "B", "C--Windows.zip" },
    { "{account}.zip", "a*?\"<>|b", "B", "a------b.zip" },
    { "{account}.zip", "a\nb\tc\x01\x7f", "B", "a b c.zip" },
    { "{account}.zip", "a\xe2\x80\xae\xe2\x80\x8b\xef\xbb\xbf"
                       "b",
      "B", "ab.zip" },
    { "{account}.zip", "a\xff\xfe", "B", "a--.zip" },
    { "{account}.zip", "  a   b  ", "B", "a b.zip" },
    { "{account}.zip", ".hidden", "B", "hidden.zip" },
    { "{account}.zip", "--help", "B", "help.zip" },
    { "{account}.zip", "~root", "B", "root.zip" },
    { "{account}.zip", "a. . ", "B", "a.zip" },
    { "{account}.zip", "a.tar", "B", "a.tar.zip" },
    { "{account} {workspace}.zip", "", "", "export.zip" },
    { "{account}.zip", "...", "B", "export.zip" },
    { "DLF {account} {date}.zip", "", "B", "DLF 2026-11-28.zip" },
    /* Names of devices. */
    { "{account}.zip", "CON", "B", "_CON.zip" },
    { "{account}.zip", "nul.txt", "B", "_nul.txt.zip" },
    { "{account}.zip", "Lpt1 ", "B", "_Lpt1.zip" },
    { "{account}.zip", "COM¹", "B", "_COM¹.zip" },
    { "{account}.zip", "Console", "B", "Console.zip" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = fill (cases[i].pattern, cases[i].account, cases[i].workspace);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

/* The date and the extension stay, and no character is cut in two. */
static void
test_long (void)
{
  static const char *const letters[] = { "a", "ä", "生", "😀" };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *both = NULL;
      g_autofree char *one = NULL;
      g_autofree char *copy = NULL;

      while (text->len < 400)
        g_string_append (text, letters[i]);
      both = fill (WB_FILE_NAME_TEMPLATE, text->str, text->str);
      one = fill (WB_FILE_NAME_TEMPLATE, "Berlin", text->str);
      copy = wb_file_name_add_suffix (one, "redacted");

      g_assert_cmpuint (strlen (both), <=, 255);
      g_assert_cmpuint (strlen (both), >, 245);
      g_assert_true (g_utf8_validate (both, -1, NULL));
      g_assert_true (g_str_has_suffix (both, " 2026-11-28.zip"));
      g_assert_cmpuint (strlen (one), <=, 255);
      g_assert_nonnull (strstr (one, " Berlin "));
      g_assert_true (g_str_has_suffix (one, " 2026-11-28.zip"));
      g_assert_cmpuint (strlen (copy), <=, 255);
      g_assert_true (g_utf8_validate (copy, -1, NULL));
      g_assert_true (g_str_has_suffix (copy, "-redacted.zip"));
    }
}

static void
test_suffix (void)
{
  static const char *const cases[][2] = {
    { "a.zip", "a-redacted.zip" },
    { "a.ZIP", "a-redacted.zip" },
    { "a", "a-redacted.zip" },
    { "a.b", "a.b-redacted.zip" },
    { ".zip", ".zip-redacted.zip" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = wb_file_name_add_suffix (cases[i][0], "redacted");

      g_assert_cmpstr (name, ==, cases[i][1]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/file-name/fill", test_fill);
  g_test_add_func ("/file-name/long", test_long);
  g_test_add_func ("/file-name/suffix", test_suffix);

  return g_test_run ();
}
