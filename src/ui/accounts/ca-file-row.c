/* ca-file-row.c: the path of a PEM file, typed or chosen
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/account-form-private.h"

#include "ui/widgets/file-dialog.h"

struct _WbCaFileRow
{
  AdwEntryRow parent_instance;

  GCancellable *choosing; /* (owned): the file dialog, which ends with the row */

  GtkWidget *clear_button;
};

G_DEFINE_FINAL_TYPE (WbCaFileRow, wb_ca_file_row, ADW_TYPE_ENTRY_ROW)

static void
changed_cb (WbCaFileRow *self)
{
  gtk_widget_set_visible (self->clear_button,
                          *gtk_editable_get_text (GTK_EDITABLE (self)) != '\0');
}

static void
clear_cb (WbCaFileRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self), "");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GFile) file = wb_file_dialog_open_finish (result, NULL);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  /* Dismissed, by a person or because the window closed: then the row may be gone. */
  if (file == NULL)
    return;

  /* What cannot be used is shown all the same, for the row to say why. */
  path = g_file_get_path (file);
  text = path != NULL ? g_utf8_make_valid (path, -1) : g_file_get_uri (file);
  gtk_editable_set_text (GTK_EDITABLE (user_data), text);
}

static void
choose_cb (WbCaFileRow *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_WINDOW);

  wb_file_dialog_open_async (GTK_WINDOW (window), WB_FILE_CERTIFICATE, self->choosing,
                             chosen_cb, self);
}

static void
wb_ca_file_row_dispose (GObject *object)
{
  WbCaFileRow *self = WB_CA_FILE_ROW (object);

  g_cancellable_cancel (self->choosing);

  G_OBJECT_CLASS (wb_ca_file_row_parent_class)->dispose (object);
}

static void
wb_ca_file_row_finalize (GObject *object)
{
  WbCaFileRow *self = WB_CA_FILE_ROW (object);

  g_object_unref (self->choosing);

  G_OBJECT_CLASS (wb_ca_file_row_parent_class)->finalize (object);
}

static void
wb_ca_file_row_class_init (WbCaFileRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_ca_file_row_dispose;
  object_class->finalize = wb_ca_file_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/ca-file-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCaFileRow, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
}

static void
wb_ca_file_row_init (WbCaFileRow *self)
{
  self->choosing = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
