/* requests.c: many requests of one job, no more than the service bears
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/connections/requests.h"

#include "core/service/http/pace.h"
#include "core/service/http/retry.h"
#include "core/service/sign-in/service-request.h"

/* The client's pace lets no more through. They wait here for their turn, and not there, so that all
 * of them wait when one is told to. */
#define DISTANCE_US (WB_PACE_DISTANCE_MS * 1000)

struct _WbRequests
{
  GObject parent_instance;

  WbSignIn     *sign_in;      /* (owned) */
  char         *workspace_id; /* (owned) (nullable) */
  GCancellable *cancellable;  /* (owned) */
  guint         distance_us;
  gint64        next_us;  /* monotonic: when the next request may go out */
  gint64        retry_at; /* monotonic: until then none may */
};

G_DEFINE_FINAL_TYPE (WbRequests, wb_requests, G_TYPE_OBJECT)

enum
{
  PROP_RETRY_AT = 1,
  PROP_DISTANCE_US,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

typedef struct
{
  WbServiceCall call;
  char         *url; /* (owned) */
  guint         n_retries;
  GBytes       *body; /* (owned) (nullable): of the reply */
} Get;

static void take_turn (GTask *task);

static void
get_free (Get *self)
{
  g_free (self->url);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static void
set_retry_at (WbRequests *self,
              gint64      retry_at)
{
  if (self->retry_at == retry_at)
    return;

  self->retry_at = retry_at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETRY_AT]);
}

static void
replied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbRequests *self = g_task_get_source_object (task);
  Get        *get = g_task_get_task_data (task);
  WbClient   *client = wb_sign_in_get_client (self->sign_in);
  JsonNode   *root;
  GError     *error = NULL;
  guint       wait_seconds;

  root = wb_service_request_finish (WB_SIGN_IN (object), result, &error);
  if (root != NULL)
    {
      get->body = wb_service_request_dup_body (result);
      g_task_return_pointer (task, root, (GDestroyNotify) json_node_unref);
      return;
    }
  if (!wb_retry_get_wait (wb_service_request_get_retry_after (result), get->n_retries,
                          wb_client_get_retry_limit (client), &wait_seconds))
    {
      g_task_return_error (task, error);
      return;
    }

  g_error_free (error);
  get->n_retries++;
  set_retry_at (self, MAX (self->retry_at,
                           g_get_monotonic_time () + wait_seconds * G_USEC_PER_SEC));
  self->next_us = MAX (self->next_us, self->retry_at);
  take_turn (task);
}

static gboolean
turn_cb (gpointer user_data)
{
  GTask      *task = user_data;
  WbRequests *self = g_task_get_source_object (task);
  Get        *get = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  /* Another request has been told to wait since. */
  if (self->retry_at > g_get_monotonic_time ())
    {
      take_turn (task);
      return G_SOURCE_REMOVE;
    }

  set_retry_at (self, 0);
  wb_service_request_async (self->sign_in, get->call, get->url, self->workspace_id,
                            self->cancellable, replied_cb, g_object_ref (task));

  return G_SOURCE_REMOVE;
}

static void
take_turn (GTask *task)
{
  WbRequests *self = g_task_get_source_object (task);
  gint64      now = g_get_monotonic_time ();
  gint64      turn_us = MAX (now, self->next_us);
  g_autoptr (GSource) timer = g_timeout_source_new ((guint) ((turn_us - now + 999) / 1000));
  g_autoptr (GSource) cancellation = g_cancellable_source_new (self->cancellable);

  self->next_us = turn_us + self->distance_us;
  g_source_set_dummy_callback (cancellation);
  g_source_add_child_source (timer, cancellation);
  g_source_set_static_name (timer, "[waybill] requests");
  g_source_set_callback (timer, turn_cb, g_object_ref (task), g_object_unref);
  g_source_attach (timer, g_task_get_context (task));
}

