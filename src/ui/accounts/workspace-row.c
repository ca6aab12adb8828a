/* workspace-row.c: one workspace's name and ID, to edit
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/account-form-private.h"

#include <glib/gi18n-lib.h>

#include "core/accounts/console-address.h"

struct _WbWorkspaceRow
{
  AdwPreferencesRow parent_instance;

  gboolean name_touched;
  gboolean has_reason;

  GtkEditable *name_entry;
  GtkEditable *id_entry;
  GtkLabel    *name_note;
  GtkLabel    *id_note;
};

G_DEFINE_FINAL_TYPE (WbWorkspaceRow, wb_workspace_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
name_changed_cb (WbWorkspaceRow *self)
{
  self->name_touched = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The console's address bar is where people find the ID: of a pasted address only that is kept. */
static void
id_changed_cb (WbWorkspaceRow *self)
{
  g_auto (WbConsoleAddress) address = { NULL };

  wb_console_address_parse (gtk_editable_get_text (self->id_entry), NULL, NULL, &address);
  if (address.workspace_id != NULL)
    {
      gtk_editable_set_text (self->id_entry, address.workspace_id);
      return;
    }

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remove_clicked_cb (WbWorkspaceRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

/* A note is about the entry above it; a reason is a note that says what is wrong. */
static void
show_note (GtkEditable *entry,
           GtkLabel    *label,
           const char  *note,
           gboolean     is_reason)
{
  GtkAccessible *part = GTK_ACCESSIBLE (gtk_editable_get_delegate (entry));

  gtk_label_set_label (label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (label), note != NULL);
  if (note != NULL)
    gtk_accessible_update_relation (part, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL, -1);
  else
    gtk_accessible_reset_relation (part, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);

  if (note != NULL && is_reason)
    {
      gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (label), "dim-label");
      gtk_widget_add_css_class (GTK_WIDGET (label), "error");
      gtk_accessible_update_state (part,
                                   GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE,
                                   -1);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (label), "error");
      gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
      gtk_accessible_reset_state (part, GTK_ACCESSIBLE_STATE_INVALID);
    }
}

static void
wb_workspace_row_class_init (WbWorkspaceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * WbWorkspaceRow::changed:
   * @self: the row
   *
   * A person typed.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * WbWorkspaceRow::remove:
   * @self: the row
   *
   * A person pressed the row's Remove button.
   */
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/workspace-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbWorkspaceRow, name_entry);
  gtk_widget_class_bind_template_child (widget_class, WbWorkspaceRow, id_entry);
  gtk_widget_class_bind_template_child (widget_class, WbWorkspaceRow, name_note);
  gtk_widget_class_bind_template_child (widget_class, WbWorkspaceRow, id_note);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, id_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
}

static void
wb_workspace_row_init (WbWorkspaceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wb_workspace_row_new (WbWorkspace *workspace)
{
  WbWorkspaceRow *self;

  g_return_val_if_fail (workspace == NULL || WB_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (WB_TYPE_WORKSPACE_ROW, NULL);
  if (workspace != NULL)
    {
      gtk_editable_set_text (self->name_entry, wb_workspace_get_name (workspace));
      gtk_editable_set_text (self->id_entry, wb_workspace_get_id (workspace));
    }
  self->name_touched = workspace != NULL;

  return GTK_WIDGET (self);
}

char *
wb_workspace_row_dup_name (WbWorkspaceRow *self)
{
  g_return_val_if_fail (WB_IS_WORKSPACE_ROW (self), NULL);

  return g_strstrip (g_strdup (gtk_editable_get_text (self->name_entry)));
}

char *
wb_workspace_row_dup_id (WbWorkspaceRow *self)
{
  g_return_val_if_fail (WB_IS_WORKSPACE_ROW (self), NULL);

  return g_strstrip (g_strdup (gtk_editable_get_text (self->id_entry)));
}

WbWorkspace *
wb_workspace_row_dup_workspace (WbWorkspaceRow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (WB_IS_WORKSPACE_ROW (self), NULL);

  name = wb_workspace_row_dup_name (self);
  id = wb_workspace_row_dup_id (self);

  return wb_workspace_new (name, id);
}

/* A name that is empty and was never touched is not wrong, it is missing. */
void
wb_workspace_row_set_reasons (WbWorkspaceRow *self,
                              const char     *name_reason,
                              const char     *id_reason)
{
  g_autofree char *id = NULL;
  gboolean         is_quiet;

  g_return_if_fail (WB_IS_WORKSPACE_ROW (self));

  self->has_reason = name_reason != NULL || id_reason != NULL;
  is_quiet = !self->name_touched && *gtk_editable_get_text (self->name_entry) == '\0';

  show_note (self->name_entry, self->name_note, is_quiet ? NULL : name_reason, TRUE);

  id = wb_workspace_row_dup_id (self);
  if (id_reason == NULL && *id == '\0')
    show_note (self->id_entry, self->id_note, _ ("Without an ID: the service’s default workspace"),
               FALSE);
  else
    show_note (self->id_entry, self->id_note, id_reason, TRUE);
}

gboolean
wb_workspace_row_has_reason (WbWorkspaceRow *self)
{
  g_return_val_if_fail (WB_IS_WORKSPACE_ROW (self), FALSE);

  return self->has_reason;
}

void
wb_workspace_row_focus_id (WbWorkspaceRow *self)
{
  g_return_if_fail (WB_IS_WORKSPACE_ROW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->id_entry));
}
