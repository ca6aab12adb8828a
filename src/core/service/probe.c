/* probe.c: a check of an account, step by step, that exports nothing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/probe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/accounts/workspace.h"
#include "core/error.h"
#include "core/service/directory.h"
#include "core/service/network-error.h"
#include "core/service/service-request.h"
#include "core/text.h"

/* Enough to see that someone answers. */
#define ANSWER_BYTES 1024

struct _WbProbe
{
  GObject parent_instance;

  WbSignIn   *sign_in;      /* (owned) */
  GListModel *workspaces;   /* (owned) */
  char       *workspace_id; /* (owned) */

  WbProbeStep *steps[WB_PROBE_N_STEPS]; /* (owned) */

  GPtrArray   *urls;    /* (owned) (element-type utf8): the addresses, each host once */
  guint        current; /* of them, while names are looked up and hosts are asked */
  SoupMessage *message; /* (owned) (nullable): to the current one */
  GError      *failure; /* (owned) (nullable): of the first step that failed */

  GDateTime *token_expires; /* (owned) (nullable): when a pasted token does */

  gboolean has_asked;  /* for the connections */
  GError  *permission; /* (owned) (nullable): what came of it */
};

static void wb_probe_list_model_init (GListModelInterface *iface);
static void look_up_next (GTask *task);
static void connect_next (GTask *task);
static void list_workspaces (GTask *task);
static void ask_for_connections (GTask *task);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbProbe, wb_probe, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wb_probe_list_model_init))

static GType
wb_probe_get_item_type (GListModel *model)
{
  return WB_TYPE_PROBE_STEP;
}

static guint
wb_probe_get_n_items (GListModel *model)
{
  return WB_PROBE_N_STEPS;
}

static gpointer
wb_probe_get_item (GListModel *model,
                   guint       position)
{
  WbProbe *self = WB_PROBE (model);

  return position < WB_PROBE_N_STEPS ? g_object_ref (self->steps[position]) : NULL;
}

static void
wb_probe_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wb_probe_get_item_type;
  iface->get_n_items = wb_probe_get_n_items;
  iface->get_item = wb_probe_get_item;
}

static GUri *
parse_url (const char *url)
{
  return g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
}

static void
begin (WbProbe    *self,
       WbProbeKind kind)
{
  wb_probe_step_begin (self->steps[kind]);
}

static void
succeed (WbProbe    *self,
         WbProbeKind kind,
         const char *text)
{
  wb_probe_step_end (self->steps[kind], WB_PROBE_OK, text, NULL);
}

/* Takes @error. */
static void
fail (WbProbe    *self,
      WbProbeKind kind,
      GError     *error)
{
  wb_probe_step_end (self->steps[kind], WB_PROBE_FAILED, NULL, error);
  if (self->failure == NULL)
    self->failure = error;
  else
    g_error_free (error);
}

/* What was not made is skipped. */
static void
finish (GTask *task)
{
  WbProbe *self = g_task_get_source_object (task);

  for (guint i = 0; i < WB_PROBE_N_STEPS; i++)
    {
      WbProbeResult result = wb_probe_step_get_result (self->steps[i]);

      if (result == WB_PROBE_PENDING || result == WB_PROBE_RUNNING)
        wb_probe_step_end (self->steps[i], WB_PROBE_SKIPPED, NULL, NULL);
    }
  g_clear_object (&self->message);

  if (self->failure != NULL)
    g_task_return_error (task, g_steal_pointer (&self->failure));
  else
    g_task_return_boolean (task, TRUE);
}

