/* test-column-layout.c: the tree's columns are as a person left them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "ui/preview/preview.h"
#include "zip-maker.h"

static char *
make_zip (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  wb_zip_maker_add_text (zip, "connections/sales.conn", "{\"name\": \"sales\"}");
  bytes = wb_zip_maker_finish (zip, NULL);

  return wb_zip_bytes_to_path (bytes, "export.zip");
}

static GtkColumnViewColumn *
dup_column (WbWindow *window,
            guint     position)
{
  return g_list_model_get_item (
    gtk_column_view_get_columns (ui_find (window, GTK_TYPE_COLUMN_VIEW, NULL)), position);
}

static char *
dup_titles (WbWindow *window)
{
  g_autofree char *titles[4] = { NULL };

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = dup_column (window, i);

      titles[i] = g_strdup (gtk_column_view_column_get_title (column));
    }

  return g_strdup_printf ("%s|%s|%s|%s", titles[0], titles[1], titles[2], titles[3]);
}

static WbWindow *
open_wide (const char *path)
{
  WbWindow *window;

  g_settings_set_int (wb_context_get_settings (ui_test_get_context ()), "window-width", 1400);
  window = ui_open_file (path);
  ui_wait_for_page (window, "preview");
  ui_wait_for_frames (window, 5);

  return window;
}

/* As wide and in the order that a person left them in, also with another font; what cannot be is
 * passed over. */
static void
test_remembered (void)
{
  GSettings       *settings = wb_context_get_settings (ui_test_get_context ());
  g_autofree char *path = make_zip ();
  const char      *odd[] = { "size:99999", "color:100", "size", "", ":", "address:x", NULL };
  WbWindow        *window = open_wide (path);
  g_autoptr (GtkColumnViewColumn) type = dup_column (window, 1);
  int              usual_px = gtk_column_view_column_get_fixed_width (type);
  int              dpi;
  g_autofree char *before = dup_titles (window);
  g_autofree char *after = NULL;
  g_autofree char *last = NULL;

  g_assert_cmpstr (before, ==, "Name|Type|Address|Size");
  gtk_column_view_insert_column (ui_find (window, GTK_TYPE_COLUMN_VIEW, NULL), 0, type);
  gtk_column_view_column_set_fixed_width (type, 2 * usual_px);
  ui_wait_for_frames (window, 3);
  ui_close_window (window);

  window = open_wide (path);
  after = dup_titles (window);
  g_assert_cmpstr (after, ==, "Type|Name|Address|Size");
  g_set_object (&type, NULL);
  type = dup_column (window, 0);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (type), ==, 2 * usual_px);

  /* The rows are found by their names, wherever those stand. */
  ui_select (window, 2);
  wb_archive_view_focus_rows (ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL));
  ui_wait_until (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)),
                                         ui_find (window, GTK_TYPE_COLUMN_VIEW, NULL)));

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 3 * dpi / 2, NULL);
  ui_wait_until (gtk_column_view_column_get_fixed_width (type) > 2 * usual_px);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  ui_wait_until (gtk_column_view_column_get_fixed_width (type) == 2 * usual_px);
  ui_close_window (window);

  g_settings_set_strv (settings, "columns", odd);
  window = open_wide (path);
  last = dup_titles (window);
  g_assert_cmpstr (last, ==, "Size|Address|Name|Type");
  ui_close_window (window);
  g_settings_reset (settings, "columns");
  g_settings_reset (settings, "window-width");
}

static int
measure_px (GtkWidget  *widget,
            const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

/* At the usual size, in GNOME's font, too: where a connection leads, and the whole of each type. */
static void
test_usual (void)
{
  static const char *const fonts[] = { "Cantarell 11", "Sans 10", "Cantarell 22" };
  static const char *const types[] = { "CloudTable", "SparkSQL", "Unknown", "Rebuilt" };
  g_autofree char         *path = make_zip ();
  g_autofree char         *font = NULL;
  WbWindow                *window;

  g_object_get (gtk_settings_get_default (), "gtk-font-name", &font, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++)
    {
      g_autoptr (GtkColumnViewColumn) type = NULL;
      g_autoptr (GtkColumnViewColumn) address = NULL;

      g_test_message ("%s", fonts[i]);
      g_object_set (gtk_settings_get_default (), "gtk-font-name", fonts[i], NULL);
      window = ui_open_file (path);
      ui_wait_for_page (window, "preview");
      ui_wait_for_frames (window, 5);
      type = dup_column (window, 1);
      address = dup_column (window, 2);
      g_assert_cmpstr (gtk_column_view_column_get_title (address), ==, "Address");
      /* Text of twice the size may have no room for it. */
      g_assert_true (gtk_column_view_column_get_visible (address) || i == 2);
      for (guint j = 0; j < G_N_ELEMENTS (types) && gtk_column_view_column_get_visible (type); j++)
        g_assert_cmpint (gtk_column_view_column_get_fixed_width (type), >,
                         measure_px (GTK_WIDGET (window), types[j]));
      ui_close_window (window);
    }
  g_object_set (gtk_settings_get_default (), "gtk-font-name", font, NULL);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/column-layout/remembered", test_remembered);
  g_test_add_func ("/column-layout/usual", test_usual);

  return g_test_run ();
}
