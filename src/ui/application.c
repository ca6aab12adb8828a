/* application.c: the program, and what its windows share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/application.h"

#include <glib/gi18n-lib.h>

#include "ui/application-private.h"

G_DEFINE_FINAL_TYPE (WbApplication, wb_application, ADW_TYPE_APPLICATION)

WbWindow *
wb_application_get_empty_window (WbApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (WB_IS_WINDOW (window) && wb_window_is_empty (WB_WINDOW (window)))
    return WB_WINDOW (window);

  return wb_window_new (self);
}

/* Once. */
static void
tell_about_clouds (WbApplication *self)
{
  g_autofree char *reason = g_steal_pointer (&self->clouds_reason);

  if (reason != NULL)
    wb_application_show_message (self, reason);
}

static void
wb_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (wb_window_new (WB_APPLICATION (application)));

  gtk_window_present (window);
  tell_about_clouds (WB_APPLICATION (application));
}

static void
wb_application_open (GApplication *application,
                     GFile       **files,
                     int           n_files,
                     const char   *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      WbWindow *window = wb_application_get_empty_window (WB_APPLICATION (application));

      gtk_window_present (GTK_WINDOW (window));
      wb_window_open_file (window, files[i]);
    }
}

static void
wb_application_startup (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  const struct
  {
    const char *action;
    const char *accels[3];
  } accels[] = {
    { "app.new-window", { "<Control>n" } },
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "win.export", { "<Control>e" } },
    { "win.open", { "<Control>o" } },
    { "win.properties", { "<Alt>Return" } },
    { "win.compare", { "<Control>d" } },
    { "win.save-as", { "<Control>s", "<Control><Shift>s" } },
    { "win.show-help-overlay", { "<Control>question", "<Control>F1" } },
  };

  G_APPLICATION_CLASS (wb_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APP_ID);
  self->settings = g_settings_new (APP_ID);
  wb_inhibitor_start (self->inhibitor);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].accels);

  /* Whatever is wrong with the accounts, a ZIP can still be opened. */
  if (!wb_account_store_load (self->store, &error))
    g_message ("%s", error->message);
  wb_token_watch_start (self->token_watch);
}

static void
wb_application_shutdown (GApplication *application)
{
  wb_sample_account_stop (WB_APPLICATION (application)->sample);

  G_APPLICATION_CLASS (wb_application_parent_class)->shutdown (application);
}

static int
wb_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  g_autoptr (GError) error = NULL;

  if (!g_variant_dict_contains (options, "sample"))
    return -1;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  g_action_group_activate_action (G_ACTION_GROUP (application), "try-sample", NULL);

  return -1;
}

static void
wb_application_finalize (GObject *object)
{
  WbApplication *self = WB_APPLICATION (object);

  g_clear_object (&self->token_watch);
  g_clear_object (&self->sign_ins);
  g_clear_object (&self->inhibitor);
  g_clear_pointer (&self->last_exports, wb_last_exports_free);
  g_clear_weak_pointer (&self->log_window);
  g_clear_object (&self->request_log);
  g_clear_pointer (&self->sample, wb_sample_account_free);
  g_clear_object (&self->settings);
  g_clear_object (&self->secrets);
  g_clear_object (&self->store);
  g_clear_pointer (&self->clouds, wb_clouds_free);
  g_free (self->clouds_reason);

  G_OBJECT_CLASS (wb_application_parent_class)->finalize (object);
}

static void
wb_application_class_init (WbApplicationClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = wb_application_finalize;
  application_class->activate = wb_application_activate;
  application_class->open = wb_application_open;
  application_class->startup = wb_application_startup;
  application_class->shutdown = wb_application_shutdown;
  application_class->handle_local_options = wb_application_handle_local_options;
}