/* Ends the check at this step. Takes @error. */
static void
stop (GTask      *task,
      WbProbeKind kind,
      GError     *error)
{
  WbProbe *self = g_task_get_source_object (task);

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

static void
judge_permission (GTask *task)
{
  WbProbe *self = g_task_get_source_object (task);
  GError  *error = g_steal_pointer (&self->permission);

  if (error == NULL)
    {
      succeed (self, WB_PROBE_PERMISSION, NULL);
    }
  else if (g_error_matches (error, WB_ERROR, WB_ERROR_NO_CONNECTIONS))
    {
      succeed (self, WB_PROBE_PERMISSION, error->message);
      g_error_free (error);
    }
  else
    {
      fail (self, WB_PROBE_PERMISSION, error);
    }
  finish (task);
}

static void
check_permission (GTask *task)
{
  WbProbe *self = g_task_get_source_object (task);

  begin (self, WB_PROBE_PERMISSION);
  if (self->has_asked)
    judge_permission (task);
  else
    ask_for_connections (task);
}

/* --- workspaces --- */

/* The first of the account's workspaces that is not among those listed, or %NULL. */
static WbWorkspace *
find_unknown (WbProbe    *self,
              GListModel *listed)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (self->workspaces, i);
      const char *id = wb_workspace_get_id (workspace);
      gboolean    is_known = *id == '\0';

      for (guint j = 0; !is_known && j < g_list_model_get_n_items (listed); j++)
        {
          g_autoptr (WbDirectoryItem) item = g_list_model_get_item (listed, j);

          is_known = g_str_equal (wb_directory_item_get_id (item), id);
        }
      if (!is_known)
        return g_steal_pointer (&workspace);
    }

  return NULL;
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbProbe         *self = g_task_get_source_object (task);
  g_autofree char *note = NULL;
  g_autoptr (GListModel) listed = NULL;
  g_autoptr (WbWorkspace) unknown = NULL;
  GError *error = NULL;

  listed = wb_directory_list_workspaces_finish (WB_SIGN_IN (object), result, &note, &error);
  if (listed == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      stop (task, WB_PROBE_WORKSPACES, error);
      return;
    }
  if (listed == NULL)
    {
      /* An export does not need the list. */
      wb_probe_step_end (self->steps[WB_PROBE_WORKSPACES], WB_PROBE_SKIPPED, NULL, error);
      g_error_free (error);
      check_permission (task);
      return;
    }

  if (note == NULL)
    unknown = find_unknown (self, listed);
  if (unknown != NULL)
    {
      g_autofree char *name = wb_text_escape (wb_workspace_get_name (unknown), -1);
      g_autofree char *id = wb_text_escape (wb_workspace_get_id (unknown), -1);

      fail (self, WB_PROBE_WORKSPACES,
            g_error_new (WB_ERROR, WB_ERROR_SERVICE,
                         _ ("The workspace “%s” (%s) is not among those of this project. Check "
                            "its ID and the project in the account."),
                         name, id));
    }
  else
    {
      succeed (self, WB_PROBE_WORKSPACES, note);
    }
  check_permission (task);
}

static void
list_workspaces (GTask *task)
{
  WbProbe *self = g_task_get_source_object (task);

  begin (self, WB_PROBE_WORKSPACES);
  wb_directory_list_workspaces_async (self->sign_in, g_task_get_cancellable (task), listed_cb,
                                      g_object_ref (task));
}

/* --- project and sign-in --- */

/* The gateway's and the identity service's ways to say that there is no such project. */
static gboolean
is_about_project (const GError *error)
{
  const char *code = wb_error_get_service_code (error);

  return code != NULL
         && (g_str_has_suffix (code, ".0310") || g_strcmp0 (code, "IAM.0004") == 0);
}

static void
check_project (GTask *task)
{
  WbProbe *self = g_task_get_source_object (task);

  begin (self, WB_PROBE_PROJECT);
  if (self->permission != NULL && is_about_project (self->permission))
    {
      stop (task, WB_PROBE_PROJECT, g_steal_pointer (&self->permission));
      return;
    }

  succeed (self, WB_PROBE_PROJECT, NULL);
  list_workspaces (task);
}

