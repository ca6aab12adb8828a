/* window-compare.c: what a window's preview is compared with
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/compare/compare-window.h"
#include "ui/widgets/file-dialog.h"
#include "ui/widgets/message-dialog.h"

/* The answer that a row of the question gives. */
#define RESPONSE_KEY "waybill-response"

typedef struct
{
  WbWindow   *window;    /* (owned) */
  GHashTable *documents; /* (owned): owned responses to owned documents */
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->window);
  g_clear_pointer (&question->documents, g_hash_table_unref);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
compare_with_file (WbWindow *self,
                   GFile    *file)
{
  gtk_window_present (GTK_WINDOW (
    wb_compare_window_new_for_file (gtk_window_get_application (GTK_WINDOW (self)), self->document,
                                    file)));
}

static void
file_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GFile) file = wb_file_dialog_open_finish (result, NULL);

  if (wb_window_is_closed (self) || file == NULL)
    return;

  compare_with_file (self, file);
}

static void
ask_for_file (WbWindow *self)
{
  wb_file_dialog_open_async (GTK_WINDOW (self), WB_FILE_OTHER_ZIP, self->closing, file_cb,
                             g_object_ref (self));
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autofree char *response = wb_message_dialog_ask_finish (result);
  WbWindow        *self = question->window;
  WbDocument      *chosen = g_hash_table_lookup (question->documents, response);

  if (wb_window_is_closed (self))
    return;

  if (g_str_equal (response, "file"))
    ask_for_file (self);
  else if (chosen != NULL)
    gtk_window_present (GTK_WINDOW (
      wb_compare_window_new (gtk_window_get_application (GTK_WINDOW (self)), self->document,
                             chosen)));
}

static void
activated_cb (AdwActionRow *row)
{
  GtkRoot *dialog = gtk_widget_get_root (GTK_WIDGET (row));

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog),
                               g_object_get_data (G_OBJECT (row), RESPONSE_KEY));
}

static void
add_row (AdwPreferencesGroup *group,
         const char          *title,
         WbDocument          *document,
         Question            *question)
{
  g_autofree char *subtitle = wb_document_dup_origin (document);
  GtkWidget       *row = adw_action_row_new ();
  char            *response = g_strdup_printf ("%u", g_hash_table_size (question->documents));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_hash_table_insert (question->documents, response, g_object_ref (document));
  g_object_set_data_full (G_OBJECT (row), RESPONSE_KEY, g_strdup (response), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (activated_cb), NULL);
  adw_preferences_group_add (group, row);
}

/* Returns their number. */
static guint
add_documents (WbWindow            *self,
               AdwPreferencesGroup *group,
               Question            *question)
{
  WbDocument     *last = wb_last_exports_get (wb_context_get_last_exports (self->context),
                                              wb_account_switcher_get_account (self->switcher),
                                              wb_account_switcher_get_workspace (self->switcher),
                                              self->document);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList          *windows = gtk_application_get_windows (application);
  guint           n = 0;

  if (last != NULL)
    {
      add_row (group, _ ("Last export of this workspace"), last, question);
      n++;
    }
  for (GList *l = windows; l != NULL; l = l->next)
    {
      WbDocument      *document = WB_IS_WINDOW (l->data) ? wb_window_get_document (l->data) : NULL;
      g_autofree char *name = NULL;

      if (document == NULL || document == self->document || document == last
          || !wb_archive_is_complete (wb_document_get_archive (document)))
        continue;
      name = wb_document_dup_title (document);
      add_row (group, name, document, question);
      n++;
    }

  return n;
}

static void
compare_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  WbWindow            *self = user_data;
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  Question            *question = g_new0 (Question, 1);
  AdwMessageDialog    *dialog;

  g_object_ref_sink (group);
  question->window = g_object_ref (self);
  question->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  if (add_documents (self, group, question) == 0)
    {
      question_free (question);
      ask_for_file (self);
    }
  else
    {
      dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _ ("Compare With"),
                                                           NULL));
      adw_message_dialog_set_extra_child (dialog, GTK_WIDGET (group));
      adw_message_dialog_add_responses (dialog,
                                        "cancel", _ ("_Cancel"),
                                        "file", _ ("_Another File…"),
                                        NULL);
      adw_message_dialog_set_close_response (dialog, "cancel");
      wb_message_dialog_ask_async (dialog, self->closing, answered_cb, question);
    }
  g_object_unref (group);
}

static void
compare_file_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  compare_with_file (user_data, file);
}

void
wb_window_add_compare (WbWindow *self)
{
  static const GActionEntry actions[] = {
    { "compare", compare_cb },
    { "compare-file", compare_file_cb, "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
