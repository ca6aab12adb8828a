/* column-widths.c: how wide a view's columns are, and which of them make room in a narrow one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

/* Of the usual width. */
#define LEAST_PERCENT 30
#define MOST_PERCENT 500

/* Under these names a column keeps what it is told, how much of it the texts take in the view's
 * font, what a person has made of that and, while it is away, its width in pixels. */
#define WIDTH "waybill-column-width"
#define TEXT_PX "waybill-column-text-px"
#define PERCENT "waybill-column-percent"
#define AWAY_PX "waybill-column-px"

/* Of the widest text. */
static int
measure_text_px (GtkColumnView       *view,
                 GtkColumnViewColumn *column)
{
  const WbColumnWidth *width = g_object_get_data (G_OBJECT (column), WIDTH);
  g_auto (GStrv) texts = width->dup_texts ();
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (view), NULL);
  int widest_px = 0;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      int text_px;

      pango_layout_set_text (layout, texts[i], -1);
      pango_layout_get_pixel_size (layout, &text_px, NULL);
      widest_px = MAX (widest_px, text_px);
    }

  return widest_px;
}

/* 0 while it follows no view. */
static int
get_text_px (GtkColumnViewColumn *column)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), TEXT_PX));
}

static int
get_least_px (GtkColumnViewColumn *column)
{
  const WbColumnWidth *width = g_object_get_data (G_OBJECT (column), WIDTH);

  return get_text_px (column) + width->other_px;
}

static int
get_px (GtkColumnViewColumn *column)
{
  if (!gtk_column_view_column_get_visible (column))
    return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), AWAY_PX));

  return gtk_column_view_column_get_fixed_width (column);
}

/* A person made it wider or narrower. */
static void
resized_cb (GtkColumnViewColumn *column)
{
  int width_px = gtk_column_view_column_get_fixed_width (column);
  int percent = 100;

  if (get_text_px (column) > 0 && width_px > 0)
    {
      int least_px = get_least_px (column);

      percent = (100 * width_px + least_px / 2) / least_px;
    }
  g_object_set_data (G_OBJECT (column), PERCENT, GINT_TO_POINTER (percent));
}

static void
set_px (GtkColumnViewColumn *column,
        int                  width_px)
{
  g_signal_handlers_block_by_func (column, resized_cb, NULL);
  gtk_column_view_column_set_fixed_width (column, width_px);
  g_signal_handlers_unblock_by_func (column, resized_cb, NULL);
}

/* GTK 4.8 keeps room for a column that is away. */
static void
set_visible (GtkColumnViewColumn *column,
             gboolean             visible)
{
  int width_px = get_px (column);

  if (visible == gtk_column_view_column_get_visible (column))
    return;

  g_object_set_data (G_OBJECT (column), AWAY_PX, GINT_TO_POINTER (width_px));
  gtk_column_view_column_set_visible (column, visible);
  set_px (column, visible ? width_px : 0);
}

/* As wide as the font needs it, or as a person wants it. */
static void
apply_width (GtkColumnViewColumn *column)
{
  int percent = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), PERCENT));

  set_visible (column, TRUE);
  set_px (column, get_least_px (column) * percent / 100);
}

static void
follow_font (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int text_px = measure_text_px (view, column);

      if (text_px == get_text_px (column))
        continue;

      g_object_set_data (G_OBJECT (column), TEXT_PX, GINT_TO_POINTER (text_px));
      apply_width (column);
    }
}

/* The columns that can leave do so in their turn, until the others fit. */
static void
make_room (GtkColumnView *view,
           int            width_px)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  guint       n_columns = g_list_model_get_n_items (columns);
  int         needed_px = 0;
  gboolean    has_left = FALSE;

  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const WbColumnWidth *width = g_object_get_data (G_OBJECT (column), WIDTH);

      needed_px += width->leaves > 0 ? get_px (column) : get_least_px (column);
    }

  for (guint turn = 1; turn <= n_columns; turn++)
    {
      for (guint i = 0; i < n_columns; i++)
        {
          g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
          const WbColumnWidth *width = g_object_get_data (G_OBJECT (column), WIDTH);

          if (width->leaves != turn)
            continue;

          set_visible (column, needed_px + (has_left ? width->spare_px : 0) <= width_px);
          has_left = !gtk_column_view_column_get_visible (column);
          if (has_left)
            needed_px -= get_px (column);
          break;
        }
    }
}

static gboolean
fit_cb (GtkWidget     *widget,
        GdkFrameClock *clock,
        gpointer       user_data)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (widget);
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));

  follow_font (view);
  make_room (view, (int) gtk_adjustment_get_page_size (adjustment));

  return G_SOURCE_REMOVE;
}

/* The view hears of its width while it lays its columns out: they change before the next frame. */
static void
changed_cb (GtkColumnView *view)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (view), fit_cb, NULL, NULL);
}

/**
 * wb_column_widths_add:
 * @column: a column
 * @width: (transfer none): static
 */
void
wb_column_widths_add (GtkColumnViewColumn *column,
                      const WbColumnWidth *width)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW_COLUMN (column));
  g_return_if_fail (width != NULL);

  g_object_set_data (G_OBJECT (column), WIDTH, (gpointer) width);
  g_object_set_data (G_OBJECT (column), PERCENT, GINT_TO_POINTER (100));
  g_signal_connect (column, "notify::fixed-width", G_CALLBACK (resized_cb), NULL);
}

/**
 * wb_column_widths_get_percent:
 * @column: a column
 *
 * Returns: how wide a person wants it, as a share of its usual width
 */
int
wb_column_widths_get_percent (GtkColumnViewColumn *column)
{
  g_return_val_if_fail (GTK_IS_COLUMN_VIEW_COLUMN (column), 100);

  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), PERCENT));
}

/**
 * wb_column_widths_set_percent:
 * @column: a column of a view that it follows
 * @percent: what was got
 *
 * It is at least as narrow, and at most as wide, as can be taken back by hand.
 */
void
wb_column_widths_set_percent (GtkColumnViewColumn *column,
                              int                  percent)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW_COLUMN (column));

  g_object_set_data (G_OBJECT (column), PERCENT,
                     GINT_TO_POINTER (CLAMP (percent, LEAST_PERCENT, MOST_PERCENT)));
  apply_width (column);
}

/**
 * wb_column_widths_follow:
 * @view: a view in a scrolled window, with all its columns
 *
 * From now on the columns follow the view's font, and those that can leave its width.
 */
void
wb_column_widths_follow (GtkColumnView *view)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (view));

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  follow_font (view);
  g_signal_connect_object (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view)),
                           "notify::page-size", G_CALLBACK (changed_cb), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (changed_cb), view,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::gtk-font-name", G_CALLBACK (changed_cb), view,
                           G_CONNECT_SWAPPED);
}
