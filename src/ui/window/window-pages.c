/* window-pages.c: a window's pages, title and enabled actions, used by its other parts
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window-private.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/widgets/shrink.h"

gboolean
wb_window_is_closed (WbWindow *self)
{
  return g_cancellable_is_cancelled (self->closing);
}

/* Logging out would lose something. */
void
wb_window_inhibit (WbWindow   *self,
                   const char *reason)
{
  if (self->inhibition == 0)
    self->inhibition = wb_inhibitor_inhibit (wb_context_get_inhibitor (self->context),
                                             GTK_WINDOW (self), reason);
}

void
wb_window_uninhibit (WbWindow *self)
{
  wb_inhibitor_uninhibit (wb_context_get_inhibitor (self->context), self->inhibition);
  self->inhibition = 0;
}

/* Cancels everything in progress. A destroyed window is not disposed while its tasks hold a
 * reference, so this runs first. */
void
wb_window_leave (WbWindow *self)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_cancellable_cancel (self->closing);
  g_cancellable_cancel (self->cancellable);
  if (self->context != NULL)
    wb_window_uninhibit (self);
}

/* The page to show when nothing is in progress. */
const char *
wb_window_get_home_page (WbWindow *self)
{
  if (self->document != NULL)
    return "preview";

  return wb_account_switcher_get_account (self->switcher) != NULL ? "ready" : "welcome";
}

