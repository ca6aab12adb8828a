/* shared-token.c: obtains, shares and refreshes the token of a sign-in by password
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/sign-in-private.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/service/http/retry.h"

/* A token is given up this long before it expires, so that no request is made with one that expires
 * on the way. */
#define TOKEN_MARGIN_SECONDS (5 * 60)

struct _WbSharedToken
{
  GObject parent_instance;

  WbClient       *client;  /* (owned) */
  WbTokenRequest *request; /* (owned): its passcode and token are for the next fetch only */
  gboolean        needs_passcode;

  WbToken *token;       /* (owned) (nullable) */
  gint64   deadline_us; /* real time; a suspended computer's monotonic clock stands still */
  gboolean is_unused;   /* a new token serves once, however short it lives */
  gboolean is_by_code;  /* the token was made with a one-time code */

  int retry_after; /* of its last answer, as wb_retry_find_after() returns it */

  GPtrArray    *waiters;  /* (owned) (element-type Waiter): who waits for the request under way */
  GCancellable *fetching; /* (owned) (nullable): of the request under way */
};

G_DEFINE_FINAL_TYPE (WbSharedToken, wb_shared_token, G_TYPE_OBJECT)

typedef struct
{
  GTask   *task;         /* (owned) */
  GSource *cancellation; /* (owned) (nullable) */
} Waiter;

static void
waiter_free (Waiter *self)
{
  if (self->cancellation != NULL)
    g_source_destroy (self->cancellation);
  g_clear_pointer (&self->cancellation, g_source_unref);
  g_clear_object (&self->task);
  g_free (self);
}

/* One request for a token. */
typedef struct
{
  WbSharedToken *token; /* (owned) */
  gboolean       has_code;
  GCancellable  *cancellable; /* (owned) */
} Fetch;

static void
fetch_free (Fetch *self)
{
  g_clear_object (&self->token);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/* Takes the waiters first: a callback may ask for the next token at once. */
static void
tell_waiters (WbSharedToken *self,
              const GError  *error)
{
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&self->waiters);

  self->waiters = g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
  g_clear_object (&self->fetching);

  for (guint i = 0; i < waiters->len; i++)
    {
      Waiter *waiter = g_ptr_array_index (waiters, i);

      if (error != NULL)
        g_task_return_error (waiter->task, g_error_copy (error));
      else
        g_task_return_boolean (waiter->task, TRUE);
    }
}

/* Takes @token, and with the first one learns the ID of a project that was asked for by name, or
 * that the sign-in is bound to. */
static GError *
keep (WbSharedToken *self,
      WbToken       *token)
{
  gint64 lifetime = MIN (token->lifetime_seconds, G_MAXINT32) - TOKEN_MARGIN_SECONDS;

  if (wb_token_request_has_own_project (self->request) && self->request->project_id != NULL
      && token->project_id != NULL
      && !g_str_equal (token->project_id, self->request->project_id))
    {
      wb_token_free (token);
      return g_error_new_literal (WB_ERROR, WB_ERROR_INVALID,
                                  _ ("The application credential is for another project than the "
                                     "account. Leave out the project, or use another "
                                     "credential."));
    }

  if ((self->request->project_name != NULL || wb_token_request_has_own_project (self->request))
      && self->request->project_id == NULL)
    {
      if (token->project_id == NULL)
        {
          wb_token_free (token);
          return g_error_new_literal (WB_ERROR, WB_ERROR_SERVICE,
                                      _ ("The identity service did not return the project’s ID. "
                                         "Enter the project ID in the account."));
        }
      self->request->project_id = g_strdup (token->project_id);
    }

  g_clear_pointer (&self->token, wb_token_free);
  self->token = token;
  self->deadline_us = g_get_real_time () + lifetime * G_USEC_PER_SEC;
  self->is_unused = TRUE;

  return NULL;
}

static void
fetch_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fetch         *fetch = user_data;
  WbSharedToken *self = fetch->token;
  int            retry_after;
  WbToken       *token;
  g_autoptr (GError) error = NULL;

  token = wb_token_fetch_finish (WB_CLIENT (object), result, &retry_after, &error);

  /* All who waited for this one may have left; another may be under way. */
  if (self->fetching == fetch->cancellable)
    {
      self->retry_after = retry_after;
      if (token != NULL)
        error = keep (self, g_steal_pointer (&token));
      self->is_by_code = fetch->has_code;
      tell_waiters (self, error);
    }

  g_clear_pointer (&token, wb_token_free);
  fetch_free (fetch);
}

