/* test-missing.c: a rebuilt archive says what it is, and lists the passwords that it lacks
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include <string.h>

#include "core/archive/rebuilt/rebuild.h"
#include "core/fd.h"
#include "core/input-limits.h"
#include "ui/preview/missing-window.h"

/* Two connections, of which one lacks its password. */
static char *
make_zip (void)
{
  static const char *const replies[] = {
    "{\"name\":\"sales\",\"type\":\"DWS\",\"description\":\"\",\"config\":{\"ip\":\"10.0.0.1\","
    "\"port\":\"8000\",\"userName\":\"u\",\"password\":\"*********\"}}",
    "{\"name\":\"lake\",\"type\":\"DLI\",\"description\":\"\",\"config\":{}}",
  };
  g_autoptr (WbRebuild) rebuild = wb_rebuild_new (WB_SOURCE_LIST);
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  char            *path = g_build_filename (g_get_home_dir (), "a-rebuilt.zip", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (GBytes) reply = g_bytes_new_static (replies[i], strlen (replies[i]));

      wb_rebuild_add (rebuild, reply, &error);
      g_assert_no_error (error);
    }
  spool = wb_rebuild_write (rebuild, NULL, WB_SPOOL_DEFAULT_MAX_SIZE_BYTES, NULL, &error);
  g_assert_no_error (error);
  bytes = g_malloc (wb_spool_get_size_bytes (spool));
  g_assert_cmpint (wb_fd_read_at (wb_spool_get_fd (spool), (guint8 *) bytes,
                                  wb_spool_get_size_bytes (spool), 0),
                   ==, (gssize) wb_spool_get_size_bytes (spool));
  g_file_set_contents (path, bytes, (gssize) wb_spool_get_size_bytes (spool), &error);
  g_assert_no_error (error);

  return path;
}

static gpointer
find_window_of (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type))
      return l->data;

  return NULL;
}

static GtkWindow *
find_window (void)
{
  return find_window_of (WB_TYPE_MISSING_WINDOW);
}

static void
test_list (void)
{
  g_autofree char *path = make_zip ();
  WbWindow        *window = ui_open_file (path);
  GdkClipboard    *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  GtkWindow       *missing;
  GtkDialog       *dialog;
  g_autofree char *copied = NULL;

  ui_wait_for_page (window, "preview");
  g_assert_true (ui_says (window, "Rebuilt, not exported"));
  g_assert_true (ui_says (window, "· Rebuilt · 2 connections"));
  g_assert_true (ui_is_enabled (window, "missing-passwords"));
  ui_click (window, "_Missing Passwords…");
  ui_wait_until ((missing = find_window ()) != NULL);
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (missing)));
  g_assert_true (ui_shows (missing, "sales"));
  g_assert_true (ui_shows (missing, "config.password"));
  g_assert_false (ui_shows (missing, "lake"));

  gtk_widget_activate_action (GTK_WIDGET (missing), "missing.copy", NULL);
  copied = ui_dup_clipboard_text (clipboard);
  g_assert_nonnull (strstr (copied, "\nsales\tconfig.password\n"));

  gtk_widget_activate_action (GTK_WIDGET (missing), "missing.print", NULL);
  ui_wait_until ((dialog = find_window_of (GTK_TYPE_DIALOG)) != NULL);
  gtk_dialog_response (dialog, GTK_RESPONSE_CANCEL);
  ui_wait_until (find_window_of (GTK_TYPE_DIALOG) == NULL);

  gtk_window_close (missing);
  ui_wait_until (find_window () == NULL);
  ui_close_window (window);
}

/* Nothing is missing in an export. */
static void
test_export (void)
{
  WbWindow *window = ui_open_window ();

  g_assert_false (ui_is_enabled (window, "missing-passwords"));
  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/missing/list", test_list);
  g_test_add_func ("/missing/export", test_export);

  return g_test_run ();
}
