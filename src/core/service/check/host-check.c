/* host-check.c: whether the hosts that an export needs are known by name, and answer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/check/check-private.h"

#include "core/error.h"
#include "core/service/http/network-error.h"
#include "core/thread.h"

/* Enough to see that someone answers. */
#define ANSWER_BYTES 1024

/* A name is usually known by then. */
#define LOOK_UP_WAIT_SECONDS 1

typedef struct
{
  const char  *urls[2]; /* (unowned): the hosts' addresses, each once */
  guint        n_urls;
  guint        current; /* of them */
  SoupMessage *message; /* (owned) (nullable): to the current one */
  guint        watch;   /* while names are looked up */
  gboolean     is_over; /* without an end of that */
} Check;

static void look_up_next (GTask *task);
static void ask_next (GTask *task);

static void
check_free (Check *self)
{
  g_clear_object (&self->message);
  g_free (self);
}

/* Management Center is not needed for an export, and not offered everywhere. */
static GTask *
new_task (WbClient           *client,
          GCancellable       *cancellable,
          GAsyncReadyCallback callback,
          gpointer            user_data)
{
  const WbEndpoints *endpoints = wb_client_get_endpoints (client);
  GTask             *task = g_task_new (client, cancellable, callback, user_data);
  Check             *self = g_new0 (Check, 1);

  self->urls[self->n_urls++] = endpoints->identity_url;
  if (!g_str_equal (endpoints->service_url, endpoints->identity_url))
    self->urls[self->n_urls++] = endpoints->service_url;
  g_task_set_source_tag (task, wb_host_check_finish);
  g_task_set_task_data (task, self, (GDestroyNotify) check_free);

  return task;
}

static char *
dup_host (const Check *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->urls[self->current], SOUP_HTTP_URI_FLAGS, NULL);

  return g_strdup (g_uri_get_host (uri));
}

/* GLib looks proxies and names up in threads of its own, and waits for ever for one that the system
 * does not give. */
static gboolean
watch_cb (gpointer user_data)
{
  GTask  *task = user_data;
  Check  *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (wb_thread_check (&error))
    return G_SOURCE_CONTINUE;

  self->watch = 0;
  self->is_over = TRUE;
  g_task_return_error (task, error);

  return G_SOURCE_REMOVE;
}

/* Takes @error, which is %NULL if all names are known. */
static void
finish_names (GTask  *task,
              GError *error)
{
  Check *self = g_task_get_task_data (task);

  g_clear_handle_id (&self->watch, g_source_remove);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Check  *self = g_task_get_task_data (task);
  GList  *addresses;
  GError *error = NULL;

  addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (object), result, &error);
  if (self->is_over)
    {
      g_clear_pointer (&addresses, g_resolver_free_addresses);
      g_clear_error (&error);
      return;
    }

  if (addresses == NULL)
    {
      g_autofree char *host = dup_host (self);

      wb_network_error_explain (&error, host, NULL, 0, FALSE);
      finish_names (task, error);
      return;
    }

  g_resolver_free_addresses (addresses);
  self->current++;
  look_up_next (task);
}

static void
proxies_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  g_auto (GStrv) proxies = NULL;
  g_autofree char *host = dup_host (self);
  g_autoptr (GResolver) resolver = NULL;
  g_autoptr (GError) error = NULL;

  proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (object), result, &error);
  if (self->is_over)
    return;
  if (proxies == NULL && error->domain == WB_ERROR)
    {
      finish_names (task, g_steal_pointer (&error));
      return;
    }

  /* A proxy looks up names itself; they may be unknown here. */
  if (proxies != NULL && proxies[0] != NULL && !g_str_has_prefix (proxies[0], "direct:"))
    {
      self->current++;
      look_up_next (task);
      return;
    }

  resolver = g_resolver_get_default ();
  g_resolver_lookup_by_name_async (resolver, host, g_task_get_cancellable (task), looked_up_cb,
                                   g_object_ref (task));
}

static void
look_up_next (GTask *task)
{
  WbClient *client = g_task_get_source_object (task);
  Check    *self = g_task_get_task_data (task);

  if (self->current == self->n_urls)
    {
      finish_names (task, NULL);
      return;
    }

  g_proxy_resolver_lookup_async (wb_client_get_proxies (client), self->urls[self->current],
                                 g_task_get_cancellable (task), proxies_cb, g_object_ref (task));
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GBytes) body = NULL;
  Check  *self = g_task_get_task_data (task);
  GError *error = NULL;

  /* Whatever it says, it answered. */
  body = wb_client_fetch_finish (WB_CLIENT (object), result, &error);
  if (body == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self->current++;
  ask_next (task);
}

static void
ask_next (GTask *task)
{
  WbClient        *client = g_task_get_source_object (task);
  Check           *self = g_task_get_task_data (task);
  GError          *error = NULL;
  g_autofree char *url = NULL;

  if (self->current == self->n_urls)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  url = g_strconcat (self->urls[self->current], "/", NULL);
  g_clear_object (&self->message);
  self->message = wb_client_new_message (client, "GET", url, &error);
  if (self->message == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  wb_client_fetch_async (client, self->message, ANSWER_BYTES, g_task_get_cancellable (task),
                         answered_cb, g_object_ref (task));
}

/**
 * wb_host_check_names_async:
 * @client: the account's client
 * @cancellable: (nullable): ends it at once
 * @callback: called when all names are known, or one is not
 * @user_data: for @callback
 *
 * Looks up the names of the hosts of the identity service and of the service, but for those that a
 * proxy looks up.
 */
void
wb_host_check_names_async (WbClient           *client,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Check *self;

  g_return_if_fail (WB_IS_CLIENT (client));

  task = new_task (client, cancellable, callback, user_data);
  self = g_task_get_task_data (task);
  self->watch = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, LOOK_UP_WAIT_SECONDS, watch_cb,
                                            g_object_ref (task), g_object_unref);
  look_up_next (task);
}

/**
 * wb_host_check_answers_async:
 * @client: the account's client
 * @cancellable: (nullable): ends it at once
 * @callback: called when all hosts have answered, or one does not
 * @user_data: for @callback
 *
 * Sends each host a request without credentials; any answer counts.
 */
void
wb_host_check_answers_async (WbClient           *client,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_CLIENT (client));

  task = new_task (client, cancellable, callback, user_data);
  ask_next (task);
}

/**
 * wb_host_check_finish:
 * @client: the client
 * @result: as given to the callback of either
 * @error: return location
 *
 * Returns: %FALSE with the error of the first host whose name is not known, or that did not answer
 *   over TLS that can be trusted
 */
gboolean
wb_host_check_finish (WbClient     *client,
                      GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