static void
start_fetch (WbSharedToken *self)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  self->fetching = g_cancellable_new ();
  fetch->token = g_object_ref (self);
  fetch->has_code = self->request->passcode != NULL;
  fetch->cancellable = g_object_ref (self->fetching);
  wb_token_fetch_async (self->client, self->request, self->fetching, fetch_cb, fetch);
  wb_token_request_set_passcode (self->request, NULL);
  wb_token_request_set_token (self->request, NULL);
  self->request->is_known_user = FALSE;
}

/* One caller leaves. The request goes on for the others; the last one ends it. */
static gboolean
waiter_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  WbSharedToken *self = g_task_get_source_object (task);

  for (guint i = 0; i < self->waiters->len; i++)
    {
      Waiter *waiter = g_ptr_array_index (self->waiters, i);

      if (waiter->task == task)
        {
          g_ptr_array_remove_index (self->waiters, i);
          break;
        }
    }

  if (self->waiters->len == 0 && self->fetching != NULL)
    {
      g_autoptr (GCancellable) fetching = g_steal_pointer (&self->fetching);

      g_cancellable_cancel (fetching);
    }

  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
add_waiter (WbSharedToken *self,
            GTask         *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter       *waiter = g_new0 (Waiter, 1);

  waiter->task = g_object_ref (task);
  if (cancellable != NULL)
    {
      waiter->cancellation = g_cancellable_source_new (cancellable);
      g_source_set_static_name (waiter->cancellation, "[waybill] sign-in");
      g_source_set_callback (waiter->cancellation, G_SOURCE_FUNC (waiter_cancelled_cb), task, NULL);
      g_source_attach (waiter->cancellation, g_task_get_context (task));
    }
  g_ptr_array_add (self->waiters, waiter);
}

static void
wb_shared_token_dispose (GObject *object)
{
  WbSharedToken *self = WB_SHARED_TOKEN (object);

  g_clear_object (&self->client);
  g_clear_object (&self->fetching);

  G_OBJECT_CLASS (wb_shared_token_parent_class)->dispose (object);
}

static void
wb_shared_token_finalize (GObject *object)
{
  WbSharedToken *self = WB_SHARED_TOKEN (object);

  g_clear_pointer (&self->token, wb_token_free);
  g_clear_pointer (&self->request, wb_token_request_free);
  g_clear_pointer (&self->waiters, g_ptr_array_unref);

  G_OBJECT_CLASS (wb_shared_token_parent_class)->finalize (object);
}

static void
wb_shared_token_class_init (WbSharedTokenClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wb_shared_token_dispose;
  object_class->finalize = wb_shared_token_finalize;
}

static void
wb_shared_token_init (WbSharedToken *self)
{
  self->waiters = g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
  self->retry_after = WB_RETRY_AFTER_NEVER;
}

/**
 * wb_shared_token_new:
 * @client: the account's client
 * @request: who asks by password, and for what; copied
 * @needs_passcode: whether a one-time code is needed each time
 *
 * Returns: (transfer full): a token that has not been asked for yet
 */
WbSharedToken *
wb_shared_token_new (WbClient             *client,
                     const WbTokenRequest *request,
                     gboolean              needs_passcode)
{
  WbSharedToken *self;

  g_return_val_if_fail (WB_IS_CLIENT (client), NULL);
  g_return_val_if_fail (request != NULL && request->credentials != NULL, NULL);

  self = g_object_new (WB_TYPE_SHARED_TOKEN, NULL);
  self->client = g_object_ref (client);
  self->request = wb_token_request_copy (request);
  self->needs_passcode = needs_passcode;

  return self;
}

/**
 * wb_shared_token_set_passcode:
 * @self: a token
 * @passcode: a one-time code, which goes into the next request and is then forgotten
 */
void
wb_shared_token_set_passcode (WbSharedToken *self,
                              const char    *passcode)
{
  g_return_if_fail (WB_IS_SHARED_TOKEN (self));

  wb_token_request_set_passcode (self->request, passcode);
}

/**
 * wb_shared_token_follow:
 * @self: a token
 * @other: one of the same user, to no project
 *
 * If @other is there, the next request for @self is about the project alone; if it took a one-time
 * code, it goes along in place of another code.
 */
