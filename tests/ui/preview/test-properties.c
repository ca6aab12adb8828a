/* test-properties.c: what the window shows of a ZIP as a whole
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "ui/widgets/field-row.h"
#include "ui/preview/properties-window.h"
#include "ui/widgets/progress-bar.h"
#include "zip-maker.h"

static char *
make_zip (const char *comment)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = g_strnfill (1000, ' ');

  memcpy (text, "{}", 2);
  wb_zip_maker_add_text (zip, "connections/", "");
  wb_zip_maker_add_text (zip, "connections/a.conn", text);
  wb_zip_maker_add_text (zip, "notes", "");
  bytes = wb_zip_maker_finish (zip, &(WbZipEnd){ .comment = comment });

  return wb_zip_bytes_to_path (bytes, "<b>&.zip");
}

static GtkWindow *
find_properties (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (WB_IS_PROPERTIES_WINDOW (l->data))
      return l->data;

  return NULL;
}

static gboolean
shows (gpointer    window,
       const char *label,
       const char *value)
{
  g_autofree char *texts = ui_dup_texts (window, FALSE);
  g_autofree char *both = g_strdup_printf ("%s\n%s\n", label, value);

  return strstr (texts, both) != NULL;
}

static void
test_file (void)
{
  g_autofree char *path = make_zip ("from <b>Monday\n\x1b[31m");
  WbWindow        *window = ui_open_file (path);
  WbSpool         *spool = wb_document_get_spool (wb_window_get_document (window));
  GdkClipboard    *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  GtkWindow       *properties;
  GtkWidget       *label;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *copied = NULL;
  g_autofree char *size = NULL;
  g_autofree char *unpacked = g_format_size_full (1000, G_FORMAT_SIZE_LONG_FORMAT);

  ui_wait_for_page (window, "preview");
  ui_press (window, "alt+Return");
  ui_wait_until ((properties = find_properties ()) != NULL);
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (properties)));

  size = g_format_size_full (wb_spool_get_size_bytes (spool), G_FORMAT_SIZE_LONG_FORMAT);
  g_assert_true (shows (properties, "Name", "<b>&.zip"));
  g_assert_true (shows (properties, "Folder", folder));
  g_assert_true (shows (properties, "Saved", "Yes"));
  g_assert_true (shows (properties, "Connections", "1"));
  g_assert_true (shows (properties, "Entries", "3"));
  g_assert_true (shows (properties, "Size", size));
  g_assert_true (shows (properties, "Size unpacked", unpacked));
  g_assert_true (shows (properties, "SHA-256", wb_spool_get_sha256 (spool)));
  g_assert_true (shows (properties, "Comment", "from <b>Monday\n\\x1b[31m"));

  /* Every row can be copied. */
  label = ui_find (properties, GTK_TYPE_LABEL, "SHA-256");
  gtk_widget_activate_action (gtk_widget_get_ancestor (label, WB_TYPE_FIELD_ROW), "field.copy",
                              NULL);
  copied = ui_dup_clipboard_text (clipboard);
  g_assert_cmpstr (copied, ==, wb_spool_get_sha256 (spool));
  g_assert_true (ui_shows (properties, "Copied: SHA-256"));

  /* A toast may take the first Escape. */
  ui_press (properties, "Escape");
  ui_wait_until (find_properties () == NULL || !ui_shows (find_properties (), "Copied"));
  if (find_properties () != NULL)
    ui_press (properties, "Escape");
  ui_wait_until (find_properties () == NULL);
  ui_close_window (window);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **done = user_data;

  *done = g_object_ref (result);
}

