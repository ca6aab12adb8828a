/* request-log-window.c: the log of requests and responses, to read and to copy
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/request-log-window.h"

#include "ui/widgets/copying.h"
#include "ui/widgets/header-bar.h"
#include "ui/widgets/list-tab.h"
#include "ui/widgets/shrink.h"
#include "ui/widgets/stack-page.h"
#include "ui/widgets/start-button.h"

struct _WbRequestLogWindow
{
  AdwWindow parent_instance;

  WbRequestLog *log; /* (owned) */

  GtkStack            *stack;
  GtkButton           *start;
  GtkWidget           *column_view;
  GtkColumnViewColumn *time_column;
  GtkSingleSelection  *selection;
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

  wb_stack_show_page (self->stack, empty ? "empty" : "list");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy", !empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.clear", !empty);
  show_latest (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

/* The row, which is above the cell, has the focus: it is named by all that its columns show. */
static void
name_row (GtkListItem *item)
{
  GtkWidget       *cell = gtk_widget_get_parent (gtk_list_item_get_child (item));
  GtkWidget       *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *text = NULL;

  g_object_get (gtk_list_item_get_item (item), "text", &text, NULL);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* A request is listed before its response is there. */
static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  g_autofree char *time = NULL;

  g_object_get (gtk_list_item_get_item (item), "time", &time, NULL);
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), time);
  name_row (item);
  g_signal_connect_swapped (gtk_list_item_get_item (item), "notify::text", G_CALLBACK (name_row),
                            item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  user_data)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
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
  g_type_ensure (WB_TYPE_HEADER_BAR);
  gtk_widget_class_install_action (widget_class, "log.copy", NULL, copy);
  gtk_widget_class_install_action (widget_class, "log.clear", NULL, clear);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/request-log-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRequestLogWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbRequestLogWindow, start);
  gtk_widget_class_bind_template_child (widget_class, WbRequestLogWindow, column_view);
  gtk_widget_class_bind_template_child (widget_class, WbRequestLogWindow, selection);
  gtk_widget_class_bind_template_child (widget_class, WbRequestLogWindow, time_column);
}

static void
wb_request_log_window_init (WbRequestLogWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_column_view_column_set_factory (self->time_column, factory);
  /* The list is the last child, below the headings. */
  wb_list_tab_add (gtk_widget_get_last_child (self->column_view));
  wb_shrink_buttons (GTK_WIDGET (self));
}

GtkWindow *
wb_request_log_window_new (GtkWindow *parent,
                           WbContext *context)
{
  WbRequestLogWindow *self;
  WbRequestLog       *log;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (WB_IS_CONTEXT (context), NULL);

  self = g_object_new (WB_TYPE_REQUEST_LOG_WINDOW, "transient-for", parent, NULL);
  wb_start_button_follow (self->start, G_LIST_MODEL (wb_context_get_store (context)));
  log = wb_context_get_request_log (context);
  self->log = g_object_ref (log);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (log));
  g_signal_connect_object (log, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  items_changed_cb (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (log)) > 0)
    gtk_window_set_focus (GTK_WINDOW (self), self->column_view);

  return GTK_WINDOW (self);
}
