/* fake-desktop.c: what a desktop is asked to show and to inhibit
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-desktop.h"

static const char interfaces[] =
  "<node>"
  "<interface name='org.gnome.SessionManager'>"
  "<method name='Inhibit'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='u' direction='out'/>"
  "</method>"
  "<method name='Uninhibit'><arg type='u' direction='in'/></method>"
  "</interface>"
  "<interface name='org.freedesktop.portal.Inhibit'>"
  "<method name='Inhibit'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
  "<method name='CreateMonitor'><arg type='s' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
  "<property name='version' type='u' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.portal.Notification'>"
  "<method name='AddNotification'><arg type='s' direction='in'/>"
  "<arg type='a{sv}' direction='in'/></method>"
  "<method name='RemoveNotification'><arg type='s' direction='in'/></method>"
  "<property name='version' type='u' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Notifications'>"
  "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
  "<arg type='u' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "</interface>"
  "<interface name='org.freedesktop.FileManager1'>"
  "<method name='ShowItems'><arg type='as' direction='in'/><arg type='s' direction='in'/></method>"
  "</interface>"
  "<interface name='org.freedesktop.portal.Request'><method name='Close'/></interface>"
  "</node>";

static const struct
{
  const char *name; /* (nullable): the one before */
  const char *path;
} services[] = {
  { "org.gnome.SessionManager", "/org/gnome/SessionManager" },
  { "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop" },
  { NULL, "/org/freedesktop/portal/desktop" },
  { "org.freedesktop.Notifications", "/org/freedesktop/Notifications" },
  { "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1" },
};

/* The test's thread reads what the desktop's has written. */
static GMutex mutex;
static GCond  ready;
static guint  n_owned;
static guint  n_inhibitors;
static guint  n_notified;
static char  *notified; /* (owned) (nullable) */
static char  *shown;    /* (owned) (nullable) */

static void call_cb (GDBusConnection       *bus,
                     const char            *sender,
                     const char            *path,
                     const char            *interface,
                     const char            *method,
                     GVariant              *parameters,
                     GDBusMethodInvocation *invocation,
                     gpointer               user_data);

/* The portal inhibits until the object that it makes is closed.
 *
 * Returns: (transfer full): its path */
static char *
add_request (GDBusConnection *bus)
{
  static const GDBusInterfaceVTable vtable = { call_cb };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interfaces, NULL);
  g_autoptr (GError) error = NULL;
  static guint n_requests = 0;
  char        *path;

  path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%u", ++n_requests);
  g_dbus_connection_register_object (
    bus, path, g_dbus_node_info_lookup_interface (info, "org.freedesktop.portal.Request"), &vtable,
    NULL, NULL, &error);
  g_assert_no_error (error);

  return path;
}

static void
call_cb (GDBusConnection       *bus,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  GVariant *reply = NULL;

  if (g_str_equal (method, "CreateMonitor"))
    {
      reply = g_variant_new ("(o)", path);
    }
  else if (g_str_equal (interface, "org.freedesktop.portal.Inhibit"))
    {
      g_autofree char *request = add_request (bus);

      n_inhibitors++;
      reply = g_variant_new ("(o)", request);
    }
  else if (g_str_equal (method, "Inhibit"))
    {
      n_inhibitors++;
      reply = g_variant_new ("(u)", 1);
    }
  else if (g_str_equal (method, "Uninhibit") || g_str_equal (method, "Close"))
    {
      n_inhibitors--;
    }
  else if (g_str_equal (method, "Notify"))
    {
      n_notified++;
      g_free (notified);
      g_variant_get_child (parameters, 4, "s", &notified);
      reply = g_variant_new ("(u)", n_notified);
    }
  else if (g_str_equal (method, "AddNotification"))
    {
      g_autoptr (GVariant) notification = g_variant_get_child_value (parameters, 1);

      n_notified++;
      g_clear_pointer (&notified, g_free);
      g_variant_lookup (notification, "body", "s", &notified);
    }
  else if (g_str_equal (method, "ShowItems"))
    {
      g_autofree const char **uris = NULL;

      g_variant_get_child (parameters, 0, "^a&s", &uris);
      g_free (shown);
      shown = g_strdup (uris[0]);
    }
  g_dbus_method_invocation_return_value (invocation, reply);
  g_main_context_wakeup (NULL);
}

static GVariant *
get_property_cb (GDBusConnection *bus,
                 const char      *sender,
                 const char      *path,
                 const char      *interface,
                 const char      *property,
                 GError         **error,
                 gpointer         user_data)
{
  return g_variant_new_uint32 (3);
}

static void
owned_cb (GDBusConnection *bus,
          const char      *name,
          gpointer         user_data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  n_owned++;
  g_cond_signal (&ready);
}

static gpointer
run (gpointer data)
{
  static const GDBusInterfaceVTable vtable = { call_cb, get_property_cb, NULL };
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interfaces, NULL);
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (context);
  bus = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_dbus_connection_register_object (bus, services[i].path, info->interfaces[i], &vtable, NULL,
                                         NULL, &error);
      g_assert_no_error (error);
      if (services[i].name == NULL)
        {
          owned_cb (bus, NULL, NULL);
          continue;
        }
      g_bus_own_name_on_connection (bus, services[i].name, G_BUS_NAME_OWNER_FLAGS_NONE, owned_cb,
                                    NULL, NULL, NULL);
    }
  g_main_loop_run (loop);

  return NULL;
}

void
fake_desktop_start (void)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_thread_unref (g_thread_new ("desktop", run, NULL));
  locker = g_mutex_locker_new (&mutex);
  while (n_owned < G_N_ELEMENTS (services))
    g_cond_wait (&ready, &mutex);
}

guint
fake_desktop_get_n_inhibitors (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return n_inhibitors;
}

guint
fake_desktop_get_n_notified (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return n_notified;
}

/* The text of the last notification. */
char *
fake_desktop_dup_notified (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return g_strdup (notified);
}

/* The URI of the file that the file manager was last asked to show. */
char *
fake_desktop_dup_shown (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return g_strdup (shown);
}
