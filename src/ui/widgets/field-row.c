/* field-row.c: one setting of a connection: its label above its value, to read or to copy
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/field-row.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/copying.h"
#include "ui/widgets/one-stop.h"
#include "ui/widgets/text-direction.h"

struct _WbFieldRow
{
  AdwPreferencesRow parent_instance;

  char *copied; /* (owned) (nullable): %NULL if it must not reach the clipboard */

  GtkLabel  *label;
  GtkLabel  *value;
  GtkWidget *copy_button;
};

G_DEFINE_FINAL_TYPE (WbFieldRow, wb_field_row, ADW_TYPE_PREFERENCES_ROW)

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  WbFieldRow *self = WB_FIELD_ROW (widget);

  wb_copy_text (widget, self->copied, gtk_label_get_text (self->label));
}

static void
wb_field_row_finalize (GObject *object)
{
  WbFieldRow *self = WB_FIELD_ROW (object);

  g_clear_pointer (&self->copied, g_free);

  G_OBJECT_CLASS (wb_field_row_parent_class)->finalize (object);
}

static void
wb_field_row_class_init (WbFieldRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = wb_field_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbFieldRow, label);
  gtk_widget_class_bind_template_child (widget_class, WbFieldRow, value);
  gtk_widget_class_bind_template_child (widget_class, WbFieldRow, copy_button);
  gtk_widget_class_install_action (widget_class, "field.copy", NULL, copy_cb);
  wb_one_stop_class_init (widget_class, "field.copy");
}

static void
wb_field_row_init (WbFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_label_align_with_window (self->value);
}

/**
 * wb_field_row_new:
 * @label: the setting's label
 * @shown: the value as it is shown; for a secret, its placeholder
 * @copied: (nullable): what its button copies; if %NULL, there is no button and the value
 *   cannot be selected
 *
 * Returns: (transfer floating): a row for a list
 */
GtkWidget *
wb_field_row_new (const char *label,
                  const char *shown,
                  const char *copied)
{
  WbFieldRow      *self;
  g_autofree char *copy_name = NULL;

  g_return_val_if_fail (label != NULL, NULL);
  g_return_val_if_fail (shown != NULL, NULL);

  self = g_object_new (WB_TYPE_FIELD_ROW, NULL);
  self->copied = g_strdup (copied);
  gtk_label_set_text (self->label, label);
  gtk_label_set_text (self->value, shown);
  gtk_label_set_selectable (self->value, copied != NULL);
  wb_one_stop_init (GTK_WIDGET (self), self->value);
  wb_one_stop_set_name (GTK_WIDGET (self), label, shown);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "field.copy", copied != NULL);
  gtk_widget_set_visible (self->copy_button, copied != NULL);
  if (copied == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->value), "dim-label");

  /* Translators: a button's name, with the name of a setting such as “User name”. */
  copy_name = g_strdup_printf (_ ("Copy %s"), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, copy_name,
                                  -1);

  return GTK_WIDGET (self);
}
