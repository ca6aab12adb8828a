/* window-save.c: how a window saves, and what it does once that is done
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/document/recent-files.h"
#include "ui/document/save-flow.h"
#include "ui/document/show-in-files.h"

/* Longer than usual: its button has to be reached. */
#define SAVED_TOAST_SECONDS 10

/* While something is being saved, questions included, the document stays and so does the window. */
void
wb_window_begin_saving (WbWindow   *self,
                        const char *reason)
{
  self->saving = TRUE;
  wb_window_inhibit (self, reason);
  wb_window_update_actions (self);
}

/* Returns what has been waiting for it. */
NextStep
wb_window_end_saving (WbWindow *self)
{
  NextStep next = self->next;

  self->next = NEXT_NOTHING;
  self->saving = FALSE;
  if (!wb_window_is_closed (self))
    {
      wb_window_uninhibit (self);
      wb_window_update_actions (self);
    }

  return next;
}

void
wb_window_show_saved (WbWindow   *self,
                      const char *text,
                      GFile      *file)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  g_autofree char *uri = g_file_get_uri (file);
  AdwToast        *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, _ ("_Show in Files"));
  adw_toast_set_action_name (toast, "win.show-saved");
  adw_toast_set_action_target (toast, "s", uri);
  adw_toast_set_timeout (toast, SAVED_TOAST_SECONDS);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
show_saved_export (WbWindow *self)
{
  g_autofree char *name = wb_document_dup_file_name (self->document);
  /* Translators: a file's name. */
  g_autofree char *text = g_strdup_printf (_ ("Saved as “%s”"), name);

  wb_window_show_saved (self, text, wb_document_get_file (self->document));
  wb_recent_files_add (wb_document_get_file (self->document));
}

static void
go_on (WbWindow *self,
       NextStep  next)
{
  switch (next)
    {
    case NEXT_CLOSE:
      wb_window_leave (self);
      gtk_window_destroy (GTK_WINDOW (self));
      break;
    case NEXT_EXPORT:
      wb_window_begin_export (self);
      break;
    case NEXT_NOTHING:
    default:
      break;
    }
}

static void
save_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  NextStep next = wb_window_end_saving (self);

  if (wb_window_is_closed (self) || !wb_save_flow_save_finish (result, NULL))
    return;

  show_saved_export (self);
  go_on (self, next);
}

static void
save (WbWindow *self,
      GFile    *target)
{
  if (self->document == NULL || self->saving)
    return;

  wb_window_begin_saving (self, _ ("An export is being saved"));
  wb_save_flow_save_async (GTK_WINDOW (self), self->document, target, self->closing, save_cb,
                           g_object_ref (self));
}

static void
save_as_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  save (user_data, NULL);
}

static void
offer_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  NextStep next = wb_window_end_saving (self);
  gboolean saved;

  if (wb_window_is_closed (self) || !wb_save_flow_offer_finish (result, &saved, NULL))
    return;

  if (saved)
    show_saved_export (self);
  go_on (self, next);
}

void
wb_window_offer_to_save (WbWindow *self,
                         NextStep  next)
{
  const char *reason;

  if (next == NEXT_CLOSE)
    reason = _ ("It has not been saved, and is lost when the window closes.");
  else
    reason = _ ("It has not been saved, and a new export takes its place.");

  self->next = next;
  wb_window_begin_saving (self, _ ("An export is being saved"));
  wb_save_flow_offer_async (GTK_WINDOW (self), self->document, reason, self->closing, offer_cb,
                            g_object_ref (self));
}

static void
show_in_files_finish_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!wb_show_in_files_finish (result, &error) && !wb_window_is_closed (self))
    wb_window_show_message (self, error->message);
}

/* What goes wrong is told in passing. */
static void
show_in_files (WbWindow *self,
               GFile    *file)
{
  wb_show_in_files_async (file, self->closing, show_in_files_finish_cb, g_object_ref (self));
}

static void
show_in_files_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  WbWindow *self = user_data;

  show_in_files (self, wb_document_get_file (self->document));
}

static void
show_saved_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  show_in_files (user_data, file);
}

/**
 * wb_window_add_save:
 * @self: a window that is being made
 *
 * Adds the actions.
 */
void
wb_window_add_save (WbWindow *self)
{
  static const GActionEntry actions[] = {
    { "save-as", save_as_cb },
    { "show-in-files", show_in_files_cb },
    { "show-saved", show_saved_cb, "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/**
 * wb_window_save_to:
 * @self: a window with a preview
 * @target: the file to write, or to replace
 */
void
wb_window_save_to (WbWindow *self,
                   GFile    *target)
{
  g_return_if_fail (WB_IS_WINDOW (self));
  g_return_if_fail (self->document != NULL && !self->saving);
  g_return_if_fail (G_IS_FILE (target));

  save (self, target);
}
