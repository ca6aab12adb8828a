/* source.c: where an export comes from: an account, its workspace, and how to sign in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/source.h"

#include <glib/gi18n-lib.h>

#include "cli/account/source-private.h"
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
  else if (has_settings (options))
    {
      self->account = wb_cli_typed_account_new (options, self->method, clouds, error);
    }
  else
    {
      self->account = wb_cli_stored_account_find (options->account, clouds, error);
      self->stored = self->account != NULL
                     && (options->auth == NULL
                         || self->method == wb_account_get_auth_method (self->account));
      if (self->account != NULL && options->auth == NULL)
        self->method = wb_account_get_auth_method (self->account);
    }

  return self->account != NULL;
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
  g_autofree char *path = wb_clouds_dup_default_path ();
  gboolean         any_workspace;

  self->clouds = wb_clouds_new ();
  self->method = WB_AUTH_PASSWORD;
  if (!wb_clouds_load (self->clouds, path, error)
      || !choose_method (self, options, error)
      || !choose_account (self, options, self->clouds, error))
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

/* Stops the sample service, too, if it runs. */
void
wb_cli_source_free (WbCliSource *self)
{
  if (self->sample != NULL)
    wb_sample_service_stop (self->sample);
  g_clear_object (&self->sample);
  g_clear_object (&self->account);
  g_clear_pointer (&self->endpoints, wb_endpoints_free);
  g_clear_pointer (&self->clouds, wb_clouds_free);
  g_clear_pointer (&self->workspace_id, g_free);
  g_free (self);
}
