/* application.c: the program: its actions, its accelerators, and files from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/application.h"

#include <glib/gi18n-lib.h>

#include "ui/about-window.h"
#include "ui/compare/compare-window.h"
#include "ui/export-all/export-all-window.h"
#include "ui/help/help-window.h"
#include "ui/history/history-window.h"
#include "ui/named-workspace.h"
#include "ui/request-log-window.h"
#include "ui/widgets/message-dialog.h"
#include "ui/window/window.h"

struct _WbApplication
{
  AdwApplication parent_instance;

  WbContext *context;       /* (owned) (nullable): from the startup on */
  char      *clouds_reason; /* (owned) (nullable): why a person's are not there */
  GtkWindow *log_window;    /* (nullable) (weak): while it is open */
  GtkWindow *history;       /* (nullable) (weak): likewise */
  GtkWindow *export_all;    /* (nullable) (weak): likewise */
  GtkWindow *help;          /* (nullable) (weak): likewise */
};

G_DEFINE_FINAL_TYPE (WbApplication, wb_application, ADW_TYPE_APPLICATION)

/* The active window if it is empty, or a new one. */
static WbWindow *
get_empty_window (WbApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (WB_IS_WINDOW (window) && wb_window_is_empty (WB_WINDOW (window)))
    return WB_WINDOW (window);

  return wb_window_new (self->context, GTK_APPLICATION (self));
}

/* Once. */
static void
show_clouds_reason (WbApplication *self,
                    GtkWindow     *window)
{
  g_autofree char *reason = NULL;

  if (!WB_IS_WINDOW (window))
    return;

  reason = g_steal_pointer (&self->clouds_reason);
  if (reason != NULL)
    wb_window_show_message (WB_WINDOW (window), reason);
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
  WbAccount *account;

  gtk_window_present (GTK_WINDOW (window));
  account = wb_sample_account_start (wb_context_get_sample (self->context),
                                     wb_context_get_store (self->context), &error);
  if (account == NULL)
    {
      wb_window_show_message (window, error->message);
      return;
    }

  workspace = g_list_model_get_item (wb_account_get_workspaces (account), 0);
  wb_window_select (window, account, workspace);
  wb_window_export (window);
}

static void
export_default_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  WbApplication *self = user_data;
  WbWindow      *window = get_empty_window (self);

  /* A new window selects the last used account; without an account it shows how to begin. */
  gtk_window_present (GTK_WINDOW (window));
  wb_window_select_last_used (window);
  wb_window_export (window);
}

/* For other programs: an account and a workspace of it, each by its name or ID. */
static void
export_workspace_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  WbApplication *self = user_data;
  WbWindow      *window = get_empty_window (self);
  g_autoptr (WbWorkspace) workspace = NULL;
  g_autoptr (GError) error = NULL;
  WbAccount  *account;
  const char *account_name;
  const char *workspace_name;

  g_variant_get (parameter, "(&s&s)", &account_name, &workspace_name);
  gtk_window_present (GTK_WINDOW (window));
  if (wb_named_workspace_find (wb_context_get_store (self->context), account_name, workspace_name,
                               &account, &workspace, &error))
    {
      wb_window_select (window, account, workspace);
      wb_window_export (window);
    }
  else
    {
      wb_message_dialog_tell (GTK_WINDOW (window), _ ("Nothing Was Exported"), error->message);
    }
}

/* From a list that is still empty: exports what the window below has selected, or asks for the
 * first account. */
static void
start_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  WbApplication *self = user_data;
  GListModel    *accounts = G_LIST_MODEL (wb_context_get_store (self->context));
  GList         *windows = gtk_application_get_windows (GTK_APPLICATION (self));
  GtkWindow     *window;

  /* The most recent comes first. */
  while (windows != NULL && !WB_IS_WINDOW (windows->data))
    windows = windows->next;
  window = windows != NULL ? windows->data
                           : GTK_WINDOW (wb_window_new (self->context, GTK_APPLICATION (self)));

  gtk_window_present (window);
  g_action_group_activate_action (G_ACTION_GROUP (window),
                                  g_list_model_get_n_items (accounts) > 0 ? "export"
                                                                          : "add-account",
                                  NULL);
}

