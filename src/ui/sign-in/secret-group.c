/* secret-group.c: the rows in which the user enters an account's secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sign-in/secret-group.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/sign-in/secret-rows.h"
#include "ui/context/token-expiry.h"

struct _WbSecretGroup
{
  AdwPreferencesGroup parent_instance;

  WbAuthMethod  method;
  WbSecretState kept;
  WbAuthMethod  kept_method;
  gboolean      replacing;
  char         *hint;          /* (owned) (nullable) */
  char         *kept_expires;  /* (owned) (nullable): when the kept token expires */
  char         *typed_expires; /* (owned) (nullable): when the typed token expires */

  AdwActionRow *kept_row;
  GtkWidget    *replace_button;
  AdwActionRow *keep_row;
  GtkWidget    *keep_button;
  WbSecretRows  rows;
};

G_DEFINE_FINAL_TYPE (WbSecretGroup, wb_secret_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
has_kept (WbSecretGroup *self)
{
  return self->kept != WB_SECRET_NONE && self->kept_method == self->method;
}

static void
check (WbSecretGroup *self)
{
  wb_secret_rows_check (&self->rows, self->method, !wb_secret_group_get_empty (self));
}

/* A group's description is markup. */
static void
update_hint (WbSecretGroup *self)
{
  g_autofree char *markup = NULL;
  const char      *text = NULL;

  if (has_kept (self))
    text = NULL;
  else if (self->kept == WB_SECRET_STORED || self->kept == WB_SECRET_THIS_RUN)
    text = _ ("The account’s previous password, key or token is removed when you save.");
  else
    text = self->hint;

  if (text != NULL)
    markup = g_markup_escape_text (text, -1);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), markup);
}

static void
update_rows (WbSecretGroup *self)
{
  static const char *const titles[] = {
    [WB_AUTH_PASSWORD] = N_ ("Password"),
    [WB_AUTH_KEY] = N_ ("Access key"),
    [WB_AUTH_TOKEN] = N_ ("Token"),
  };
  static const char *const subtitles[] = {
    /* Translators: there is no password, key or token yet. */
    [WB_SECRET_NONE] = N_ ("None"),
    [WB_SECRET_LOOKING] = N_ ("Looking in the keyring…"),
    /* Translators: a password, key or token is in the keyring. */
    [WB_SECRET_STORED] = N_ ("Stored"),
    [WB_SECRET_THIS_RUN] = N_ ("Kept until Waybill closes"),
  };

  gboolean         kept = has_kept (self);
  const char      *subtitle = _ (subtitles[self->kept]);
  g_autofree char *expires = NULL;
  g_autofree char *text = NULL;

  if (self->method == WB_AUTH_TOKEN && self->kept_expires != NULL
      && (self->kept == WB_SECRET_STORED || self->kept == WB_SECRET_THIS_RUN))
    expires = wb_token_expiry_dup_label (self->kept_expires);
  if (expires != NULL)
    /* Translators: “Stored”, and “Valid until 2026-11-24 09:00” */
    text = g_strdup_printf (_ ("%s · %s"), subtitle, expires);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kept_row), _ (titles[self->method]));
  adw_action_row_set_subtitle (self->kept_row, text != NULL ? text : subtitle);

  gtk_widget_set_visible (GTK_WIDGET (self->kept_row), kept && !self->replacing);
  gtk_widget_set_visible (GTK_WIDGET (self->keep_row), kept && self->replacing);
  wb_secret_rows_show (&self->rows, self->method, !kept || self->replacing);
  update_hint (self);
  check (self);
}

static void
note_expiry (WbSecretGroup *self)
{
  g_autofree char *note = NULL;

  if (self->typed_expires != NULL)
    note = wb_token_expiry_dup_label (self->typed_expires);
  wb_reason_row_set_note (self->rows.reasons[WB_SECRET_ROW_TOKEN], note);
}

