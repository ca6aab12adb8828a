/* sign-in.c: an account's right to make requests: with a password, a token or a key
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/sign-in.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/service/http/retry.h"
#include "core/service/http/sendable.h"
#include "core/service/http/sent-secrets.h"
#include "core/service/refusal/service-error.h"
#include "core/service/sign-in/sign-in-private.h"

struct _WbSignIn
{
  GObject parent_instance;

  WbClient      *client;      /* (owned) */
  WbCredentials *credentials; /* (owned) */
  gboolean       needs_project;
  gboolean       needs_passcode;
  char          *project_id;   /* (owned) (nullable): as it was given */
  char          *project_name; /* (owned) (nullable) */
  WbSharedToken *token;        /* (owned) (nullable): where one is fetched with a password */
  WbClockOffset  clock;        /* to the service's */
};

G_DEFINE_FINAL_TYPE (WbSignIn, wb_sign_in, G_TYPE_OBJECT)

/* Finds what cannot be sent before anything is sent. */
static gboolean
check (WbSignIn *self,
       GError  **error)
{
  if (!wb_sendable_check (self->credentials, self->project_id, error))
    return FALSE;
  if (self->needs_project && self->project_id == NULL && self->token == NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("An access key and a pasted token need the project’s ID. Set it in "
                              "the account."));
      return FALSE;
    }
  if (self->needs_project && self->project_id == NULL && self->project_name == NULL
      && !wb_token_request_has_own_project (wb_shared_token_get_request (self->token)))
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("The project is missing. Set its ID or its name in the account."));
      return FALSE;
    }

  return TRUE;
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (wb_shared_token_fetch_finish (WB_SHARED_TOKEN (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
wb_sign_in_dispose (GObject *object)
{
  WbSignIn *self = WB_SIGN_IN (object);

  g_clear_object (&self->client);
  g_clear_object (&self->token);

  G_OBJECT_CLASS (wb_sign_in_parent_class)->dispose (object);
}

static void
wb_sign_in_finalize (GObject *object)
{
  WbSignIn *self = WB_SIGN_IN (object);

  g_clear_pointer (&self->credentials, wb_credentials_unref);
  g_free (self->project_id);
  g_free (self->project_name);

  G_OBJECT_CLASS (wb_sign_in_parent_class)->finalize (object);
}

static void
wb_sign_in_class_init (WbSignInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wb_sign_in_dispose;
  object_class->finalize = wb_sign_in_finalize;
}

static void
wb_sign_in_init (WbSignIn *self)
{
}

/**
 * wb_sign_in_new_for_request:
 * @client: the account's client
 * @request: who signs in, and to which project; copied; but for the credentials and the project
 *   it matters with a password only
 * @needs_project: %FALSE to sign in to no project
 * @needs_passcode: whether a one-time code is needed each time
 *
 * Returns: (transfer full): a sign-in that has not asked for anything yet
 */
WbSignIn *
wb_sign_in_new_for_request (WbClient             *client,
                            const WbTokenRequest *request,
                            gboolean              needs_project,
                            gboolean              needs_passcode)
{
  WbSignIn *self;

  g_return_val_if_fail (WB_IS_CLIENT (client), NULL);
  g_return_val_if_fail (request != NULL && request->credentials != NULL, NULL);

  self = g_object_new (WB_TYPE_SIGN_IN, NULL);
  self->client = g_object_ref (client);
  self->credentials = wb_credentials_ref (request->credentials);
  self->needs_project = needs_project;
  self->needs_passcode = needs_passcode;
  self->project_id = g_strdup (request->project_id);
  self->project_name = g_strdup (request->project_name);
  if (wb_credentials_get_method (request->credentials) == WB_AUTH_PASSWORD)
    self->token = wb_shared_token_new (client, request, needs_passcode);

  return self;
}

WbAuthMethod
wb_sign_in_get_method (WbSignIn *self)
{
  g_return_val_if_fail (WB_IS_SIGN_IN (self), WB_AUTH_PASSWORD);

  return wb_credentials_get_method (self->credentials);
}

WbClient *
wb_sign_in_get_client (WbSignIn *self)
{
  g_return_val_if_fail (WB_IS_SIGN_IN (self), NULL);

  return self->client;
}

/**
 * wb_sign_in_get_project_id:
 * @self: a sign-in
 *
 * Returns: (nullable): the project's ID; %NULL before the first token of an account that names its
 *   project
 */
const char *
wb_sign_in_get_project_id (WbSignIn *self)
{
  g_return_val_if_fail (WB_IS_SIGN_IN (self), NULL);

  return self->token != NULL ? wb_shared_token_get_project_id (self->token) : self->project_id;
}

/**
 * wb_sign_in_get_user:
 * @self: a sign-in
 *
 * Returns: (nullable): the name of the user that a password belongs to; keys and tokens do not say
 */
const char *
wb_sign_in_get_user (WbSignIn *self)
{
  g_return_val_if_fail (WB_IS_SIGN_IN (self), NULL);

  return wb_sign_in_get_method (self) == WB_AUTH_PASSWORD
           ? wb_credentials_get_user (self->credentials)
           : NULL;
}

/**
 * wb_sign_in_set_passcode:
 * @self: a sign-in
 * @passcode: a one-time code that wb_credentials_validate_passcode() accepts
 *
 * The answer to %WB_ERROR_SECOND_FACTOR: to be given before the call is made again. It goes into
 * one request for a token, and is then forgotten.
 */
void
wb_sign_in_set_passcode (WbSignIn   *self,
                         const char *passcode)
{
  g_autofree char *digits = NULL;
  gsize            n = 0;

  g_return_if_fail (WB_IS_SIGN_IN (self));
  g_return_if_fail (passcode != NULL);

  digits = g_malloc0 (strlen (passcode) + 1);
  for (const char *p = passcode; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        digits[n++] = *p;
    }
  if (self->token != NULL)
    wb_shared_token_set_passcode (self->token, digits);
  explicit_bzero (digits, n);
}

/**
 * wb_sign_in_follow:
 * @self: a sign-in that has not asked for anything yet
 * @other: a sign-in of the same user to no project, which has succeeded
 *
 * What @other has proved is not asked for again: with the next request for a token, a refusal is
 * about the project, and no other one-time code is needed where the identity service lets it.
 */
void
wb_sign_in_follow (WbSignIn *self,
                   WbSignIn *other)
{
  g_return_if_fail (WB_IS_SIGN_IN (self));
  g_return_if_fail (WB_IS_SIGN_IN (other));

  if (self->token != NULL && other->token != NULL)
    wb_shared_token_follow (self->token, other->token);
}

/**
 * wb_sign_in_new_to_no_project:
 * @self: a sign-in
 *
 * For wb_sign_in_follow(). Only a password can be asked about twice at no cost: a code is good for
 * one sign-in, an agency's role is assumed for one project, and what has a token needs nothing.
 *
 * Returns: (transfer full) (nullable): the same user's to no project, or %NULL
 */
WbSignIn *
wb_sign_in_new_to_no_project (WbSignIn *self)
{
  const WbTokenRequest *own;
  WbTokenRequest        request;

  g_return_val_if_fail (WB_IS_SIGN_IN (self), NULL);

  if (!self->needs_project || self->token == NULL || wb_shared_token_is_valid (self->token))
    return NULL;
  own = wb_shared_token_get_request (self->token);
  if (own->agency != NULL || wb_token_request_has_own_project (own)
      || own->passcode != NULL || own->token != NULL)
    return NULL;

  request = *own;
  request.project_id = NULL;
  request.project_name = NULL;

  return wb_sign_in_new_for_request (self->client, &request, FALSE, self->needs_passcode);
}

/**
 * wb_sign_in_prepare_async:
 * @self: a sign-in
 * @cancellable: (nullable): ends the wait at once; others who wait for the same token go on
 * @callback: called when requests can be authorized
 * @user_data: for @callback
 *
 * Sees to it that there is a token that is valid for five more minutes, and so a project ID. All
 * who ask at the same time share one request to the identity service. With a key or a pasted token
 * there is nothing to fetch.
 */
void
wb_sign_in_prepare_async (WbSignIn           *self,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (WB_IS_SIGN_IN (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_sign_in_prepare_async);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (!check (self, &error))
    g_task_return_error (task, error);
  else if (self->token == NULL || wb_shared_token_is_valid (self->token))
    g_task_return_boolean (task, TRUE);
  else
    wb_shared_token_fetch_async (self->token, cancellable, fetched_cb, g_steal_pointer (&task));
}

/**
 * wb_sign_in_prepare_finish:
 * @self: a sign-in
 * @result: the result
 * @error: return location
 *
 * Returns: %FALSE with %WB_ERROR_SECOND_FACTOR if a one-time code is needed too (see
 *   wb_sign_in_set_passcode()), with %WB_ERROR_SIGN_IN if the credentials were refused, with
 *   %WB_ERROR_INVALID if they cannot be sent, or with another error
 */
gboolean
wb_sign_in_prepare_finish (WbSignIn     *self,
                           GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wb_sign_in_get_retry_after:
 * @self: a sign-in
 *
 * To be asked right after a wb_sign_in_prepare_finish() that failed.
 *
 * Returns: whether and when the identity service may be asked again, for wb_retry_get_wait()
 */
int
wb_sign_in_get_retry_after (WbSignIn *self)
{
  g_return_val_if_fail (WB_IS_SIGN_IN (self), WB_RETRY_AFTER_NEVER);

  return self->token != NULL ? wb_shared_token_get_retry_after (self->token)
                             : WB_RETRY_AFTER_NEVER;
}

/**
 * wb_sign_in_authorize:
 * @self: a sign-in that wb_sign_in_prepare_finish() has just succeeded for
 * @message: a message of the client, not sent yet, with its other headers in place
 *
 * Adds `X-Auth-Token`, or a signature over host, x-sdk-date, x-project-id, workspace and
 * x-security-token, as far as @message has them, and an empty body.
 *
 * Returns: %FALSE if another request has used up or dropped the token meanwhile: prepare again
 */
gboolean
wb_sign_in_authorize (WbSignIn    *self,
                      SoupMessage *message)
{
  SoupMessageHeaders *headers;
  g_autoptr (GDateTime) now = NULL;

  g_return_val_if_fail (WB_IS_SIGN_IN (self), FALSE);
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), FALSE);

  if (self->token != NULL && !wb_shared_token_is_valid (self->token))
    return FALSE;

  headers = soup_message_get_request_headers (message);
  wb_sent_secrets_note (message, wb_credentials_get_password (self->credentials));
  wb_sent_secrets_note (message, wb_credentials_get_access_key (self->credentials));
  switch (wb_credentials_get_method (self->credentials))
    {
    case WB_AUTH_PASSWORD:
      soup_message_headers_replace (headers, "X-Auth-Token", wb_shared_token_use (self->token));
      break;
    case WB_AUTH_TOKEN:
      soup_message_headers_replace (headers, "X-Auth-Token",
                                    wb_credentials_get_token (self->credentials));
      break;
    case WB_AUTH_KEY:
      now = wb_clock_offset_get_now (&self->clock);
      wb_message_sign (self->credentials, message, now);
      break;
    default:
      g_assert_not_reached ();
    }

  return TRUE;
}

/**
 * wb_sign_in_refresh:
 * @self: a sign-in
 * @message: a message that was refused with 401
 *
 * Drops the token @message carried, if it was made from a password here and is still the one in
 * use. For a signature, takes over the service's clock if its reply's `Date` is more than 15
 * minutes away, once in the life of @self: five wrong signatures lock the key.
 *
 * Returns: %TRUE if the request may be made once more, with a new token or the other clock
 */
gboolean
wb_sign_in_refresh (WbSignIn    *self,
                    SoupMessage *message)
{
  const char *value;

  g_return_val_if_fail (WB_IS_SIGN_IN (self), FALSE);
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), FALSE);

  if (wb_credentials_get_method (self->credentials) == WB_AUTH_KEY)
    return wb_clock_offset_learn (&self->clock, message);

  value = soup_message_headers_get_one (soup_message_get_request_headers (message), "X-Auth-Token");
  if (value == NULL || self->token == NULL)
    return FALSE;

  wb_shared_token_drop (self->token, value);

  return TRUE;
}

/**
 * wb_sign_in_error_of_reply:
 * @self: a sign-in
 * @call: which call was answered
 * @message: the message, with the reply's headers
 * @body: (nullable): the reply's body, or the start of it
 *
 * Returns: (transfer full): why it was refused, or what came instead, in %WB_ERROR; what is secret
 *   in it is left out, should the service echo it
 */
GError *
wb_sign_in_error_of_reply (WbSignIn     *self,
                           WbServiceCall call,
                           SoupMessage  *message,
                           GBytes       *body)
{
  g_return_val_if_fail (WB_IS_SIGN_IN (self), NULL);
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);

  return wb_reply_error_new (message, body, call, self->credentials, NULL,
                             self->clock.is_known);
}

WbClockOffset
wb_sign_in_get_clock (WbSignIn *self)
{
  g_return_val_if_fail (WB_IS_SIGN_IN (self), (WbClockOffset){ 0 });

  return self->clock;
}

/**
 * wb_sign_in_set_clock:
 * @self: a sign-in that has not asked for anything yet
 * @clock: what another one of the account has learned
 */
void
wb_sign_in_set_clock (WbSignIn     *self,
                      WbClockOffset clock)
{
  g_return_if_fail (WB_IS_SIGN_IN (self));

  self->clock = clock;
}
