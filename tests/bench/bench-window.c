/* bench-window.c: how long the window keeps a person waiting, with many connections
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/preview/preview.h"
#include "ui/ui-test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* bench-window FILE: opens it, scrolls, searches as one types, sorts, and prints figures for each
 * step, as JSON in a line. bench-window --first-frame: starts as the program does, and ends with
 * its first frame. bench-window --names FILE: starts with a file, and ends with the first frame
 * that shows what is in it. README.md says how it is run, and what the figures mean. */

/* What the tree has beside its files: the ZIP and its folder. */
#define N_ROWS_ABOVE 2

/* How long nothing happens until a step has ended. */
#define QUIET_MS 200

static gint64   polled_at;
static gint64   polled_at_cpu;
static gint64   longest;
static gint64   longest_cpu;
static gint64   busy;
static gboolean painted;
static gboolean idle;
static gboolean until_names;

/* This thread's own, in microseconds. */
static gint64
get_cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Between two polls somebody's code is running. */
static gint
poll_cb (GPollFD *fds,
         guint    n_fds,
         gint     timeout_ms)
{
  gint64 held = g_get_monotonic_time () - polled_at;
  gint64 held_cpu = get_cpu_time () - polled_at_cpu;
  gint   n;

  longest = MAX (longest, held);
  longest_cpu = MAX (longest_cpu, held_cpu);
  busy += held;
  n = g_poll (fds, n_fds, timeout_ms);
  polled_at = g_get_monotonic_time ();
  polled_at_cpu = get_cpu_time ();

  return n;
}

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  painted = TRUE;
}

static gboolean
quiet_cb (gpointer user_data)
{
  idle = TRUE;

  return G_SOURCE_REMOVE;
}

static void
start (void)
{
  longest = 0;
  longest_cpu = 0;
  busy = 0;
  polled_at = g_get_monotonic_time ();
  polled_at_cpu = get_cpu_time ();
}

/* Until a frame has been painted, and until no more follows. */
static void
finish (const char *what,
        gint64      started_at,
        GtkWidget  *window)
{
  gint64 stands;

  painted = FALSE;
  gtk_widget_queue_draw (window);
  ui_wait_until (painted);
  stands = g_get_monotonic_time () - started_at;

  idle = FALSE;
  g_timeout_add_full (G_PRIORITY_LOW, QUIET_MS, quiet_cb, NULL, NULL);
  ui_wait_until (idle);
  g_print ("{\"step\": \"%s\", \"stands_ms\": %.1f, \"held_ms\": %.1f, \"cpu_ms\": %.1f, "
           "\"busy_ms\": %.1f}\n",
           what, (double) stands / 1000, (double) longest / 1000, (double) longest_cpu / 1000,
           (double) busy / 1000);
}

/* One change, as a key makes it; setting the text would be two. */
static void
replace_text (GtkEditable *entry,
              const char  *text)
{
  const char *old = gtk_editable_get_text (entry);
  int         position = (int) strlen (old);

  if (g_str_has_prefix (text, old))
    gtk_editable_insert_text (entry, text + position, -1, &position);
  else if (*text == '\0')
    gtk_editable_delete_text (entry, 0, -1);
  else
    gtk_editable_set_text (entry, text);
}

static void
type (WbWindow   *window,
      WbPreview  *preview,
      const char *text)
{
  GtkEditable   *entry = ui_find (preview, GTK_TYPE_SEARCH_ENTRY, NULL);
  WbEntryFilter *filter =
    wb_archive_view_get_filter (wb_preview_get_archive_view (preview));
  g_autofree char *what = NULL;
  gint64           started_at = g_get_monotonic_time ();

  start ();
  replace_text (entry, text);
  ui_wait_until (!wb_entry_filter_get_busy (filter));
  what = g_strdup_printf ("search “%s” %u", text, wb_entry_filter_get_n_matches (filter));
  finish (what, started_at, GTK_WIDGET (window));
}

static void
type_each (WbWindow   *window,
           WbPreview  *preview,
           const char *text)
{
  for (gsize length = 1; length <= strlen (text); length++)
    {
      g_autofree char *typed = g_strndup (text, length);

      type (window, preview, typed);
    }
}

static void
sort_by (WbWindow   *window,
         WbPreview  *preview,
         const char *key)
{
  g_autofree char *what = g_strdup_printf ("sort by %s", key);
  gint64           started_at = g_get_monotonic_time ();

  start ();
  g_object_set (wb_preview_get_archive_view (preview), "sort-key", key, NULL);
  finish (what, started_at, GTK_WIDGET (window));
}

