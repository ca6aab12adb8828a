/* source.c: where an export comes from: an account, its workspace, and how to sign in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/source.h"

#include <glib/gi18n-lib.h>

#include "core/accounts/account-store.h"
#include "core/error.h"
#include "core/text.h"

/* What is there to choose from, for a message: “One”, “Two”, “Three”. */
static char *
list_names (GListModel *model,
            char *(*dup_name) (gpointer item))
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char *name = dup_name (item);
      g_autofree char *escaped = wb_text_escape (name, -1);

      g_string_append_printf (names, i == 0 ? _ ("“%s”") : _ (", “%s”"), escaped);
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
dup_account_name (gpointer item)
{
  return g_strdup (wb_account_get (item, WB_ACCOUNT_NAME));
}

static char *
dup_workspace_name (gpointer item)
{
  return g_strdup (wb_workspace_get_name (item));
}

static WbAccount *
find_account (const char *name,
              GError    **error)
{
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autoptr (WbAccountStore) store = wb_account_store_new (path);
  WbAccount       *account;
  guint            n_accounts;
  g_autofree char *names = NULL;

  if (!wb_account_store_load (store, error))
    return NULL;

  n_accounts = g_list_model_get_n_items (G_LIST_MODEL (store));
  if (name == NULL && n_accounts == 1)
    return g_list_model_get_item (G_LIST_MODEL (store), 0);

  account = name != NULL ? wb_account_store_find_by_name (store, name) : NULL;
  if (account != NULL)
    return g_object_ref (account);

  names = list_names (G_LIST_MODEL (store), dup_account_name);
  if (n_accounts == 0 && name == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 _ ("No account is stored. Add one in the Waybill window, give --cloud and "
                    "--region or --service-url and --identity-url, or try --sample."));
  else if (n_accounts == 0)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 _ ("No account is stored, so none is named “%s”. Add it in the Waybill window."),
                 name);
  else if (name == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 _ ("There are several accounts: choose one with --account. They are %s."), names);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 _ ("No stored account is named “%s”. There is %s."), name, names);

  return NULL;
}

/* Settings typed as options are checked by the rules of the account window. */
static gboolean
check_field (WbAccount     *account,
             WbClouds      *clouds,
             WbAccountField field,
             const char    *option,
             GError       **error)
{
  g_autofree char *reason = wb_account_check (account, clouds, field);

  if (reason == NULL)
    return TRUE;

  /* Translators: an option of the command line, and what is wrong with its value */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s: %s"), option, reason);

  return FALSE;
}

/* The window offers what there is; here a message does. */
static gboolean
check_cloud (const WbCliExportOptions *options,
             WbClouds                 *clouds,
             GError                  **error)
{
  const WbCloud   *cloud;
  g_autofree char *typed = NULL;
  g_autoptr (GString) choices = g_string_new (NULL);

  if (options->cloud == NULL && options->region != NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("--region needs --cloud: otc, huawei or huawei-eu."));
      return FALSE;
    }
  if (options->cloud == NULL)
    return TRUE;

  cloud = wb_clouds_find (clouds, options->cloud);
  if (cloud == NULL)
    {
      typed = wb_text_escape (options->cloud, -1);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("--cloud is otc, huawei or huawei-eu, not “%s”. For any other cloud give "
                      "--service-url and --identity-url."),
                   typed);
      return FALSE;
    }

  if (cloud->regions->len == 0
      || (options->region != NULL && wb_cloud_find_region (cloud, options->region) != NULL))
    return TRUE;

  for (guint i = 0; i < cloud->regions->len; i++)
    {
      const WbRegion *region = g_ptr_array_index (cloud->regions, i);

      g_string_append_printf (choices, "%s%s", i == 0 ? "" : ", ", region->id);
    }
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               _ ("Choose a region of this cloud with --region: %s."), choices->str);

  return FALSE;
}

