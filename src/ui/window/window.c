/* window.c: one window, one preview
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window.h"

#include <glib/gi18n-lib.h>

#include "ui/preview/missing-window.h"
#include "ui/preview/properties-window.h"
#include "ui/widgets/header-bar.h"
#include "ui/widgets/shrink.h"
#include "ui/widgets/spinner.h"
#include "ui/window/shortcuts.h"
#include "ui/window/window-private.h"

G_DEFINE_FINAL_TYPE (WbWindow, wb_window, ADW_TYPE_APPLICATION_WINDOW)

/* A new window has the size of the window that was resized last. */
static void
bind_setting (WbWindow   *self,
              const char *key,
              const char *property)
{
  g_settings_bind (wb_context_get_settings (self->context), key, self, property,
                   WB_WINDOW_SETTING);
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
missing_passwords_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  WbWindow *self = user_data;

  gtk_window_present (wb_missing_window_new (GTK_WINDOW (self), self->document));
}

static void
show_shortcuts_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  wb_shortcuts_show (user_data);
}

static void
offered_to_close_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  WbWindow *self = WB_WINDOW (source);

  if (!wb_window_offer_to_save_finish (self, result))
    return;

  wb_window_leave (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
wb_window_close_request (GtkWindow *window)
{
  WbWindow *self = WB_WINDOW (window);

  if (wb_window_asks_to_stop (self))
    return TRUE;

  g_cancellable_cancel (self->cancellable);

  /* Finish a file that is being written first. */
  if (self->saving)
    {
      self->close_requested = TRUE;
      return TRUE;
    }

  if (self->document != NULL && wb_document_get_unsaved (self->document))
    {
      wb_window_offer_to_save_async (
        self, _ ("It has not been saved and will be lost when the window closes."),
        offered_to_close_cb, NULL);
      return TRUE;
    }

  wb_window_leave (self);

  return GTK_WINDOW_CLASS (wb_window_parent_class)->close_request (window);
}

/* GTK begins with the header bar. */
static void
wb_window_show (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_window_parent_class)->show (widget);

  wb_window_focus_page (WB_WINDOW (widget));
}

static void
wb_window_dispose (GObject *object)
{
  WbWindow *self = WB_WINDOW (object);

  wb_window_leave (self);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  g_clear_weak_pointer (&self->before_menu);
  g_clear_weak_pointer (&self->saved_toast);

  G_OBJECT_CLASS (wb_window_parent_class)->dispose (object);
}

static void
wb_window_finalize (GObject *object)
{
  WbWindow *self = WB_WINDOW (object);

  g_clear_weak_pointer (&self->stop_question);
  g_clear_object (&self->job);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->closing);
  g_clear_pointer (&self->task, g_free);
  g_clear_object (&self->task_account);
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
  widget_class->show = wb_window_show;
  window_class->close_request = wb_window_close_request;

  g_type_ensure (WB_TYPE_ACCOUNT_SWITCHER);
  g_type_ensure (WB_TYPE_HEADER_BAR);
  g_type_ensure (WB_TYPE_PROGRESS_BAR);
  g_type_ensure (WB_TYPE_SPINNER);
  g_type_ensure (WB_TYPE_EXPORT_PAGE);
  g_type_ensure (WB_TYPE_ERROR_PAGE);
  wb_window_class_add_keys (klass);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbWindow, header);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, main_menu);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, title);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, file_menu);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, ready);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, opening);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, opening_bar);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, export_page);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, error_page);
}

static void
wb_window_init (WbWindow *self)
{
  static const GActionEntry actions[] = {
    { "back", back_cb },
    { "find", find_cb },
    { "properties", properties_cb },
    { "missing-passwords", missing_passwords_cb },
    { "show-help-overlay", show_shortcuts_cb },
  };

  self->closing = g_cancellable_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  wb_window_add_accounts (self);
  wb_window_add_export (self);
  wb_window_add_save (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_shrink_buttons (GTK_WIDGET (self));
  wb_window_add_copies (self);
  wb_window_add_compare (self);
  wb_window_add_open (self);
  wb_window_add_area_keys (self);
  wb_window_add_main_menu (self);
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
  bind_setting (self, "window-width", "default-width");
  bind_setting (self, "window-height", "default-height");
  bind_setting (self, "window-maximized", "maximized");
  wb_window_follow_accounts (self);

  return self;
}
