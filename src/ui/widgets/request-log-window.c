/* request-log-window.c: the log of requests and responses, to read and to copy
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/request-log-window.h"

#include "ui/widgets/copying.h"

struct _WbRequestLogWindow
{
  AdwWindow parent_instance;

  WbRequestLog *log; /* (owned) */

  GtkStack    *stack;
  GtkListView *list_view;
};

G_DEFINE_FINAL_TYPE (WbRequestLogWindow, wb_request_log_window, ADW_TYPE_WINDOW)

static void
show_latest (WbRequestLogWindow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->log));

  if (n > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", n - 1);
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

  wb_copy_text (GTK_WIDGET (self->list_view), text, NULL);
}

static void
clear (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  g_list_store_remove_all (WB_REQUEST_LOG_WINDOW (widget)->log);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "logged-request");
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, label);
}

/* The row has the focus, so it is named. */
static void
show_text (GtkListItem *item)
{
  GtkWidget       *label = gtk_list_item_get_child (item);
  GtkWidget       *row = gtk_widget_get_parent (label);
  g_autofree char *text = NULL;

  g_object_get (gtk_list_item_get_item (item), "text", &text, NULL);
  gtk_label_set_text (GTK_LABEL (label), text);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* A request is listed before its response is there. */
static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  show_text (item);
  g_signal_connect_swapped (gtk_list_item_get_item (item), "notify::text", G_CALLBACK (show_text),
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
  gtk_widget_class_bind_template_child (widget_class, WbRequestLogWindow, list_view);
}

static void
wb_request_log_window_init (WbRequestLogWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (self->list_view, factory);
}

GtkWindow *
wb_request_log_window_new (GtkWindow    *parent,
                           WbRequestLog *log)
{
  WbRequestLogWindow *self;
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (WB_IS_REQUEST_LOG (log), NULL);

  self = g_object_new (WB_TYPE_REQUEST_LOG_WINDOW, "transient-for", parent, NULL);
  self->log = g_object_ref (log);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (log)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (log, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  items_changed_cb (self);

  return GTK_WINDOW (self);
}
