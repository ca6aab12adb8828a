/* test-error-page.c: what the page of a failure says, and the steps it offers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/error-page.h"

#include "core/error.h"
#include "ui-test.h"

/* A network that the test switches on and off. */

#define TEST_TYPE_MONITOR (test_monitor_get_type ())
G_DECLARE_FINAL_TYPE (TestMonitor, test_monitor, TEST, MONITOR, GObject)

struct _TestMonitor
{
  GObject parent_instance;

  gboolean available;
};

enum
{
  PROP_NETWORK_AVAILABLE = 1,
  PROP_NETWORK_METERED,
  PROP_CONNECTIVITY,
};

static void test_monitor_initable_init (GInitableIface *iface);
static void test_monitor_network_monitor_init (GNetworkMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMonitor, test_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, test_monitor_initable_init)
                                 G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR,
                                                        test_monitor_network_monitor_init))

static gboolean
test_monitor_initable (GInitable    *initable,
                       GCancellable *cancellable,
                       GError      **error)
{
  return TRUE;
}

static void
test_monitor_initable_init (GInitableIface *iface)
{
  iface->init = test_monitor_initable;
}

static void
test_monitor_network_monitor_init (GNetworkMonitorInterface *iface)
{
}

static void
test_monitor_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TestMonitor *self = TEST_MONITOR (object);

  switch (property_id)
    {
    case PROP_NETWORK_AVAILABLE:
      g_value_set_boolean (value, self->available);
      break;
    case PROP_NETWORK_METERED:
      g_value_set_boolean (value, FALSE);
      break;
    case PROP_CONNECTIVITY:
      g_value_set_enum (value, self->available ? G_NETWORK_CONNECTIVITY_FULL
                                               : G_NETWORK_CONNECTIVITY_LOCAL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
test_monitor_class_init (TestMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_monitor_get_property;
  g_object_class_override_property (object_class, PROP_NETWORK_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_NETWORK_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
test_monitor_init (TestMonitor *self)
{
}

static void
set_available (gboolean available)
{
  TestMonitor *monitor = TEST_MONITOR (g_network_monitor_get_default ());

  monitor->available = available;
  g_signal_emit_by_name (monitor, "network-changed", available);
}

static void
assert_title (WbErrorPage *page,
              const char  *title)
{
  g_assert_nonnull (ui_find (page, GTK_TYPE_LABEL, title));
}

/* A page with the export of “Sales” that failed. */
static void
show (WbErrorPage  *page,
      const GError *error)
{
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (WbWorkspace) workspace = wb_workspace_new ("Sales", "abc");

  wb_account_set (account, WB_ACCOUNT_NAME, "Berlin");
  wb_error_page_show_export_error (page, error, account, workspace, FALSE);
}

/* The page says that there is no network as long as there is none, and only where that explains the
 * failure. */
static void
test_offline (void)
{
  g_autoptr (WbErrorPage) page = g_object_ref_sink (g_object_new (WB_TYPE_ERROR_PAGE, NULL));
  g_autoptr (GFile) file = g_file_new_for_path ("/tmp/a.zip");
  g_autoptr (GError) unresolved = NULL;
  g_autoptr (GError) refused = NULL;

  unresolved = g_error_new_literal (G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "x");
  refused = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "x");

  set_available (FALSE);
  show (page, unresolved);
  assert_title (page, "Not Connected to a Network");
  /* A screen reader speaks it by itself. */
  gtk_test_accessible_assert_role (ui_find (page, ADW_TYPE_STATUS_PAGE, NULL),
                                   GTK_ACCESSIBLE_ROLE_ALERT);
  set_available (TRUE);
  assert_title (page, "No Connection to the Service");
  set_available (FALSE);
  assert_title (page, "Not Connected to a Network");

  /* A service that refuses is there; and a file needs no network. */
  show (page, refused);
  assert_title (page, "No Connection to the Service");
  wb_error_page_show_open_error (page, unresolved, file);
  assert_title (page, "“a.zip” Could Not Be Opened");
  set_available (TRUE);
  set_available (FALSE);
  assert_title (page, "“a.zip” Could Not Be Opened");

  show (page, unresolved);
  g_clear_object (&page);
  set_available (TRUE);
}

/* Each step that a sentence can name has its button, and no other has one. */
static void
test_steps (void)
{
  static const struct
  {
    WbError  code;
    gboolean edit;
    gboolean check;
    gboolean log;
  } cases[] = {
    { WB_ERROR_INVALID, TRUE, FALSE, FALSE },
    { WB_ERROR_SIGN_IN, TRUE, TRUE, TRUE },
    { WB_ERROR_SECOND_FACTOR, TRUE, TRUE, TRUE },
    { WB_ERROR_NOT_PERMITTED, TRUE, TRUE, TRUE },
    { WB_ERROR_SERVICE, TRUE, TRUE, TRUE },
    { WB_ERROR_NO_CONNECTIONS, TRUE, TRUE, TRUE },
    { WB_ERROR_NETWORK, TRUE, TRUE, TRUE },
    { WB_ERROR_NOT_AN_ARCHIVE, FALSE, FALSE, TRUE },
    { WB_ERROR_LOCAL_FILE, FALSE, FALSE, FALSE },
    { WB_ERROR_FAILED, FALSE, FALSE, TRUE },
  };
  g_autoptr (WbErrorPage) page = g_object_ref_sink (g_object_new (WB_TYPE_ERROR_PAGE, NULL));
  g_autoptr (GFile) file = g_file_new_for_path ("/tmp/a.zip");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (WB_ERROR, cases[i].code, "A sentence.");

      g_test_message ("%d", cases[i].code);
      show (page, error);
      g_assert_nonnull (ui_find (page, GTK_TYPE_BUTTON, "_Try Again"));
      g_assert_cmpint (ui_find (page, GTK_TYPE_BUTTON, "Edit _Account…") != NULL, ==,
                       cases[i].edit);
      g_assert_cmpint (ui_find (page, GTK_TYPE_BUTTON, "_Check Account…") != NULL, ==,
                       cases[i].check);
      g_assert_cmpint (ui_find (page, GTK_TYPE_BUTTON, "_Request Log") != NULL, ==, cases[i].log);
      /* It says whose it is. */
      g_assert_true (ui_shows (page, "Berlin · Sales"));

      /* A file is nobody's. */
      wb_error_page_show_open_error (page, error, file);
      g_assert_null (ui_find (page, GTK_TYPE_BUTTON, "_Try Again"));
      g_assert_null (ui_find (page, GTK_TYPE_BUTTON, "Edit _Account…"));
      g_assert_null (ui_find (page, GTK_TYPE_BUTTON, "_Check Account…"));
      g_assert_null (ui_find (page, GTK_TYPE_BUTTON, "_Request Log"));
      g_assert_false (ui_shows (page, "Berlin"));
    }
}

static double
get_bottom (GtkWidget *widget,
            GtkWidget *page)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, page, &bounds));

  return bounds.origin.y + bounds.size.height;
}

