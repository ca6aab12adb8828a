/* column-sorting.c: which column of a view sorts its rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

/* Under this name an object keeps what it learns: a column's key and 1. */
#define DATA "waybill-sort-key"

/* GTK 4.8 does not say which column sorts, only that the order has changed. But it asks the
 * columns' sorters in turn, so a comparison of two unlike objects shows the first of them, and
 * whether its answer is turned round. */
static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  GObject *learner = (GObject *) a;

  if (g_object_get_data (learner, DATA) == NULL)
    g_object_set_data (learner, DATA, user_data);

  return -1;
}

/**
 * wb_column_sorting_add:
 * @column: a column
 * @key: what it is known by
 */
void
wb_column_sorting_add (GtkColumnViewColumn *column,
                       guint                key)
{
  g_autoptr (GtkSorter) sorter = NULL;

  g_return_if_fail (GTK_IS_COLUMN_VIEW_COLUMN (column));

  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, GUINT_TO_POINTER (key + 1), NULL));
  gtk_column_view_column_set_sorter (column, sorter);
}

/**
 * wb_column_sorting_read:
 * @sorter: a column view's own
 * @key: (out): the key of the column that sorts
 * @descending: (out): whether the largest is first
 *
 * Returns: whether one does
 */
gboolean
wb_column_sorting_read (GtkSorter *sorter,
                        guint     *key,
                        gboolean  *descending)
{
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  gpointer found;

  g_return_val_if_fail (GTK_IS_SORTER (sorter), FALSE);

  *descending = gtk_sorter_compare (sorter, a, b) == GTK_ORDERING_LARGER;
  found = g_object_get_data (a, DATA);
  if (found == NULL)
    return FALSE;

  *key = GPOINTER_TO_UINT (found) - 1;

  return TRUE;
}