static void
wb_application_init (WbApplication *self)
{
  static const GOptionEntry options[] = {
    { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Start with sample data"), NULL },
    { NULL },
  };
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autofree char *clouds_path = wb_clouds_dup_default_path ();
  g_autoptr (GError) error = NULL;

  self->store = wb_account_store_new (path);
  self->secrets = wb_secrets_new ();
  self->clouds = wb_clouds_new ();
  if (!wb_clouds_load (self->clouds, clouds_path, &error))
    self->clouds_reason = g_strdup (error->message);
  self->sign_ins = wb_sign_ins_new (self->store);
  self->token_watch = wb_token_watch_new (self->store, self->secrets);
  g_signal_connect_object (self->token_watch, "expired", G_CALLBACK (wb_sign_ins_forget),
                           self->sign_ins, G_CONNECT_SWAPPED);
  self->inhibitor = wb_inhibitor_new ();
  self->last_exports = wb_last_exports_new ();
  self->request_log = wb_request_log_new ();
  self->sample = wb_sample_account_new ();

  wb_application_add_actions (self);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * wb_application_new:
 *
 * Returns: (transfer full): the program
 */
WbApplication *
wb_application_new (void)
{
  return g_object_new (WB_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/waybill/Waybill",
                       NULL);
}

/**
 * wb_application_get_store:
 * @self: the program
 *
 * Returns: (transfer none): all accounts
 */
WbAccountStore *
wb_application_get_store (WbApplication *self)
{
  g_return_val_if_fail (WB_IS_APPLICATION (self), NULL);

  return self->store;
}

/**
 * wb_application_get_secrets:
 * @self: the program
 *
 * Returns: (transfer none): where secrets are kept
 */
WbSecrets *
wb_application_get_secrets (WbApplication *self)
{
  g_return_val_if_fail (WB_IS_APPLICATION (self), NULL);

  return self->secrets;
}

/**
 * wb_application_get_clouds:
 * @self: the program
 *
 * Returns: (transfer none): the clouds that are known
 */
WbClouds *
wb_application_get_clouds (WbApplication *self)
{
  g_return_val_if_fail (WB_IS_APPLICATION (self), NULL);

  return self->clouds;
}

/**
 * wb_application_get_settings:
 * @self: the program, started
 *
 * Returns: (transfer none): the preferences
 */
GSettings *
wb_application_get_settings (WbApplication *self)
{
  g_return_val_if_fail (WB_IS_APPLICATION (self), NULL);

  return self->settings;
}

/**
 * wb_application_get_sign_ins:
 * @self: the program
 *
 * Returns: (transfer none): the sign-ins of this run
 */
WbSignIns *
wb_application_get_sign_ins (WbApplication *self)
{
  g_return_val_if_fail (WB_IS_APPLICATION (self), NULL);

  return self->sign_ins;
}

/**
 * wb_application_get_inhibitor:
 * @self: the program
 *
 * Returns: (transfer none): what keeps the session from logging out
 */
WbInhibitor *
wb_application_get_inhibitor (WbApplication *self)
{
  g_return_val_if_fail (WB_IS_APPLICATION (self), NULL);

  return self->inhibitor;
}

/**
 * wb_application_get_request_log:
 * @self: the program
 *
 * Returns: (transfer none): what its windows asked for and were answered
 */
WbRequestLog *
wb_application_get_request_log (WbApplication *self)
{
  g_return_val_if_fail (WB_IS_APPLICATION (self), NULL);

  return self->request_log;
}

/**
 * wb_application_find:
 * @window: a window of the program, or one in front of such a window
 *
 * Returns: (transfer none) (nullable): the program
 */
WbApplication *
wb_application_find (GtkWindow *window)
{
  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  for (; window != NULL; window = gtk_window_get_transient_for (window))
    {
      GtkApplication *application = gtk_window_get_application (window);

      if (WB_IS_APPLICATION (application))
        return WB_APPLICATION (application);
    }

  return NULL;
}

/**
 * wb_application_get_last_exports:
 * @self: the program
 *
 * Returns: (transfer none): what was exported last in this run
 */
WbLastExports *
wb_application_get_last_exports (WbApplication *self)
{
  g_return_val_if_fail (WB_IS_APPLICATION (self), NULL);

  return self->last_exports;
}

/**
 * wb_application_get_sample:
 * @self: the program
 *
 * Returns: (transfer none): the account to try it with
 */
WbSampleAccount *
wb_application_get_sample (WbApplication *self)
{
  g_return_val_if_fail (WB_IS_APPLICATION (self), NULL);

  return self->sample;
}

/**
 * wb_application_show_message:
 * @self: the program
 * @message: one sentence, as text
 *
 * Shows it in passing, in the window that a person works in.
 */
void
wb_application_show_message (WbApplication *self,
                             const char    *message)
{
  GtkWindow *window;

  g_return_if_fail (WB_IS_APPLICATION (self));
  g_return_if_fail (message != NULL);

  window = gtk_application_get_active_window (GTK_APPLICATION (self));
  if (WB_IS_WINDOW (window))
    wb_window_show_message (WB_WINDOW (window), message);
}
