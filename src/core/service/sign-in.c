/* sign-in.c: an account's right to make requests: a token it fetches and keeps, or a key
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/service/message-signature.h"
#include "core/service/retry-after.h"
#include "core/service/reply-error.h"
#include "core/service/token-fetch.h"

/* A token is given up this long before it expires, so that no request is made with one that expires
 * on the way. */
#define TOKEN_MARGIN_SECONDS (5 * 60)

/* The gateway refuses signatures that are older or newer than this (its guide to signing). */
#define MAX_CLOCK_DIFFERENCE_SECONDS (15 * 60)

/* The shortest and the longest that devices and apps show. */
#define MIN_PASSCODE_DIGITS 6
#define MAX_PASSCODE_DIGITS 8

struct _WbSignIn
{
  GObject parent_instance;

  WbClient      *client;       /* (owned) */
  WbCredentials *credentials;  /* (owned) */
  char          *project_id;   /* (owned) (nullable): given, or learned with the first token */
  char          *project_name; /* (owned) (nullable) */
  gboolean       needs_project;

  char    *domain_id;     /* (owned) (nullable) */
  char    *user_id;       /* (owned) (nullable) */
  char    *agency_domain; /* (owned) (nullable) */
  char    *agency;        /* (owned) (nullable) */
  char    *agency_key;    /* (owned) (nullable) */
  gboolean needs_passcode;
  char    *passcode; /* (owned) (nullable): for the next request for a token only */

  WbToken *token;             /* (owned) (nullable) */
  gint64   token_deadline_us; /* real time; a suspended computer's monotonic clock stands still */
  gboolean token_is_unused;   /* a new token serves once, however short it lives */

  WbTokenPatience patience; /* what the identity service said last, instead of a token */

  WbClockOffset clock; /* to the service's */

  GPtrArray    *waiters;  /* (owned) (element-type Waiter): who waits for the request under way */
  GCancellable *fetching; /* (owned) (nullable): of the request under way */
};

G_DEFINE_FINAL_TYPE (WbSignIn, wb_sign_in, G_TYPE_OBJECT)

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
  WbSignIn     *sign_in;     /* (owned) */
  GCancellable *cancellable; /* (owned) */
} Fetch;

static void
fetch_free (Fetch *self)
{
  g_clear_object (&self->sign_in);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static void
clear_passcode (WbSignIn *self)
{
  if (self->passcode != NULL)
    explicit_bzero (self->passcode, strlen (self->passcode));
  g_clear_pointer (&self->passcode, g_free);
}

static char *
dup_if_set (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
has_token (WbSignIn *self)
{
  return self->token != NULL
         && (self->token_is_unused || g_get_real_time () < self->token_deadline_us);
}

/* Takes the waiters first: whoever is told may come back at once. */
static void
tell_waiters (WbSignIn     *self,
              const GError *error)
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

static GError *
keep_token (WbSignIn *self,
            WbToken  *token)
{
  gint64 lifetime = MIN (token->lifetime_seconds, G_MAXINT32) - TOKEN_MARGIN_SECONDS;

  if (self->needs_project && self->project_id == NULL && token->project_id == NULL)
    {
      wb_token_free (token);
      return g_error_new_literal (WB_ERROR, WB_ERROR_SERVICE,
                                  _ ("The identity service did not tell the project’s ID. Set the "
                                     "project by its ID in the account."));
    }

  g_clear_pointer (&self->token, wb_token_free);
  self->token = token;
  self->token_deadline_us = g_get_real_time () + lifetime * G_USEC_PER_SEC;
  self->token_is_unused = TRUE;

  if (self->needs_project && self->project_id == NULL)
    self->project_id = g_strdup (token->project_id);

  return NULL;
}

static void
fetch_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fetch          *fetch = user_data;
  WbSignIn       *self = fetch->sign_in;
  WbTokenPatience patience;
  WbToken        *token;
  g_autoptr (GError) error = NULL;

  token = wb_token_fetch_finish (WB_CLIENT (object), result, &patience, &error);

  /* All who waited for this one may have left; another may be under way. */
  if (self->fetching == fetch->cancellable)
    {
      self->patience = patience;
      if (token != NULL)
        error = keep_token (self, g_steal_pointer (&token));
      tell_waiters (self, error);
    }

  g_clear_pointer (&token, wb_token_free);
  fetch_free (fetch);
}

static void
fetch_token (WbSignIn *self)
{
  const WbTokenRequest request = {
    .credentials = self->credentials,
    .domain_id = self->domain_id,
    .user_id = self->user_id,
    .passcode = self->passcode,
    .project_id = self->needs_project ? self->project_id : NULL,
    .project_name = self->needs_project ? self->project_name : NULL,
    .agency_domain = self->agency_domain,
    .agency = self->agency,
  };
  Fetch *fetch;

  self->fetching = g_cancellable_new ();
  fetch = g_new0 (Fetch, 1);
  fetch->sign_in = g_object_ref (self);
  fetch->cancellable = g_object_ref (self->fetching);
  wb_token_fetch_async (self->client, &request, self->agency_key, self->fetching, fetch_cb, fetch);
  clear_passcode (self);
}

/* One caller leaves. The request goes on for the others; the last one ends it. */
static gboolean
waiter_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  WbSignIn *self = g_task_get_source_object (task);

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
wait_for_token (WbSignIn *self,
                GTask    *task)
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

  if (self->fetching == NULL)
    fetch_token (self);
}

