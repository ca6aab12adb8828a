/* inhibitor.c: asks the session not to log out while something is under way
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/context/inhibitor.h"

/* gtk_application_inhibit(), but only where the desktop supports it: elsewhere GTK 4.8 warns at
 * each call. */
struct _WbInhibitor
{
  GObject parent_instance;

  gboolean available;
};

G_DEFINE_FINAL_TYPE (WbInhibitor, wb_inhibitor, G_TYPE_OBJECT)

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
  self->available = version != NULL;
}

static void
wb_inhibitor_class_init (WbInhibitorClass *klass)
{
}

static void
wb_inhibitor_init (WbInhibitor *self)
{
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
                            "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                            "org.freedesktop.portal.Inhibit", NULL, proxy_cb,
                            g_object_ref (self));
}

/**
 * wb_inhibitor_inhibit:
 * @self: an inhibitor
 * @window: the window that does the work; it must be in an application
 * @reason: a translated phrase that says what is under way
 *
 * Returns: a cookie for wb_inhibitor_uninhibit(), or 0
 */
guint
wb_inhibitor_inhibit (WbInhibitor *self,
                      GtkWindow   *window,
                      const char  *reason)
{
  g_return_val_if_fail (WB_IS_INHIBITOR (self), 0);
  g_return_val_if_fail (GTK_IS_WINDOW (window), 0);

  if (!self->available)
    return 0;

  return gtk_application_inhibit (gtk_window_get_application (window), window,
                                  GTK_APPLICATION_INHIBIT_LOGOUT, reason);
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
  g_return_if_fail (WB_IS_INHIBITOR (self));

  if (cookie != 0)
    gtk_application_uninhibit (GTK_APPLICATION (g_application_get_default ()), cookie);
}
