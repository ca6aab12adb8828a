/* address-row.c: an address that follows from the region until a person overrides it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/account-form-private.h"

/* An address that follows is as faint as a dim label. */
#define FOLLOWING_ALPHA (G_MAXUINT16 * 55 / 100)

struct _WbAddressRow
{
  AdwEntryRow parent_instance;

  char    *derived; /* (owned) (nullable): what follows from cloud and region */
  gboolean own;     /* the text is a person's own */
  gboolean writing; /* the text is being set by us */

  GtkWidget *reset_button;
};

G_DEFINE_FINAL_TYPE (WbAddressRow, wb_address_row, ADW_TYPE_ENTRY_ROW)

static void
update_look (WbAddressRow *self)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (!self->own)
    {
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, pango_attr_foreground_alpha_new (FOLLOWING_ALPHA));
    }
  adw_entry_row_set_attributes (ADW_ENTRY_ROW (self), attributes);
  gtk_widget_set_visible (self->reset_button, self->own && self->derived != NULL);
}

static void
show_derived (WbAddressRow *self)
{
  self->own = FALSE;
  self->writing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), self->derived != NULL ? self->derived : "");
  self->writing = FALSE;
  update_look (self);
}

static void
changed_cb (WbAddressRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));

  if (self->writing)
    return;

  self->own = *text != '\0' && g_strcmp0 (text, self->derived) != 0;
  update_look (self);
}

/* While a person types, an empty row stays empty; then the address that holds comes back. */
static void
focus_left_cb (WbAddressRow *self)
{
  if (!self->own && self->derived != NULL)
    show_derived (self);
}

static void
reset_clicked_cb (WbAddressRow *self)
{
  show_derived (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
wb_address_row_finalize (GObject *object)
{
  WbAddressRow *self = WB_ADDRESS_ROW (object);

  g_free (self->derived);

  G_OBJECT_CLASS (wb_address_row_parent_class)->finalize (object);
}

static void
wb_address_row_class_init (WbAddressRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = wb_address_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/address-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbAddressRow, reset_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_clicked_cb);
}

static void
wb_address_row_init (WbAddressRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_address_row_set_derived:
 * @self: the row
 * @derived: (nullable): the address that follows from cloud and region; %NULL if none does
 *
 * Shown unless a person has entered an own address.
 */
void
wb_address_row_set_derived (WbAddressRow *self,
                            const char   *derived)
{
  g_return_if_fail (WB_IS_ADDRESS_ROW (self));

  if (derived != self->derived)
    {
      g_free (self->derived);
      self->derived = g_strdup (derived);
    }

  if (self->own)
    update_look (self);
  else
    show_derived (self);
}

/* The account's own address; empty if it follows from cloud and region. */
void
wb_address_row_set_value (WbAddressRow *self,
                          const char   *value)
{
  g_return_if_fail (WB_IS_ADDRESS_ROW (self));
  g_return_if_fail (value != NULL);

  if (*value == '\0')
    show_derived (self);
  else
    gtk_editable_set_text (GTK_EDITABLE (self), value);
}

char *
wb_address_row_dup_value (WbAddressRow *self)
{
  g_return_val_if_fail (WB_IS_ADDRESS_ROW (self), NULL);

  return g_strdup (self->own ? gtk_editable_get_text (GTK_EDITABLE (self)) : "");
}

/**
 * wb_address_row_set_example:
 * @self: the row
 * @example: what an address could be like
 *
 * It is shown while the row is empty and has the focus.
 */
void
wb_address_row_set_example (WbAddressRow *self,
                            const char   *example)
{
  GtkEditable *text;

  g_return_if_fail (WB_IS_ADDRESS_ROW (self));

  text = gtk_editable_get_delegate (GTK_EDITABLE (self));
  gtk_text_set_placeholder_text (GTK_TEXT (text), example);
}