void
wb_shared_token_follow (WbSharedToken *self,
                        WbSharedToken *other)
{
  g_return_if_fail (WB_IS_SHARED_TOKEN (self));
  g_return_if_fail (WB_IS_SHARED_TOKEN (other));

  if (other->token == NULL || wb_shared_token_is_valid (self) || self->request->agency != NULL)
    return;

  self->request->is_known_user = TRUE;
  if (other->is_by_code)
    wb_token_request_set_token (self->request, other->token->value);
}

const WbTokenRequest *
wb_shared_token_get_request (WbSharedToken *self)
{
  g_return_val_if_fail (WB_IS_SHARED_TOKEN (self), NULL);

  return self->request;
}

/**
 * wb_shared_token_get_project_id:
 * @self: a token
 *
 * Returns: (nullable): the project's ID, as given, or as learned with the first token
 */
const char *
wb_shared_token_get_project_id (WbSharedToken *self)
{
  g_return_val_if_fail (WB_IS_SHARED_TOKEN (self), NULL);

  return self->request->project_id;
}

/**
 * wb_shared_token_is_valid:
 * @self: a token
 *
 * Returns: whether there is one that is good for five more minutes, or that has not been used yet
 */
gboolean
wb_shared_token_is_valid (WbSharedToken *self)
{
  g_return_val_if_fail (WB_IS_SHARED_TOKEN (self), FALSE);

  return self->token != NULL && (self->is_unused || g_get_real_time () < self->deadline_us);
}

/**
 * wb_shared_token_use:
 * @self: a token that wb_shared_token_is_valid() holds for valid
 *
 * Returns: (transfer none): its value, for one request; secret
 */
const char *
wb_shared_token_use (WbSharedToken *self)
{
  g_return_val_if_fail (WB_IS_SHARED_TOKEN (self), NULL);
  g_return_val_if_fail (self->token != NULL, NULL);

  self->is_unused = FALSE;

  return self->token->value;
}

/**
 * wb_shared_token_drop:
 * @self: a token
 * @value: the value that was refused; if another one came since, that one is kept
 */
void
wb_shared_token_drop (WbSharedToken *self,
                      const char    *value)
{
  g_return_if_fail (WB_IS_SHARED_TOKEN (self));
  g_return_if_fail (value != NULL);

  if (self->token != NULL && g_str_equal (self->token->value, value))
    g_clear_pointer (&self->token, wb_token_free);
}

/**
 * wb_shared_token_fetch_async:
 * @self: a token
 * @cancellable: (nullable): ends the wait at once; others who wait go on
 * @callback: called when there is a token, or a refusal
 * @user_data: for @callback
 *
 * All who ask at the same time share one request to the identity service, which the last one to
 * leave ends.
 */
void
wb_shared_token_fetch_async (WbSharedToken      *self,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_SHARED_TOKEN (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_shared_token_fetch_async);
  self->retry_after = WB_RETRY_AFTER_NEVER;

  /* Before anything is sent, where the account says that a code is always needed. */
  if (self->needs_passcode && self->request->passcode == NULL && self->request->token == NULL
      && self->fetching == NULL)
    {
      g_task_return_new_error (task, WB_ERROR, WB_ERROR_SECOND_FACTOR,
                               _ ("This user also signs in with a one-time code: enter the code "
                                  "that the device or app shows now."));
      return;
    }

  add_waiter (self, task);
  if (self->fetching == NULL)
    start_fetch (self);
}

/**
 * wb_shared_token_fetch_finish:
 * @self: a token
 * @result: the result
 * @error: return location
 *
 * Returns: %FALSE with %WB_ERROR_SECOND_FACTOR if a one-time code is needed too, with
 *   %WB_ERROR_SIGN_IN if the credentials were refused, or with another error
 */
gboolean
wb_shared_token_fetch_finish (WbSharedToken *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wb_shared_token_get_retry_after:
 * @self: a token
 *
 * Returns: what the identity service answered last in place of a token, as wb_retry_find_after()
 *   returns it
 */
int
wb_shared_token_get_retry_after (WbSharedToken *self)
{
  g_return_val_if_fail (WB_IS_SHARED_TOKEN (self), WB_RETRY_AFTER_NEVER);

  return self->retry_after;
}
