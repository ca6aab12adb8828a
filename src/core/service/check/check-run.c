/* check-run.c: the steps of a check of an account, one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/check/check-private.h"

#include <glib/gi18n-lib.h>

#include "core/accounts/withdrawn.h"
#include "core/accounts/workspace.h"
#include "core/error.h"
#include "core/progress.h"
#include "core/sentence.h"
#include "core/service/directory/directory.h"
#include "core/service/sign-in/service-request.h"
#include "core/service/sign-in/token-look.h"
#include "core/text.h"

/* The first step that fails ends the check, but for the workspaces:
 *
 *   names ──► TLS ──► sign-in ──► project ──► workspaces ──► permission
 *
 *   names        names_cb
 *   TLS          answers_cb
 *   sign-in      by password: known_cb (to no project), prepared_cb (to the project)
 *                by token: prepared_cb, token_cb (asked about itself), connections_cb
 *                by key: prepared_cb, connections_cb
 *   project      check_project(), by what came of the sign-in
 *   workspaces   listed_cb; skipped where the service does not list them
 *   permission   connections_cb, for one workspace after the other; of a single one also the
 *                user's roles, role_cb
 *
 * Nothing needs a key or a pasted token before the first request for connections, so its answer
 * says whether they, the project and the permission are right. check-verdict.c reads it. */

static void ask_for_connections (GTask *task);

static guint
count_workspaces (WbCheck *self)
{
  return self->workspace_id == NULL ? g_list_model_get_n_items (self->workspaces) : 1;
}

/* Each step is one part of the whole; only that of the permission has parts of its own. */
static void
begin (GTask      *task,
       WbCheckKind kind)
{
  WbCheck *self = g_task_get_source_object (task);

  wb_check_step_begin (self->steps[kind]);
  wb_progress_set_stage (g_task_get_cancellable (task), (double) kind / WB_CHECK_N_STEPS,
                         (double) (kind + 1) / WB_CHECK_N_STEPS);
  wb_progress_begin (g_task_get_cancellable (task),
                     kind == WB_CHECK_PERMISSION ? count_workspaces (self) : 1);
}

static void
succeed (WbCheck    *self,
         WbCheckKind kind,
         const char *text)
{
  wb_check_step_end (self->steps[kind], WB_CHECK_OK, text, NULL);
}

/* Takes @error. */
static void
fail (WbCheck    *self,
      WbCheckKind kind,
      GError     *error)
{
  wb_check_step_end (self->steps[kind], WB_CHECK_FAILED, NULL, error);
  if (self->failure == NULL)
    self->failure = error;
  else
    g_error_free (error);
}

/* Steps that were not made are skipped. */
static void
finish (GTask *task)
{
  WbCheck *self = g_task_get_source_object (task);

  for (guint i = 0; i < WB_CHECK_N_STEPS; i++)
    {
      WbCheckResult result = wb_check_step_get_result (self->steps[i]);

      if (result == WB_CHECK_PENDING || result == WB_CHECK_RUNNING)
        wb_check_step_end (self->steps[i], WB_CHECK_SKIPPED, NULL, NULL);
    }

  if (self->failure != NULL)
    g_task_return_error (task, g_steal_pointer (&self->failure));
  else
    g_task_return_boolean (task, TRUE);
}

/* Ends the check at this step. Takes @error. */
static void
stop (GTask      *task,
      WbCheckKind kind,
      GError     *error)
{
  WbCheck *self = g_task_get_source_object (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&self->failure);
      self->failure = error;
    }
  else
    {
      fail (self, kind, error);
    }
  finish (task);
}

/* --- permission --- */

/* The workspace that is looked at now; NULL if it is not one of the account's. */
static WbWorkspace *
dup_current (WbCheck *self)
{
  return self->workspace_id == NULL ? g_list_model_get_item (self->workspaces, self->current)
                                    : NULL;
}

/* Where the export is known to be withdrawn, a right to it is of no use. */
static gboolean
is_withdrawn (WbCheck *self)
{
  WbClient *client = wb_sign_in_get_client (self->sign_in);

  return self->is_managed
         || wb_withdrawn_is_known (wb_client_get_endpoints (client)->service_url);
}

/* Says no more than was shown: seeing connections is a right of Viewers, exporting them one of
 * Operators (the service's user guide, "Permissions").
 * @role: (nullable): what the user's roles say
 * @note: (nullable): that there are none */