static void
row_changed_cb (WbSecretGroup *self,
                GtkWidget     *changed)
{
  if (changed == self->rows.rows[WB_SECRET_ROW_TOKEN])
    {
      g_clear_pointer (&self->typed_expires, g_free);
      note_expiry (self);
    }
  wb_secret_rows_touch (&self->rows, changed);
  check (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
replace_clicked_cb (WbSecretGroup *self)
{
  self->replacing = TRUE;
  update_rows (self);
  wb_secret_group_focus (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
keep_clicked_cb (WbSecretGroup *self)
{
  wb_secret_group_clear (self);
  self->replacing = FALSE;
  update_rows (self);
  gtk_widget_grab_focus (self->replace_button);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
wb_secret_group_finalize (GObject *object)
{
  WbSecretGroup *self = WB_SECRET_GROUP (object);

  g_free (self->hint);
  g_free (self->kept_expires);
  g_free (self->typed_expires);

  G_OBJECT_CLASS (wb_secret_group_parent_class)->finalize (object);
}

static void
wb_secret_group_class_init (WbSecretGroupClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = wb_secret_group_finalize;

  /**
   * WbSecretGroup::changed:
   * @self: the group
   *
   * The user typed, or went back to the kept secret.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (WB_TYPE_REASON_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/secret-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSecretGroup, kept_row);
  gtk_widget_class_bind_template_child (widget_class, WbSecretGroup, replace_button);
  gtk_widget_class_bind_template_child (widget_class, WbSecretGroup, keep_row);
  gtk_widget_class_bind_template_child (widget_class, WbSecretGroup, keep_button);
  wb_secret_rows_bind (widget_class, G_STRUCT_OFFSET (WbSecretGroup, rows));
  gtk_widget_class_bind_template_callback (widget_class, row_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_clicked_cb);
}

static void
wb_secret_group_init (WbSecretGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_rows (self);
}

/**
 * wb_secret_group_set_method:
 * @self: the group
 * @method: the way of signing in whose rows are shown
 *
 * The text typed for another method is not used, but is still there when the user returns to it.
 */
void
wb_secret_group_set_method (WbSecretGroup *self,
                            WbAuthMethod   method)
{
  g_return_if_fail (WB_IS_SECRET_GROUP (self));

  self->method = method;
  update_rows (self);
}

/**
 * wb_secret_group_set_kept:
 * @self: the group
 * @state: where the account's present secret is
 * @method: the way of signing in that it is for
 *
 * No row ever shows the secret itself: a row says that it is kept, and offers to replace it.
 */
void
wb_secret_group_set_kept (WbSecretGroup *self,
                          WbSecretState  state,
                          WbAuthMethod   method)
{
  g_return_if_fail (WB_IS_SECRET_GROUP (self));

  /* What a person began to type while the answer was on its way is not lost. */
  self->replacing = self->replacing && self->kept == WB_SECRET_LOOKING;
  self->kept = state;
  self->kept_method = method;
  update_rows (self);
}

/**
 * wb_secret_group_keep_typed:
 * @self: the group
 * @state: where what is typed has been put
 *
 * Empties the rows: their content is now the account's secret.
 */
void
wb_secret_group_keep_typed (WbSecretGroup *self,
                            WbSecretState  state)
{
  g_return_if_fail (WB_IS_SECRET_GROUP (self));

  g_free (self->kept_expires);
  self->kept_expires = g_steal_pointer (&self->typed_expires);
  wb_secret_group_set_kept (self, state, self->method);
  self->replacing = FALSE;
  wb_secret_group_clear (self);
  update_rows (self);
}

/**
 * wb_secret_group_set_hint:
 * @self: the group
 * @hint: (nullable): what to say above the rows while nothing is kept; plain text
 */
void
wb_secret_group_set_hint (WbSecretGroup *self,
                          const char    *hint)
{
  g_return_if_fail (WB_IS_SECRET_GROUP (self));

  g_free (self->hint);
  self->hint = hint != NULL ? wb_text_escape (hint, -1) : NULL;
  update_hint (self);
}

/**
 * wb_secret_group_set_token_expires:
 * @self: the group
 * @expires: (nullable): when the token that would be used now expires, ISO 8601; empty is the same
 *   as %NULL
 *
 * For the token that is typed, or else for the one that is kept.
 */
void
wb_secret_group_set_token_expires (WbSecretGroup *self,
                                   const char    *expires)
{
  char **place;

  g_return_if_fail (WB_IS_SECRET_GROUP (self));

  place = wb_secret_group_get_empty (self) ? &self->kept_expires : &self->typed_expires;
  g_free (*place);
  *place = expires != NULL && *expires != '\0' ? g_strdup (expires) : NULL;
  note_expiry (self);
  update_rows (self);
}

/**
 * wb_secret_group_get_token_expires:
 * @self: the group
 *
 * Returns: (transfer none): when the present token expires; empty if that is not known or there is
 *   no token
 */
const char *
wb_secret_group_get_token_expires (WbSecretGroup *self)
{
  const char *expires;

  g_return_val_if_fail (WB_IS_SECRET_GROUP (self), NULL);

  expires = wb_secret_group_get_empty (self) ? self->kept_expires : self->typed_expires;

  return self->method == WB_AUTH_TOKEN && expires != NULL ? expires : "";
}

gboolean
wb_secret_group_get_empty (WbSecretGroup *self)
{
  g_return_val_if_fail (WB_IS_SECRET_GROUP (self), TRUE);

  return (has_kept (self) && !self->replacing)
         || wb_secret_rows_get_empty (&self->rows, self->method);
}

/**
 * wb_secret_group_get_complete:
 * @self: the group
 *
 * Returns: whether a complete and well-formed secret is typed
 */
gboolean
wb_secret_group_get_complete (WbSecretGroup *self)
{
  g_return_val_if_fail (WB_IS_SECRET_GROUP (self), FALSE);

  return !wb_secret_group_get_empty (self) && wb_secret_group_get_wanting (self) == NULL;
}

/**
 * wb_secret_group_get_wanting:
 * @self: the group
 *
 * Returns: (transfer none) (nullable): the title of the first row that is not well-formed or, once
 *   something is typed, still empty
 */
const char *
wb_secret_group_get_wanting (WbSecretGroup *self)
{
  g_return_val_if_fail (WB_IS_SECRET_GROUP (self), NULL);

  return wb_secret_rows_get_wanting (&self->rows);
}

/**
 * wb_secret_group_dup_credentials:
 * @self: the group
 * @domain: the account (domain) name; used for a password only
 * @user: the user name; used for a password only
 *
 * Returns: (transfer full) (nullable): the typed secret, or %NULL while it is not complete
 */
WbCredentials *
wb_secret_group_dup_credentials (WbSecretGroup *self,
                                 const char    *domain,
                                 const char    *user)
{
  g_return_val_if_fail (WB_IS_SECRET_GROUP (self), NULL);
  g_return_val_if_fail (domain != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);

  if (!wb_secret_group_get_complete (self))
    return NULL;

  return wb_secret_rows_dup_credentials (&self->rows, self->method, domain, user);
}

void
wb_secret_group_focus (WbSecretGroup *self)
{
  g_return_if_fail (WB_IS_SECRET_GROUP (self));

  wb_secret_rows_focus (&self->rows);
}

/**
 * wb_secret_group_clear:
 * @self: the group
 *
 * Empties all rows, including those of the other methods.
 */
void
wb_secret_group_clear (WbSecretGroup *self)
{
  g_return_if_fail (WB_IS_SECRET_GROUP (self));

  wb_secret_rows_clear (&self->rows);
}
