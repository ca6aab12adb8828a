/* test-documents.c: how ZIPs come to windows: dropped, from the file manager, from the recent ones
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include <glib/gstdio.h>

#include "zip-maker.h"

static char *
make_zip (const char *name)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  wb_zip_maker_add_text (zip, "connections/a.conn", "{\"name\": \"a\", \"type\": \"RDS\"}");
  bytes = wb_zip_maker_finish (zip, NULL);

  return wb_zip_bytes_to_path (bytes, name);
}

static GList *
get_windows (void)
{
  return gtk_application_get_windows (GTK_APPLICATION (ui_test_get_program ()));
}

static WbWindow *
find_window (const char *title)
{
  for (GList *l = get_windows (); l != NULL; l = l->next)
    {
      if (WB_IS_WINDOW (l->data) && g_str_equal (gtk_window_get_title (l->data), title))
        return l->data;
    }

  return NULL;
}

static gboolean
has_error (const char *text)
{
  for (GList *l = get_windows (); l != NULL; l = l->next)
    {
      if (ui_find (l->data, GTK_TYPE_LABEL, text) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
close_all (void)
{
  g_action_group_activate_action (G_ACTION_GROUP (ui_test_get_program ()), "quit", NULL);
  ui_wait_until (get_windows () == NULL);
}

/* As GTK gives it to the window when the pointer lets go of files. Ends with NULL. */
static void
drop (WbWindow *window,
      ...)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (content);
  g_autoptr (GtkEventController) target = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  GSList     *files = NULL;
  const char *path;
  gboolean    taken = FALSE;
  va_list     paths;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && target == NULL; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        target = g_steal_pointer (&controller);
    }
  g_assert_nonnull (target);
  g_assert_true (gdk_content_formats_contain_gtype (
    gtk_drop_target_get_formats (GTK_DROP_TARGET (target)), GDK_TYPE_FILE_LIST));

  va_start (paths, window);
  while ((path = va_arg (paths, const char *)) != NULL)
    files = g_slist_append (files, g_file_new_for_path (path));
  va_end (paths);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  g_slist_free_full (files, g_object_unref);

  g_signal_emit_by_name (target, "drop", &value, 10.0, 10.0, &taken);
  g_assert_true (taken);
}

/* An empty window takes the first one, the others have their own; what is not a ZIP is reported. */
static void
test_drop (void)
{
  g_autofree char *first = make_zip ("first.zip");
  g_autofree char *second = make_zip ("second.zip");
  g_autofree char *third = make_zip ("third.zip");
  g_autofree char *text = g_build_filename (g_get_home_dir (), "text.txt", NULL);
  WbWindow        *window = ui_open_window ();

  g_assert_true (g_file_set_contents (text, "no ZIP", -1, NULL));
  drop (window, first, second, NULL);
  ui_wait_until (find_window ("first.zip") == window);
  ui_wait_until (find_window ("second.zip") != NULL);
  g_assert_cmpuint (g_list_length (get_windows ()), ==, 2);

  drop (window, third, NULL);
  ui_wait_until (find_window ("third.zip") != NULL);
  g_assert_true (find_window ("first.zip") == window);

  drop (window, text, NULL);
  ui_wait_until (has_error ("“text.txt” Could Not Be Opened"));
  g_assert_cmpuint (g_list_length (get_windows ()), ==, 4);

  close_all ();
}

/* The window that files are dropped on takes them if it is empty, whichever window is active. */
static void
test_drop_elsewhere (void)
{
  g_autofree char *first = make_zip ("first.zip");
  WbWindow        *window = ui_open_window ();
  WbWindow        *other = ui_open_window ();

  ui_wait_until (gtk_window_is_active (GTK_WINDOW (other)));
  drop (window, first, NULL);
  ui_wait_until (find_window ("first.zip") == window);
  g_assert_true (wb_window_is_empty (other));
  g_assert_cmpuint (g_list_length (get_windows ()), ==, 2);

  close_all ();
}

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  g_assert_no_error (error);
  *done = TRUE;
}

