/* working-dialog.c: says what is under way, where it takes long
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/document/working-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/message-dialog.h"
#include "ui/widgets/progress-bar.h"

struct _WbWorkingDialog
{
  GtkWindow    *parent;   /* (owned) */
  char         *heading;  /* (owned) */
  WbProgress   *progress; /* (owned): of the work */
  GCancellable *outer;    /* (owned) (nullable): stops the work, too */
  gulong        outer_id;
  GCancellable *over; /* (owned): closes the dialog */
  guint         timer_id;
};

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (WbProgress) progress = user_data;

  g_free (wb_message_dialog_ask_finish (result));
  g_cancellable_cancel (G_CANCELLABLE (progress));
}

static void
stop_cb (GCancellable *outer,
         gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
patience_cb (gpointer user_data)
{
  WbWorkingDialog  *self = user_data;
  AdwMessageDialog *dialog;
  GtkWidget        *bar;

  self->timer_id = 0;
  /* With the window that waits, for example. */
  if (g_cancellable_is_cancelled (G_CANCELLABLE (self->progress)))
    return G_SOURCE_REMOVE;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (self->parent, self->heading, NULL));
  bar = g_object_new (WB_TYPE_PROGRESS_BAR, NULL);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  wb_progress_bar_show_progress (WB_PROGRESS_BAR (bar), self->progress);
  adw_message_dialog_set_extra_child (dialog, bar);
  wb_message_dialog_ask_async (dialog, self->over, answered_cb, g_object_ref (self->progress));

  return G_SOURCE_REMOVE;
}

/**
 * wb_working_dialog_begin:
 * @parent: the window that waits
 * @heading: what is under way
 * @cancellable: (nullable): what stops the work besides the dialog's button
 *
 * Shows a dialog with the progress and a button to stop it, once the work has taken a second.
 *
 * Returns: (transfer full): to be ended with wb_working_dialog_end()
 */
WbWorkingDialog *
wb_working_dialog_begin (GtkWindow    *parent,
                         const char   *heading,
                         GCancellable *cancellable)
{
  WbWorkingDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (heading != NULL, NULL);

  self = g_new0 (WbWorkingDialog, 1);
  self->parent = g_object_ref (parent);
  self->heading = g_strdup (heading);
  self->progress = wb_progress_new ();
  self->over = g_cancellable_new ();
  self->timer_id = g_timeout_add (WB_PROGRESS_PATIENCE_MS, patience_cb, self);
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_id =
        g_cancellable_connect (cancellable, G_CALLBACK (stop_cb), self->progress, NULL);
    }

  return self;
}

/**
 * wb_working_dialog_get_cancellable:
 * @self: a dialog
 *
 * Returns: (transfer none): for the work, which tells it how far it is
 */
GCancellable *
wb_working_dialog_get_cancellable (WbWorkingDialog *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return G_CANCELLABLE (self->progress);
}

/**
 * wb_working_dialog_end:
 * @self: (transfer full): a dialog, whose work has ended
 */
void
wb_working_dialog_end (WbWorkingDialog *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_id);
  g_cancellable_cancel (self->over);
  g_object_unref (self->over);
  g_clear_object (&self->outer);
  g_object_unref (self->progress);
  g_free (self->heading);
  g_object_unref (self->parent);
  g_free (self);
}
