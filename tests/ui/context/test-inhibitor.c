/* test-inhibitor.c: what is asked of the desktop portal, which answers early or late
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "ui/context/inhibitor.h"

#define HANDLE "/org/freedesktop/portal/desktop/request/test"

/* Takes the place of the portal. */
typedef struct
{
  GDBusConnection       *connection; /* (owned) */
  GDBusMethodInvocation *asked;      /* (owned) (nullable): without an answer yet */
  char                  *reason;     /* (owned) (nullable) */
  guint                  n_closed;
  gboolean               has_name;
} Portal;

static const char interfaces[] =
  "<node><interface name='org.freedesktop.portal.Inhibit'>"
  "<method name='Inhibit'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
  "<property name='version' type='u' access='read'/></interface>"
  "<interface name='org.freedesktop.portal.Request'><method name='Close'/></interface></node>";

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  Portal *portal = user_data;

  if (g_str_equal (method, "Close"))
    {
      portal->n_closed++;
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else
    {
      g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 2);
      guint32 flags;

      g_variant_get_child (parameters, 1, "u", &flags);
      g_assert_cmpuint (flags, ==, 1);
      g_free (portal->reason);
      g_assert_true (g_variant_lookup (options, "reason", "s", &portal->reason));
      portal->asked = invocation;
    }
}

static GVariant *
get_cb (GDBusConnection *connection,
        const char      *sender,
        const char      *path,
        const char      *interface,
        const char      *property,
        GError         **error,
        gpointer         user_data)
{
  return g_variant_new_uint32 (1);
}

static void
named_cb (GDBusConnection *connection,
          const char      *name,
          gpointer         user_data)
{
  ((Portal *) user_data)->has_name = TRUE;
}

static guint
portal_start (Portal *portal)
{
  static const GDBusInterfaceVTable vtable = { call_cb, get_cb, NULL, { NULL } };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interfaces, NULL);
  g_autofree char *address =
    g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  guint id;

  portal->connection = g_dbus_connection_new_for_address_sync (
    address,
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, NULL);
  g_assert_nonnull (portal->connection);
  g_dbus_connection_register_object (portal->connection, "/org/freedesktop/portal/desktop",
                                     info->interfaces[0], &vtable, portal, NULL, NULL);
  g_dbus_connection_register_object (portal->connection, HANDLE, info->interfaces[1], &vtable,
                                     portal, NULL, NULL);
  id = g_bus_own_name_on_connection (portal->connection, "org.freedesktop.portal.Desktop",
                                     G_BUS_NAME_OWNER_FLAGS_NONE, named_cb, NULL, portal, NULL);
  ui_wait_until (portal->has_name);

  return id;
}

static void
answer (Portal *portal)
{
  g_dbus_method_invocation_return_value (portal->asked, g_variant_new ("(o)", HANDLE));
  portal->asked = NULL;
}

static void
test_answers (void)
{
  Portal     portal = { NULL };
  guint      name_id = portal_start (&portal);
  GtkWidget *window = gtk_window_new ();
  g_autoptr (WbInhibitor) inhibitor = wb_inhibitor_new ();
  guint cookie;

  /* Nobody was asked yet. */
  g_assert_cmpuint (wb_inhibitor_inhibit (inhibitor, GTK_WINDOW (window), "An export"), ==, 0);
  wb_inhibitor_uninhibit (inhibitor, 0);

  wb_inhibitor_start (inhibitor);
  ui_wait_until ((cookie = wb_inhibitor_inhibit (inhibitor, GTK_WINDOW (window), "An export")) > 0);
  ui_wait_until (portal.asked != NULL);
  g_assert_cmpstr (portal.reason, ==, "An export");

  /* It ends before the portal has answered, and is closed as soon as it has. */
  wb_inhibitor_uninhibit (inhibitor, cookie);
  g_assert_cmpuint (portal.n_closed, ==, 0);
  answer (&portal);
  ui_wait_until (portal.n_closed == 1);

  /* It ends after the answer. A second end is none; and another one has no answer at all. */
  cookie = wb_inhibitor_inhibit (inhibitor, GTK_WINDOW (window), "A save");
  ui_wait_until (portal.asked != NULL);
  g_assert_cmpstr (portal.reason, ==, "A save");
  answer (&portal);
  g_assert_cmpuint (wb_inhibitor_inhibit (inhibitor, GTK_WINDOW (window), "Another"), >, cookie);
  ui_wait_until (portal.asked != NULL);
  wb_inhibitor_uninhibit (inhibitor, cookie);
  wb_inhibitor_uninhibit (inhibitor, cookie);
  ui_wait_until (portal.n_closed == 2);
  g_dbus_method_invocation_return_dbus_error (portal.asked, "org.freedesktop.portal.Error.Failed",
                                              "No");
  wb_inhibitor_uninhibit (inhibitor, cookie + 1);

  gtk_window_destroy (GTK_WINDOW (window));
  g_bus_unown_name (name_id);
  g_dbus_connection_close_sync (portal.connection, NULL, NULL);
  g_object_unref (portal.connection);
  g_free (portal.reason);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/inhibitor/answers", test_answers);

  return g_test_run ();
}