static void
tell_permission (WbCheck      *self,
                 const char   *role,
                 const GError *note)
{
  const char      *proved = role;
  g_autofree char *text = NULL;

  if (is_withdrawn (self))
    proved = _ ("This user may see the connections. The service has withdrawn the export; Waybill "
                "can rebuild an archive of its lists.");
  else if (proved == NULL)
    proved = _ ("This user may see the connections. Whether it may export them too, only an export "
                "shows.");
  text = note != NULL ? wb_join_sentences (proved, note->message) : g_strdup (proved);
  wb_check_step_end (self->steps[WB_CHECK_PERMISSION], WB_CHECK_OK, text, note);
}

static void
role_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbCheck         *self = g_task_get_source_object (task);
  g_autofree char *role = wb_check_role_finish (WB_SIGN_IN (object), result);
  g_autoptr (GError) note = g_steal_pointer (&self->permission);

  tell_permission (self, role, note);
  finish (task);
}

/* Looks at one workspace after the other, and stops at the first that is refused. */
static void
judge_permission (GTask *task)
{
  WbCheck *self = g_task_get_source_object (task);
  guint    n_workspaces = count_workspaces (self);
  g_autoptr (WbWorkspace) workspace = dup_current (self);
  GError  *error = g_steal_pointer (&self->permission);
  gboolean is_right = !wb_check_blames_permission (error);

  if (is_right && self->current + 1 < n_workspaces)
    {
      g_clear_error (&error);
      self->current++;
      wb_progress_advance (g_task_get_cancellable (task), 1);
      ask_for_connections (task);
      return;
    }

  if (is_right && n_workspaces == 1)
    {
      self->permission = error;
      wb_check_role_async (self->sign_in,
                           workspace != NULL ? wb_workspace_get_id (workspace) : self->workspace_id,
                           g_task_get_cancellable (task), role_cb, g_object_ref (task));
      return;
    }
  if (is_right)
    {
      tell_permission (self, NULL, NULL);
      g_clear_error (&error);
      finish (task);
      return;
    }

  if (n_workspaces > 1)
    {
      g_autofree char *name = wb_text_escape (wb_workspace_get_name (workspace), -1);

      /* Translators: a workspace’s name; a sentence follows */
      g_prefix_error (&error, _ ("“%s”: "), name);
    }
  stop (task, WB_CHECK_PERMISSION, error);
}

static void
check_permission (GTask *task)
{
  WbCheck *self = g_task_get_source_object (task);

  begin (task, WB_CHECK_PERMISSION);
  if (self->has_asked)
    judge_permission (task);
  else
    ask_for_connections (task);
}

/* --- workspaces --- */

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbCheck         *self = g_task_get_source_object (task);
  g_autofree char *note = NULL;
  g_autoptr (GListModel) listed = NULL;
  GError *error = NULL;

  listed = wb_directory_list_workspaces_finish (WB_SIGN_IN (object), result, &note, &error);
  if (listed == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      stop (task, WB_CHECK_WORKSPACES, error);
      return;
    }
  if (listed == NULL)
    {
      /* An export does not need the list. */
      wb_check_step_end (self->steps[WB_CHECK_WORKSPACES], WB_CHECK_SKIPPED, NULL, error);
      g_error_free (error);
      check_permission (task);
      return;
    }

  if (note == NULL)
    error = wb_check_judge_workspaces (self->workspaces, listed);
  if (error != NULL)
    fail (self, WB_CHECK_WORKSPACES, error);
  else
    succeed (self, WB_CHECK_WORKSPACES, note);
  check_permission (task);
}

static void
list_workspaces (GTask *task)
{
  WbCheck *self = g_task_get_source_object (task);

  begin (task, WB_CHECK_WORKSPACES);
  wb_directory_list_workspaces_async (self->sign_in, g_task_get_cancellable (task), listed_cb,
                                      g_object_ref (task));
}

/* --- project and sign-in --- */

static gboolean
is_running (WbCheck    *self,
            WbCheckKind kind)
{
  return wb_check_step_get_result (self->steps[kind]) == WB_CHECK_RUNNING;
}

static void
check_project (GTask *task)
{
  WbCheck *self = g_task_get_source_object (task);

  if (!is_running (self, WB_CHECK_PROJECT))
    begin (task, WB_CHECK_PROJECT);
  if (wb_check_blames_project (self->permission))
    {
      stop (task, WB_CHECK_PROJECT, g_steal_pointer (&self->permission));
      return;
    }

  succeed (self, WB_CHECK_PROJECT, NULL);
  list_workspaces (task);
}