static WbAccount *
make_account (const WbCliExportOptions *options,
              WbAuthMethod              method,
              WbClouds                 *clouds,
              GError                  **error)
{
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autofree char *ca_file = NULL;
  const struct
  {
    WbAccountField field;
    const char    *option;
    const char    *value;
  } fields[] = {
    { WB_ACCOUNT_CLOUD, "--cloud", options->cloud != NULL ? options->cloud : WB_CLOUD_OTHER },
    { WB_ACCOUNT_REGION, "--region", options->region },
    { WB_ACCOUNT_SERVICE_URL, "--service-url", options->service_url },
    { WB_ACCOUNT_IDENTITY_URL, "--identity-url", options->identity_url },
    { WB_ACCOUNT_DOMAIN, "--domain", options->domain },
    { WB_ACCOUNT_USER, "--user", options->user },
    { WB_ACCOUNT_PROJECT_ID, "--project-id", options->project_id },
    { WB_ACCOUNT_CA_FILE, "--ca-file", options->ca_file },
  };

  if (!check_cloud (options, clouds, error))
    return NULL;

  /* Settings hold absolute paths. */
  if (options->ca_file != NULL)
    ca_file = g_canonicalize_filename (options->ca_file, NULL);

  wb_account_set_transient (account, TRUE);
  wb_account_set_auth_method (account, method);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *value = fields[i].field == WB_ACCOUNT_CA_FILE ? ca_file : fields[i].value;

      wb_account_set (account, fields[i].field, value != NULL ? value : "");
    }

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (fields[i].field == WB_ACCOUNT_PROJECT_ID && options->project_name != NULL)
        continue;
      if (!check_field (account, clouds, fields[i].field, fields[i].option, error))
        return NULL;
    }
  if (options->project_name != NULL && method != WB_AUTH_PASSWORD)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("--project-name works with a password only: give --project-id."));
      return NULL;
    }

  return g_steal_pointer (&account);
}

/* A file that was edited by hand may hold anything. */
static gboolean
check_stored (WbAccount *account,
              WbClouds  *clouds,
              GError   **error)
{
  for (WbAccountField field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    {
      g_autofree char *reason = wb_account_check (account, clouds, field);
      g_autofree char *name = NULL;

      if (reason == NULL)
        continue;

      name = wb_text_escape (wb_account_get (account, WB_ACCOUNT_NAME), -1);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("The account “%s” cannot be used: %s"), name, reason);
      return FALSE;
    }

  return TRUE;
}

static gboolean
has_address (const WbCliExportOptions *options)
{
  return options->cloud != NULL || options->region != NULL
         || options->service_url != NULL || options->identity_url != NULL
         || options->project_id != NULL || options->project_name != NULL
         || options->ca_file != NULL || options->domain != NULL || options->user != NULL;
}

static gboolean
choose_method (WbCliSource              *self,
               const WbCliExportOptions *options,
               GError                  **error)
{
  g_autofree char *escaped = NULL;

  if (options->auth == NULL || wb_auth_method_from_string (options->auth, &self->method))
    return TRUE;

  escaped = wb_text_escape (options->auth, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               _ ("--auth is password, key or token, not “%s”."), escaped);

  return FALSE;
}

static gboolean
choose_account (WbCliSource              *self,
                const WbCliExportOptions *options,
                WbClouds                 *clouds,
                GError                  **error)
{
  if (options->sample)
    {
      self->sample = wb_sample_service_new ();
      if (!wb_sample_service_start (self->sample, 0, error))
        return FALSE;
      self->account = wb_sample_service_dup_account (self->sample, self->method);
    }
  else if (has_address (options))
    {
      self->account = make_account (options, self->method, clouds, error);
      self->project_name = g_strdup (options->project_name);
    }
  else
    {
      self->account = find_account (options->account, error);
      if (self->account != NULL && !check_stored (self->account, clouds, error))
        return FALSE;
      self->stored = self->account != NULL
                     && (options->auth == NULL
                         || self->method == wb_account_get_auth_method (self->account));
      if (self->account != NULL && options->auth == NULL)
        self->method = wb_account_get_auth_method (self->account);
    }

  return self->account != NULL;
}

