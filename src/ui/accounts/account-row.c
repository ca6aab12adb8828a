/* account-row.c: an account in the list of all, and what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/account-row.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"

/* Takes @label. */
static GtkWidget *
add_button (GtkWidget  *row,
            const char *icon_name,
            const char *tooltip,
            char       *label,
            const char *action_name,
            WbAccount  *account)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", wb_account_get_uuid (account));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_free (label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return button;
}

static char *
dup_subtitle (WbAccount *account,
              WbClouds  *clouds)
{
  const char      *cloud_id = wb_account_get (account, WB_ACCOUNT_CLOUD);
  const WbCloud   *cloud = wb_clouds_find (clouds, cloud_id);
  const WbRegion  *region = NULL;
  guint            n_workspaces = g_list_model_get_n_items (wb_account_get_workspaces (account));
  g_autofree char *missing = NULL;
  g_autofree char *workspaces = NULL;
  g_autofree char *place = NULL;

  if (wb_account_get_transient (account))
    return g_strdup (_ ("Sample data, gone when Waybill closes"));

  if (cloud != NULL)
    region = wb_cloud_find_region (cloud, wb_account_get (account, WB_ACCOUNT_REGION));
  missing = wb_account_validate (account, clouds, WB_ACCOUNT_PROJECT_ID);
  if (missing != NULL && *wb_account_get (account, WB_ACCOUNT_PROJECT_ID) == '\0')
    return region != NULL
             /* Translators: a cloud and a region; of an account that was imported, for example */
             ? g_strdup_printf (_ ("%s · %s · no project chosen yet"), cloud->name, region->name)
             : g_strdup (_ ("Addresses and project are still missing"));
  /* Translators: how many workspaces an account has. */
  workspaces = g_strdup_printf (ngettext ("%u workspace", "%u workspaces", MAX (n_workspaces, 1)),
                                MAX (n_workspaces, 1));
  if (region != NULL)
    /* Translators: a cloud, a region, and “2 workspaces” */
    return g_strdup_printf (_ ("%s · %s · %s"), cloud->name, region->name, workspaces);

  place = wb_text_escape (wb_account_get (account, WB_ACCOUNT_SERVICE_URL), -1);
  if (*place == '\0')
    return g_steal_pointer (&workspaces);

  /* Translators: an address, and “2 workspaces” */
  return g_strdup_printf (_ ("%s · %s"), place, workspaces);
}

/**
 * wb_account_row_new:
 * @account: an account
 * @clouds: the clouds
 *
 * Its buttons are for the actions `accounts.edit`, `accounts.duplicate` and `accounts.remove`,
 * which take its UUID. A transient account has none.
 *
 * Returns: (transfer floating): a row for a list
 */
GtkWidget *
wb_account_row_new (WbAccount *account,
                    WbClouds  *clouds)
{
  GtkWidget       *row;
  GtkWidget       *edit;
  g_autofree char *label = NULL;
  g_autofree char *name = NULL;
  g_autofree char *subtitle = NULL;

  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (clouds != NULL, NULL);

  row = adw_action_row_new ();
  label = wb_account_dup_label (account);
  name = wb_text_escape (label, -1);
  subtitle = dup_subtitle (account, clouds);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (wb_account_get_transient (account))
    return row;

  edit = add_button (row, "document-edit-symbolic", _ ("Edit…"),
                     /* Translators: an account's name */
                     g_strdup_printf (_ ("Edit %s…"), name), "accounts.edit", account);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), edit);
  add_button (row, "edit-copy-symbolic", _ ("Duplicate…"),
              /* Translators: an account's name */
              g_strdup_printf (_ ("Duplicate %s…"), name), "accounts.duplicate", account);
  add_button (row, "user-trash-symbolic", _ ("Remove"),
              /* Translators: an account's name */
              g_strdup_printf (_ ("Remove %s"), name), "accounts.remove", account);

  return row;
}