/* Where DataArts Factory no longer lists connections, Management Center does. It is asked by a
 * workspace's ID.
 * Returns: whether it is asked now */
static gboolean
ask_management (GTask        *task,
                const GError *error)
{
  WbCheck           *self = g_task_get_source_object (task);
  const WbEndpoints *endpoints;
  g_autoptr (WbWorkspace) workspace = dup_current (self);
  const char *id = workspace != NULL ? wb_workspace_get_id (workspace) : self->workspace_id;

  endpoints = wb_client_get_endpoints (wb_sign_in_get_client (self->sign_in));
  if (self->is_managed || endpoints->management_url == NULL || id == NULL || *id == '\0'
      || !g_error_matches (error, WB_ERROR, WB_ERROR_WITHDRAWN))
    return FALSE;

  self->is_managed = TRUE;
  ask_for_connections (task);

  return TRUE;
}

static void
connections_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) root = NULL;
  WbCheck *self = g_task_get_source_object (task);
  GError  *error = NULL;

  root = wb_service_request_finish (WB_SIGN_IN (object), result, &error);
  if (ask_management (task, error))
    {
      g_error_free (error);
      return;
    }

  self->has_asked = TRUE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      stop (task, WB_CHECK_PERMISSION, error);
      return;
    }

  /* This is the first request that a key or a pasted token signs. */
  if (is_running (self, WB_CHECK_SIGN_IN))
    {
      if (wb_check_blames_sign_in (error))
        {
          stop (task, WB_CHECK_SIGN_IN, error);
          return;
        }
      self->permission = error;
      succeed (self, WB_CHECK_SIGN_IN, NULL);
      check_project (task);
      return;
    }

  self->permission = error;
  if (wb_check_blames_project (error))
    wb_check_step_end (self->steps[WB_CHECK_PROJECT], WB_CHECK_FAILED, NULL, error);
  judge_permission (task);
}

/* Lists them; an export would be recorded by the cloud. */
static void
ask_for_connections (GTask *task)
{
  WbCheck           *self = g_task_get_source_object (task);
  WbClient          *client = wb_sign_in_get_client (self->sign_in);
  const WbEndpoints *endpoints = wb_client_get_endpoints (client);
  const char        *project_id = wb_sign_in_get_project_id (self->sign_in);
  g_autofree char   *project = g_uri_escape_string (project_id, NULL, FALSE);
  g_autofree char   *url = NULL;
  g_autoptr (WbWorkspace) workspace = dup_current (self);
  const char *id = workspace != NULL ? wb_workspace_get_id (workspace) : self->workspace_id;

  url = g_strdup_printf ("%s/v1/%s/%s?limit=1",
                         self->is_managed ? endpoints->management_url : endpoints->service_url,
                         project, self->is_managed ? "data-connections" : "connections");
  wb_service_request_async (self->sign_in,
                            self->is_managed ? WB_SERVICE_CALL_DATA_CONNECTIONS
                                             : WB_SERVICE_CALL_CONNECTIONS,
                            url, id, g_task_get_cancellable (task), connections_cb,
                            g_object_ref (task));
}

static void
token_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbCheck         *self = g_task_get_source_object (task);
  g_autofree char *project_id = NULL;
  GError          *error = NULL;

  g_clear_pointer (&self->token_expires, g_date_time_unref);
  if (!wb_token_look_finish (WB_SIGN_IN (object), result, &self->token_expires,
                             &project_id, &error)
      && (wb_error_get_kind (error) == WB_ERROR_KIND_SIGN_IN
          || wb_error_get_kind (error) == WB_ERROR_KIND_CANCELLED))
    {
      stop (task, WB_CHECK_SIGN_IN, error);
      return;
    }
  g_clear_error (&error);

  error = wb_check_judge_token (self->sign_in, project_id);
  if (error != NULL)
    {
      succeed (self, WB_CHECK_SIGN_IN, NULL);
      begin (task, WB_CHECK_PROJECT);
      stop (task, WB_CHECK_PROJECT, error);
      return;
    }

  ask_for_connections (task);
}