static void
set_enabled (WbWindow   *self,
             const char *name,
             gboolean    enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
lacks_passwords (WbDocument *document)
{
  WbArchive *archive = wb_document_get_archive (document);

  return wb_archive_is_rebuilt (archive) && wb_archive_get_missing_passwords (archive)->len > 0;
}

/* Enables the actions of all parts that can be used now. */
void
wb_window_update_actions (WbWindow *self)
{
  gboolean    has_account = wb_account_switcher_get_account (self->switcher) != NULL;
  gboolean    idle = self->cancellable == NULL;
  const char *page = wb_window_get_page (self);
  gboolean    previewing = g_str_equal (page, "preview");
  gboolean    complete = FALSE;
  gboolean    selected = FALSE;
  gboolean    has_file = FALSE;
  gboolean    locked = FALSE;

  if (previewing)
    {
      complete = wb_archive_is_complete (wb_document_get_archive (self->document));
      locked = wb_archive_is_locked (wb_document_get_archive (self->document));
      selected = wb_archive_view_get_n_selected (wb_preview_get_archive_view (self->preview)) > 0;
    }
  if (self->document != NULL)
    has_file = wb_document_get_file (self->document) != NULL;

  set_enabled (self, "export", has_account && idle && !self->saving && !self->asking);
  set_enabled (self, "export-again", idle && !self->saving && !self->asking);
  set_enabled (self, "export-from", idle && !self->saving && !self->asking);
  set_enabled (self, "cancel", !idle);
  /* It puts another document in the place of the one that is being saved. */
  set_enabled (self, "unlock", locked && !self->saving);
  set_enabled (self, "find", previewing);
  set_enabled (self, "properties", complete);
  set_enabled (self, "missing-passwords", previewing && lacks_passwords (self->document));
  set_enabled (self, "compare", complete);
  set_enabled (self, "compare-file", complete);
  set_enabled (self, "copy-json", selected && complete);
  set_enabled (self, "save-selected", selected && complete && !self->saving);
  set_enabled (self, "save-redacted", complete && !self->saving);
  set_enabled (self, "save-encrypted", complete && !self->saving);
  set_enabled (self, "save-as", previewing && !self->saving);
  set_enabled (self, "show-in-files", has_file);
  set_enabled (self, "back", idle && self->document != NULL && !previewing);
  /* The page that waits for an export has the button itself. */
  gtk_widget_set_visible (self->export_button, has_account && !g_str_equal (page, "ready"));
  gtk_widget_set_visible (self->search_button, previewing);
}

/* The account of what is shown, or else of what would be exported. */
static const char *
get_mark (WbWindow   *self,
          const char *page)
{
  WbAccount *account = wb_account_switcher_get_account (self->switcher);

  if (g_str_equal (page, "preview"))
    return wb_document_get_mark (self->document);
  if (!g_str_equal (page, "ready"))
    account = self->task_account;

  return account != NULL ? wb_account_get (account, WB_ACCOUNT_MARK) : "";
}

/* Among several windows each has a name, also while it is busy and where something failed. The mark
 * comes first, where a list of windows does not cut it off. */
static void
update_title (WbWindow *self)
{
  const char      *page = wb_window_get_page (self);
  g_autofree char *mark = wb_text_escape (get_mark (self, page), -1);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *whole = NULL;

  if (g_str_equal (page, "preview"))
    {
      title = wb_document_dup_title (self->document);
      subtitle = wb_document_dup_place (self->document);
    }
  else if (!g_str_equal (page, "welcome") && !g_str_equal (page, "ready"))
    {
      g_autofree char *label = NULL;

      title = g_strdup (self->task);
      if (self->task_account != NULL)
        label = wb_account_dup_label (self->task_account);
      subtitle = label != NULL ? wb_text_escape (label, -1) : NULL;
    }

  if (title == NULL)
    title = g_strdup ("Waybill");
  /* Translators: an account's mark, such as “Production”, and a window's title. */
  whole = *mark != '\0' ? g_strdup_printf (_ ("%s: %s"), mark, title) : g_strdup (title);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  gtk_window_set_title (GTK_WINDOW (self), whole);
}

/* Puts the focus where a person is likely to go on. */
void
wb_window_focus_page (WbWindow *self)
{
  const char *name = wb_window_get_page (self);

  if (g_str_equal (name, "preview"))
    wb_archive_view_focus_rows (wb_preview_get_archive_view (self->preview));
  else if (g_str_equal (name, "error"))
    wb_error_page_focus_button (self->error_page);
  else
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

/* The preview is half of the window's widgets, and the window's first frame does not show it. So
 * it comes with the first page that waits for a ZIP, while threads fetch or read that. */
static void
make_preview (WbWindow *self)
{
  GSettings     *settings = wb_context_get_settings (self->context);
  WbArchiveView *view;

  self->preview = g_object_new (WB_TYPE_PREVIEW, NULL);
  view = wb_preview_get_archive_view (self->preview);
  wb_shrink_buttons (GTK_WIDGET (self->preview));
  g_object_bind_property (self->preview, "searching", self->search_button, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_settings_bind (settings, "sort-key", view, "sort-key", WB_WINDOW_SETTING);
  g_settings_bind (settings, "sort-descending", view, "sort-descending", WB_WINDOW_SETTING);
  wb_archive_view_remember_columns (view, settings);
  g_signal_connect_object (view, "notify::selected", G_CALLBACK (wb_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->preview), "preview");
}

void
wb_window_show_page (WbWindow   *self,
                     const char *name)
{
  gboolean busy = g_str_equal (name, "opening") || g_str_equal (name, "exporting");

  if (busy && self->preview == NULL)
    make_preview (self);
  /* Otherwise the stack focuses a label of the new page and selects all of its text. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->stack), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  wb_window_update_actions (self);
  update_title (self);
  wb_window_focus_page (self);
}

static void
unreadable_cb (WbWindow     *self,
               const GError *error)
{
  if (wb_window_is_closed (self))
    return;

  wb_error_page_show_open_error (self->error_page, error, wb_document_get_file (self->document));
  wb_window_show_page (self, "error");
}

void
wb_window_set_document (WbWindow   *self,
                        WbDocument *document)
{
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  g_signal_connect_object (document, "notify::file", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  wb_preview_set_document (self->preview, document);
  g_signal_connect_object (document, "notify::archive", G_CALLBACK (wb_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "unreadable", G_CALLBACK (unreadable_cb), self,
                           G_CONNECT_SWAPPED);
}

/* What the next page is about: a workspace of an account, or a file. Not escaped. */
void
wb_window_set_task (WbWindow   *self,
                    const char *task,
                    WbAccount  *account)
{
  g_free (self->task);
  self->task = wb_text_escape (task, -1);
  g_set_object (&self->task_account, account);
}

/**
 * wb_window_is_empty:
 * @self: a window
 *
 * Returns: whether it can be reused: it has no preview, and nothing is in progress or asked
 */
gboolean
wb_window_is_empty (WbWindow *self)
{
  g_return_val_if_fail (WB_IS_WINDOW (self), FALSE);

  return self->document == NULL && self->cancellable == NULL && !self->asking;
}

WbDocument *
wb_window_get_document (WbWindow *self)
{
  g_return_val_if_fail (WB_IS_WINDOW (self), NULL);

  return self->document;
}

/**
 * wb_window_get_page:
 * @self: a window
 *
 * Returns: the name of the visible page: `welcome`, `ready`, `exporting`, `opening`, `preview` or
 *   `error`
 */
const char *
wb_window_get_page (WbWindow *self)
{
  g_return_val_if_fail (WB_IS_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

/**
 * wb_window_show_message:
 * @self: a window
 * @message: one sentence, as text
 *
 * Shows it as a toast.
 */
void
wb_window_show_message (WbWindow   *self,
                        const char *message)
{
  g_autofree char *valid = NULL;
  g_autofree char *markup = NULL;

  g_return_if_fail (WB_IS_WINDOW (self));
  g_return_if_fail (message != NULL);

  valid = g_utf8_make_valid (message, -1);
  markup = g_markup_escape_text (valid, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}
