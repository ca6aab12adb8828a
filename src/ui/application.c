/* application.c: the program, and what its windows share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/application.h"

#include <glib/gi18n-lib.h>

#include "core/accounts/token-watch.h"
#include "sample/sample-service.h"
#include "ui/compare-window.h"
#include "ui/request-log-window.h"
#include "ui/token-expiry.h"
#include "ui/window.h"

struct _WbApplication
{
  AdwApplication parent_instance;

  WbAccountStore  *store;          /* (owned) */
  WbSecrets       *secrets;        /* (owned) */
  WbClouds        *clouds;         /* (owned) */
  char            *clouds_reason;  /* (owned) (nullable): why a person's are not there */
  GSettings       *settings;       /* (owned) (nullable): from the startup on */
  WbSignIns       *sign_ins;       /* (owned) */
  WbTokenWatch    *token_watch;    /* (owned) */
  WbInhibitor     *inhibitor;      /* (owned) */
  WbLastExports   *last_exports;   /* (owned) */
  WbRequestLog    *request_log;    /* (owned) */
  GtkWindow       *log_window;     /* (nullable) (weak): while it is open */
  WbSampleService *sample;         /* (owned) (nullable): once it was asked for */
  WbAccount       *sample_account; /* (owned) (nullable): likewise */
};

G_DEFINE_FINAL_TYPE (WbApplication, wb_application, ADW_TYPE_APPLICATION)

/* The window to work in: one that is empty, or a new one. */
static WbWindow *
get_empty_window (WbApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (WB_IS_WINDOW (window) && wb_window_is_empty (WB_WINDOW (window)))
    return WB_WINDOW (window);

  return wb_window_new (self);
}

static void
report (WbApplication *self,
        const char    *message)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (WB_IS_WINDOW (window))
    wb_window_show_message (WB_WINDOW (window), message);
}

static gboolean
start_sample (WbApplication *self,
              GError       **error)
{
  g_autoptr (WbSampleService) sample = NULL;
  g_autoptr (WbAccount) account = NULL;

  if (self->sample != NULL)
    return TRUE;

  sample = wb_sample_service_new ();
  if (!wb_sample_service_start (sample, 0, error))
    return FALSE;

  account = wb_sample_service_dup_account (sample, WB_AUTH_PASSWORD);
  if (!wb_account_store_put (self->store, account, error))
    return FALSE;

  self->sample = g_steal_pointer (&sample);
  self->sample_account = g_steal_pointer (&account);

  return TRUE;
}

static void
try_sample_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  WbApplication *self = user_data;
  WbWindow      *window = get_empty_window (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbWorkspace) workspace = NULL;

  gtk_window_present (GTK_WINDOW (window));
  if (!start_sample (self, &error))
    {
      wb_window_show_message (window, error->message);
      return;
    }

  workspace = g_list_model_get_item (wb_account_get_workspaces (self->sample_account), 0);
  wb_window_select (window, self->sample_account, workspace);
  wb_window_export (window);
}

static void
export_default_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  WbApplication *self = user_data;
  WbWindow      *window = get_empty_window (self);

  /* A new window starts on what was used last; without an account it says how to begin. */
  gtk_window_present (GTK_WINDOW (window));
  wb_window_select_last_used (window);
  wb_window_export (window);
}

static void
new_window_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (wb_window_new (user_data)));
}

/* One is enough: it shows what all windows ask for. */
static void
request_log_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  WbApplication *self = user_data;
  GtkWindow     *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (self->log_window == NULL)
    g_set_weak_pointer (&self->log_window, wb_request_log_window_new (parent, self->request_log));
  else
    gtk_window_set_transient_for (self->log_window, parent);
  gtk_window_present (self->log_window);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name", "Waybill",
                         "application-icon", APP_ID,
                         "version", VERSION,
                         "developer-name", _ ("The Waybill contributors"),
                         "copyright", "© 2026 The Waybill contributors",
                         "comments", _ ("Export the data connections of a DataArts Studio "
                                        "workspace, look at what is in them, and save them"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "website", "https://github.com/waybill/waybill",
                         "issue-url", "https://github.com/waybill/waybill/issues",
                         /* Translators: your names, one a line. */
                         "translator-credits", _ ("translator-credits"),
                         NULL);
}