static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbCheck *self = g_task_get_source_object (task);
  GError  *error = NULL;

  if (!wb_sign_in_prepare_finish (WB_SIGN_IN (object), result, &error))
    {
      gboolean is_about_project = wb_check_blames_project (error)
                                  || !is_running (self, WB_CHECK_SIGN_IN);

      stop (task, is_about_project ? WB_CHECK_PROJECT : WB_CHECK_SIGN_IN, error);
      return;
    }

  switch (wb_sign_in_get_method (self->sign_in))
    {
    case WB_AUTH_TOKEN:
      wb_token_look_async (self->sign_in, g_task_get_cancellable (task), token_cb,
                           g_object_ref (task));
      break;
    case WB_AUTH_KEY:
      ask_for_connections (task);
      break;
    case WB_AUTH_PASSWORD:
    default:
      if (is_running (self, WB_CHECK_SIGN_IN))
        succeed (self, WB_CHECK_SIGN_IN, NULL);
      check_project (task);
      break;
    }
}

/* The user is right, so the next refusal is about the project. */
static void
known_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbCheck *self = g_task_get_source_object (task);
  GError  *error = NULL;

  if (!wb_sign_in_prepare_finish (WB_SIGN_IN (object), result, &error))
    {
      stop (task, wb_check_blames_project (error) ? WB_CHECK_PROJECT : WB_CHECK_SIGN_IN, error);
      return;
    }

  succeed (self, WB_CHECK_SIGN_IN, NULL);
  begin (task, WB_CHECK_PROJECT);
  wb_sign_in_follow (self->sign_in, WB_SIGN_IN (object));
  wb_sign_in_prepare_async (self->sign_in, g_task_get_cancellable (task), prepared_cb,
                            g_object_ref (task));
}

/* An identity service that says no more than 401 refuses a wrong password and a wrong project in
 * the same way. A sign-in to no project first tells them apart, and costs no second refusal: many
 * would lock the user. */
static void
sign_in (GTask *task)
{
  WbCheck *self = g_task_get_source_object (task);
  g_autoptr (WbSignIn) to_none = wb_sign_in_new_to_no_project (self->sign_in);

  begin (task, WB_CHECK_SIGN_IN);
  if (to_none != NULL)
    wb_sign_in_prepare_async (to_none, g_task_get_cancellable (task), known_cb,
                              g_object_ref (task));
  else
    wb_sign_in_prepare_async (self->sign_in, g_task_get_cancellable (task), prepared_cb,
                              g_object_ref (task));
}

/* --- hosts --- */

/* Possible only for addresses on this computer. */
static gboolean
is_plain (const WbEndpoints *endpoints)
{
  return g_str_has_prefix (endpoints->identity_url, "http:")
         || g_str_has_prefix (endpoints->service_url, "http:");
}

static void
answers_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  WbClient *client = WB_CLIENT (object);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!wb_host_check_finish (client, result, &error))
    {
      stop (task, WB_CHECK_TLS, error);
      return;
    }

  succeed (g_task_get_source_object (task), WB_CHECK_TLS,
           is_plain (wb_client_get_endpoints (client))
             ? _ ("Not encrypted, since it does not leave this computer.")
             : NULL);
  sign_in (task);
}

static void
names_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbCheck *self = g_task_get_source_object (task);
  GError  *error = NULL;

  if (!wb_host_check_finish (WB_CLIENT (object), result, &error))
    {
      stop (task, WB_CHECK_NAMES, error);
      return;
    }

  succeed (self, WB_CHECK_NAMES, NULL);
  begin (task, WB_CHECK_TLS);
  wb_host_check_answers_async (WB_CLIENT (object), g_task_get_cancellable (task), answers_cb,
                               g_object_ref (task));
}

/**
 * wb_check_run_async:
 * @self: a check that does not run
 * @cancellable: (nullable): ends it at once; a progress is told of steps and workspaces
 * @callback: called at its end
 * @user_data: for @callback
 *
 * Makes the steps one after the other. The first that fails is the last, but for the workspaces,
 * whose list an export does not need.
 */
void
wb_check_run_async (WbCheck            *self,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_CHECK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_check_run_async);

  for (guint i = 0; i < WB_CHECK_N_STEPS; i++)
    wb_check_step_reset (self->steps[i]);
  g_clear_error (&self->failure);
  g_clear_error (&self->permission);
  self->has_asked = FALSE;
  self->is_managed = FALSE;
  self->current = 0;

  begin (task, WB_CHECK_NAMES);
  wb_host_check_names_async (wb_sign_in_get_client (self->sign_in), cancellable, names_cb,
                             g_steal_pointer (&task));
}

/**
 * wb_check_run_finish:
 * @self: a check
 * @result: the result
 * @error: return location
 *
 * Returns: %FALSE with the error of the first step that failed
 */
gboolean
wb_check_run_finish (WbCheck      *self,
                     GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