static void
connections_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) root = NULL;
  WbProbe *self = g_task_get_source_object (task);
  GError  *error = NULL;

  root = wb_service_request_finish (WB_SIGN_IN (object), result, &error);
  self->has_asked = TRUE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      stop (task, WB_PROBE_PERMISSION, error);
      return;
    }

  /* A key or a pasted token has nothing to sign in with before this. */
  if (wb_probe_step_get_result (self->steps[WB_PROBE_SIGN_IN]) == WB_PROBE_RUNNING)
    {
      if (error != NULL && wb_error_get_kind (error) != WB_ERROR_KIND_NOT_PERMITTED
          && wb_error_get_kind (error) != WB_ERROR_KIND_SERVICE
          && wb_error_get_kind (error) != WB_ERROR_KIND_NO_CONNECTIONS)
        {
          stop (task, WB_PROBE_SIGN_IN, error);
          return;
        }
      self->permission = error;
      succeed (self, WB_PROBE_SIGN_IN, NULL);
      check_project (task);
      return;
    }

  self->permission = error;
  if (error != NULL && is_about_project (error))
    wb_probe_step_end (self->steps[WB_PROBE_PROJECT], WB_PROBE_FAILED, NULL, error);
  judge_permission (task);
}

/* Never by an export, which the cloud would record. */
static void
ask_for_connections (GTask *task)
{
  WbProbe         *self = g_task_get_source_object (task);
  WbClient        *client = wb_sign_in_get_client (self->sign_in);
  const char      *project_id = wb_sign_in_get_project_id (self->sign_in);
  g_autofree char *project = g_uri_escape_string (project_id, NULL, FALSE);
  g_autofree char *url = NULL;

  url = g_strdup_printf ("%s/v1/%s/connections?limit=1",
                         wb_client_get_endpoints (client)->service_url, project);
  wb_service_request_async (self->sign_in, WB_SERVICE_CALL_CONNECTIONS, url, self->workspace_id,
                            g_task_get_cancellable (task), connections_cb, g_object_ref (task));
}

static void
token_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbProbe         *self = g_task_get_source_object (task);
  g_autofree char *project_id = NULL;
  GError          *error = NULL;

  g_clear_pointer (&self->token_expires, g_date_time_unref);
  if (!wb_directory_look_at_token_finish (WB_SIGN_IN (object), result, &self->token_expires,
                                          &project_id, &error)
      && (wb_error_get_kind (error) == WB_ERROR_KIND_SIGN_IN
          || wb_error_get_kind (error) == WB_ERROR_KIND_CANCELLED))
    {
      stop (task, WB_PROBE_SIGN_IN, error);
      return;
    }
  g_clear_error (&error);

  if (project_id != NULL && !g_str_equal (project_id, wb_sign_in_get_project_id (self->sign_in)))
    {
      succeed (self, WB_PROBE_SIGN_IN, NULL);
      begin (self, WB_PROBE_PROJECT);
      stop (task, WB_PROBE_PROJECT,
            g_error_new (WB_ERROR, WB_ERROR_SERVICE,
                         _ ("The token is for another project, %s. Paste one for the account’s "
                            "project, or change the project in the account."),
                         project_id));
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
  WbProbe *self = g_task_get_source_object (task);
  GError  *error = NULL;

  if (!wb_sign_in_prepare_finish (WB_SIGN_IN (object), result, &error))
    {
      stop (task, is_about_project (error) ? WB_PROBE_PROJECT : WB_PROBE_SIGN_IN, error);
      return;
    }

  switch (wb_sign_in_get_method (self->sign_in))
    {
    case WB_AUTH_TOKEN:
      wb_directory_look_at_token_async (self->sign_in, g_task_get_cancellable (task), token_cb,
                                        g_object_ref (task));
      break;
    case WB_AUTH_KEY:
      ask_for_connections (task);
      break;
    case WB_AUTH_PASSWORD:
    default:
      succeed (self, WB_PROBE_SIGN_IN, NULL);
      check_project (task);
      break;
    }
}

