/* test-locales.c: numbers, sizes and the order of names, as a reader's language has them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/archive/tree/natural-order.h"

typedef struct
{
  const char *source; /* of localedef */
  const char *number;
  const char *size;     /* the unit is a text of GLib */
  const char *names[7]; /* in their order */
} Locale;

static const Locale locales[] = {
  { "de_DE", "1.234.567", "6,8", { "apfel", "Ärger", "berlin 2", "berlin 10", "Öl", "Zebra" } },
  { "zh_CN", "1,234,567", "6.8", { "安全", "北京", "数据", "table 2", "table 10" } },
};

/* Makes the locale in the test's home, for no system has all of them. */
static gboolean
use_locale (const char *source)
{
  g_autofree char *folder = g_build_filename (g_get_home_dir (), "locales", NULL);
  g_autofree char *name = g_strconcat (source, ".UTF-8", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const char      *argv[] = { "localedef", "-i", source, "-f", "UTF-8", path, NULL };
  int              status = 1;

  g_mkdir_with_parents (folder, 0700);
  if (!g_spawn_sync (NULL, (char **) argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL
                       | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, NULL)
      || status != 0)
    {
      g_test_skip ("localedef, or the source of the locale, is not installed");

      return FALSE;
    }

  g_setenv ("LOCPATH", folder, TRUE);
  g_assert_nonnull (setlocale (LC_ALL, name));

  return TRUE;
}

static void
test_locale (gconstpointer data)
{
  const Locale    *locale = data;
  g_autofree char *number = NULL;
  g_autofree char *size = NULL;

  if (!use_locale (locale->source))
    return;

  number = g_strdup_printf ("%'u", 1234567u);
  g_assert_cmpstr (number, ==, locale->number);
  size = g_format_size (6800);
  g_assert_true (g_str_has_prefix (size, locale->size));
  for (gsize i = 0; locale->names[i + 1] != NULL; i++)
    {
      const char      *name = locale->names[i];
      const char      *next = locale->names[i + 1];
      g_autofree char *key = wb_natural_key (name, strlen (name));
      g_autofree char *next_key = wb_natural_key (next, strlen (next));

      g_test_message ("%s before %s", name, next);
      g_assert_cmpint (strcmp (key, next_key), <, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autofree char *path = g_strconcat ("/locales/", locales[i].source, NULL);

      g_test_add_data_func (path, &locales[i], test_locale);
    }

  return g_test_run ();
}
