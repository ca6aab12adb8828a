/* secret-row.c: a secret of a connection: dots, until a person reveals it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/details/secret-row.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/clip.h"
#include "ui/widgets/copying.h"
#include "ui/widgets/one-stop.h"

struct _WbSecretRow
{
  AdwPreferencesRow parent_instance;

  WbConnection *connection; /* (owned) (nullable): alone holds the secret while it is hidden */
  guint         index;
  WbReveal     *reveal; /* (owned) */

  GtkLabel        *label;
  GtkLabel        *value;
  GtkToggleButton *reveal_button;
  GtkWidget       *copy_button;
};

G_DEFINE_FINAL_TYPE (WbSecretRow, wb_secret_row, ADW_TYPE_PREFERENCES_ROW)

static const WbConnectionField *
get_field (WbSecretRow *self)
{
  return wb_connection_get_field (self->connection, self->index);
}

static void
show_value (WbSecretRow *self)
{
  const WbConnectionField *field = get_field (self);
  gboolean                 revealed = wb_reveal_get_revealed (self->reveal);
  g_autofree char         *hidden = NULL;
  g_autofree char         *shown = NULL;

  if (!revealed)
    hidden = wb_connection_field_dup_shown (field);
  shown = wb_clip_text (revealed ? field->value : hidden, WB_CLIP_VALUE_BYTES);
  gtk_label_set_text (self->value, shown);
  wb_one_stop_set_name (GTK_WIDGET (self), gtk_label_get_text (self->label),
                        /* Translators: what a screen reader says in place of a password. */
                        revealed ? shown : _ ("hidden"));

  gtk_button_set_icon_name (GTK_BUTTON (self->reveal_button),
                            revealed ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reveal_button),
                               revealed ? _ ("Hide") : _ ("Reveal"));
}

/* Masked as it is: nobody must show a secret to use it. */
static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  WbSecretRow *self = WB_SECRET_ROW (widget);

  wb_copy_secret (widget, get_field (self)->value, gtk_label_get_text (self->label));
}

static void
wb_secret_row_finalize (GObject *object)
{
  WbSecretRow *self = WB_SECRET_ROW (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->reveal);

  G_OBJECT_CLASS (wb_secret_row_parent_class)->finalize (object);
}

static void
wb_secret_row_class_init (WbSecretRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = wb_secret_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/secret-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSecretRow, label);
  gtk_widget_class_bind_template_child (widget_class, WbSecretRow, value);
  gtk_widget_class_bind_template_child (widget_class, WbSecretRow, reveal_button);
  gtk_widget_class_bind_template_child (widget_class, WbSecretRow, copy_button);
  gtk_widget_class_install_action (widget_class, "secret.copy", NULL, copy_cb);
  wb_one_stop_class_init (widget_class, "secret.copy");
}

static void
wb_secret_row_init (WbSecretRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_one_stop_init (GTK_WIDGET (self), self->value);

  self->reveal = wb_reveal_new (GTK_WIDGET (self));
  g_object_bind_property (self->reveal, "revealed", self->reveal_button, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (self->reveal, "notify::revealed", G_CALLBACK (show_value), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wb_secret_row_new:
 * @connection: whose secret it is
 * @index: the number of a field that is a secret, or holds one, and is included
 *
 * Returns: (transfer floating): a row for a list
 */
GtkWidget *
wb_secret_row_new (WbConnection *connection,
                   guint         index)
{
  WbSecretRow     *self;
  g_autofree char *label = NULL;
  g_autofree char *reveal_name = NULL;
  g_autofree char *copy_name = NULL;

  g_return_val_if_fail (WB_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (index < wb_connection_get_n_fields (connection), NULL);

  self = g_object_new (WB_TYPE_SECRET_ROW, NULL);
  self->connection = g_object_ref (connection);
  self->index = index;
  label = wb_clip_text (get_field (self)->label, WB_CLIP_VALUE_BYTES);
  gtk_label_set_text (self->label, label);
  show_value (self);

  /* Translators: a button's name, with the name of a setting such as “Password”. */
  reveal_name = g_strdup_printf (_ ("Reveal %s"), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reveal_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, reveal_name,
                                  -1);
  /* Translators: a button's name, with the name of a setting such as “User name”. */
  copy_name = g_strdup_printf (_ ("Copy %s"), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, copy_name,
                                  -1);

  return GTK_WIDGET (self);
}

WbReveal *
wb_secret_row_get_reveal (WbSecretRow *self)
{
  g_return_val_if_fail (WB_IS_SECRET_ROW (self), NULL);

  return self->reveal;
}
