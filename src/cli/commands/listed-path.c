/* listed-path.c: the path under which an entry is listed, each one once
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/listed-path.h"

#include <string.h>

#include "core/sort.h"

static int
compare_bytes (const char *a,
               guint       a_length,
               const char *b,
               guint       b_length)
{
  int order = memcmp (a, b, MIN (a_length, b_length));

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

/* By path, and those of one path as they come. */
static int
compare (const void *a,
         const void *b)
{
  const WbCliListed *x = *(const WbCliListed *const *) a;
  const WbCliListed *y = *(const WbCliListed *const *) b;
  int                order = compare_bytes (x->path, x->length, y->path, y->length);

  return order != 0 ? order : (x > y) - (x < y);
}

static int
compare_path (const void *key,
              const void *element)
{
  const WbCliListed *listed = *(const WbCliListed *const *) element;

  return compare_bytes (key, (guint) strlen (key), listed->path, listed->length);
}

static gboolean
is_taken (GPtrArray         *sorted,
          const WbCliListed *listed)
{
  g_autofree char *path = wb_cli_listed_dup_path (listed);

  return bsearch (path, sorted->pdata, sorted->len, sizeof *sorted->pdata, compare_path) != NULL;
}

/**
 * wb_cli_listed_number:
 * @listed: (inout) (array length=n): the entries, in the archive's order
 * @n: how many
 *
 * Numbers the second and each further entry of one path. It sorts and never hashes: names can be
 * chosen so that hashes collide.
 */
void
wb_cli_listed_number (WbCliListed *listed,
                      guint        n)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    {
      if (listed[i].path != NULL)
        g_ptr_array_add (sorted, &listed[i]);
    }
  wb_sort (sorted->pdata, sorted->len, sizeof *sorted->pdata, compare);

  for (guint i = 1; i < sorted->len; i++)
    {
      const WbCliListed *before = g_ptr_array_index (sorted, i - 1);
      WbCliListed       *item = g_ptr_array_index (sorted, i);

      if (compare_bytes (before->path, before->length, item->path, item->length) != 0)
        continue;
      item->number = MAX (before->number, 1) + 1;
      while (is_taken (sorted, item))
        item->number++;
    }
}

/* With its number. */
char *
wb_cli_listed_dup_path (const WbCliListed *listed)
{
  if (listed->number == 0)
    return g_strndup (listed->path, listed->length);

  return g_strdup_printf ("%.*s#%u", (int) listed->length, listed->path, listed->number);
}
