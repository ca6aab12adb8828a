/* secret-rows.c: rows of a form, each for one part of a secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sign-in/secret-rows.h"

#include "core/accounts/account.h"
#include "core/wipe.h"

static const struct
{
  const char  *name; /* in the template, before “_row” and “_reason” */
  WbAuthMethod method;
  gboolean     required;
  gboolean     trimmed; /* pasted from a file or a page, where a line end comes along */
} facts[WB_SECRET_N_ROWS] = {
  [WB_SECRET_ROW_PASSWORD] = { "password", WB_AUTH_PASSWORD, TRUE, FALSE },
  [WB_SECRET_ROW_ACCESS_KEY] = { "access_key", WB_AUTH_KEY, TRUE, TRUE },
  [WB_SECRET_ROW_SECRET_KEY] = { "secret_key", WB_AUTH_KEY, TRUE, TRUE },
  [WB_SECRET_ROW_SECURITY_TOKEN] = { "security_token", WB_AUTH_KEY, FALSE, TRUE },
  [WB_SECRET_ROW_TOKEN] = { "token", WB_AUTH_TOKEN, TRUE, TRUE },
};

/* To be freed with wb_wipe_and_free(). */
static char *
dup_text (const WbSecretRows *self,
          guint               kind)
{
  char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->rows[kind])));

  return facts[kind].trimmed ? g_strstrip (text) : text;
}

/**
 * wb_secret_rows_bind:
 * @widget_class: a class with a template
 * @offset: where its instances have a #WbSecretRows
 *
 * Call it in the class's init function.
 */
void
wb_secret_rows_bind (GtkWidgetClass *widget_class,
                     gssize          offset)
{
  g_return_if_fail (GTK_IS_WIDGET_CLASS (widget_class));

  for (guint i = 0; i < WB_SECRET_N_ROWS; i++)
    {
      g_autofree char *row = g_strconcat (facts[i].name, "_row", NULL);
      g_autofree char *reason = g_strconcat (facts[i].name, "_reason", NULL);

      gtk_widget_class_bind_template_child_full (
        widget_class, row, FALSE,
        offset + G_STRUCT_OFFSET (WbSecretRows, rows) + i * sizeof (GtkWidget *));
      gtk_widget_class_bind_template_child_full (
        widget_class, reason, FALSE,
        offset + G_STRUCT_OFFSET (WbSecretRows, reasons) + i * sizeof (WbReasonRow *));
    }
}

/**
 * wb_secret_rows_show:
 * @self: the rows
 * @method: the way of signing in
 * @visible: whether its rows are shown; those for other ways are not
 */
void
wb_secret_rows_show (const WbSecretRows *self,
                     WbAuthMethod        method,
                     gboolean            visible)
{
  for (guint i = 0; i < WB_SECRET_N_ROWS; i++)
    gtk_widget_set_visible (self->rows[i], visible && facts[i].method == method);
}

/**
 * wb_secret_rows_touch:
 * @self: the rows
 * @row: the one in which a person typed
 */
void
wb_secret_rows_touch (const WbSecretRows *self,
                      GtkWidget          *row)
{
  for (guint i = 0; i < WB_SECRET_N_ROWS; i++)
    {
      if (self->rows[i] == row)
        wb_reason_row_touch (self->reasons[i]);
    }
}

/**
 * wb_secret_rows_check:
 * @self: the rows
 * @method: the way of signing in
 * @wanted: whether a whole secret is needed, because some of it is typed
 *
 * Shows which rows are not well-formed, and why.
 */
void
wb_secret_rows_check (const WbSecretRows *self,
                      WbAuthMethod        method,
                      gboolean            wanted)
{
  for (guint i = 0; i < WB_SECRET_N_ROWS; i++)
    {
      char            *text = dup_text (self, i);
      g_autofree char *reason = NULL;

      if (facts[i].method == method && (*text != '\0' || (wanted && facts[i].required)))
        reason = i == WB_SECRET_ROW_PASSWORD ? wb_credentials_validate_secret (text)
                                             : wb_credentials_validate_key (text);
      wb_reason_row_set_reason (self->reasons[i], reason);
      wb_wipe_and_free (text);
    }
}

gboolean
wb_secret_rows_get_empty (const WbSecretRows *self,
                          WbAuthMethod        method)
{
  for (guint i = 0; i < WB_SECRET_N_ROWS; i++)
    {
      if (facts[i].method == method
          && *gtk_editable_get_text (GTK_EDITABLE (self->rows[i])) != '\0')
        return FALSE;
    }

  return TRUE;
}

/**
 * wb_secret_rows_get_wanting:
 * @self: the rows
 *
 * Returns: (transfer none) (nullable): the title of the first row that is not well-formed
 */
const char *
wb_secret_rows_get_wanting (const WbSecretRows *self)
{
  for (guint i = 0; i < WB_SECRET_N_ROWS; i++)
    {
      if (wb_reason_row_has_reason (self->reasons[i]))
        return wb_reason_row_get_title (self->reasons[i]);
    }

  return NULL;
}

/**
 * wb_secret_rows_dup_credentials:
 * @self: the rows, in which a whole secret is typed
 * @method: the way of signing in
 * @domain: the account (domain) name; used for a password only
 * @user: the user name; used for a password only
 *
 * Returns: (transfer full): the typed secret
 */
WbCredentials *
wb_secret_rows_dup_credentials (const WbSecretRows *self,
                                WbAuthMethod        method,
                                const char         *domain,
                                const char         *user)
{
  WbCredentials *credentials;
  char          *texts[WB_SECRET_N_ROWS];
  const char    *security_token;

  for (guint i = 0; i < WB_SECRET_N_ROWS; i++)
    texts[i] = dup_text (self, i);

  switch (method)
    {
    case WB_AUTH_KEY:
      security_token = texts[WB_SECRET_ROW_SECURITY_TOKEN];
      credentials = wb_credentials_new_key (texts[WB_SECRET_ROW_ACCESS_KEY],
                                            texts[WB_SECRET_ROW_SECRET_KEY],
                                            *security_token != '\0' ? security_token : NULL);
      break;
    case WB_AUTH_TOKEN:
      credentials = wb_credentials_new_token (texts[WB_SECRET_ROW_TOKEN]);
      break;
    case WB_AUTH_PASSWORD:
    default:
      credentials = wb_credentials_new_password (domain, user, texts[WB_SECRET_ROW_PASSWORD]);
      break;
    }

  for (guint i = 0; i < WB_SECRET_N_ROWS; i++)
    wb_wipe_and_free (texts[i]);

  return credentials;
}

void
wb_secret_rows_focus (const WbSecretRows *self)
{
  for (guint i = 0; i < WB_SECRET_N_ROWS; i++)
    {
      if (gtk_widget_get_visible (self->rows[i]))
        {
          gtk_widget_grab_focus (self->rows[i]);
          return;
        }
    }
}

/**
 * wb_secret_rows_clear:
 * @self: the rows
 *
 * Empties all rows, including the hidden ones.
 */
void
wb_secret_rows_clear (const WbSecretRows *self)
{
  for (guint i = 0; i < WB_SECRET_N_ROWS; i++)
    gtk_editable_set_text (GTK_EDITABLE (self->rows[i]), "");
}