static gboolean
set_not_sendable (GError    **error,
                  const char *message)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, message);

  return FALSE;
}

/* What cannot be sent is found before anything is. */
static gboolean
check (WbSignIn *self,
       GError  **error)
{
  WbAuthMethod method = wb_credentials_get_method (self->credentials);
  const char  *security_token = wb_credentials_get_security_token (self->credentials);

  if (method == WB_AUTH_KEY
      && !wb_token_is_sendable (wb_credentials_get_access_key (self->credentials)))
    return set_not_sendable (error, _ ("The access key is empty or has a blank, a line break or a "
                                       "letter that no access key has. Enter it again."));
  if (method == WB_AUTH_KEY && security_token != NULL && !wb_token_is_sendable (security_token))
    return set_not_sendable (error, _ ("The security token has a blank, a line break or a letter "
                                       "that no token has. Paste it again."));
  if (method == WB_AUTH_TOKEN
      && !wb_token_is_sendable (wb_credentials_get_token (self->credentials)))
    return set_not_sendable (error, _ ("The token is empty or has a blank, a line break or a "
                                       "letter that no token has. Paste it again."));
  if (self->project_id != NULL && !wb_token_is_sendable (self->project_id))
    return set_not_sendable (error, _ ("The project ID has a blank, a line break or a letter that "
                                       "no project ID has. Enter it again."));
  if (self->needs_project && self->project_id == NULL && method != WB_AUTH_PASSWORD)
    return set_not_sendable (error, _ ("An access key and a pasted token need the project’s ID. "
                                       "Set it in the account."));
  if (self->needs_project && self->project_id == NULL && self->project_name == NULL)
    return set_not_sendable (error, _ ("The project is missing. Set its ID or its name in the "
                                       "account."));

  return TRUE;
}

/* Before anything is sent, where the account says that a code is always needed. */
static gboolean
check_passcode (WbSignIn *self,
                GError  **error)
{
  if (!self->needs_passcode || self->passcode != NULL || self->fetching != NULL)
    return TRUE;

  g_set_error_literal (error, WB_ERROR, WB_ERROR_SECOND_FACTOR,
                       _ ("This user signs in with a one-time code as well: enter the code that "
                          "the device or app shows now."));

  return FALSE;
}

