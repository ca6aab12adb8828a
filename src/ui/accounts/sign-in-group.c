/* sign-in-group.c: the rows that say who signs in, and how; the secret is elsewhere
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/sign-in-group.h"

#include "ui/accounts/account-rows.h"

struct _WbSignInGroup
{
  AdwPreferencesGroup parent_instance;

  gboolean writing; /* the rows are being set by us */

  AdwComboRow  *method_row;
  WbAccountRows rows;
};

G_DEFINE_FINAL_TYPE (WbSignInGroup, wb_sign_in_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const WbAccountRowNames row_names[] = {
  { WB_ACCOUNT_DOMAIN, "domain_row", "domain_reason" },
  { WB_ACCOUNT_USER, "user_row", "user_reason" },
};

static void
changed_cb (WbSignInGroup *self)
{
  if (!self->writing)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
row_changed_cb (WbSignInGroup *self,
                GtkWidget     *row)
{
  if (!self->writing)
    wb_account_rows_touch (&self->rows, row);
  changed_cb (self);
}

/* They are for a password. */
static void
follow_method (WbSignInGroup *self)
{
  gboolean is_password = wb_sign_in_group_get_method (self) == WB_AUTH_PASSWORD;

  for (guint i = 0; i < G_N_ELEMENTS (row_names); i++)
    gtk_widget_set_visible (self->rows.rows[row_names[i].field], is_password);
}

static void
method_changed_cb (WbSignInGroup *self)
{
  follow_method (self);
  changed_cb (self);
}

static void
wb_sign_in_group_class_init (WbSignInGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * WbSignInGroup::changed:
   * @self: the group
   *
   * A person changed something.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (WB_TYPE_REASON_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/sign-in-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSignInGroup, method_row);
  wb_account_rows_bind (widget_class, G_STRUCT_OFFSET (WbSignInGroup, rows), row_names,
                        G_N_ELEMENTS (row_names));
  gtk_widget_class_bind_template_callback (widget_class, row_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, method_changed_cb);
}

static void
wb_sign_in_group_init (WbSignInGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_sign_in_group_read:
 * @self: the group
 * @account: takes what the rows say now
 */
void
wb_sign_in_group_read (WbSignInGroup *self,
                       WbAccount     *account)
{
  g_return_if_fail (WB_IS_SIGN_IN_GROUP (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  wb_account_set_auth_method (account, wb_sign_in_group_get_method (self));
  wb_account_rows_read (&self->rows, account);
}

/**
 * wb_sign_in_group_write:
 * @self: the group
 * @account: what the rows shall say
 */
void
wb_sign_in_group_write (WbSignInGroup *self,
                        WbAccount     *account)
{
  g_return_if_fail (WB_IS_SIGN_IN_GROUP (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  self->writing = TRUE;
  adw_combo_row_set_selected (self->method_row, wb_account_get_auth_method (account));
  wb_account_rows_write (&self->rows, account);
  follow_method (self);
  self->writing = FALSE;
}

/**
 * wb_sign_in_group_check:
 * @self: the group
 * @account: what the rows say
 * @clouds: the clouds
 *
 * Shows what is not well-formed.
 */
void
wb_sign_in_group_check (WbSignInGroup *self,
                        WbAccount     *account,
                        WbClouds      *clouds)
{
  g_return_if_fail (WB_IS_SIGN_IN_GROUP (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  wb_account_rows_check (&self->rows, account, clouds);
}

/**
 * wb_sign_in_group_add_wanting:
 * @self: the group
 * @titles: (element-type utf8): takes the titles of the rows that are not well-formed; they are
 *   lent
 */
void
wb_sign_in_group_add_wanting (WbSignInGroup *self,
                              GPtrArray     *titles)
{
  g_return_if_fail (WB_IS_SIGN_IN_GROUP (self));

  wb_account_rows_add_wanting (&self->rows, titles);
}

/**
 * wb_sign_in_group_get_method:
 * @self: the group
 *
 * Returns: the way of signing in that is chosen
 */
WbAuthMethod
wb_sign_in_group_get_method (WbSignInGroup *self)
{
  g_return_val_if_fail (WB_IS_SIGN_IN_GROUP (self), WB_AUTH_PASSWORD);

  return (WbAuthMethod) adw_combo_row_get_selected (self->method_row);
}
