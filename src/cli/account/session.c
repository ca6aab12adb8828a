/* session.c: a source with a sign-in, ready to make requests
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/session.h"

#include <glib/gi18n-lib.h>

#include "cli/account/environment-private.h"
#include "cli/account/secret-prompt.h"
#include "cli/account/source-private.h"
#include "cli/terminal/output.h"
#include "cli/terminal/time-limit.h"
#include "core/error.h"
#include "core/text.h"
#include "core/wipe.h"

#define MAX_LAST_TURNS 100

static void
print_request (WbLoggedRequest *request)
{
  g_autofree char *line = wb_logged_request_dup_text (request);

  wb_cli_output_note ("%s", line);
}

/* Prints each request once, when it is over. */
static void
request_changed_cb (WbLoggedRequest *request,
                    GParamSpec      *pspec,
                    gpointer         user_data)
{
  if (!wb_logged_request_is_over (request))
    return;

  g_signal_handlers_disconnect_by_func (request, request_changed_cb, user_data);
  print_request (request);
}

static void
log_changed_cb (GListModel *log,
                guint       position,
                guint       n_removed,
                guint       n_added,
                gpointer    user_data)
{
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (WbLoggedRequest) request = g_list_model_get_item (log, position + i);

      g_signal_connect (request, "notify::text", G_CALLBACK (request_changed_cb), NULL);
    }
}

/**
 * wb_cli_session_new:
 * @options: the options
 * @secrets: what the environment held
 * @cancellable: (nullable): cancels a look-up or a prompt
 * @error: return location
 *
 * No request is made yet.
 *
 * Returns: (transfer full): a session
 */
WbCliSession *
wb_cli_session_new (const WbCliExportOptions *options,
                    WbCliSecrets             *secrets,
                    GCancellable             *cancellable,
                    GError                  **error)
{
  g_autoptr (WbCliSession) self = g_new0 (WbCliSession, 1);
  g_autoptr (WbCredentials) credentials = NULL;
  /* Before any library looks into the environment. */
  g_autoptr (WbProxyResolver) proxies = wb_proxy_resolver_new_for_command ();
  WbClient *client;
  gint64    deadline_us = 0;

  if (options->timeout_seconds > 0)
    deadline_us = wb_cli_time_limit_begin (options->timeout_seconds, cancellable);

  if (options->verbose)
    {
      self->log = wb_request_log_new ();
      g_signal_connect (self->log, "items-changed", G_CALLBACK (log_changed_cb), NULL);
    }

  self->source = wb_cli_source_new (options, secrets, error);
  if (self->source == NULL)
    return NULL;
  credentials = wb_cli_credentials_find (self->source, secrets, cancellable, error);
  if (credentials == NULL)
    return NULL;
  self->sign_in = wb_sign_in_open (self->source->account, credentials, self->source->clouds,
                                   !options->lists_projects,
                                   self->log, error);
  if (self->sign_in == NULL)
    {
      wb_cli_session_name_account (self, options, *error);
      return NULL;
    }
  client = wb_sign_in_get_client (self->sign_in);
  wb_client_set_proxies (client, proxies);
  wb_client_set_limits (client, options->retry_limit, deadline_us);

  return g_steal_pointer (&self);
}

void
wb_cli_session_free (WbCliSession *self)
{
  guint n = self->log != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->log)) : 0;

  /* The last request is reported as over an iteration or two after its answer was used. */
  for (guint i = 0; n > 0 && i < MAX_LAST_TURNS && g_main_context_iteration (NULL, FALSE); i++)
    ;

  /* Prints the requests that are not over yet. */
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbLoggedRequest) request = g_list_model_get_item (G_LIST_MODEL (self->log), i);

      if (!wb_logged_request_is_over (request))
        print_request (request);
      g_signal_handlers_disconnect_by_func (request, request_changed_cb, NULL);
    }

  g_clear_object (&self->sign_in);
  g_clear_object (&self->log);
  g_clear_pointer (&self->source, wb_cli_source_free);
  g_free (self);
}