/* Now, by the clock that the service goes by. */
static GDateTime *
now_for_service (WbSignIn *self)
{
  return g_date_time_new_from_unix_utc (g_get_real_time () / G_USEC_PER_SEC
                                        + self->clock.seconds);
}

/* Whether the reply's own clock explains why the signature was refused; takes it over if so. The
 * reply came over verified TLS or from this computer, as all do. */
static gboolean
set_clock (WbSignIn    *self,
           SoupMessage *message)
{
  const char *text;
  gint64      difference;
  g_autoptr (GDateTime) when = NULL;

  text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  when = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
  if (when == NULL || self->clock.is_known
      || soup_message_get_status (message) != SOUP_STATUS_UNAUTHORIZED)
    return FALSE;

  difference = g_date_time_to_unix (when) - g_get_real_time () / G_USEC_PER_SEC;
  if (ABS (difference) <= MAX_CLOCK_DIFFERENCE_SECONDS)
    return FALSE;

  self->clock = (WbClockOffset){ TRUE, difference };

  return TRUE;
}

static void
apply (WbSignIn    *self,
       SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GDateTime) now = NULL;

  switch (wb_credentials_get_method (self->credentials))
    {
    case WB_AUTH_PASSWORD:
      soup_message_headers_replace (headers, "X-Auth-Token", self->token->value);
      self->token_is_unused = FALSE;
      break;
    case WB_AUTH_TOKEN:
      soup_message_headers_replace (headers, "X-Auth-Token",
                                    wb_credentials_get_token (self->credentials));
      break;
    case WB_AUTH_KEY:
      now = now_for_service (self);
      wb_message_sign (self->credentials, message, now);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
authorize_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbSignIn *self = WB_SIGN_IN (object);
  GError   *error = NULL;

  if (!wb_sign_in_prepare_finish (self, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  /* Between the token's coming and now, another export may have used it up or dropped it. */
  if (wb_credentials_get_method (self->credentials) == WB_AUTH_PASSWORD && !has_token (self))
    {
      wb_sign_in_prepare_async (self, g_task_get_cancellable (task), authorize_cb,
                                g_steal_pointer (&task));
      return;
    }

  apply (self, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static void
wb_sign_in_dispose (GObject *object)
{
  WbSignIn *self = WB_SIGN_IN (object);

  g_clear_object (&self->client);
  g_clear_object (&self->fetching);

  G_OBJECT_CLASS (wb_sign_in_parent_class)->dispose (object);
}

static void
wb_sign_in_finalize (GObject *object)
{
  WbSignIn *self = WB_SIGN_IN (object);

  g_clear_pointer (&self->token, wb_token_free);
  g_clear_pointer (&self->credentials, wb_credentials_unref);
  g_clear_pointer (&self->waiters, g_ptr_array_unref);
  clear_passcode (self);
  g_free (self->project_id);
  g_free (self->project_name);
  g_free (self->domain_id);
  g_free (self->user_id);
  g_free (self->agency_domain);
  g_free (self->agency);
  g_free (self->agency_key);

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
  self->waiters = g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
}

/**
 * wb_sign_in_new:
 * @client: the account's client
 * @credentials: what the person signs in with
 * @project_id: (nullable): the project's ID; empty is the same as %NULL
 * @project_name: (nullable): its name, which counts without an ID; with a password only
 *
 * Returns: (transfer full): a sign-in that has not asked for anything yet
 */
WbSignIn *
wb_sign_in_new (WbClient      *client,
                WbCredentials *credentials,
                const char    *project_id,
                const char    *project_name)
{
  WbSignIn *self;

  g_return_val_if_fail (WB_IS_CLIENT (client), NULL);
  g_return_val_if_fail (credentials != NULL, NULL);

  self = g_object_new (WB_TYPE_SIGN_IN, NULL);
  self->client = g_object_ref (client);
  self->credentials = wb_credentials_ref (credentials);
  self->needs_project = TRUE;
  self->project_id = dup_if_set (project_id);
  self->project_name = dup_if_set (project_name);

  return self;
}

/**
 * wb_sign_in_new_for_account:
 * @client: the account's client
 * @credentials: what the person signs in with
 * @account: the account, whose settings say who signs in how, and to which project; where they say
 *   none, with a password it is the one that is named as the region
 * @clouds: the clouds
 *
 * Returns: (transfer full): a sign-in that has not asked for anything yet
 */
WbSignIn *
wb_sign_in_new_for_account (WbClient      *client,
                            WbCredentials *credentials,
                            WbAccount     *account,
                            WbClouds      *clouds)
{
  WbSignIn      *self;
  const WbCloud *cloud;

  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (clouds != NULL, NULL);

  self = wb_sign_in_new (client, credentials, wb_account_get (account, WB_ACCOUNT_PROJECT_ID),
                         wb_account_get (account, WB_ACCOUNT_PROJECT_NAME));
  if (self == NULL || wb_credentials_get_method (credentials) != WB_AUTH_PASSWORD)
    return self;

  cloud = wb_clouds_find (clouds, wb_account_get (account, WB_ACCOUNT_CLOUD));
  if (self->project_id == NULL && self->project_name == NULL)
    self->project_name = dup_if_set (wb_account_get (account, WB_ACCOUNT_REGION));
  self->domain_id = dup_if_set (wb_account_get (account, WB_ACCOUNT_DOMAIN_ID));
  self->user_id = dup_if_set (wb_account_get (account, WB_ACCOUNT_USER_ID));
  self->agency_domain = dup_if_set (wb_account_get (account, WB_ACCOUNT_AGENCY_DOMAIN));
  if (self->agency_domain != NULL)
    self->agency = dup_if_set (wb_account_get (account, WB_ACCOUNT_AGENCY));
  self->agency_key = g_strdup (cloud != NULL ? cloud->agency_key : NULL);
  self->needs_passcode = g_str_equal (wb_account_get (account, WB_ACCOUNT_PASSCODE),
                                      WB_ACCOUNT_PASSCODE_ASK);

  return self;
}

/**
 * wb_sign_in_new_without_project:
 * @client: the account's client
 * @credentials: what the person signs in with
 * @account: the account; its project may be missing or wrong, and does not matter
 * @clouds: the clouds
 *
 * For wb_directory_list_projects_async().
 *
 * Returns: (transfer full): a sign-in to no project, which has not asked for anything yet
 */
WbSignIn *
wb_sign_in_new_without_project (WbClient      *client,
                                WbCredentials *credentials,
                                WbAccount     *account,
                                WbClouds      *clouds)
{
  WbSignIn *self = wb_sign_in_new_for_account (client, credentials, account, clouds);

  if (self != NULL)
    {
      self->needs_project = FALSE;
      g_clear_pointer (&self->project_id, g_free);
      g_clear_pointer (&self->project_name, g_free);
    }

  return self;
}

/**
 * wb_sign_in_get_method:
 * @self: a sign-in
 *
 * Returns: the way to sign in
 */
WbAuthMethod
wb_sign_in_get_method (WbSignIn *self)
{
  g_return_val_if_fail (WB_IS_SIGN_IN (self), WB_AUTH_PASSWORD);

  return wb_credentials_get_method (self->credentials);
}

/**
 * wb_sign_in_check_passcode:
 * @passcode: a one-time code, as a person types it
 *
 * Returns: (transfer full) (nullable): %NULL if it is well-formed, else the reason as a translated
 *   sentence
 */
char *
wb_sign_in_check_passcode (const char *passcode)
{
  gsize length;

  g_return_val_if_fail (passcode != NULL, NULL);

  length = strlen (passcode);
  if (length >= MIN_PASSCODE_DIGITS && length <= MAX_PASSCODE_DIGITS
      && strspn (passcode, G_CSET_DIGITS) == length)
    return NULL;

  return g_strdup_printf (_ ("A one-time code has %d to %d digits."), MIN_PASSCODE_DIGITS,
                          MAX_PASSCODE_DIGITS);
}

/**
 * wb_sign_in_set_passcode:
 * @self: a sign-in
 * @passcode: a one-time code that wb_sign_in_check_passcode() accepts
 *
 * The answer to %WB_ERROR_SECOND_FACTOR: to be given before the call is made again. It goes into
 * one request for a token, and is then forgotten.
 */
void
wb_sign_in_set_passcode (WbSignIn   *self,
                         const char *passcode)
{
  g_return_if_fail (WB_IS_SIGN_IN (self));
  g_return_if_fail (passcode != NULL);

  clear_passcode (self);
  self->passcode = g_strdup (passcode);
}

/**
 * wb_sign_in_get_client:
 * @self: a sign-in
 *
 * Returns: the account's client
 */
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

  return self->project_id;
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

  self->patience.is_busy = FALSE;
  if (!check (self, &error))
    g_task_return_error (task, error);
  else if (wb_credentials_get_method (self->credentials) != WB_AUTH_PASSWORD || has_token (self))
    g_task_return_boolean (task, TRUE);
  else if (!check_passcode (self, &error))
    g_task_return_error (task, error);
  else
    wait_for_token (self, task);
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
 * wb_sign_in_is_busy:
 * @self: a sign-in
 * @wait_seconds: (out): how long it asked to wait, or %WB_RETRY_AFTER_UNKNOWN
 *
 * To be asked right after a wb_sign_in_prepare_finish() that failed.
 *
 * Returns: %TRUE if the identity service answered with 429 or 503, so that it may be asked again
 */
gboolean
wb_sign_in_is_busy (WbSignIn *self,
                    int      *wait_seconds)
{
  g_return_val_if_fail (WB_IS_SIGN_IN (self), FALSE);
  g_return_val_if_fail (wait_seconds != NULL, FALSE);

  *wait_seconds = self->patience.wait_seconds;

  return self->patience.is_busy;
}

/**
 * wb_sign_in_authorize_async:
 * @self: a sign-in
 * @message: a message of the client, not sent yet, with its other headers in place
 * @cancellable: (nullable): ends it at once
 * @callback: called when @message can be sent
 * @user_data: for @callback
 *
 * Adds `X-Auth-Token`, or a signature over host, x-sdk-date, x-project-id, workspace and
 * x-security-token, as far as @message has them, and an empty body.
 */
void
wb_sign_in_authorize_async (WbSignIn           *self,
                            SoupMessage        *message,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_SIGN_IN (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_sign_in_authorize_async);
  g_task_set_task_data (task, g_object_ref (message), g_object_unref);

  wb_sign_in_prepare_async (self, cancellable, authorize_cb, g_steal_pointer (&task));
}

/**
 * wb_sign_in_authorize_finish:
 * @self: a sign-in
 * @result: the result
 * @error: return location
 *
 * Returns: %FALSE with an error as wb_sign_in_prepare_finish() gives it
 */
gboolean
wb_sign_in_authorize_finish (WbSignIn     *self,
                             GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wb_sign_in_recover:
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
wb_sign_in_recover (WbSignIn    *self,
                    SoupMessage *message)
{
  const char *value;

  g_return_val_if_fail (WB_IS_SIGN_IN (self), FALSE);
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), FALSE);

  if (wb_credentials_get_method (self->credentials) == WB_AUTH_KEY)
    return set_clock (self, message);

  value = soup_message_headers_get_one (soup_message_get_request_headers (message), "X-Auth-Token");
  if (value == NULL || wb_credentials_get_method (self->credentials) != WB_AUTH_PASSWORD)
    return FALSE;

  if (self->token != NULL && g_str_equal (self->token->value, value))
    g_clear_pointer (&self->token, wb_token_free);

  return TRUE;
}

/**
 * wb_sign_in_get_clock:
 * @self: a sign-in
 *
 * Returns: what it has learned of the service's clock
 */
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