static void
new_window_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  WbApplication *self = user_data;

  gtk_window_present (GTK_WINDOW (wb_window_new (self->context, GTK_APPLICATION (self))));
}

/* There is only one: it shows the requests of all windows. */
static void
request_log_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  WbApplication *self = user_data;
  GtkWindow     *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (self->log_window == NULL)
    g_set_weak_pointer (&self->log_window,
                        wb_request_log_window_new (parent, self->context));
  else
    gtk_window_set_transient_for (self->log_window, parent);
  gtk_window_present (self->log_window);
}

/* Likewise. */
static void
history_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  WbApplication *self = user_data;
  GtkWindow     *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (self->history == NULL)
    g_set_weak_pointer (&self->history, wb_history_window_new (parent, self->context));
  else
    gtk_window_set_transient_for (self->history, parent);
  gtk_window_present (self->history);
}

/* Likewise; a second run beside it would save into the same folder. One that is closed has left the
 * program, though what it has asked for may hold it a moment longer. */
static void
export_all_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  WbApplication *self = user_data;

  if (self->export_all == NULL || gtk_window_get_application (self->export_all) == NULL)
    g_set_weak_pointer (&self->export_all,
                        wb_export_all_window_new (GTK_APPLICATION (self), self->context));
  gtk_window_present (self->export_all);
}

/* What the help says of the window in which F1 is pressed. */
static const char *
get_topic (GtkWindow *window)
{
  static const struct
  {
    const char *type_name;
    const char *place;
  } topics[] = {
    { "WbAccountWindow", "accounts" },
    { "WbAccountsWindow", "accounts" },
    { "WbCheckWindow", "accounts#check" },
    { "WbCompareWindow", "compare" },
    { "WbExportAllWindow", "unattended#all" },
    { "WbFindWindow", "ids" },
    { "WbHistoryWindow", "compare#history" },
    { "WbImportWindow", "sign-in#import" },
    { "WbRequestLogWindow", "privacy#log" },
  };

  for (gsize i = 0; window != NULL && i < G_N_ELEMENTS (topics); i++)
    {
      if (g_str_equal (G_OBJECT_TYPE_NAME (window), topics[i].type_name))
        return topics[i].place;
    }

  return "";
}

/* There is only one. Its parameter is a place in the help, or "". */
static void
help_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  WbApplication *self = user_data;
  GtkWindow     *active = gtk_application_get_active_window (GTK_APPLICATION (self));
  const char    *place = g_variant_get_string (parameter, NULL);

  if (self->help == NULL)
    g_set_weak_pointer (&self->help, wb_help_window_new (GTK_APPLICATION (self)));
  wb_help_window_go (WB_HELP_WINDOW (self->help), *place != '\0' ? place : get_topic (active));
  gtk_window_present (self->help);
}

/* Application windows have the accelerator; dialogs know no accelerators. */
static gboolean
help_key_cb (GtkWidget *window,
             GVariant  *arguments,
             gpointer   user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "help",
                                  g_variant_new_string (get_topic (GTK_WINDOW (window))));

  return GDK_EVENT_STOP;
}

/* Of every window, before there is one. */
static void
add_help_key (void)
{
  g_autoptr (GTypeClass) window_class = g_type_class_ref (GTK_TYPE_WINDOW);

  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (window_class), GDK_KEY_F1, 0, help_key_cb, NULL);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (user_data);

  gtk_window_present (wb_about_window_new (parent));
}

/* Close each window the usual way, because it may have to ask about its export. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (WB_IS_WINDOW (l->data) || WB_IS_COMPARE_WINDOW (l->data)
          || WB_IS_EXPORT_ALL_WINDOW (l->data) || WB_IS_HELP_WINDOW (l->data))
        gtk_window_close (l->data);
    }
}

static void
wb_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (wb_window_new (WB_APPLICATION (application)->context,
                                        GTK_APPLICATION (application)));

  gtk_window_present (window);
  show_clouds_reason (WB_APPLICATION (application), window);
}

/* The window whose ID is the hint, if it is empty, or a new one. */
static WbWindow *
get_window_for_hint (WbApplication *self,
                     const char    *hint)
{
  guint      id = (guint) g_ascii_strtoull (hint, NULL, 10);
  GtkWindow *window = gtk_application_get_window_by_id (GTK_APPLICATION (self), id);

  if (WB_IS_WINDOW (window) && wb_window_is_empty (WB_WINDOW (window)))
    return WB_WINDOW (window);

  return wb_window_new (self->context, GTK_APPLICATION (self));
}