/* Whatever came, the sentence and the first steps are in sight, and nothing is wider than the
 * page. */
static void
test_readable (void)
{
  g_autofree char *word = g_strnfill (4000, 'w');
  g_autofree char *lines = g_strnfill (4000, '\n');
  g_autofree char *wide = NULL;
  const char      *details[] = {
         word,
         lines,
         "\xff\xfe\x01\x02\x80PK\x03\x04",
         "<a href='x'>&amp;</a>\xe2\x80\xae",
         NULL,
         "",
  };
  GtkWindow   *window = GTK_WINDOW (gtk_window_new ());
  WbErrorPage *page = g_object_new (WB_TYPE_ERROR_PAGE, NULL);

  wide = g_strconcat ("/tmp/", word, NULL);
  wide[255] = '\0';
  gtk_window_set_default_size (window, 360, 600);
  gtk_window_set_child (window, GTK_WIDGET (page));
  gtk_window_present (window);

  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (wide);
      g_autoptr (GError) error = wb_error_new_service (WB_ERROR_SERVICE, details[i], details[i],
                                                       details[i], "%s", "A sentence.");
      int minimum;

      g_test_message ("%u", i);
      show (page, error);
      ui_wait_for_frames (page, 2);
      gtk_widget_measure (GTK_WIDGET (page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      g_assert_cmpint (minimum, <=, 360);
      g_assert_cmpfloat (get_bottom (ui_find (page, GTK_TYPE_BUTTON, "_Try Again"),
                                     GTK_WIDGET (page)),
                         <, 600);

      wb_error_page_show_open_error (page, error, file);
      ui_wait_for_frames (page, 2);
      gtk_widget_measure (GTK_WIDGET (page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      g_assert_cmpint (minimum, <=, 360);
      g_assert_cmpfloat (get_bottom (ui_find (page, GTK_TYPE_BUTTON, "_Open ZIP…"),
                                     GTK_WIDGET (page)),
                         <, 600);
    }

  gtk_window_destroy (window);
}

int
main (int   argc,
      char *argv[])
{
  /* GIO has its extension points from its first look at a default of any kind. */
  g_vfs_get_default ();
  g_io_extension_point_implement (G_NETWORK_MONITOR_EXTENSION_POINT_NAME, TEST_TYPE_MONITOR,
                                  "test", 0);
  g_setenv ("GIO_USE_NETWORK_MONITOR", "test", TRUE);
  ui_test_init (&argc, &argv);

  g_test_add_func ("/error-page/offline", test_offline);
  g_test_add_func ("/error-page/steps", test_steps);
  g_test_add_func ("/error-page/readable", test_readable);

  return g_test_run ();
}
