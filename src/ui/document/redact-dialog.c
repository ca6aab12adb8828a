/* redact-dialog.c: makes a copy without secrets, and shows what stays in it before it is saved
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/document/redact-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/message-dialog.h"
#include "ui/widgets/progress-bar.h"
#include "ui/widgets/spinner.h"
#include "ui/widgets/wrap.h"

/* The dialog names so many left-out entries; it only counts the others. */
#define MAX_NAMED 100

typedef struct
{
  AdwMessageDialog *dialog;    /* (weak pointer) (nullable): while it is open */
  WbProgress       *progress;  /* (owned): cancelled when the dialog closes */
  WbRedaction      *redaction; /* (owned) (nullable): once it is made */
} Redacting;

static void
redacting_free (Redacting *redacting)
{
  g_clear_weak_pointer (&redacting->dialog);
  g_clear_object (&redacting->progress);
  g_clear_pointer (&redacting->redaction, wb_redaction_free);
  g_free (redacting);
}

static GtkWidget *
create_label (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  wb_wrap_anywhere (GTK_LABEL (label));

  return label;
}

static GtkWidget *
create_busy (WbProgress *progress)
{
  GtkWidget *busy = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *bar = g_object_new (WB_TYPE_PROGRESS_BAR, NULL);
  GtkWidget *spinner = g_object_new (WB_TYPE_SPINNER, "spinning", TRUE, NULL);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), create_label (_ ("Looking for secrets…")));
  wb_progress_bar_set_progress (WB_PROGRESS_BAR (bar), progress);
  gtk_box_append (GTK_BOX (busy), box);
  gtk_box_append (GTK_BOX (busy), bar);

  return busy;
}

static GtkWidget *
create_left_out (GPtrArray *left_out)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autoptr (GString) names = g_string_new ("");
  guint      n_named = MIN (left_out->len, MAX_NAMED);
  GtkWidget *label;

  for (guint i = 0; i < n_named; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (left_out, i));
  if (left_out->len > n_named)
    {
      g_string_append_c (names, '\n');
      g_string_append_printf (names,
                              /* Translators: how many left-out entries are not listed. */
                              g_dngettext (GETTEXT_PACKAGE, "%'u more entry", "%'u more entries",
                                           left_out->len - n_named),
                              left_out->len - n_named);
    }

  label = create_label (names->str);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_add_css_class (label, "notice");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 140);
  gtk_widget_add_css_class (scroller, "card");

  return scroller;
}

static GtkWidget *
create_result (const WbRedaction *redaction)
{
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *replaced = NULL;
  g_autofree char *left_out = NULL;
  GtkWidget       *label;

  if (redaction->n_connections == 0)
    replaced = g_strdup (_ ("Waybill does not fully understand any connection here, so nothing "
                            "would be left to save."));
  else
    replaced = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                             /* Translators: in how many places of the copy. */
                                             "A secret is replaced in %'u place.",
                                             "Secrets are replaced in %'u places.",
                                             redaction->n_secrets),
                                redaction->n_secrets);
  label = create_label (replaced);
  if (redaction->left_out->len == 0)
    {
      /* As the text above it. */
      gtk_label_set_xalign (GTK_LABEL (label), 0.5);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
    }
  gtk_box_append (GTK_BOX (box), label);
  if (redaction->left_out->len == 0)
    return box;

  left_out = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           /* Translators: how many entries; a list of them
                                            * follows. */
                                           "%'u entry is left out because Waybill does not "
                                           "fully understand it:",
                                           "%'u entries are left out because Waybill does not "
                                           "fully understand them:",
                                           redaction->left_out->len),
                              redaction->left_out->len);
  gtk_box_append (GTK_BOX (box), create_label (left_out));
  gtk_box_append (GTK_BOX (box), create_left_out (redaction->left_out));

  return box;
}

/* Return does what the highlighted button does, which could not have the focus at first. */
static void
focus_default (AdwMessageDialog *dialog)
{
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (dialog));

  if (button != NULL && gtk_widget_is_sensitive (button))
    gtk_widget_grab_focus (button);
}

static void
redact_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Redacting *redacting = g_task_get_task_data (task);

  redacting->redaction = wb_redact_finish (result, &error);
  if (redacting->dialog == NULL)
    return;

  if (redacting->redaction == NULL)
    {
      adw_message_dialog_set_extra_child (redacting->dialog, create_label (error->message));
      return;
    }

  adw_message_dialog_set_extra_child (redacting->dialog, create_result (redacting->redaction));
  adw_message_dialog_set_response_enabled (redacting->dialog, "save-as",
                                           redacting->redaction->n_connections > 0);
  focus_default (redacting->dialog);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *response = wb_message_dialog_ask_finish (result);
  Redacting       *redacting = g_task_get_task_data (task);

  g_clear_weak_pointer (&redacting->dialog);
  g_cancellable_cancel (G_CANCELLABLE (redacting->progress));
  if (g_task_return_error_if_cancelled (task))
    return;

  if (g_str_equal (response, "save-as") && redacting->redaction != NULL)
    g_task_return_pointer (task, g_object_ref (redacting->redaction->spool), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed");
}

/**
 * wb_redact_dialog_run_async:
 * @parent: the window that asks
 * @archive: what to make a copy of
 * @cancellable: (nullable): to take the question back
 * @callback: called when answered
 * @user_data: for @callback
 *
 * Shows what stays in the copy, what importing it would do, and what is left out.
 */
void
wb_redact_dialog_run_async (GtkWindow          *parent,
                            WbArchive          *archive,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  AdwMessageDialog *dialog;
  Redacting        *redacting;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WB_IS_ARCHIVE (archive));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  redacting = g_new0 (Redacting, 1);
  redacting->progress = wb_progress_new ();
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_redact_dialog_run_async);
  g_task_set_task_data (task, redacting, (GDestroyNotify) redacting_free);

  dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (parent, _ ("Save a Redacted Copy?"),
                            _ ("Passwords and other secrets are replaced by stars. Addresses, "
                               "user names and descriptions stay. Importing the copy would lose "
                               "the passwords.")));
  adw_message_dialog_add_responses (dialog,
                                    "cancel", _ ("_Cancel"),
                                    "save-as", _ ("_Save As…"),
                                    NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, "save-as");
  adw_message_dialog_set_response_appearance (dialog, "save-as", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "save-as", FALSE);
  adw_message_dialog_set_extra_child (dialog, create_busy (redacting->progress));

  g_set_weak_pointer (&redacting->dialog, dialog);
  wb_redact_async (archive, G_CANCELLABLE (redacting->progress), redact_cb, g_object_ref (task));
  wb_message_dialog_ask_async (dialog, cancellable, answered_cb, g_object_ref (task));
}

/**
 * wb_redact_dialog_run_finish:
 * @result: as given to the callback
 * @error: return location: %G_IO_ERROR_CANCELLED when it was given up
 *
 * Returns: (transfer full): the copy, to be saved, or %NULL
 */
WbSpool *
wb_redact_dialog_run_finish (GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_redact_dialog_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
