/* proxy-resolver.c: which proxy leads to a host, and where that was set
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/proxy-resolver.h"

#include <glib/gi18n-lib.h>

#include "core/accounts/endpoints.h"
#include "core/error.h"
#include "core/service/http/proxy-address.h"

/* The portal answers like this in a sandbox that has no permission to use the network. */
#define PORTAL_NOT_ALLOWED "org.freedesktop.portal.Error.NotAllowed"

#define DIRECT "direct://"

struct _WbProxyResolver
{
  GObject parent_instance;

  GProxyResolver *system;     /* (owned) (nullable): the system's default, once it is needed */
  GProxyResolver *exceptions; /* (owned) (nullable): answers with DIRECT for an exception */
  char           *address;    /* (owned) (nullable): the proxy that a variable names */

  const char *variable;            /* (nullable): the one that names a proxy */
  const char *exceptions_variable; /* (nullable): the one with the exceptions */
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
dup_one (const char *address)
{
  const char *const addresses[] = { address, NULL };

  return g_strdupv ((char **) addresses);
}

static gboolean
is_exception (WbProxyResolver *self,
              const char      *url)
{
  g_auto (GStrv) proxies = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *with_port = NULL;

  if (self->exceptions == NULL)
    return FALSE;

  uri = g_uri_parse (url, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return FALSE;

  /* An exception may have a port, and is compared with one that is written out. It asks nobody. */
  with_port = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                          g_uri_get_port (uri), "", NULL, NULL);
  proxies = g_proxy_resolver_lookup (self->exceptions, with_port, NULL, NULL);

  return proxies != NULL && g_strcmp0 (proxies[0], DIRECT) == 0;
}

/* What is known without the system; %NULL without an error if it has to be asked. */
static char **
look_up_own (WbProxyResolver *self,
             const char      *url,
             GError         **error)
{
  if (is_loopback (url) || is_exception (self, url))
    return dup_one (DIRECT);
  if (self->variable == NULL)
    return NULL;
  if (self->address != NULL)
    return dup_one (self->address);

  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: the name of an environment variable, such as https_proxy. */
               _ ("The value of the variable %s is not the address of a proxy, so nothing was "
                  "sent. Set it to an address such as “http://proxy.example.com:3128”; in a user "
                  "or password, write @ as %%40, / as %%2F, ? as %%3F and # as %%23."),
               self->variable);

  return NULL;
}

static GProxyResolver *
get_system (WbProxyResolver *self)
{
  if (self->system == NULL)
    self->system = g_object_ref (g_proxy_resolver_get_default ());

  return self->system;
}

/* The settings' addresses go to GIO, which prints those that it cannot read. */
static char **
normalize (char   **proxies,
           GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; proxies[i] != NULL; i++)
    {
      g_autofree char *address = NULL;

      if (g_str_has_prefix (proxies[i], "direct:"))
        address = g_strdup (DIRECT);
      else
        address = wb_proxy_address_normalize (proxies[i], WB_PROXY_PORT_OF_SETTINGS);
      if (address == NULL)
        {
          g_set_error_literal (error, WB_ERROR, WB_ERROR_NETWORK,
                               _ ("The proxy in the system’s network settings does not have a "
                                  "valid address, so nothing was sent. Correct it there."));
          return NULL;
        }
      g_strv_builder_add (builder, address);
    }

  return g_strv_builder_end (builder);
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

/* Takes @found, what the system answered, or @lookup_error. */
static char **
finish_system (char   **found,
               GError  *lookup_error,
               GError **error)
{
  g_auto (GStrv) proxies = found;

  if (proxies != NULL)
    return normalize (proxies, error);

  explain (&lookup_error);
  g_propagate_error (error, lookup_error);

  return NULL;
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
  char           **proxies = look_up_own (self, url, &local_error);

  if (proxies != NULL)
    return proxies;
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  proxies = g_proxy_resolver_lookup (get_system (self), url, cancellable, &local_error);

  return finish_system (proxies, local_error, error);
}

static void
lookup_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *lookup_error = NULL;
  GError *error = NULL;
  char  **proxies;

  proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (object), result, &lookup_error);
  proxies = finish_system (proxies, lookup_error, &error);
  if (proxies == NULL)
    g_task_return_error (task, error);
  else
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
  GError *error = NULL;
  char  **proxies = look_up_own (self, url, &error);

  g_task_set_source_tag (task, proxy_resolver_lookup_async);

  if (proxies != NULL)
    g_task_return_pointer (task, proxies, (GDestroyNotify) g_strfreev);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_proxy_resolver_lookup_async (get_system (self), url, cancellable, lookup_cb,
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
  g_clear_object (&self->exceptions);

  G_OBJECT_CLASS (wb_proxy_resolver_parent_class)->dispose (object);
}