/**
 * wb_cli_session_add_passcode:
 * @self: a session
 * @secrets: what the environment held
 * @cancellable: (nullable): cancels a prompt
 * @error: (inout): a failure; cleared if it was for the lack of a one-time code and there is one
 *
 * The code comes from `WAYBILL_PASSCODE`, which serves once, or from the terminal. Without either
 * the failure says so.
 *
 * Returns: %TRUE if what failed can be done again
 */
gboolean
wb_cli_session_add_passcode (WbCliSession *self,
                             WbCliSecrets *secrets,
                             GCancellable *cancellable,
                             GError      **error)
{
  const char      *origin = wb_cli_secret_get_variable (WB_CLI_PASSCODE);
  char            *passcode;
  g_autofree char *reason = NULL;

  if (error == NULL || !g_error_matches (*error, WB_ERROR, WB_ERROR_SECOND_FACTOR))
    return FALSE;

  passcode = wb_cli_secrets_steal (secrets, WB_CLI_PASSCODE);
  if (passcode == NULL && !wb_cli_secret_prompt_is_possible ())
    {
      g_clear_error (error);
      g_set_error (error, WB_ERROR, WB_ERROR_SECOND_FACTOR,
                   /* Translators: the name of an environment variable. */
                   _ ("This user also needs a one-time code, and there is no terminal to "
                      "ask for it: set %s to the code that the device or app shows now."),
                   origin);
      return FALSE;
    }

  g_clear_error (error);
  if (passcode != NULL)
    origin = wb_cli_secrets_get_origin (secrets, WB_CLI_PASSCODE);
  if (passcode == NULL)
    {
      origin = _ ("One-time code");
      passcode = wb_cli_secret_prompt (origin, cancellable, error);
    }
  if (passcode == NULL)
    return FALSE;

  reason = wb_credentials_validate_passcode (passcode);
  if (reason == NULL)
    wb_sign_in_set_passcode (self->sign_in, passcode);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s: %s"), origin, reason);
  wb_wipe_and_free (passcode);

  return reason == NULL;
}

/* Where a setting comes from: an option, a variable or a cloud of clouds.yaml. */
static char *
dup_origin (WbCliSession             *self,
            const WbCliExportOptions *options,
            WbAccountField            field)
{
  WbCliEnvironment *environment = self->source->environment;
  const char       *origin;

  if (options->settings[field] != NULL)
    return wb_cli_dup_setting_option (field);

  origin = environment != NULL ? wb_cli_environment_get_origin (environment, field) : NULL;
  if (origin != NULL && origin[strspn (origin, G_CSET_A_2_Z G_CSET_DIGITS "_")] != '\0')
    /* Translators: the name of a cloud in the file clouds.yaml. */
    return g_strdup_printf (_ ("the cloud “%s” in clouds.yaml"), environment->cloud_name);

  return g_strdup (origin);
}

/* Of what is not stored: --service-url, OS_AUTH_URL. */
static char *
list_origins (WbCliSession             *self,
              const WbCliExportOptions *options)
{
  g_autoptr (GPtrArray) origins = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      char *origin = dup_origin (self, options, (WbAccountField) i);

      if (origin == NULL
          || g_ptr_array_find_with_equal_func (origins, origin, g_str_equal, NULL))
        g_free (origin);
      else
        g_ptr_array_add (origins, origin);
    }
  g_ptr_array_add (origins, NULL);

  return g_strjoinv (", ", (char **) origins->pdata);
}

/**
 * wb_cli_session_name_account:
 * @self: a session
 * @options: the options it was made of
 * @error: (inout): why the service or the network refused
 *
 * Core's sentences say what to change “in the account”. Here that may be one of several, or there
 * is none but options, variables or a cloud of clouds.yaml.
 */