/* By its ID, which no other has, or else by its name. */
static char *
find_stored_workspace (GListModel *workspaces,
                       const char *typed)
{
  g_autofree char *by_name = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);
      const char *id = wb_workspace_get_id (workspace);

      if (g_strcmp0 (id, typed) == 0)
        return g_strdup (id);
      if (by_name == NULL && g_strcmp0 (wb_workspace_get_name (workspace), typed) == 0)
        by_name = g_strdup (id);
    }

  return g_steal_pointer (&by_name);
}

/* A stored workspace goes by its ID or its name; any other well-formed ID is taken as it is. With
 * nothing typed, a workspace must be the only one, unless @any of them will do. */
static char *
find_workspace (WbAccount  *account,
                const char *typed,
                gboolean    any,
                GError    **error)
{
  GListModel      *workspaces = wb_account_get_workspaces (account);
  guint            n_workspaces = g_list_model_get_n_items (workspaces);
  char            *id;
  g_autofree char *reason = NULL;
  g_autofree char *names = NULL;

  if (typed == NULL && n_workspaces == 0)
    return g_strdup ("");
  if (typed == NULL && (n_workspaces == 1 || any))
    {
      g_autoptr (WbWorkspace) first = g_list_model_get_item (workspaces, 0);

      return g_strdup (wb_workspace_get_id (first));
    }
  if (typed == NULL)
    {
      names = list_names (workspaces, dup_workspace_name);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("There are several workspaces: choose one with --workspace. They are %s."),
                   names);
      return NULL;
    }

  id = find_stored_workspace (workspaces, typed);
  if (id != NULL)
    return id;

  /* The service's own name for the workspace that has no ID. */
  if (g_strcmp0 (typed, "default") == 0)
    return g_strdup ("");

  reason = wb_workspace_check_id (typed);
  if (reason == NULL)
    return g_strdup (typed);

  if (n_workspaces > 0)
    {
      g_autofree char *escaped = wb_text_escape (typed, -1);

      names = list_names (workspaces, dup_workspace_name);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("“%s” is neither a workspace of this account nor a workspace ID. There is "
                      "%s."),
                   escaped, names);
    }
  else
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s: %s"), "--workspace", reason);
    }

  return NULL;
}

/**
 * wb_cli_source_new:
 * @options: the options
 * @error: return location
 *
 * Makes settings of the options, the stored accounts or the sample service, which it starts. No
 * request is made.
 *
 * Returns: (transfer full): where to export from
 */
WbCliSource *
wb_cli_source_new (const WbCliExportOptions *options,
                   GError                  **error)
{
  g_autoptr (WbCliSource) self = g_new0 (WbCliSource, 1);
  g_autoptr (WbClouds) clouds = wb_clouds_new ();

  self->method = WB_AUTH_PASSWORD;
  if (!choose_method (self, options, error)
      || !choose_account (self, options, clouds, error))
    return NULL;

  self->endpoints = wb_account_dup_endpoints (self->account, clouds, error);
  if (self->endpoints == NULL)
    return NULL;

  self->workspace_id = find_workspace (self->account, options->workspace, self->sample != NULL,
                                       error);
  if (self->workspace_id == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * wb_cli_source_free:
 * @self: (transfer full): a source
 *
 * Frees it, and stops the sample service if it runs.
 */
void
wb_cli_source_free (WbCliSource *self)
{
  if (self->sample != NULL)
    wb_sample_service_stop (self->sample);
  g_clear_object (&self->sample);
  g_clear_object (&self->account);
  g_clear_pointer (&self->endpoints, wb_endpoints_free);
  g_clear_pointer (&self->project_name, g_free);
  g_clear_pointer (&self->workspace_id, g_free);
  g_free (self);
}
