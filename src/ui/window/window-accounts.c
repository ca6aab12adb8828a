/* window-accounts.c: the account and workspace a window works with, and the way to change accounts
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window-private.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/accounts/account-window.h"
#include "ui/accounts/accounts-window.h"
#include "ui/widgets/workspace-label.h"

/* What the button beside the account and workspace does, in words. */
static void
describe_export (WbWindow   *self,
                 const char *workspace_name)
{
  WbAccount       *account = wb_account_switcher_get_account (self->switcher);
  g_autofree char *label = wb_account_dup_label (account);
  g_autofree char *account_name = wb_text_escape (label, -1);
  g_autofree char *text = NULL;

  /* Translators: the name of a workspace, and that of its account. */
  text = g_strdup_printf (_ ("Export the connections of “%s” in “%s”"), workspace_name,
                          account_name);
  gtk_widget_set_tooltip_text (self->export_button, text);
}

static void
selection_changed_cb (WbWindow *self)
{
  WbWorkspace *workspace = wb_account_switcher_get_workspace (self->switcher);
  const char  *page = wb_window_get_page (self);

  if (workspace != NULL)
    {
      g_autofree char *name = wb_workspace_dup_label (workspace);
      /* Translators: the name of a workspace. */
      g_autofree char *title = g_strdup_printf (_ ("Export “%s”"), name);

      adw_status_page_set_title (self->ready, title);
      describe_export (self, name);
    }

  if (g_str_equal (page, "welcome") || g_str_equal (page, "ready"))
    wb_window_show_page (self, wb_window_get_home_page (self));
  else
    wb_window_update_actions (self);
}

static void
account_saved_cb (WbWindow  *self,
                  WbAccount *account)
{
  wb_window_select (self, account, NULL);
}

static GtkWindow *
present_account (WbWindow  *self,
                 WbAccount *account)
{
  GtkWindow *window = wb_account_window_new (self->context, GTK_WINDOW (self), account);

  /* A new account is there to be used. */
  if (account == NULL)
    g_signal_connect_object (window, "saved", G_CALLBACK (account_saved_cb), self,
                             G_CONNECT_SWAPPED);
  gtk_window_present (window);

  return window;
}

static void
add_account_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  present_account (user_data, NULL);
}

/* The one of an error page, which need not be the one that is selected. */
static WbAccount *
find_account (WbWindow *self,
              GVariant *parameter)
{
  return wb_account_store_find (wb_context_get_store (self->context),
                                g_variant_get_string (parameter, NULL));
}

static void
edit_account_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  WbAccount *account = find_account (user_data, parameter);

  if (account != NULL)
    present_account (user_data, account);
}

/* In the account's own window, where what is found can be put right. */
static void
check_account_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  WbAccount *account = find_account (user_data, parameter);

  if (account != NULL)
    gtk_widget_activate_action (GTK_WIDGET (present_account (user_data, account)),
                                "account.check", NULL);
}

static void
accounts_changed_cb (WbWindow *self)
{
  if (g_str_equal (wb_window_get_page (self), "error")
      && !wb_error_page_follow (self->error_page, wb_context_get_store (self->context)))
    wb_window_show_page (self, wb_window_get_home_page (self));
}

static GtkWindow *
present_accounts (WbWindow *self)
{
  GtkWindow *window = wb_accounts_window_new (self->context, GTK_WINDOW (self));

  gtk_window_present (window);

  return window;
}

static void
manage_accounts_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  present_accounts (user_data);
}

/* Imported accounts appear in the list. */
static void
import_accounts_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  gtk_widget_activate_action (GTK_WIDGET (present_accounts (user_data)), "accounts.import", NULL);
}

void
wb_window_add_accounts (WbWindow *self)
{
  static const GActionEntry actions[] = {
    { "add-account", add_account_cb },
    { "edit-account", edit_account_cb, "s" },
    { "check-account", check_account_cb, "s" },
    { "manage-accounts", manage_accounts_cb },
    { "import-accounts", import_accounts_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/**
 * wb_window_follow_accounts:
 * @self: a window that is being made, with its widgets and its context
 *
 * Offers the program's accounts, and selects the one that was exported last.
 */
void
wb_window_follow_accounts (WbWindow *self)
{
  wb_account_switcher_set_store (self->switcher, wb_context_get_store (self->context));
  wb_window_select_last_used (self);
  g_signal_connect_object (self->switcher, "notify::account", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->switcher, "notify::workspace",
                           G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wb_context_get_store (self->context), "items-changed",
                           G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  selection_changed_cb (self);
}

void
wb_window_select (WbWindow    *self,
                  WbAccount   *account,
                  WbWorkspace *workspace)
{
  g_return_if_fail (WB_IS_WINDOW (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (workspace == NULL || WB_IS_WORKSPACE (workspace));

  wb_account_switcher_select (self->switcher, wb_account_get_uuid (account),
                              workspace != NULL ? wb_workspace_get_id (workspace) : NULL);
}

void
wb_window_select_last_used (WbWindow *self)
{
  WbAccountStore *store;
  WbAccount      *account;
  const char     *workspace_id = NULL;

  g_return_if_fail (WB_IS_WINDOW (self));

  store = wb_context_get_store (self->context);
  account = wb_account_store_get_last_used (store, &workspace_id);
  if (account != NULL)
    wb_account_switcher_select (self->switcher, wb_account_get_uuid (account), workspace_id);
}
