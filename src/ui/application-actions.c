/* application-actions.c: what a person can do with the program, whatever its windows show
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/application-private.h"

#include <glib/gi18n-lib.h>

#include "ui/compare/compare-window.h"
#include "ui/widgets/request-log-window.h"

static void
try_sample_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  WbApplication *self = user_data;
  WbWindow      *window = wb_application_get_empty_window (self);
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
  WbWindow      *window = wb_application_get_empty_window (self);

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
  WbApplication *self = user_data;

  gtk_window_present (GTK_WINDOW (wb_window_new (self->context, GTK_APPLICATION (self))));
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
    g_set_weak_pointer (&self->log_window,
                        wb_request_log_window_new (parent,
                                                   wb_context_get_request_log (self->context)));
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

/**
 * wb_application_add_actions:
 * @self: the program, being made
 */
void
wb_application_add_actions (WbApplication *self)
{
  static const GActionEntry actions[] = {
    { "export-default", export_default_cb },
    { "try-sample", try_sample_cb },
    { "new-window", new_window_cb },
    { "request-log", request_log_cb },
    { "about", about_cb },
    { "quit", quit_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
