/* start-button.c: the way on from a list that is still empty
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/start-button.h"

#include <glib/gi18n-lib.h>

static void
update (GtkButton  *button,
        guint       position,
        guint       n_removed,
        guint       n_added,
        GListModel *accounts)
{
  gboolean has_accounts = g_list_model_get_n_items (accounts) > 0;

  gtk_button_set_label (button, has_accounts ? _ ("_Export") : _ ("_Add Account…"));
}

/* A window that is not the program's own does not know its actions. */
static void
clicked_cb (void)
{
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "start", NULL);
}

/**
 * wb_start_button_follow:
 * @button: a button of a window that has a list which an export fills
 * @accounts: all accounts
 *
 * Names the button after what it does: an export, or first an account for one.
 */
void
wb_start_button_follow (GtkButton  *button,
                        GListModel *accounts)
{
  g_return_if_fail (GTK_IS_BUTTON (button));
  g_return_if_fail (G_IS_LIST_MODEL (accounts));

  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), NULL);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (update), button,
                           G_CONNECT_SWAPPED);
  update (button, 0, 0, 0, accounts);
}
