/* request-log-window.c: the log of requests and responses, to read and to copy
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/request-log-window.h"

#include "ui/widgets/copying.h"
#include "ui/widgets/list-tab.h"
#include "ui/widgets/shrink.h"

struct _WbRequestLogWindow
{
  AdwWindow parent_instance;

  WbRequestLog *log; /* (owned) */

  GtkStack           *stack;
  GtkWidget          *column_view;
  GtkSingleSelection *selection;
};

G_DEFINE_FINAL_TYPE (WbRequestLogWindow, wb_request_log_window, ADW_TYPE_WINDOW)

/* Its raw line is shown below the columns. */
static void
show_latest (WbRequestLogWindow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->log));

  if (n == 0)
    return;

  gtk_single_selection_set_selected (self->selection, n - 1);
  /* The list is the last child, below the headings. */
  gtk_widget_activate_action (gtk_widget_get_last_child (self->column_view),
                              "list.scroll-to-item", "u", n - 1);
}

static void
items_changed_cb (WbRequestLogWindow *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->log)) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy", !empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.clear", !empty);
  show_latest (self);
}

static void
copy (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  WbRequestLogWindow *self = WB_REQUEST_LOG_WINDOW (widget);
  g_autofree char    *text = wb_request_log_dup_text (self->log);

  wb_copy_text (self->column_view, text, NULL);
}

static void
clear (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  g_list_store_remove_all (WB_REQUEST_LOG_WINDOW (widget)->log);
}

static void
wb_request_log_window_dispose (GObject *object)
{
  g_clear_object (&WB_REQUEST_LOG_WINDOW (object)->log);

  G_OBJECT_CLASS (wb_request_log_window_parent_class)->dispose (object);
}

static void
wb_request_log_window_class_init (WbRequestLogWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_request_log_window_dispose;

  g_type_ensure (WB_TYPE_LOGGED_REQUEST);
  gtk_widget_class_install_action (widget_class, "log.copy", NULL, copy);
  gtk_widget_class_install_action (widget_class, "log.clear", NULL, clear);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/request-log-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRequestLogWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbRequestLogWindow, column_view);
  gtk_widget_class_bind_template_child (widget_class, WbRequestLogWindow, selection);
}

static void
wb_request_log_window_init (WbRequestLogWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The list is the last child, below the headings. */
  wb_list_tab_add (gtk_widget_get_last_child (self->column_view));
  wb_shrink_buttons (GTK_WIDGET (self));
}

GtkWindow *
wb_request_log_window_new (GtkWindow    *parent,
                           WbRequestLog *log)
{
  WbRequestLogWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (WB_IS_REQUEST_LOG (log), NULL);

  self = g_object_new (WB_TYPE_REQUEST_LOG_WINDOW, "transient-for", parent, NULL);
  self->log = g_object_ref (log);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (log));
  g_signal_connect_object (log, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  items_changed_cb (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (log)) > 0)
    gtk_window_set_focus (GTK_WINDOW (self), self->column_view);

  return GTK_WINDOW (self);
}
