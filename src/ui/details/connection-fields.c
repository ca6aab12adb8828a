/* connection-fields.c: the settings of a connection as groups of rows, secrets masked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/details/connection-fields.h"

#include <glib/gi18n-lib.h>

#include "ui/details/secret-row.h"
#include "ui/widgets/clip.h"
#include "ui/widgets/field-row.h"

/* What is shown at most, so that a hostile file cannot stop the window: GTK makes a widget for each
 * row of a list box. */
#define MAX_FIELDS 200

static GtkWidget *
create_row (WbConnection *connection,
            guint         index)
{
  const WbConnectionField *field = wb_connection_get_field (connection, index);
  g_autofree char         *value = NULL;
  g_autofree char         *label = NULL;
  g_autofree char         *shown = NULL;

  if (field->secret && field->included)
    return wb_secret_row_new (connection, index);

  value = wb_connection_field_dup_shown (field);
  label = wb_clip_text (field->label, WB_CLIP_VALUE_BYTES);
  shown = wb_clip_text (value, WB_CLIP_VALUE_BYTES);

  return wb_field_row_new (label, shown, field->secret ? NULL : field->value);
}

static AdwPreferencesGroup *
add_group (GtkBox     *box,
           const char *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  gtk_box_append (box, GTK_WIDGET (group));

  return group;
}

/**
 * wb_connection_fields_new:
 * @connection: a connection that is a JSON object
 *
 * Undocumented settings have a group of their own, unless there are no others.
 *
 * Returns: (transfer floating): its settings as groups of rows
 */
GtkWidget *
wb_connection_fields_new (WbConnection *connection)
{
  GtkBox              *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  AdwPreferencesGroup *group = add_group (box, _ ("Configuration"));
  AdwPreferencesGroup *others = NULL;
  guint                n_fields = wb_connection_get_n_fields (connection);
  gboolean             any_documented = FALSE;

  for (guint i = 0; i < n_fields; i++)
    any_documented = any_documented || wb_connection_get_field (connection, i)->documented;

  if (n_fields == 0)
    adw_preferences_group_set_description (
      group, _ ("The export contains no settings for this connection."));
  for (guint i = 0; i < MIN (n_fields, MAX_FIELDS); i++)
    {
      gboolean is_other = any_documented && !wb_connection_get_field (connection, i)->documented;

      if (is_other && others == NULL)
        others = add_group (box, _ ("Other Settings"));
      adw_preferences_group_add (is_other ? others : group, create_row (connection, i));
    }

  if (n_fields > MAX_FIELDS)
    {
      guint            n_more = n_fields - MAX_FIELDS;
      g_autofree char *more =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                      /* Translators: how many settings of a connection are left
                                       * out. */
                                      "%'u more setting is not shown.",
                                      "%'u more settings are not shown.", n_more),
                         n_more);

      adw_preferences_group_set_description (group, more);
    }

  return GTK_WIDGET (box);
}

/**
 * wb_connection_fields_hide_secrets:
 * @widget: the groups, or what holds them
 *
 * Hides what is revealed in them.
 */
void
wb_connection_fields_hide_secrets (GtkWidget *widget)
{
  if (WB_IS_SECRET_ROW (widget))
    wb_reveal_set_revealed (wb_secret_row_get_reveal (WB_SECRET_ROW (widget)), FALSE);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wb_connection_fields_hide_secrets (child);
}
