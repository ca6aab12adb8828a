/* history-window.c: all exports there were, and what can be done with their files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/history/history-window.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/document/show-in-files.h"
#include "ui/history/history-row.h"
#include "ui/widgets/header-bar.h"
#include "ui/widgets/list-tab.h"
#include "ui/widgets/shrink.h"
#include "ui/widgets/stack-page.h"
#include "ui/widgets/start-button.h"

struct _WbHistoryWindow
{
  AdwWindow parent_instance;

  WbContext    *context; /* (owned) */
  GCancellable *closing; /* (owned): cancelled when the window goes */
  GPtrArray    *removed; /* (owned) (element-type WbHistoryRecord): the last removed last */
  AdwToast     *undo;    /* (weak pointer) (nullable): of the last removal */
  gboolean      loading;
  gboolean      load_again; /* something changed meanwhile */

  AdwToastOverlay    *toasts;
  GtkStack           *stack;
  GtkButton          *start;
  AdwStatusPage      *failed;
  GtkListView        *list;
  GtkSingleSelection *selection;
  GListStore         *records;
  GtkLabel           *more;
};

G_DEFINE_FINAL_TYPE (WbHistoryWindow, wb_history_window, ADW_TYPE_WINDOW)

/* What is to be done with a record's file, once it is known to be there. */
typedef struct
{
  WbHistoryWindow *window; /* (owned) */
  WbHistoryRecord *record; /* (owned) */
  GFile           *file;   /* (owned) */
  void (*act) (WbHistoryWindow *window,
               GFile           *file);
} Deed;

static void load (WbHistoryWindow *self);

static void
deed_free (Deed *deed)
{
  g_object_unref (deed->window);
  g_object_unref (deed->record);
  g_object_unref (deed->file);
  g_free (deed);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deed, deed_free)

static WbHistoryRecord *
get_selected (WbHistoryWindow *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static AdwToast *
show_toast (WbHistoryWindow *self,
            const char      *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast        *toast = adw_toast_new (markup);

  adw_toast_overlay_add_toast (self->toasts, g_object_ref (toast));
  g_object_unref (toast);

  return toast;
}

/* The window that it stands on has what a record is compared with. */
static gboolean
can_compare (WbHistoryWindow *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  return G_IS_ACTION_GROUP (parent)
         && g_action_group_has_action (G_ACTION_GROUP (parent), "compare-file")
         && g_action_group_get_action_enabled (G_ACTION_GROUP (parent), "compare-file");
}

static void
update (WbHistoryWindow *self)
{
  WbHistoryRecord *record = get_selected (self);
  g_autoptr (GFile) file = record != NULL ? wb_history_record_dup_file (record) : NULL;
  g_autofree char *more = record != NULL ? wb_history_row_dup_more (record) : g_strdup ("");

  gtk_label_set_text (self->more, more);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.open", file != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.show-in-files", file != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.compare",
                                 file != NULL && can_compare (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.remove", record != NULL);
}

static void
selected_cb (WbHistoryWindow *self)
{
  update (self);
}

static void
activate_cb (WbHistoryWindow *self,
             guint            position)
{
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self), "history.open", NULL);
}

/* The one that was selected stays so; after it was removed, that in its place. */
static void
show_records (WbHistoryWindow *self,
              GPtrArray       *records)
{
  WbHistoryRecord *selected = get_selected (self);
  gint64           id = selected != NULL ? selected->id : 0;
  guint            position = gtk_single_selection_get_selected (self->selection);
  gboolean         is_new = !g_str_equal (gtk_stack_get_visible_child_name (self->stack), "list");
  gboolean         has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;

  for (guint i = 0; i < records->len; i++)
    {
      if (((WbHistoryRecord *) g_ptr_array_index (records, i))->id == id)
        position = i;
    }
  g_list_store_splice (self->records, 0, g_list_model_get_n_items (G_LIST_MODEL (self->records)),
                       records->pdata, records->len);
  if (records->len > 0)
    {
      position = is_new ? 0 : MIN (position, records->len - 1);
      gtk_single_selection_set_selected (self->selection, position);
      if (has_focus)
        gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
    }
  wb_stack_show_page (self->stack, records->len > 0 ? "list" : "empty");
  if (records->len > 0 && (has_focus || is_new))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  update (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbHistoryWindow) self = user_data;
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *notice = wb_history_take_notice (WB_HISTORY (source));
  g_autoptr (GError) error = NULL;

  records = wb_history_list_finish (WB_HISTORY (source), result, &error);
  self->loading = FALSE;
  if (g_cancellable_is_cancelled (self->closing))
    return;

  if (self->load_again)
    load (self);
  if (notice != NULL)
    show_toast (self, notice);
  if (records != NULL)
    {
      show_records (self, records);
      return;
    }

  adw_status_page_set_description (self->failed, error->message);
  wb_stack_show_page (self->stack, "failed");
}

