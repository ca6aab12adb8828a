/* more-sign-in-group.c: the rows for the rarer ways to sign in with a password
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/more-sign-in-group.h"

#include <glib/gi18n-lib.h>

#include "ui/accounts/account-rows.h"

struct _WbMoreSignInGroup
{
  AdwPreferencesGroup parent_instance;

  gboolean writing; /* the rows are being set by us */

  AdwExpanderRow *more_row;
  GtkSwitch      *passcode_switch;
  WbAccountRows   rows;
};

G_DEFINE_FINAL_TYPE (WbMoreSignInGroup, wb_more_sign_in_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const WbAccountRowNames row_names[] = {
  { WB_ACCOUNT_DOMAIN_ID, "domain_id_row", "domain_id_reason" },
  { WB_ACCOUNT_USER_ID, "user_id_row", "user_id_reason" },
  { WB_ACCOUNT_PROJECT_NAME, "project_name_row", "project_name_reason" },
  { WB_ACCOUNT_AGENCY_DOMAIN, "agency_domain_row", "agency_domain_reason" },
  { WB_ACCOUNT_AGENCY, "agency_row", "agency_reason" },
};

static void
changed_cb (WbMoreSignInGroup *self)
{
  if (!self->writing)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
row_changed_cb (WbMoreSignInGroup *self,
                GtkWidget         *row)
{
  if (!self->writing)
    wb_account_rows_touch (&self->rows, row);
  changed_cb (self);
}

/* What is set in there shows from outside. */
static void
update_subtitle (WbMoreSignInGroup *self,
                 WbAccount         *account)
{
  static const struct
  {
    WbAccountField field;
    const char    *title;
  } facts[] = {
    { WB_ACCOUNT_DOMAIN_ID, N_ ("Account ID") },
    { WB_ACCOUNT_USER_ID, N_ ("User ID") },
    { WB_ACCOUNT_PROJECT_NAME, N_ ("Project name") },
    { WB_ACCOUNT_AGENCY, N_ ("Agency") },
    { WB_ACCOUNT_PASSCODE, N_ ("One-time code") },
  };
  g_autoptr (GPtrArray) set = g_ptr_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      if (*wb_account_get (account, facts[i].field) != '\0')
        g_ptr_array_add (set, (char *) _ (facts[i].title));
    }
  if (set->len == 0)
    {
      adw_expander_row_set_subtitle (self->more_row,
                                     _ ("By IDs, by an agency, with a one-time code"));
      return;
    }

  g_ptr_array_add (set, NULL);
  /* Translators: stands between the items of a list, as in “Name, Project ID” */
  text = g_strjoinv (_ (", "), (char **) set->pdata);
  adw_expander_row_set_subtitle (self->more_row, text);
}

static void
wb_more_sign_in_group_class_init (WbMoreSignInGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * WbMoreSignInGroup::changed:
   * @self: the group
   *
   * A person changed something.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (WB_TYPE_REASON_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/more-sign-in-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WbMoreSignInGroup, more_row);
  gtk_widget_class_bind_template_child (widget_class, WbMoreSignInGroup, passcode_switch);
  wb_account_rows_bind (widget_class, G_STRUCT_OFFSET (WbMoreSignInGroup, rows), row_names,
                        G_N_ELEMENTS (row_names));
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_changed_cb);
}

static void
wb_more_sign_in_group_init (WbMoreSignInGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_more_sign_in_group_read:
 * @self: the group
 * @account: takes what the rows say now
 */
void
wb_more_sign_in_group_read (WbMoreSignInGroup *self,
                            WbAccount         *account)
{
  g_return_if_fail (WB_IS_MORE_SIGN_IN_GROUP (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  wb_account_rows_read (&self->rows, account);
  wb_account_set (account, WB_ACCOUNT_PASSCODE,
                  gtk_switch_get_active (self->passcode_switch) ? WB_ACCOUNT_PASSCODE_ASK : "");
}

/**
 * wb_more_sign_in_group_write:
 * @self: the group
 * @account: what the rows shall say
 */
void
wb_more_sign_in_group_write (WbMoreSignInGroup *self,
                             WbAccount         *account)
{
  g_return_if_fail (WB_IS_MORE_SIGN_IN_GROUP (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  self->writing = TRUE;
  wb_account_rows_write (&self->rows, account);
  gtk_switch_set_active (self->passcode_switch,
                         *wb_account_get (account, WB_ACCOUNT_PASSCODE) != '\0');
  self->writing = FALSE;
}

/**
 * wb_more_sign_in_group_check:
 * @self: the group
 * @account: what the rows say
 * @clouds: the clouds
 *
 * Shows what is not well-formed. Other ways to sign in than a password have no use for the rows.
 */
void
wb_more_sign_in_group_check (WbMoreSignInGroup *self,
                             WbAccount         *account,
                             WbClouds          *clouds)
{
  g_return_if_fail (WB_IS_MORE_SIGN_IN_GROUP (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  gtk_widget_set_visible (GTK_WIDGET (self),
                          wb_account_get_auth_method (account) == WB_AUTH_PASSWORD);
  wb_account_rows_check (&self->rows, account, clouds);
  update_subtitle (self, account);
}

/**
 * wb_more_sign_in_group_add_wanting:
 * @self: the group
 * @titles: (element-type utf8): takes the titles of the rows that are not well-formed; they are
 *   lent
 */
void
wb_more_sign_in_group_add_wanting (WbMoreSignInGroup *self,
                                   GPtrArray         *titles)
{
  g_return_if_fail (WB_IS_MORE_SIGN_IN_GROUP (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    wb_account_rows_add_wanting (&self->rows, titles);
}