static void
sign_in (GTask *task)
{
  WbProbe *self = g_task_get_source_object (task);

  begin (self, WB_PROBE_SIGN_IN);
  wb_sign_in_prepare_async (self->sign_in, g_task_get_cancellable (task), prepared_cb,
                            g_object_ref (task));
}

/* --- hosts --- */

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GBytes) body = NULL;
  WbProbe *self = g_task_get_source_object (task);
  GError  *error = NULL;

  /* Whatever it says, it answered. */
  body = wb_client_fetch_finish (WB_CLIENT (object), result, &error);
  if (body == NULL)
    {
      stop (task, WB_PROBE_TLS, error);
      return;
    }

  self->current++;
  connect_next (task);
}

/* Asks each host for nothing in particular, without credentials. */
static void
connect_next (GTask *task)
{
  WbProbe         *self = g_task_get_source_object (task);
  WbClient        *client = wb_sign_in_get_client (self->sign_in);
  GError          *error = NULL;
  g_autofree char *url = NULL;

  if (self->current == self->urls->len)
    {
      succeed (self, WB_PROBE_TLS, NULL);
      sign_in (task);
      return;
    }

  url = g_strconcat (g_ptr_array_index (self->urls, self->current), "/", NULL);
  g_clear_object (&self->message);
  self->message = wb_client_new_message (client, "GET", url, &error);
  if (self->message == NULL)
    {
      stop (task, WB_PROBE_TLS, error);
      return;
    }
  wb_client_fetch_async (client, self->message, ANSWER_BYTES, g_task_get_cancellable (task),
                         answered_cb, g_object_ref (task));
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbProbe *self = g_task_get_source_object (task);
  GList   *addresses;
  GError  *error = NULL;

  addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (object), result, &error);
  if (addresses == NULL)
    {
      g_autoptr (GUri) uri = parse_url (g_ptr_array_index (self->urls, self->current));

      wb_network_error_explain (&error, g_uri_get_host (uri), NULL, 0, FALSE);
      stop (task, WB_PROBE_NAMES, error);
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
  WbProbe *self = g_task_get_source_object (task);
  g_auto (GStrv) proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (object), result, NULL);
  g_autoptr (GUri) uri = parse_url (g_ptr_array_index (self->urls, self->current));
  g_autoptr (GResolver) resolver = NULL;

  /* A proxy looks names up by itself; here they may be unknown. */
  if (proxies != NULL && proxies[0] != NULL && !g_str_has_prefix (proxies[0], "direct:"))
    {
      self->current++;
      look_up_next (task);
      return;
    }

  resolver = g_resolver_get_default ();
  g_resolver_lookup_by_name_async (resolver, g_uri_get_host (uri), g_task_get_cancellable (task),
                                   looked_up_cb, g_object_ref (task));
}

static void
look_up_next (GTask *task)
{
  WbProbe *self = g_task_get_source_object (task);

  if (self->current == self->urls->len)
    {
      succeed (self, WB_PROBE_NAMES, NULL);
      self->current = 0;
      begin (self, WB_PROBE_TLS);
      connect_next (task);
      return;
    }

  g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (),
                                 g_ptr_array_index (self->urls, self->current),
                                 g_task_get_cancellable (task), proxies_cb, g_object_ref (task));
}

static void
add_url (WbProbe    *self,
         const char *url)
{
  for (guint i = 0; url != NULL && i < self->urls->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (self->urls, i), url))
        return;
    }
  if (url != NULL)
    g_ptr_array_add (self->urls, g_strdup (url));
}

static void
wb_probe_dispose (GObject *object)
{
  WbProbe *self = WB_PROBE (object);

  g_clear_object (&self->sign_in);
  g_clear_object (&self->workspaces);
  g_clear_object (&self->message);
  for (guint i = 0; i < WB_PROBE_N_STEPS; i++)
    g_clear_object (&self->steps[i]);

  G_OBJECT_CLASS (wb_probe_parent_class)->dispose (object);
}

