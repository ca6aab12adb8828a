/* account-rows.c: rows of a form, each for one setting of an account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/account-form-private.h"

#include "ui/accounts/region-row.h"

/* A combo row has the colors in their order; the first one need not be said. */
static char *
dup_color (AdwComboRow *row)
{
  guint i = adw_combo_row_get_selected (row);

  return g_strdup (i > 0 ? wb_account_get_colors ()[i] : "");
}

static void
set_color (AdwComboRow *row,
           const char  *color)
{
  const char *const *colors = wb_account_get_colors ();
  guint              i = 0;

  while (colors[i] != NULL && !g_str_equal (colors[i], color))
    i++;

  adw_combo_row_set_selected (row, colors[i] != NULL ? i : 0);
}

/* What a switch that is on says of its setting; off says nothing. */
static const char *const on_values[WB_ACCOUNT_N_FIELDS] = {
  [WB_ACCOUNT_PASSCODE] = WB_ACCOUNT_PASSCODE_ASK,
};

static char *
dup_value (GtkWidget     *row,
           WbAccountField field)
{
  if (WB_IS_REGION_ROW (row))
    return g_strdup (wb_region_row_get_id (WB_REGION_ROW (row)));
  if (WB_IS_ADDRESS_ROW (row))
    return g_strstrip (wb_address_row_dup_value (WB_ADDRESS_ROW (row)));
  if (ADW_IS_COMBO_ROW (row))
    return dup_color (ADW_COMBO_ROW (row));
  if (GTK_IS_SWITCH (row))
    {
      g_assert (on_values[field] != NULL);
      return g_strdup (gtk_switch_get_active (GTK_SWITCH (row)) ? on_values[field] : "");
    }

  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
set_value (GtkWidget     *row,
           WbAccountField field,
           const char    *value)
{
  if (WB_IS_REGION_ROW (row))
    wb_region_row_set_id (WB_REGION_ROW (row), value);
  else if (WB_IS_ADDRESS_ROW (row))
    wb_address_row_set_value (WB_ADDRESS_ROW (row), value);
  else if (ADW_IS_COMBO_ROW (row))
    set_color (ADW_COMBO_ROW (row), value);
  else if (GTK_IS_SWITCH (row))
    gtk_switch_set_active (GTK_SWITCH (row), g_strcmp0 (value, on_values[field]) == 0);
  else
    gtk_editable_set_text (GTK_EDITABLE (row), value);
}

/**
 * wb_account_rows_bind:
 * @widget_class: a class with a template
 * @offset: where its instances have a #WbAccountRows
 * @names: the children of the template
 * @n_names: how many there are
 *
 * To be called in the class's init function.
 */
void
wb_account_rows_bind (GtkWidgetClass          *widget_class,
                      gssize                   offset,
                      const WbAccountRowNames *names,
                      guint                    n_names)
{
  g_return_if_fail (GTK_IS_WIDGET_CLASS (widget_class));
  g_return_if_fail (names != NULL);

  for (guint i = 0; i < n_names; i++)
    {
      gtk_widget_class_bind_template_child_full (
        widget_class, names[i].row, FALSE,
        offset + G_STRUCT_OFFSET (WbAccountRows, rows) + names[i].field * sizeof (GtkWidget *));
      if (names[i].reason == NULL)
        continue;
      gtk_widget_class_bind_template_child_full (
        widget_class, names[i].reason, FALSE,
        offset + G_STRUCT_OFFSET (WbAccountRows, reasons)
          + names[i].field * sizeof (WbReasonRow *));
    }
}

/* Without spaces around what the rows say. */
void
wb_account_rows_read (const WbAccountRows *self,
                      WbAccount           *account)
{
  g_return_if_fail (WB_IS_ACCOUNT (account));

  for (guint field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    {
      g_autofree char *value = NULL;

      if (self->rows[field] == NULL)
        continue;
      value = dup_value (self->rows[field], (WbAccountField) field);
      wb_account_set (account, (WbAccountField) field, value);
    }
}

void
wb_account_rows_write (const WbAccountRows *self,
                       WbAccount           *account)
{
  g_return_if_fail (WB_IS_ACCOUNT (account));

  for (guint field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    {
      if (self->rows[field] != NULL)
        set_value (self->rows[field], (WbAccountField) field,
                   wb_account_get (account, (WbAccountField) field));
    }
}

/* A person typed into @row. */
void
wb_account_rows_touch (const WbAccountRows *self,
                       GtkWidget           *row)
{
  for (guint field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    {
      if (self->rows[field] == row && self->reasons[field] != NULL)
        wb_reason_row_touch (self->reasons[field]);
    }
}

/**
 * wb_account_rows_validate:
 * @self: the rows
 * @account: what they say
 * @clouds: the clouds
 *
 * Shows what is not well-formed.
 */
void
wb_account_rows_validate (const WbAccountRows *self,
                          WbAccount           *account,
                          WbClouds            *clouds)
{
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (clouds != NULL);

  for (guint field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    {
      g_autofree char *reason = NULL;

      if (self->reasons[field] == NULL)
        continue;
      reason = wb_account_validate (account, clouds, (WbAccountField) field);
      wb_reason_row_set_reason (self->reasons[field], reason);
    }
}

/* The titles are lent. */
void
wb_account_rows_add_wanting (const WbAccountRows *self,
                             GPtrArray           *titles)
{
  g_return_if_fail (titles != NULL);

  for (guint field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    {
      if (self->reasons[field] != NULL && wb_reason_row_has_reason (self->reasons[field]))
        g_ptr_array_add (titles, (char *) wb_reason_row_get_title (self->reasons[field]));
    }
}