/* It is open while the export is saved. */
static void
test_export (void)
{
  g_autofree char *path = make_zip (NULL);
  g_autofree char *other_path = g_strconcat (path, ".saved", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (other_path);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbDocument) document = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GError) error = NULL;
  WbWindow  *window = ui_open_window ();
  GtkWindow *properties;

  spool = wb_spool_open (path, &error);
  g_assert_no_error (error);
  wb_spool_hash (spool, NULL, &error);
  g_assert_no_error (error);
  archive = wb_archive_open (spool, NULL, &error);
  g_assert_no_error (error);
  document = wb_document_new_exported (spool, archive, "Production", "Sales", "dayu.example", now);

  g_assert_false (ui_is_enabled (window, "properties"));
  properties = wb_properties_window_new (GTK_WINDOW (window), document);
  gtk_window_present (properties);
  g_assert_true (shows (properties, "Saved", "Not yet"));
  g_assert_false (ui_says (properties, "Folder"));
  g_assert_false (ui_says (properties, "Comment"));
  g_assert_true (ui_says (properties, "from Production · Sales (dayu.example)"));

  wb_document_save_async (document, target, NULL, done_cb, &saved);
  ui_wait_until (saved != NULL);
  g_assert_true (wb_document_save_finish (document, saved, &error));
  g_assert_true (shows (properties, "Saved", "Yes"));
  g_assert_true (shows (properties, "Name", "<b>&.zip.saved"));

  ui_close_window (window);
  g_assert_null (find_properties ());
}

/* The details of the ZIP and of a folder say the same, and follow what is saved. */
static void
test_details (void)
{
  g_autofree char *path = make_zip ("from Monday");
  g_autofree char *other_path = g_build_filename (g_get_home_dir (), "renamed.zip", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (other_path);
  g_autofree char  *size = g_format_size_full (1000, G_FORMAT_SIZE_LONG_FORMAT);
  g_autofree char  *folder = g_path_get_dirname (path);
  WbWindow         *window = ui_open_file (path);
  WbConnectionView *details;

  ui_wait_for_page (window, "preview");
  details = ui_select (window, 0);
  g_assert_true (shows (details, "Name", "<b>&.zip"));
  g_assert_true (shows (details, "Folder", folder));
  g_assert_true (shows (details, "Saved", "Yes"));
  g_assert_true (ui_says (details, "Origin"));
  g_assert_true (shows (details, "Connections", "1"));
  g_assert_true (shows (details, "Types", "1 Unknown"));
  g_assert_true (shows (details, "Entries", "3"));
  g_assert_true (shows (details, "SHA-256",
                        wb_spool_get_sha256 (
                          wb_document_get_spool (wb_window_get_document (window)))));
  g_assert_true (shows (details, "Comment", "from Monday"));

  wb_window_save_to (window, target);
  ui_wait_until (shows (details, "Name", "renamed.zip"));
  g_assert_true (ui_find (details, GTK_TYPE_LABEL, "renamed.zip") != NULL);
  g_assert_false (ui_says (details, "<b>&.zip"));

  ui_select (window, 1);
  g_assert_true (shows (details, "Path", "connections"));
  g_assert_true (shows (details, "Connections", "1"));
  g_assert_true (shows (details, "Types", "1 Unknown"));
  g_assert_true (shows (details, "Size unpacked", size));
  g_assert_false (ui_says (details, "SHA-256"));

  ui_close_window (window);
}

/* While it is read, Cancel stands where Verify stood, and a bar says how far it is. */
static void
test_verify (void)
{
  g_autofree char *path = make_zip ("");
  WbWindow        *window = ui_open_file (path);
  GtkWindow       *properties;

  ui_wait_for_page (window, "preview");
  ui_press (window, "alt+Return");
  ui_wait_until ((properties = find_properties ()) != NULL);
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (properties)));

  for (guint i = 0; i < 2; i++)
    {
      ui_click (properties, "_Verify");
      g_assert_null (ui_find (properties, GTK_TYPE_BUTTON, "_Verify"));
      ui_fire (ui_find (properties, WB_TYPE_PROGRESS_BAR, NULL));
      if (i == 0)
        ui_click (properties, "_Cancel");
      ui_wait_until (ui_find (properties, GTK_TYPE_BUTTON, "_Verify") != NULL);
      g_assert_true (i == 0
                     || ui_shows (properties,
                                  "Everything can be read and has the right checksum."));
    }

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/properties/file", test_file);
  g_test_add_func ("/properties/export", test_export);
  g_test_add_func ("/properties/details", test_details);
  g_test_add_func ("/properties/verify", test_verify);

  return g_test_run ();
}