static void
wb_probe_finalize (GObject *object)
{
  WbProbe *self = WB_PROBE (object);

  g_free (self->workspace_id);
  g_ptr_array_unref (self->urls);
  g_clear_error (&self->failure);
  g_clear_error (&self->permission);
  g_clear_pointer (&self->token_expires, g_date_time_unref);

  G_OBJECT_CLASS (wb_probe_parent_class)->finalize (object);
}

static void
wb_probe_class_init (WbProbeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wb_probe_dispose;
  object_class->finalize = wb_probe_finalize;
}

static void
wb_probe_init (WbProbe *self)
{
  self->urls = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < WB_PROBE_N_STEPS; i++)
    self->steps[i] = wb_probe_step_new ((WbProbeKind) i);
}

/**
 * wb_probe_new:
 * @sign_in: the account's sign-in
 * @workspaces: its workspaces (of type #WbWorkspace)
 * @workspace_id: (nullable): the workspace whose connections are looked for
 *
 * Returns: (transfer full): a check whose steps are yet to be made
 */
WbProbe *
wb_probe_new (WbSignIn   *sign_in,
              GListModel *workspaces,
              const char *workspace_id)
{
  const WbEndpoints *endpoints;
  WbProbe           *self;

  g_return_val_if_fail (WB_IS_SIGN_IN (sign_in), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (workspaces), NULL);

  self = g_object_new (WB_TYPE_PROBE, NULL);
  self->sign_in = g_object_ref (sign_in);
  self->workspaces = g_object_ref (workspaces);
  self->workspace_id = g_strdup (workspace_id != NULL ? workspace_id : "");

  /* Management Center is not needed for an export, and not offered everywhere. */
  endpoints = wb_client_get_endpoints (wb_sign_in_get_client (sign_in));
  add_url (self, endpoints->identity_url);
  add_url (self, endpoints->service_url);

  return self;
}

/**
 * wb_probe_get_step:
 * @self: a check
 * @kind: which step
 *
 * Returns: (transfer none): it
 */
WbProbeStep *
wb_probe_get_step (WbProbe    *self,
                   WbProbeKind kind)
{
  g_return_val_if_fail (WB_IS_PROBE (self), NULL);
  g_return_val_if_fail (kind < WB_PROBE_N_STEPS, NULL);

  return self->steps[kind];
}

/**
 * wb_probe_get_token_expires:
 * @self: a check
 *
 * Returns: (transfer none) (nullable): when a pasted token expires, if that was asked and told
 */
GDateTime *
wb_probe_get_token_expires (WbProbe *self)
{
  g_return_val_if_fail (WB_IS_PROBE (self), NULL);

  return self->token_expires;
}

/**
 * wb_probe_run_async:
 * @self: a check that does not run
 * @cancellable: (nullable): ends it at once
 * @callback: called at its end
 * @user_data: for @callback
 *
 * Makes the steps one after the other. The first that fails is the last, but for the workspaces,
 * whose list an export does not need.
 */
void
wb_probe_run_async (WbProbe            *self,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_PROBE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_probe_run_async);

  for (guint i = 0; i < WB_PROBE_N_STEPS; i++)
    wb_probe_step_reset (self->steps[i]);
  g_clear_error (&self->failure);
  g_clear_error (&self->permission);
  self->has_asked = FALSE;
  self->current = 0;

  begin (self, WB_PROBE_NAMES);
  look_up_next (task);
}

/**
 * wb_probe_run_finish:
 * @self: a check
 * @result: the result
 * @error: return location
 *
 * Returns: %FALSE with the error of the first step that failed
 */
gboolean
wb_probe_run_finish (WbProbe      *self,
                     GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
