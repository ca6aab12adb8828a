/* test-error-page.c: what the page of a failed export says about the network
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/error-page.h"

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

/* The page says that there is no network as long as there is none, and only where that explains the
 * failure. */
static void
test_offline (void)
{
  g_autoptr (WbErrorPage) page = g_object_ref_sink (g_object_new (WB_TYPE_ERROR_PAGE, NULL));
  g_autoptr (GError) unresolved = NULL;
  g_autoptr (GError) refused = NULL;

  unresolved = g_error_new_literal (G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "x");
  refused = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "x");

  set_available (FALSE);
  wb_error_page_show_export_error (page, unresolved, "Sales", FALSE);
  assert_title (page, "Not Connected to a Network");
  set_available (TRUE);
  assert_title (page, "No Connection to the Service");
  set_available (FALSE);
  assert_title (page, "Not Connected to a Network");

  /* A service that refuses is there; and a file needs no network. */
  wb_error_page_show_export_error (page, refused, "Sales", FALSE);
  assert_title (page, "No Connection to the Service");
  wb_error_page_show_open_error (page, unresolved, "a.zip");
  assert_title (page, "“a.zip” Could Not Be Opened");
  set_available (TRUE);
  set_available (FALSE);
  assert_title (page, "“a.zip” Could Not Be Opened");

  wb_error_page_show_export_error (page, unresolved, "Sales", FALSE);
  g_clear_object (&page);
  set_available (TRUE);
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

  return g_test_run ();
}