/* Each window may still have to ask about its export, so all are closed in the usual way. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (WB_IS_WINDOW (l->data) || WB_IS_COMPARE_WINDOW (l->data))
        gtk_window_close (l->data);
    }
}

/* A secret on its way to the store. */
typedef struct
{
  WbApplication *self;        /* (owned) */
  WbAccount     *account;     /* (owned) */
  WbCredentials *credentials; /* (owned) */
} Remembering;

static void
remembering_free (Remembering *remembering)
{
  g_object_unref (remembering->self);
  g_object_unref (remembering->account);
  wb_credentials_unref (remembering->credentials);
  g_free (remembering);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Remembering, remembering_free)

static void
remember_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Remembering) remembering = user_data;
  WbApplication *self = remembering->self;
  WbAccount     *account;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  if (!wb_secrets_store_finish (WB_SECRETS (source), result, &reason, &error))
    report (self, error->message);
  else if (reason != NULL)
    report (self, reason);

  account = wb_account_store_find (self->store, wb_account_get_uuid (remembering->account));
  if (error == NULL && account != NULL
      && wb_credentials_get_method (remembering->credentials) == WB_AUTH_TOKEN)
    wb_token_expiry_learn (self->store, account, remembering->credentials, self->clouds,
                           self->request_log);
}

/* Once. */
static void
tell_about_clouds (WbApplication *self)
{
  g_autofree char *reason = g_steal_pointer (&self->clouds_reason);

  if (reason != NULL)
    report (self, reason);
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
      WbWindow *window = get_empty_window (WB_APPLICATION (application));

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
  WbApplication *self = WB_APPLICATION (application);

  if (self->sample != NULL)
    wb_sample_service_stop (self->sample);

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
  g_clear_object (&self->sample_account);
  g_clear_object (&self->sample);
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
  static const GActionEntry actions[] = {
    { "export-default", export_default_cb },
    { "try-sample", try_sample_cb },
    { "new-window", new_window_cb },
    { "request-log", request_log_cb },
    { "about", about_cb },
    { "quit", quit_cb },
  };
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

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
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
 * wb_application_dup_sample_credentials:
 * @self: the program
 * @account: an account
 *
 * Returns: (transfer full) (nullable): what signs in to the sample service, if the account is its
 */
WbCredentials *
wb_application_dup_sample_credentials (WbApplication *self,
                                       WbAccount     *account)
{
  g_return_val_if_fail (WB_IS_APPLICATION (self), NULL);
  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);

  if (self->sample_account == NULL
      || g_strcmp0 (wb_account_get_uuid (account),
                    wb_account_get_uuid (self->sample_account))
           != 0)
    return NULL;

  return wb_sample_service_dup_credentials (self->sample, wb_account_get_auth_method (account));
}

/**
 * wb_application_remember_secret:
 * @self: the program
 * @account: whose
 * @credentials: what has proved right
 *
 * Puts it into the secret store. Where that does not work, a window says so in plain words.
 */
void
wb_application_remember_secret (WbApplication *self,
                                WbAccount     *account,
                                WbCredentials *credentials)
{
  Remembering *remembering;

  g_return_if_fail (WB_IS_APPLICATION (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (credentials != NULL);

  remembering = g_new0 (Remembering, 1);
  remembering->self = g_object_ref (self);
  remembering->account = wb_account_copy (account);
  remembering->credentials = wb_credentials_ref (credentials);
  /* What is known of the token before this one would have the new one removed. */
  if (*wb_account_get (account, WB_ACCOUNT_TOKEN_EXPIRES) != '\0')
    {
      wb_account_set (remembering->account, WB_ACCOUNT_TOKEN_EXPIRES, "");
      wb_account_store_put (self->store, remembering->account, NULL);
    }
  wb_secrets_store_async (self->secrets, remembering->account, credentials, NULL, remember_cb,
                          remembering);
}