void
wb_cli_session_name_account (WbCliSession             *self,
                             const WbCliExportOptions *options,
                             GError                   *error)
{
  g_autofree char *message = NULL;
  g_autofree char *name = NULL;
  g_autofree char *settings = list_origins (self, options);

  switch (wb_error_get_kind (error))
    {
    case WB_ERROR_KIND_INVALID:
    case WB_ERROR_KIND_SIGN_IN:
    case WB_ERROR_KIND_NOT_PERMITTED:
    case WB_ERROR_KIND_SERVICE:
    case WB_ERROR_KIND_WITHDRAWN:
    case WB_ERROR_KIND_NETWORK:
      break;
    case WB_ERROR_KIND_FAILED:
    case WB_ERROR_KIND_NO_CONNECTIONS:
    case WB_ERROR_KIND_NOT_AN_ARCHIVE:
    case WB_ERROR_KIND_LOCAL_FILE:
    case WB_ERROR_KIND_CANCELLED:
    default:
      return;
    }
  name = wb_text_escape (wb_account_get (self->source->account, WB_ACCOUNT_NAME), -1);
  if (self->source->sample != NULL || (*settings == '\0' && *name == '\0'))
    return;

  message = error->message;
  if (*settings == '\0')
    /* Translators: a sentence on what went wrong, and the name of a stored account. */
    error->message = g_strdup_printf (_ ("%s The account is “%s”."), message, name);
  else
    /* Translators: a sentence on what went wrong, and options and variables such as --service-url,
     * OS_AUTH_URL. */
    error->message = g_strdup_printf (_ ("%s No account is stored for this: its settings are %s."),
                                      message, settings);
}

/* Whether they sign in as the same user of the same identity service. */
static gboolean
has_same_user (WbCliSource *one,
               WbCliSource *other)
{
  static const WbAccountField fields[] = {
    WB_ACCOUNT_DOMAIN,
    WB_ACCOUNT_DOMAIN_ID,
    WB_ACCOUNT_USER,
    WB_ACCOUNT_USER_ID,
    WB_ACCOUNT_APPLICATION_CREDENTIAL,
    WB_ACCOUNT_APPLICATION_CREDENTIAL_ID,
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (!g_str_equal (wb_account_get (one->account, fields[i]),
                        wb_account_get (other->account, fields[i])))
        return FALSE;
    }

  return g_strcmp0 (one->endpoints->identity_url, other->endpoints->identity_url) == 0;
}

/**
 * wb_cli_session_check_secrets:
 * @sessions: (element-type WbCliSession): of several accounts
 * @secrets: what the environment held
 * @error: return location: %WB_ERROR_INVALID
 *
 * One variable has one secret. Sent to another user's account it would be given away, and be a
 * refused sign-in, of which a few lock that user.
 *
 * Returns: whether each account that takes a secret from the environment may have it
 */
gboolean
wb_cli_session_check_secrets (GPtrArray    *sessions,
                              WbCliSecrets *secrets,
                              GError      **error)
{
  for (guint i = 1; i < sessions->len; i++)
    {
      for (guint j = 0; j < i; j++)
        {
          WbCliSource     *one = ((WbCliSession *) g_ptr_array_index (sessions, j))->source;
          WbCliSource     *other = ((WbCliSession *) g_ptr_array_index (sessions, i))->source;
          g_autofree char *name = NULL;
          g_autofree char *other_name = NULL;

          if (one->method != other->method || !wb_cli_credentials_are_given (secrets, one->method)
              || has_same_user (one, other))
            continue;
          name = wb_text_escape (wb_account_get (one->account, WB_ACCOUNT_NAME), -1);
          other_name = wb_text_escape (wb_account_get (other->account, WB_ACCOUNT_NAME), -1);
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       /* Translators: the names of two accounts. */
                       _ ("The accounts “%s” and “%s” sign in as different users, and the "
                          "environment has a secret of one. Store their secrets in the Waybill "
                          "window, or export each account by a command of its own."),
                       name, other_name);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * wb_cli_session_find_workspace:
 * @self: a session
 * @typed: a stored workspace's ID or name, or any other ID
 * @error: return location: %WB_ERROR_INVALID
 *
 * Returns: (transfer full): the workspace's ID, empty for the service's default one
 */
char *
wb_cli_session_find_workspace (WbCliSession *self,
                               const char   *typed,
                               GError      **error)
{
  return wb_cli_stored_workspace_find (self->source->account, typed, FALSE, error);
}
