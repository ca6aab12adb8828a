/* column-layout.c: remembers how a person has arranged a view's columns
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

/* A view keeps here where it is remembered. */
#define SETTINGS "waybill-column-settings"
#define KEY "columns"

/* In their order, each as `id:percent`. */
static GStrv
dup_layout (GtkColumnView *view)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      g_autofree char *text = g_strdup_printf ("%s:%d", wb_archive_columns_get_column_id (column),
                                               wb_column_widths_get_percent (column));

      g_strv_builder_add (builder, text);
    }

  return g_strv_builder_end (builder);
}

/* A column that moves is away for a moment. */
static gboolean
is_whole (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  return g_list_model_get_n_items (columns) == wb_archive_columns_get_n ();
}

static void
changed_cb (GtkColumnView *view)
{
  GSettings *settings = g_object_get_data (G_OBJECT (view), SETTINGS);
  g_auto (GStrv) stored = g_settings_get_strv (settings, KEY);
  g_auto (GStrv) layout = dup_layout (view);

  if (is_whole (view) && !g_strv_equal ((const char *const *) stored, (const char *const *) layout))
    g_settings_set_strv (settings, KEY, (const char *const *) layout);
}

/* One at this position or behind it. */
static GtkColumnViewColumn *
dup_column (GtkColumnView *view,
            guint          position,
            const char    *id)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = position; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (wb_archive_columns_get_column_id (column), id) == 0)
        return g_steal_pointer (&column);
    }

  return NULL;
}

/* What is not a column, or stands twice, is passed over: a newer version may have had others. */
static void
restore (GtkColumnView *view,
         GStrv          layout)
{
  guint position = 0;

  for (guint i = 0; layout[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (layout[i], ":", 2);
      g_autoptr (GtkColumnViewColumn) column = dup_column (view, position, parts[0]);
      guint64 percent = 0;

      if (column == NULL)
        continue;

      gtk_column_view_insert_column (view, position++, column);
      if (parts[1] != NULL && g_ascii_string_to_unsigned (parts[1], 10, 1, 10000, &percent, NULL))
        wb_column_widths_set_percent (column, (int) percent);
    }
}

/**
 * wb_column_layout_remember:
 * @view: a view with its columns, which follow its width
 * @settings: where it is remembered
 *
 * Arranges the columns as they were last, and keeps how they will be.
 */
void
wb_column_layout_remember (GtkColumnView *view,
                           GSettings     *settings)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  g_auto (GStrv) stored = NULL;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (G_IS_SETTINGS (settings));

  stored = g_settings_get_strv (settings, KEY);
  restore (view, stored);
  g_object_set_data_full (G_OBJECT (view), SETTINGS, g_object_ref (settings), g_object_unref);
  g_signal_connect_object (columns, "items-changed", G_CALLBACK (changed_cb), view,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (changed_cb), view,
                               G_CONNECT_SWAPPED);
    }
}