/* From the top to the bottom, a page in each frame. */
static void
scroll (WbWindow  *window,
        WbPreview *preview)
{
  GtkWidget     *scrolled = ui_find (wb_preview_get_archive_view (preview),
                                     GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gint64 started_at = g_get_monotonic_time ();
  double page = gtk_adjustment_get_page_size (adjustment);

  start ();
  for (guint i = 0; i < 100; i++)
    {
      double upper = gtk_adjustment_get_upper (adjustment);

      gtk_adjustment_set_value (adjustment, i < 50 ? i * page : upper * i / 100);
      painted = FALSE;
      gtk_widget_queue_draw (GTK_WIDGET (window));
      ui_wait_until (painted);
    }
  gtk_adjustment_set_value (adjustment, 0);
  finish ("scroll", started_at, GTK_WIDGET (window));
}

static void
first_frame_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  WbWindow   *window = user_data;
  WbPreview  *preview;
  GListModel *rows;

  if (!until_names)
    _exit (EXIT_SUCCESS);
  if (!g_str_equal (wb_window_get_page (window), "preview"))
    return;

  preview = ui_find (window, WB_TYPE_PREVIEW, NULL);
  rows = G_LIST_MODEL (wb_archive_view_get_model (wb_preview_get_archive_view (preview)));
  if (g_list_model_get_n_items (rows) > N_ROWS_ABOVE)
    _exit (EXIT_SUCCESS);
}

static void
realize_cb (GtkWidget *window,
            gpointer   user_data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                    G_CALLBACK (first_frame_cb), window);
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 gpointer        user_data)
{
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
}

static int
run_to_first_frame (char *name,
                    char *file)
{
  g_autoptr (WbApplication) application = wb_application_new ();
  char *arguments[] = { name, file, NULL };

  until_names = file != NULL;
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);

  return g_application_run (G_APPLICATION (application), file != NULL ? 2 : 1, arguments);
}

/* Of this process, now. */
static gint64
get_memory_bytes (void)
{
  g_autofree char *text = NULL;
  gint64           n_pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    n_pages = g_ascii_strtoll (strchr (text, ' '), NULL, 10);

  return n_pages * getpagesize ();
}

/* Whether the files have been read, too. */
static gboolean
is_complete (WbWindow *window)
{
  return wb_archive_is_complete (wb_document_get_archive (wb_window_get_document (window)));
}

int
main (int   argc,
      char *argv[])
{
  static const char *const keys[] = { "type", "size", "address", "name" };
  g_autofree char         *path = g_strdup (argv[1]);
  g_autoptr (GFile) file = NULL;
  WbWindow  *window;
  WbPreview *preview;
  gint64     started_at;
  gint64     memory_bytes;

  if (g_str_equal (path, "--first-frame"))
    return run_to_first_frame (argv[0], NULL);
  if (g_str_equal (path, "--names"))
    return run_to_first_frame (argv[0], argv[2]);

  ui_test_init (&argc, &argv);
  g_main_context_set_poll_func (NULL, poll_cb);

  window = ui_open_window ();
  ui_wait_for_frames (window, 3);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                    G_CALLBACK (after_paint_cb), NULL);

  file = g_file_new_for_path (path);
  memory_bytes = get_memory_bytes ();
  started_at = g_get_monotonic_time ();
  start ();
  wb_window_open_file (window, file);
  ui_wait_for_page (window, "preview");
  finish ("open", started_at, GTK_WIDGET (window));
  start ();
  ui_wait_until (is_complete (window));
  finish ("complete", started_at, GTK_WIDGET (window));

  preview = ui_find (window, WB_TYPE_PREVIEW, NULL);
  scroll (window, preview);
  g_print ("{\"step\": \"memory\", \"bytes\": %" G_GINT64_FORMAT "}\n",
           get_memory_bytes () - memory_bytes);
  ui_activate (window, "win.find");
  type_each (window, preview, "sales");
  type (window, preview, "weather");
  type_each (window, preview, "type:dws host:10.0.7. -test");
  type (window, preview, "");
  type (window, preview, "no such thing");
  type (window, preview, "");
  type (window, preview, "stage");
  type (window, preview, "");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    sort_by (window, preview, keys[i]);
  type (window, preview, "dws");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    sort_by (window, preview, keys[i]);

  ui_close_window (window);

  return EXIT_SUCCESS;
}
