/* sort.c: sorting what is mostly in order already
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/sort.h"

#include <stdlib.h>

/**
 * wb_sort:
 * @items: (inout) (array length=n): what to sort
 * @n: how many
 * @item_bytes: the size of one
 * @compare: (scope call): says which of two comes first
 *
 * As qsort(), but what is in order already is looked at only once: most ZIP files list their
 * entries by their paths, in the order in which they lie.
 */
void
wb_sort (gpointer     items,
         guint        n,
         gsize        item_bytes,
         GCompareFunc compare)
{
  const guint8 *item = items;
  guint         i = 1;

  for (; i < n && compare (item, item + item_bytes) <= 0; i++)
    item += item_bytes;
  if (i < n)
    qsort (items, n, item_bytes, compare);
}