static void
load (WbHistoryWindow *self)
{
  self->load_again = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  wb_history_list_async (wb_recorder_get_history (wb_context_get_recorder (self->context)),
                         loaded_cb, g_object_ref (self));
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Deed) deed = user_data;
  WbHistoryWindow *self = deed->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  g_autofree char *base = g_file_get_basename (deed->file);
  g_autofree char *name = wb_text_escape (base, -1);
  g_autofree char *text = NULL;

  if (g_cancellable_is_cancelled (self->closing))
    return;

  if (info == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    /* Translators: a file's name. */
    text = g_strdup_printf (_ ("“%s” is no longer where it was saved"), name);
  else if (info == NULL)
    text = g_strdup (error->message);
  else if ((guint64) g_file_info_get_size (info) != deed->record->size_bytes)
    /* Translators: a file's name. */
    text = g_strdup_printf (_ ("“%s” has changed since this export"), name);
  if (text != NULL)
    show_toast (self, text);
  if (info != NULL)
    deed->act (self, deed->file);
}

/* Says so instead where the file is gone, or too where it is another by now. */
static void
with_file (GtkWidget *widget,
           void (*act) (WbHistoryWindow *, GFile *))
{
  WbHistoryWindow *self = WB_HISTORY_WINDOW (widget);
  WbHistoryRecord *record = get_selected (self);
  Deed            *deed = g_new0 (Deed, 1);

  deed->window = g_object_ref (self);
  deed->record = g_object_ref (record);
  deed->file = wb_history_record_dup_file (record);
  deed->act = act;
  g_file_query_info_async (deed->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, self->closing, found_cb, deed);
}

static void
open_file (WbHistoryWindow *self,
           GFile           *file)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    g_application_open (G_APPLICATION (gtk_window_get_application (parent)), &file, 1, "");
}

static void
compare_file (WbHistoryWindow *self,
              GFile           *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  if (can_compare (self))
    g_action_group_activate_action (
      G_ACTION_GROUP (gtk_window_get_transient_for (GTK_WINDOW (self))), "compare-file",
      g_variant_new_string (uri));
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (WbHistoryWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!wb_show_in_files_finish (result, &error) && !g_cancellable_is_cancelled (self->closing))
    show_toast (self, error->message);
}

static void
show_file (WbHistoryWindow *self,
           GFile           *file)
{
  wb_show_in_files_async (file, self->closing, shown_cb, g_object_ref (self));
}

static void
again_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  load (WB_HISTORY_WINDOW (widget));
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  with_file (widget, open_file);
}

static void
compare_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  with_file (widget, compare_file);
}

static void
show_in_files_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  with_file (widget, show_file);
}

static void
dismiss_undo (WbHistoryWindow *self)
{
  if (self->undo != NULL)
    adw_toast_dismiss (self->undo);
  g_clear_weak_pointer (&self->undo);
}

