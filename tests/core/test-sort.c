/* test-sort.c: what is sorted, and what is in order already
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/sort.h"

#include <string.h>

static guint n_looks;

static int
compare (const void *a,
         const void *b)
{
  n_looks++;

  return *(const char *) a - *(const char *) b;
}

static void
test_each (void)
{
  static const struct
  {
    const char *items;
    const char *sorted;
  } cases[] = {
    { "", "" },
    { "a", "a" },
    { "ba", "ab" },
    { "aabb", "aabb" },
    { "abcdefgh", "abcdefgh" },
    { "bcdefgha", "abcdefgh" },
    { "abcdefhg", "abcdefgh" },
    { "hgfedcba", "abcdefgh" },
    { "cacbab", "aabbcc" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *items = g_strdup (cases[i].items);

      wb_sort (items, (guint) strlen (items), 1, compare);
      g_assert_cmpstr (items, ==, cases[i].sorted);
    }
}

/* Each item is looked at once, and nothing is moved. */
static void
test_in_order (void)
{
  char items[] = "aabbccddeeffgghh";

  n_looks = 0;
  wb_sort (items, (guint) strlen (items), 1, compare);
  g_assert_cmpstr (items, ==, "aabbccddeeffgghh");
  g_assert_cmpuint (n_looks, ==, strlen (items) - 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sort/each", test_each);
  g_test_add_func ("/sort/in-order", test_in_order);

  return g_test_run ();
}