/* The window on which a file was dropped, or that asked for it, passes its ID as the hint. */
static void
wb_application_open (GApplication *application,
                     GFile       **files,
                     int           n_files,
                     const char   *hint)
{
  WbApplication *self = WB_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      WbWindow *window = *hint != '\0' ? get_window_for_hint (self, hint)
                                       : get_empty_window (self);

      gtk_window_present (GTK_WINDOW (window));
      wb_window_open_file (window, files[i]);
    }
}

/* What is wrong with the history is told in the window that a person looks at. */
static void
history_problem_cb (WbApplication *self,
                    const char    *problem)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (WB_IS_WINDOW (window))
    wb_window_show_message (WB_WINDOW (window), problem);
  else
    g_message ("%s", problem);
}

/* A ZIP can be opened even if the accounts or the clouds cannot be loaded. */
static void
make_context (WbApplication *self)
{
  g_autofree char *accounts_path = wb_account_store_dup_default_path ();
  g_autofree char *clouds_path = wb_clouds_dup_default_path ();
  g_autoptr (GError) clouds_error = NULL;
  g_autoptr (GError) accounts_error = NULL;

  self->context = wb_context_new (accounts_path);
  if (!wb_clouds_load (wb_context_get_clouds (self->context), clouds_path, &clouds_error))
    self->clouds_reason = g_strdup (clouds_error->message);
  if (!wb_account_store_load (wb_context_get_store (self->context), &accounts_error))
    g_message ("%s", accounts_error->message);
  g_signal_connect_object (wb_context_get_recorder (self->context), "problem",
                           G_CALLBACK (history_problem_cb), self, G_CONNECT_SWAPPED);
  wb_context_start (self->context);
}

static void
wb_application_startup (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);
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
    { "app.history", { "<Control>h" } },
    { "app.export-all", { "<Control><Shift>e" } },
    { "win.save-as", { "<Control>s", "<Control><Shift>s" } },
    { "win.save-redacted", { "<Control><Shift>r" } },
    { "app.help('')", { "F1" } },
    { "win.show-help-overlay", { "<Control>question", "<Control>F1" } },
  };

  GDBusConnection *bus = g_application_get_dbus_connection (application);

  G_APPLICATION_CLASS (wb_application_parent_class)->startup (application);

  /* GDBus would end the program when the bus ends, and lose an export with it. */
  if (bus != NULL)
    g_dbus_connection_set_exit_on_close (bus, FALSE);
  gtk_window_set_default_icon_name (APP_ID);
  add_help_key ();
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].accels);

  make_context (self);
}

static void
wb_application_shutdown (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);

  wb_sample_account_stop (wb_context_get_sample (self->context));
  wb_recorder_wait (wb_context_get_recorder (self->context));

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

  g_clear_weak_pointer (&self->log_window);
  g_clear_weak_pointer (&self->history);
  g_clear_weak_pointer (&self->export_all);
  g_clear_weak_pointer (&self->help);
  g_clear_object (&self->context);
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
  static const GActionEntry actions[] = {
    { "export-default", export_default_cb },
    { "export-workspace", export_workspace_cb, "(ss)" },
    { "start", start_cb },
    { "try-sample", try_sample_cb },
    { "new-window", new_window_cb },
    { "request-log", request_log_cb },
    { "history", history_cb },
    { "export-all", export_all_cb },
    { "help", help_cb, "s" },
    { "about", about_cb },
    { "quit", quit_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

WbApplication *
wb_application_new (void)
{
  return g_object_new (WB_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/waybill/Waybill",
                       NULL);
}

WbContext *
wb_application_get_context (WbApplication *self)
{
  g_return_val_if_fail (WB_IS_APPLICATION (self), NULL);

  return self->context;
}
