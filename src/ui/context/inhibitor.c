/* inhibitor.c: asks the session not to log out while something is under way
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/context/inhibitor.h"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INHIBIT "org.freedesktop.portal.Inhibit"
#define PORTAL_REQUEST "org.freedesktop.portal.Request"

/* As the portal has it. */
#define INHIBIT_LOGOUT 1

/* The desktop portal's, in a sandbox and outside. Not gtk_application_inhibit(): GTK 4.8 warns at
 * each call where there is no portal, and GTK 4.24 ends the program when an inhibition ends that
 * the portal has not answered yet. */
struct _WbInhibitor
{
  GObject parent_instance;

  GDBusConnection *connection;  /* (owned) (nullable): once there is a portal */
  GHashTable      *inhibitions; /* (owned): by their cookies */
  guint            last_cookie;
};

G_DEFINE_FINAL_TYPE (WbInhibitor, wb_inhibitor, G_TYPE_OBJECT)

/* The portal's answer may come after the end. */
typedef struct
{
  GDBusConnection *connection; /* (owned) */
  char            *handle;     /* (owned) (nullable): until the answer is there */
  gboolean         ended;
} Inhibition;

static Inhibition *
inhibition_new (GDBusConnection *connection)
{
  Inhibition *inhibition = g_rc_box_new0 (Inhibition);

  inhibition->connection = g_object_ref (connection);

  return inhibition;
}

static void
inhibition_clear (gpointer data)
{
  Inhibition *inhibition = data;

  g_clear_object (&inhibition->connection);
  g_clear_pointer (&inhibition->handle, g_free);
}

static void
inhibition_unref (gpointer inhibition)
{
  g_rc_box_release_full (inhibition, inhibition_clear);
}

static void
inhibition_close (Inhibition *inhibition)
{
  if (inhibition->ended && inhibition->handle != NULL)
    g_dbus_connection_call (inhibition->connection, PORTAL, inhibition->handle, PORTAL_REQUEST,
                            "Close", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Inhibition *inhibition = user_data;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (answer != NULL)
    g_variant_get (answer, "(o)", &inhibition->handle);
  inhibition_close (inhibition);
  inhibition_unref (inhibition);
}

static void
proxy_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (WbInhibitor) self = user_data;
  g_autoptr (GDBusProxy) proxy = g_dbus_proxy_new_for_bus_finish (result, NULL);
  g_autoptr (GVariant) version = NULL;

  if (proxy != NULL)
    version = g_dbus_proxy_get_cached_property (proxy, "version");
  if (version != NULL)
    g_set_object (&self->connection, g_dbus_proxy_get_connection (proxy));
}

static void
wb_inhibitor_finalize (GObject *object)
{
  WbInhibitor *self = WB_INHIBITOR (object);

  g_clear_object (&self->connection);
  g_clear_pointer (&self->inhibitions, g_hash_table_unref);

  G_OBJECT_CLASS (wb_inhibitor_parent_class)->finalize (object);
}

static void
wb_inhibitor_class_init (WbInhibitorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_inhibitor_finalize;
}

static void
wb_inhibitor_init (WbInhibitor *self)
{
  self->inhibitions = g_hash_table_new_full (NULL, NULL, NULL, inhibition_unref);
}

WbInhibitor *
wb_inhibitor_new (void)
{
  return g_object_new (WB_TYPE_INHIBITOR, NULL);
}

/**
 * wb_inhibitor_start:
 * @self: an inhibitor
 *
 * Looks for the desktop portal. Until the answer is known, and without a portal,
 * wb_inhibitor_inhibit() does nothing.
 */
void
wb_inhibitor_start (WbInhibitor *self)
{
  g_return_if_fail (WB_IS_INHIBITOR (self));

  g_dbus_proxy_new_for_bus (G_BUS_TYPE_SESSION, G_DBUS_PROXY_FLAGS_DO_NOT_CONNECT_SIGNALS, NULL,
                            PORTAL, PORTAL_PATH, PORTAL_INHIBIT, NULL, proxy_cb,
                            g_object_ref (self));
}

/**
 * wb_inhibitor_inhibit:
 * @self: an inhibitor
 * @window: the window that does the work
 * @reason: a translated phrase that says what is under way
 *
 * The protocol is that of version 1 of org.freedesktop.portal.Inhibit.
 *
 * Returns: a cookie for wb_inhibitor_uninhibit(), or 0
 */
guint
wb_inhibitor_inhibit (WbInhibitor *self,
                      GtkWindow   *window,
                      const char  *reason)
{
  Inhibition     *inhibition;
  GVariantBuilder options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_return_val_if_fail (WB_IS_INHIBITOR (self), 0);
  g_return_val_if_fail (GTK_IS_WINDOW (window), 0);
  g_return_val_if_fail (reason != NULL, 0);

  if (self->connection == NULL)
    return 0;

  inhibition = inhibition_new (self->connection);
  g_hash_table_insert (self->inhibitions, GUINT_TO_POINTER (++self->last_cookie), inhibition);
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (reason));
  g_dbus_connection_call (self->connection, PORTAL, PORTAL_PATH, PORTAL_INHIBIT, "Inhibit",
                          g_variant_new ("(sua{sv})", "", INHIBIT_LOGOUT, &options),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, answered_cb,
                          g_rc_box_acquire (inhibition));

  return self->last_cookie;
}

/**
 * wb_inhibitor_uninhibit:
 * @self: an inhibitor
 * @cookie: the cookie from wb_inhibitor_inhibit()
 */
void
wb_inhibitor_uninhibit (WbInhibitor *self,
                        guint        cookie)
{
  Inhibition *inhibition;

  g_return_if_fail (WB_IS_INHIBITOR (self));

  inhibition = g_hash_table_lookup (self->inhibitions, GUINT_TO_POINTER (cookie));
  if (inhibition == NULL)
    return;

  inhibition->ended = TRUE;
  inhibition_close (inhibition);
  g_hash_table_remove (self->inhibitions, GUINT_TO_POINTER (cookie));
}