/* The file stays. */
static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  WbHistoryWindow *self = WB_HISTORY_WINDOW (widget);
  WbHistoryRecord *record = get_selected (self);

  wb_recorder_remove (wb_context_get_recorder (self->context), record);
  g_ptr_array_add (self->removed, g_object_ref (record));
  /* One that is still there is about an earlier removal, and would take back this one. */
  dismiss_undo (self);
  g_set_weak_pointer (&self->undo,
                      show_toast (self, _ ("Removed from the history; the file stays")));
  adw_toast_set_button_label (self->undo, _ ("_Undo"));
  adw_toast_set_action_name (self->undo, "history.undo");
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  WbHistoryWindow *self = WB_HISTORY_WINDOW (widget);
  g_autoptr (WbHistoryRecord) record = NULL;

  if (self->removed->len == 0)
    return;

  record = g_ptr_array_steal_index (self->removed, self->removed->len - 1);
  wb_recorder_put (wb_context_get_recorder (self->context), record);
  dismiss_undo (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  WbHistoryWindow *self = user_data;

  gtk_list_item_set_child (item, wb_history_row_new (wb_context_get_store (self->context)));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  GtkWidget       *child = gtk_list_item_get_child (item);
  WbHistoryRecord *record = gtk_list_item_get_item (item);
  GtkWidget       *row = gtk_widget_get_parent (child);
  g_autofree char *text = wb_history_row_dup_text (record);

  wb_history_row_set_record (WB_HISTORY_ROW (child), record);
  /* The row, which is above its child, has the focus. */
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
wb_history_window_dispose (GObject *object)
{
  WbHistoryWindow *self = WB_HISTORY_WINDOW (object);

  g_cancellable_cancel (self->closing);
  g_clear_object (&self->context);
  g_clear_pointer (&self->removed, g_ptr_array_unref);
  g_clear_weak_pointer (&self->undo);

  G_OBJECT_CLASS (wb_history_window_parent_class)->dispose (object);
}

static void
wb_history_window_finalize (GObject *object)
{
  g_clear_object (&WB_HISTORY_WINDOW (object)->closing);

  G_OBJECT_CLASS (wb_history_window_parent_class)->finalize (object);
}

static void
wb_history_window_class_init (WbHistoryWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_history_window_dispose;
  object_class->finalize = wb_history_window_finalize;

  g_type_ensure (WB_TYPE_HISTORY_RECORD);
  g_type_ensure (WB_TYPE_HEADER_BAR);
  gtk_widget_class_install_action (widget_class, "history.again", NULL, again_action);
  gtk_widget_class_install_action (widget_class, "history.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "history.show-in-files", NULL,
                                   show_in_files_action);
  gtk_widget_class_install_action (widget_class, "history.compare", NULL, compare_action);
  gtk_widget_class_install_action (widget_class, "history.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "history.undo", NULL, undo_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/history-window.ui");
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_child (widget_class, WbHistoryWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, WbHistoryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbHistoryWindow, start);
  gtk_widget_class_bind_template_child (widget_class, WbHistoryWindow, failed);
  gtk_widget_class_bind_template_child (widget_class, WbHistoryWindow, list);
  gtk_widget_class_bind_template_child (widget_class, WbHistoryWindow, selection);
  gtk_widget_class_bind_template_child (widget_class, WbHistoryWindow, records);
  gtk_widget_class_bind_template_child (widget_class, WbHistoryWindow, more);
}

static void
wb_history_window_init (WbHistoryWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->removed = g_ptr_array_new_with_free_func (g_object_unref);
  self->closing = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  wb_list_tab_add (GTK_WIDGET (self->list));
  wb_shrink_buttons (GTK_WIDGET (self));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (update), NULL);
  update (self);
}

GtkWindow *
wb_history_window_new (GtkWindow *parent,
                       WbContext *context)
{
  WbHistoryWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (WB_IS_CONTEXT (context), NULL);

  self = g_object_new (WB_TYPE_HISTORY_WINDOW, "transient-for", parent, NULL);
  self->context = g_object_ref (context);
  wb_start_button_follow (self->start, G_LIST_MODEL (wb_context_get_store (context)));
  g_signal_connect_object (wb_context_get_recorder (context), "changed", G_CALLBACK (load), self,
                           G_CONNECT_SWAPPED);
  load (self);

  return GTK_WINDOW (self);
}
