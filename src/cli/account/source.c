/* source.c: where an export comes from: an account, its workspace, and how to sign in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/source.h"

#include <glib/gi18n-lib.h>

#include "cli/account/source-private.h"
#include "cli/terminal/output.h"
#include "core/absolute-path.h"
#include "core/error.h"
#include "core/text.h"

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
               /* Translators: what a person typed; the three words are typed as they are. */
               _ ("--auth is password, key or token, not “%s”."), escaped);

  return FALSE;
}

static gboolean
has_settings (const WbCliExportOptions *options)
{
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      if (options->settings[i] != NULL)
        return TRUE;
    }

  return FALSE;
}

/* The cloud of clouds.yaml that an option names; or else a variable, where neither the options nor
 * stored accounts say where to sign in. */
static const char *
choose_cloud (const WbCliExportOptions *options)
{
  const char *variable = g_getenv ("OS_CLOUD");

  if (options->os_cloud != NULL)
    return options->os_cloud;
  if (variable == NULL || *variable == '\0' || options->account != NULL || options->sample
      || options->settings[WB_ACCOUNT_CLOUD] != NULL
      || options->settings[WB_ACCOUNT_IDENTITY_URL] != NULL)
    return NULL;

  return has_settings (options) || !wb_cli_stored_account_is_there () ? variable : NULL;
}

static gboolean
read_environment (WbCliSource              *self,
                  const WbCliExportOptions *options,
                  const char               *os_cloud,
                  WbCliSecrets             *secrets,
                  GError                  **error)
{
  self->environment = wb_cli_environment_new (os_cloud, secrets, error);
  if (self->environment == NULL)
    g_prefix_error (error, "%s: ", options->os_cloud != NULL ? "--os-cloud" : "OS_CLOUD");

  return self->environment != NULL;
}

/* A variable for all programs, which goes after what is said to this one. */
static gboolean
take_ca_file (WbCliSource *self,
              GError     **error)
{
  const char      *path = g_getenv ("SSL_CERT_FILE");
  g_autofree char *whole = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (WbAccount) account = NULL;

  if (path == NULL || *path == '\0' || self->sample != NULL
      || *wb_account_get (self->account, WB_ACCOUNT_CA_FILE) != '\0')
    return TRUE;

  account = wb_account_copy (self->account);
  whole = wb_absolute_path_new (path);
  wb_account_set (account, WB_ACCOUNT_CA_FILE, whole);
  reason = wb_account_validate (account, self->clouds, WB_ACCOUNT_CA_FILE);
  if (reason != NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s: %s"), "SSL_CERT_FILE", reason);
      return FALSE;
    }
  g_set_object (&self->account, account);

  return TRUE;
}

static gboolean
choose_account (WbCliSource              *self,
                const WbCliExportOptions *options,
                const char               *os_cloud,
                GError                  **error)
{
  if (options->sample)
    {
      self->sample = wb_sample_service_new ();
      if (!wb_sample_service_start (self->sample, 0, error))
        return FALSE;
      self->account = wb_sample_service_dup_account (self->sample, self->method);
    }
  else if (has_settings (options) || os_cloud != NULL
           || (options->account == NULL && wb_cli_environment_has_account (self->environment)
               && !wb_cli_stored_account_is_there ()))
    {
      self->account = wb_cli_typed_account_new (options, self->environment, self->method,
                                                self->clouds, error);
      if (self->account != NULL)
        self->method = wb_account_get_auth_method (self->account);
    }
  else
    {
      self->account = wb_cli_stored_account_find (options->account, self->clouds, error);
      self->stored = self->account != NULL
                     && (options->auth == NULL
                         || self->method == wb_account_get_auth_method (self->account));
      if (self->account != NULL && options->auth == NULL)
        self->method = wb_account_get_auth_method (self->account);
    }

  return self->account != NULL && take_ca_file (self, error);
}

/* A broken file is left out as a whole, for most accounts are of none of its clouds. */
static void
load_clouds (WbCliSource *self)
{
  g_autofree char *path = wb_clouds_dup_default_path ();
  g_autoptr (GError) error = NULL;

  self->clouds = wb_clouds_new ();
  if (!wb_clouds_load (self->clouds, path, &error))
    wb_cli_output_note ("%s", error->message);
}

/**
 * wb_cli_source_new:
 * @options: the options
 * @secrets: what the environment held of secrets; outlives the source
 * @error: return location
 *
 * Makes settings of the options and of other programs' variables, the stored accounts or the sample
 * service, which it starts. No request is made.
 *
 * Returns: (transfer full): where to export from
 */
WbCliSource *
wb_cli_source_new (const WbCliExportOptions *options,
                   WbCliSecrets             *secrets,
                   GError                  **error)
{
  g_autoptr (WbCliSource) self = g_new0 (WbCliSource, 1);
  const char *os_cloud;
  gboolean    any_workspace;

  self->method = WB_AUTH_PASSWORD;
  load_clouds (self);
  os_cloud = choose_cloud (options);
  if (!choose_method (self, options, error)
      || !read_environment (self, options, os_cloud, secrets, error)
      || !choose_account (self, options, os_cloud, error))
    return NULL;

  self->endpoints = wb_account_dup_endpoints (self->account, self->clouds, error);
  if (self->endpoints == NULL)
    return NULL;

  any_workspace = self->sample != NULL || options->is_check;
  self->workspace_id = wb_cli_stored_workspace_find (self->account, options->workspace,
                                                     any_workspace, error);
  if (self->workspace_id == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * wb_cli_source_dup_prefix:
 * @self: a source
 *
 * Returns: (transfer full): what the first line of the output starts with, so that nobody mistakes
 *   one account for another: its mark in brackets; empty without a mark
 */
char *
wb_cli_source_dup_prefix (WbCliSource *self)
{
  g_autofree char *mark = wb_text_escape (wb_account_get (self->account, WB_ACCOUNT_MARK), -1);

  return *mark != '\0' ? g_strdup_printf ("[%s] ", mark) : g_strdup ("");
}

/* Stops the sample service, too, if it runs. */
void
wb_cli_source_free (WbCliSource *self)
{
  if (self->sample != NULL)
    wb_sample_service_stop (self->sample);
  g_clear_object (&self->sample);
  g_clear_pointer (&self->environment, wb_cli_environment_free);
  g_clear_object (&self->account);
  g_clear_pointer (&self->endpoints, wb_endpoints_free);
  g_clear_pointer (&self->clouds, wb_clouds_free);
  g_clear_pointer (&self->workspace_id, g_free);
  g_free (self);
}