static void
wb_proxy_resolver_finalize (GObject *object)
{
  WbProxyResolver *self = WB_PROXY_RESOLVER (object);

  g_free (self->address);

  G_OBJECT_CLASS (wb_proxy_resolver_parent_class)->finalize (object);
}

static void
wb_proxy_resolver_class_init (WbProxyResolverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wb_proxy_resolver_dispose;
  object_class->finalize = wb_proxy_resolver_finalize;
}

static void
wb_proxy_resolver_init (WbProxyResolver *self)
{
}

/**
 * wb_proxy_resolver_new:
 * @system: (nullable): what knows the proxies; %NULL for the desktop's settings, or the portal
 *
 * Returns: (transfer full): a resolver for a #SoupSession
 */
WbProxyResolver *
wb_proxy_resolver_new (GProxyResolver *system)
{
  WbProxyResolver *self;

  g_return_val_if_fail (system == NULL || G_IS_PROXY_RESOLVER (system), NULL);

  self = g_object_new (WB_TYPE_PROXY_RESOLVER, NULL);
  g_set_object (&self->system, system);

  return self;
}

/* The first that is set; empty is unset, as with curl. */
static const char *
find_variable (const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = g_getenv (names[i]);

      if (value != NULL && *value != '\0')
        return names[i];
    }

  return NULL;
}

/**
 * wb_proxy_resolver_new_for_command:
 *
 * Reads the environment's variables as curl does: `https_proxy`, `HTTPS_PROXY`, `all_proxy` and
 * `ALL_PROXY`, and the exceptions in `no_proxy` and `NO_PROXY`. Where there is none of the former,
 * the system's settings decide. A value that is not an address is an error of each look-up that
 * depends on it: %WB_ERROR_INVALID with the variable's name. Cleans the environment as
 * wb_proxy_environment_clean() does.
 *
 * Returns: (transfer full): a resolver for a command
 */
WbProxyResolver *
wb_proxy_resolver_new_for_command (void)
{
  static const char *const proxies[] = { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                                         NULL };
  static const char *const exceptions[] = { "no_proxy", "NO_PROXY", NULL };
  WbProxyResolver         *self = wb_proxy_resolver_new (NULL);

  self->variable = find_variable (proxies);
  if (self->variable != NULL)
    self->address = wb_proxy_address_normalize (g_getenv (self->variable),
                                                WB_PROXY_PORT_OF_VARIABLE);

  self->exceptions_variable = find_variable (exceptions);
  if (self->exceptions_variable != NULL)
    {
      g_auto (GStrv) hosts = wb_proxy_exceptions_parse (g_getenv (self->exceptions_variable));

      /* Any address will do in place of the proxy. */
      self->exceptions = g_simple_proxy_resolver_new (hosts != NULL ? "http://proxy:1" : DIRECT,
                                                      hosts);
    }
  g_strfreev (wb_proxy_environment_clean ());

  return self;
}

/**
 * wb_proxy_resolver_get_variable:
 * @self: a resolver
 * @url: an address that was looked up
 *
 * Returns: (nullable): the environment variable that decided; %NULL if it was the system's
 *   settings, or if there is nothing to decide, as for a loopback address
 */
const char *
wb_proxy_resolver_get_variable (WbProxyResolver *self,
                                const char      *url)
{
  g_return_val_if_fail (WB_IS_PROXY_RESOLVER (self), NULL);
  g_return_val_if_fail (url != NULL, NULL);

  if (is_loopback (url))
    return NULL;

  return is_exception (self, url) ? self->exceptions_variable : self->variable;
}

/**
 * wb_proxy_environment_clean:
 *
 * libproxy reads the environment, and prints what it does not understand, with the password in it.
 * So each variable that names a proxy gets the form of wb_proxy_address_normalize(), and one that
 * is not a proxy's address is removed. To be called before there are threads.
 *
 * Returns: (transfer full): the names of those that are removed
 */
char **
wb_proxy_environment_clean (void)
{
  g_autoptr (GStrvBuilder) removed = g_strv_builder_new ();
  static const char *const names[] = { "http", "https", "ftp", "socks", "all" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (names); i++)
    {
      g_autofree char *lower = g_strconcat (names[i / 2], "_proxy", NULL);
      g_autofree char *name = i % 2 == 0 ? g_strdup (lower) : g_ascii_strup (lower, -1);
      const char      *value = g_getenv (name);
      g_autofree char *address = NULL;

      if (value == NULL || *value == '\0')
        continue;
      address = wb_proxy_address_normalize (value, WB_PROXY_PORT_OF_VARIABLE);
      if (address != NULL)
        {
          g_setenv (name, address, TRUE);
        }
      else
        {
          g_unsetenv (name);
          g_strv_builder_add (removed, name);
        }
    }

  return g_strv_builder_end (removed);
}