static void
wb_requests_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  WbRequests *self = WB_REQUESTS (object);

  switch (property_id)
    {
    case PROP_RETRY_AT:
      g_value_set_int64 (value, self->retry_at);
      break;
    case PROP_DISTANCE_US:
      g_value_set_uint (value, self->distance_us);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_requests_set_property (GObject      *object,
                          guint         property_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  WbRequests *self = WB_REQUESTS (object);

  switch (property_id)
    {
    case PROP_DISTANCE_US:
      self->distance_us = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_requests_finalize (GObject *object)
{
  WbRequests *self = WB_REQUESTS (object);

  g_object_unref (self->sign_in);
  g_object_unref (self->cancellable);
  g_free (self->workspace_id);

  G_OBJECT_CLASS (wb_requests_parent_class)->finalize (object);
}

static void
wb_requests_class_init (WbRequestsClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_requests_get_property;
  object_class->set_property = wb_requests_set_property;
  object_class->finalize = wb_requests_finalize;

  properties[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_DISTANCE_US] =
    g_param_spec_uint ("distance-us", NULL, NULL, 0, G_MAXUINT, DISTANCE_US,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_requests_init (WbRequests *self)
{
  self->distance_us = DISTANCE_US;
}

/**
 * wb_requests_new:
 * @sign_in: the account's sign-in
 * @workspace_id: (nullable): of all requests; %NULL and empty are the service's `default` one
 * @cancellable: ends all requests, and whatever they wait for
 *
 * Returns: (transfer full): for the requests of one job
 */
WbRequests *
wb_requests_new (WbSignIn     *sign_in,
                 const char   *workspace_id,
                 GCancellable *cancellable)
{
  WbRequests *self;

  g_return_val_if_fail (WB_IS_SIGN_IN (sign_in), NULL);
  g_return_val_if_fail (G_IS_CANCELLABLE (cancellable), NULL);

  self = g_object_new (WB_TYPE_REQUESTS, NULL);
  self->sign_in = g_object_ref (sign_in);
  self->workspace_id = g_strdup (workspace_id);
  self->cancellable = g_object_ref (cancellable);

  return self;
}

WbSignIn *
wb_requests_get_sign_in (WbRequests *self)
{
  g_return_val_if_fail (WB_IS_REQUESTS (self), NULL);

  return self->sign_in;
}

gint64
wb_requests_get_retry_at (WbRequests *self)
{
  g_return_val_if_fail (WB_IS_REQUESTS (self), 0);

  return self->retry_at;
}

/**
 * wb_requests_get_async:
 * @self: the requests of a job
 * @call: which call it is
 * @url: what to get, as wb_service_request_async() takes it
 * @callback: called when there is an answer
 * @user_data: for @callback
 *
 * Makes the request when its turn comes. After 429, 502, 503 and 504 it is made again as often and
 * as late as wb_retry_get_wait() has it, and no other request goes out before.
 */
void
wb_requests_get_async (WbRequests         *self,
                       WbServiceCall       call,
                       const char         *url,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Get *get;

  g_return_if_fail (WB_IS_REQUESTS (self));
  g_return_if_fail (url != NULL);

  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_requests_get_async);
  get = g_new0 (Get, 1);
  get->call = call;
  get->url = g_strdup (url);
  g_task_set_task_data (task, get, (GDestroyNotify) get_free);
  take_turn (task);
}

/**
 * wb_requests_get_finish:
 * @self: the requests of a job
 * @result: the result
 * @body: (out) (optional): the object's text; unref it
 * @error: return location
 *
 * Returns: (transfer full): an object, or %NULL with an error
 */
JsonNode *
wb_requests_get_finish (WbRequests   *self,
                        GAsyncResult *result,
                        GBytes      **body,
                        GError      **error)
{
  JsonNode  *root;
  const Get *get;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  get = g_task_get_task_data (G_TASK (result));
  root = g_task_propagate_pointer (G_TASK (result), error);
  if (body != NULL)
    *body = root != NULL ? g_bytes_ref (get->body) : NULL;

  return root;
}
