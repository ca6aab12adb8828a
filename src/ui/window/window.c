/* window.c: one window, one preview
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window.h"

#include "ui/preview/properties-window.h"
#include "ui/widgets/shortcuts.h"
#include "ui/window/window-private.h"

G_DEFINE_FINAL_TYPE (WbWindow, wb_window, ADW_TYPE_APPLICATION_WINDOW)

gboolean
wb_window_is_closed (WbWindow *self)
{
  return g_cancellable_is_cancelled (self->closing);
}

/* While something would be lost by logging out. */
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

/* Ends all that goes on. A window that is destroyed is not disposed of while its own tasks hold it,
 * so this comes first. */
void
wb_window_leave (WbWindow *self)
{
  g_cancellable_cancel (self->closing);
  g_cancellable_cancel (self->cancellable);
  if (self->context != NULL)
    wb_window_uninhibit (self);
}

/* What the window shows when nothing goes on. */
const char *
wb_window_get_home_page (WbWindow *self)
{
  if (self->document != NULL)
    return "preview";

  return wb_account_switcher_get_account (self->switcher) != NULL ? "ready" : "welcome";
}

void
wb_window_set_enabled (WbWindow   *self,
                       const char *name,
                       gboolean    enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
wb_window_update_actions (WbWindow *self)
{
  gboolean    has_account = wb_account_switcher_get_account (self->switcher) != NULL;
  gboolean    idle = self->cancellable == NULL;
  const char *page = wb_window_get_page (self);
  gboolean    previewing = g_str_equal (page, "preview");
  gboolean    has_file = FALSE;

  if (self->document != NULL)
    has_file = wb_document_get_file (self->document) != NULL;

  wb_window_set_enabled (self, "export", has_account && idle && !self->saving && !self->asking);
  wb_window_set_enabled (self, "cancel", self->job != NULL);
  wb_window_set_enabled (self, "edit-account", has_account);
  wb_window_set_enabled (self, "find", previewing);
  wb_window_set_enabled (self, "properties", previewing);
  wb_window_set_enabled (self, "save-as", previewing && !self->saving);
  wb_window_set_enabled (self, "show-in-files", has_file);
  wb_window_set_enabled (self, "back", idle && self->document != NULL && !previewing);
  wb_window_update_take_out (self);
  wb_window_update_compare (self);
  gtk_widget_set_visible (self->export_button, has_account);
  gtk_widget_set_visible (self->search_button, previewing);
}

static void
update_title (WbWindow *self)
{
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (g_str_equal (wb_window_get_page (self), "preview"))
    {
      title = wb_document_dup_file_name (self->document);
      subtitle = wb_document_dup_place (self->document);
    }

  adw_window_title_set_title (self->title, title != NULL ? title : "Waybill");
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : "Waybill");
}

void
wb_window_show_page (WbWindow   *self,
                     const char *name)
{
  /* Else the stack gives the focus to a label of the new page, which selects all of its text. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_stack_set_visible_child_name (self->stack, name);
  wb_window_update_actions (self);
  update_title (self);

  if (g_str_equal (name, "welcome") || g_str_equal (name, "ready"))
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));
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
}

/* A new window begins with the size of the one that was changed last. */
static void
bind_setting (WbWindow   *self,
              const char *key,
              gpointer    object,
              const char *property)
{
  g_settings_bind (wb_context_get_settings (self->context), key, object, property,
                   G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_GET_NO_CHANGES);
}

static void
back_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  WbWindow *self = user_data;

  wb_window_show_page (self, wb_window_get_home_page (self));
}

static void
find_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  WbWindow *self = user_data;

  wb_preview_find (self->preview);
}

static void
properties_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  WbWindow *self = user_data;

  gtk_window_present (wb_properties_window_new (GTK_WINDOW (self), self->document));
}

static void
show_shortcuts_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  wb_shortcuts_show (user_data);
}

static gboolean
wb_window_close_request (GtkWindow *window)
{
  WbWindow *self = WB_WINDOW (window);

  g_cancellable_cancel (self->cancellable);

  /* A file half-way to the disk is finished first. */
  if (self->saving)
    {
      self->next = NEXT_CLOSE;
      return TRUE;
    }

  if (self->document != NULL && wb_document_get_unsaved (self->document))
    {
      wb_window_offer_to_save (self, NEXT_CLOSE);
      return TRUE;
    }

  wb_window_leave (self);

  return GTK_WINDOW_CLASS (wb_window_parent_class)->close_request (window);
}

static void
wb_window_dispose (GObject *object)
{
  WbWindow *self = WB_WINDOW (object);

  wb_window_leave (self);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (wb_window_parent_class)->dispose (object);
}

static void
wb_window_finalize (GObject *object)
{
  WbWindow *self = WB_WINDOW (object);

  g_clear_object (&self->job);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->closing);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (wb_window_parent_class)->finalize (object);
}

static void
wb_window_class_init (WbWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = wb_window_dispose;
  object_class->finalize = wb_window_finalize;
  window_class->close_request = wb_window_close_request;

  g_type_ensure (WB_TYPE_ACCOUNT_SWITCHER);
  g_type_ensure (WB_TYPE_EXPORT_PAGE);
  g_type_ensure (WB_TYPE_PREVIEW);
  g_type_ensure (WB_TYPE_ERROR_PAGE);
  /* Not an accelerator of the program: a text that can be searched takes the key for itself. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.find",
                                       NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbWindow, title);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, file_menu);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, ready);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, export_page);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, error_page);
}

static void
wb_window_init (WbWindow *self)
{
  static const GActionEntry actions[] = {
    { "back", back_cb },
    { "find", find_cb },
    { "properties", properties_cb },
    { "show-help-overlay", show_shortcuts_cb },
  };

  self->closing = g_cancellable_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  wb_window_add_accounts (self);
  wb_window_add_export (self);
  wb_window_add_save (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_window_add_take_out (self);
  wb_window_add_compare (self);
  wb_window_add_open (self);
}

/**
 * wb_window_new:
 * @context: what the windows share
 * @application: the program, started
 *
 * Returns: (transfer none): an empty window, owned by GTK until it is closed
 */
WbWindow *
wb_window_new (WbContext      *context,
               GtkApplication *application)
{
  WbWindow *self;

  g_return_val_if_fail (WB_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  self = g_object_new (WB_TYPE_WINDOW, "application", application, NULL);
  self->context = g_object_ref (context);
  bind_setting (self, "window-width", self, "default-width");
  bind_setting (self, "window-height", self, "default-height");
  bind_setting (self, "window-maximized", self, "maximized");
  bind_setting (self, "pane-position", self->preview, "position");
  wb_window_follow_accounts (self);

  return self;
}

/**
 * wb_window_is_empty:
 * @self: a window
 *
 * Returns: whether it may be used for something new: no preview, and nothing going on
 */
gboolean
wb_window_is_empty (WbWindow *self)
{
  g_return_val_if_fail (WB_IS_WINDOW (self), FALSE);

  return self->document == NULL && self->cancellable == NULL;
}

/**
 * wb_window_get_document:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): what it previews
 */
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
 * Returns: the name of what it shows: `welcome`, `ready`, `exporting`, `opening`, `preview` or
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
 * Shows it in passing.
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
