/* proxy-resolver.c: the system's proxy, but none for this computer itself
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/client-private.h"

#include <glib/gi18n-lib.h>

#include "core/accounts/endpoints.h"

/* The portal answers like this in a sandbox that has no permission to use the network. */
#define PORTAL_NOT_ALLOWED "org.freedesktop.portal.Error.NotAllowed"

struct _WbProxyResolver
{
  GObject parent_instance;

  GProxyResolver *system; /* (owned) */
};

static void proxy_resolver_iface_init (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbProxyResolver, wb_proxy_resolver, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      proxy_resolver_iface_init))

static gboolean
is_loopback (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && wb_host_is_loopback (g_uri_get_host (uri));
}

static char **
dup_direct (void)
{
  static const char *const direct[] = { "direct://", NULL };

  return g_strdupv ((char **) direct);
}

/* The error speaks of a refused look-up; a person would not think of the network. */
static void
explain (GError **error)
{
  g_autofree char *name = NULL;

  if (g_dbus_error_is_remote_error (*error))
    name = g_dbus_error_get_remote_error (*error);
  if (g_strcmp0 (name, PORTAL_NOT_ALLOWED) != 0)
    return;

  g_clear_error (error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE,
                       _ ("Waybill’s sandbox may not use the network"));
}

static gboolean
proxy_resolver_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
proxy_resolver_lookup (GProxyResolver *resolver,
                       const char     *url,
                       GCancellable   *cancellable,
                       GError        **error)
{
  WbProxyResolver *self = WB_PROXY_RESOLVER (resolver);
  GError          *local_error = NULL;
  char           **proxies;

  if (is_loopback (url))
    return dup_direct ();

  proxies = g_proxy_resolver_lookup (self->system, url, cancellable, &local_error);
  if (proxies == NULL)
    {
      explain (&local_error);
      g_propagate_error (error, local_error);
    }

  return proxies;
}

static void
lookup_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char  **proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (object), result, &error);

  if (proxies == NULL)
    {
      explain (&error);
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task, proxies, (GDestroyNotify) g_strfreev);
}

static void
proxy_resolver_lookup_async (GProxyResolver     *resolver,
                             const char         *url,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  WbProxyResolver *self = WB_PROXY_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_set_source_tag (task, proxy_resolver_lookup_async);

  if (is_loopback (url))
    g_task_return_pointer (task, dup_direct (), (GDestroyNotify) g_strfreev);
  else
    g_proxy_resolver_lookup_async (self->system, url, cancellable, lookup_cb,
                                   g_steal_pointer (&task));
}

static char **
proxy_resolver_lookup_finish (GProxyResolver *resolver,
                              GAsyncResult   *result,
                              GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
proxy_resolver_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = proxy_resolver_is_supported;
  iface->lookup = proxy_resolver_lookup;
  iface->lookup_async = proxy_resolver_lookup_async;
  iface->lookup_finish = proxy_resolver_lookup_finish;
}

static void
wb_proxy_resolver_dispose (GObject *object)
{
  WbProxyResolver *self = WB_PROXY_RESOLVER (object);

  g_clear_object (&self->system);

  G_OBJECT_CLASS (wb_proxy_resolver_parent_class)->dispose (object);
}

static void
wb_proxy_resolver_class_init (WbProxyResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_proxy_resolver_dispose;
}

static void
wb_proxy_resolver_init (WbProxyResolver *self)
{
}

/**
 * wb_proxy_resolver_new:
 * @system: what knows the proxy for every other host
 *
 * Returns: (transfer full): a resolver for a #SoupSession
 */
GProxyResolver *
wb_proxy_resolver_new (GProxyResolver *system)
{
  WbProxyResolver *self;

  g_return_val_if_fail (G_IS_PROXY_RESOLVER (system), NULL);

  self = g_object_new (WB_TYPE_PROXY_RESOLVER, NULL);
  self->system = g_object_ref (system);

  return G_PROXY_RESOLVER (self);
}