/* What a file manager says when several files are opened at once. */
static void
test_activation (void)
{
  GApplication    *program = G_APPLICATION (ui_test_get_program ());
  g_autofree char *first = make_zip ("first.zip");
  g_autofree char *second = make_zip ("second.zip");
  g_autofree char *first_uri = g_filename_to_uri (first, NULL, NULL);
  g_autofree char *second_uri = g_filename_to_uri (second, NULL, NULL);
  GVariantBuilder  uris;
  GVariantBuilder  platform_data;
  gboolean         done = FALSE;

  g_variant_builder_init (&uris, G_VARIANT_TYPE ("as"));
  g_variant_builder_add (&uris, "s", first_uri);
  g_variant_builder_add (&uris, "s", second_uri);
  g_variant_builder_init (&platform_data, G_VARIANT_TYPE ("a{sv}"));
  g_dbus_connection_call (g_application_get_dbus_connection (program),
                          g_application_get_application_id (program),
                          g_application_get_dbus_object_path (program),
                          "org.freedesktop.Application", "Open",
                          g_variant_new ("(asa{sv})", &uris, &platform_data), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, called_cb, &done);
  ui_wait_until (done);
  ui_wait_until (find_window ("first.zip") != NULL && find_window ("second.zip") != NULL);
  g_assert_cmpuint (g_list_length (get_windows ()), ==, 2);

  close_all ();
}

static GMenuModel *
dup_recent_menu (WbWindow *window)
{
  GMenuModel *menu = G_MENU_MODEL (
    gtk_widget_get_template_child (GTK_WIDGET (window), WB_TYPE_WINDOW, "file_menu"));

  return g_menu_model_get_item_link (menu, 2, G_MENU_LINK_SUBMENU);
}

/* The labels, the last file first. */
static char *
dup_recent (WbWindow *window)
{
  g_autoptr (GMenuModel) recent = dup_recent_menu (window);
  GString *labels = g_string_new ("");

  for (int i = 0; recent != NULL && i < g_menu_model_get_n_items (recent); i++)
    {
      g_autofree char *label = NULL;

      g_menu_model_get_item_attribute (recent, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      g_string_append_printf (labels, "%s|", label);
    }

  return g_string_free (labels, FALSE);
}

static gboolean
contains (WbWindow   *window,
          const char *name)
{
  g_autofree char *recent = dup_recent (window);

  return strstr (recent, name) != NULL;
}

/* What was opened or saved is offered, by all windows, as long as it is there. */
static void
test_recent (void)
{
  g_autofree char *path = make_zip ("new_one.zip");
  g_autofree char *saved_path = g_build_filename (g_get_home_dir (), "saved.zip", NULL);
  g_autofree char *another = make_zip ("another.zip");
  g_autofree char *text = g_build_filename (g_get_home_dir (), "text.zip", NULL);
  g_autofree char *uri = g_filename_to_uri (saved_path, NULL, NULL);
  WbWindow        *window = ui_open_window ();
  WbWindow        *other = ui_open_file (path);

  ui_wait_for_page (other, "preview");
  ui_wait_until (contains (window, "new__one.zip – "));

  ui_activate (other, "win.save-as");
  g_free (ui_save_to (saved_path));
  ui_wait_until (contains (window, "saved.zip – "));

  /* It opens in the window that has nothing yet. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-recent", "s", uri);
  ui_wait_for_page (window, "preview");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "saved.zip");
  g_assert_cmpuint (g_list_length (get_windows ()), ==, 2);

  /* What could not be opened is not recent, and what is gone is not offered. */
  g_assert_true (g_file_set_contents (text, "no ZIP", -1, NULL));
  ui_close_window (ui_open_file (text));
  g_assert_cmpint (g_remove (saved_path), ==, 0);
  ui_close_window (ui_open_file (another));
  ui_wait_until (contains (window, "another.zip"));
  g_assert_false (contains (window, "saved.zip"));
  g_assert_false (contains (window, "text.zip"));

  close_all ();
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/documents/drop", test_drop);
  g_test_add_func ("/documents/drop-elsewhere", test_drop_elsewhere);
  g_test_add_func ("/documents/activation", test_activation);
  g_test_add_func ("/documents/recent", test_recent);

  return g_test_run ();
}
