/* compare-window.c: what changed from one ZIP to another
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compare/compare-window.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/compare/difference-view.h"
#include "ui/document/document-open.h"
#include "ui/widgets/file-dialog.h"
#include "ui/widgets/fold.h"
#include "ui/widgets/header-bar.h"
#include "ui/widgets/list-tab.h"
#include "ui/widgets/mark-label.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/progress-bar.h"
#include "ui/widgets/shrink.h"
#include "ui/widgets/spinner.h"
#include "ui/widgets/text-direction.h"
#include "ui/widgets/weak.h"

struct _WbCompareWindow
{
  AdwWindow parent_instance;

  WbDocument         *old_document; /* (owned) */
  WbDocument         *new_document; /* (owned) (nullable): until its file is open */
  WbComparison       *comparison;   /* (owned) (nullable): once it is made */
  GtkSingleSelection *selection;    /* (owned) */
  guint               shown;        /* the selected line, which is no heading */
  GCancellable       *closing;      /* (owned): cancelled when the window closes */
  WbProgress         *progress;     /* (owned) (nullable): of what is opened or compared */

  AdwWindowTitle   *title;
  AdwToastOverlay  *toasts;
  GtkStack         *stack;
  WbSpinner        *spinner;
  WbProgressBar    *bar;
  AdwStatusPage    *same;
  AdwStatusPage    *error;
  GtkButton        *again;
  GtkLabel         *summary;
  GtkWidget        *marks;
  GtkLabel         *old_mark;
  GtkLabel         *new_mark;
  GtkToggleButton  *only_changes;
  WbPanes          *panes;
  GtkListView      *list;
  WbDifferenceView *view;
};

G_DEFINE_FINAL_TYPE (WbCompareWindow, wb_compare_window, ADW_TYPE_WINDOW)

static void
show_page (WbCompareWindow *self,
           const char      *name)
{
  gboolean busy = g_str_equal (name, "busy");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->stack), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  wb_spinner_set_spinning (self->spinner, busy);
  if (!busy)
    wb_progress_bar_set_progress (self->bar, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.copy",
                                 g_str_equal (name, "differences"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.swap",
                                 g_str_equal (name, "differences"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.move",
                                 g_str_equal (name, "differences"));
}

/* Returns: (transfer none): to be told how far the work is, cancelled when the window closes */
static GCancellable *
begin_work (WbCompareWindow *self)
{
  show_page (self, "busy");
  g_clear_object (&self->progress);
  self->progress = wb_progress_new ();
  wb_progress_bar_set_progress (self->bar, self->progress);

  return G_CANCELLABLE (self->progress);
}

static void
show_error (WbCompareWindow *self,
            const char      *title,
            const GError    *error)
{
  g_autofree char *markup = g_markup_escape_text (error->message, -1);

  adw_status_page_set_title (self->error, title);
  adw_status_page_set_description (self->error, markup);
  gtk_button_set_label (self->again,
                        self->new_document != NULL ? _ ("_Try Again") : _ ("_Another File…"));
  show_page (self, "error");
}

static void
show_message (WbCompareWindow *self,
              const char      *message)
{
  g_autofree char *markup = g_markup_escape_text (message, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}

/* Beside one that has a mark, the other one shows that it has none. */
static void
show_mark (GtkLabel   *label,
           WbDocument *document)
{
  const char *mark = wb_document_get_mark (document);

  wb_mark_label_set (label, mark, wb_document_get_mark_color (document));
  if (*mark == '\0')
    {
      gtk_widget_set_css_classes (GTK_WIDGET (label), (const char *[]){ "dim-label", NULL });
      /* Translators: in place of the mark of an account that has none. */
      gtk_label_set_text (label, _ ("no mark"));
      gtk_widget_set_visible (GTK_WIDGET (label), TRUE);
    }
}

static void
update_title (WbCompareWindow *self)
{
  g_autofree char *old_name = wb_document_dup_short_name (self->old_document);
  g_autofree char *new_name = wb_document_dup_short_name (self->new_document);
  g_autofree char *old_origin = wb_document_dup_origin (self->old_document);
  g_autofree char *new_origin = wb_document_dup_origin (self->new_document);
  g_autofree char *subtitle = g_strdup_printf ("%s → %s", old_name, new_name);
  g_autofree char *tooltip = NULL;

  /* Translators: of two files, a sentence each on where they come from. */
  tooltip = g_strdup_printf (_ ("Old: %s\nNew: %s"), old_origin, new_origin);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), tooltip);
  show_mark (self->old_mark, self->old_document);
  show_mark (self->new_mark, self->new_document);
  gtk_widget_set_visible (self->marks, *wb_document_get_mark (self->old_document) != '\0'
                                         || *wb_document_get_mark (self->new_document) != '\0');
}

/* On the first difference, after the heading. A list that was filled just now has no rows yet. */
static gboolean
focus_first_cb (GtkWidget     *list,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  GtkWidget *heading = gtk_widget_get_first_child (list);
  GtkWidget *first = heading != NULL ? gtk_widget_get_next_sibling (heading) : NULL;

  gtk_widget_grab_focus (first != NULL ? first : list);

  return G_SOURCE_REMOVE;
}

/* The arrow keys come to a heading, too, but what is shown stays. */
static void
selected_cb (WbCompareWindow *self)
{
  WbDifferenceLine *line = gtk_single_selection_get_selected_item (self->selection);

  if (line != NULL && wb_difference_line_get_index (line) < 0)
    {
      gtk_single_selection_set_selected (self->selection, self->shown);
      return;
    }

  self->shown = gtk_single_selection_get_selected (self->selection);
  wb_difference_view_set_line (self->view, line,
                               !gtk_toggle_button_get_active (self->only_changes));
}

/* Only those that count, or all. The first one is a heading. */
static void
show_list (WbCompareWindow *self)
{
  gboolean all = !gtk_toggle_button_get_active (self->only_changes);
  g_autoptr (WbDifferenceList) list = wb_difference_list_new (self->comparison, all);

  self->shown = GTK_INVALID_LIST_POSITION;
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (list));
  gtk_single_selection_set_selected (self->selection, 1);
}

static void
only_changes_cb (WbCompareWindow *self)
{
  if (self->comparison != NULL)
    show_list (self);
}

/* The next or previous change: in the file that is shown, else in the next or previous file. */
static void
move_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  WbCompareWindow *self = WB_COMPARE_WINDOW (widget);
  GListModel      *list = gtk_single_selection_get_model (self->selection);
  int              step = g_variant_get_int32 (parameter);
  guint            position = gtk_single_selection_get_selected (self->selection);

  if (list == NULL || wb_difference_view_move (self->view, step))
    return;

  for (position += (guint) step; position < g_list_model_get_n_items (list);
       position += (guint) step)
    {
      g_autoptr (WbDifferenceLine) line = g_list_model_get_item (list, position);

      if (wb_difference_line_get_index (line) < 0
          || wb_difference_line_get_kind (line) == WB_DIFFERENCE_UNCOUNTED)
        continue;
      gtk_single_selection_set_selected (self->selection, position);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
      gtk_widget_grab_focus (GTK_WIDGET (self->list));
      wb_difference_view_enter (self->view, step);
      return;
    }
  gtk_widget_error_bell (widget);
}

static void
activate_cb (WbCompareWindow *self)
{
  wb_panes_show_end (self->panes);
}

static void
show_comparison (WbCompareWindow *self)
{
  g_autofree char *summary = wb_comparison_dup_summary (self->comparison);

  if (wb_comparison_get_n (self->comparison) == 0)
    {
      guint            n_same = wb_comparison_get_n_same (self->comparison);
      g_autofree char *text =
        /* Translators: a number of files, which are in both ZIPs. */
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                      "The only file has the same contents in both ZIPs.",
                                      "All %'u files have the same contents in both ZIPs.", n_same),
                         n_same);

      adw_status_page_set_description (self->same, text);
      show_page (self, "same");
      return;
    }

  gtk_label_set_text (self->summary, summary);
  show_list (self);
  show_page (self, "differences");
  gtk_widget_add_tick_callback (GTK_WIDGET (self->list), focus_first_cb, NULL, NULL);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (WbCompareWindow) self = wb_weak_take (user_data);
  g_autoptr (WbComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;

  comparison = wb_comparison_new_finish (result, &error);
  if (self == NULL || g_cancellable_is_cancelled (self->closing))
    return;

  if (comparison == NULL)
    {
      show_error (self, _ ("Not Compared"), error);
      return;
    }

  self->comparison = g_steal_pointer (&comparison);
  show_comparison (self);
}

static void
compare (WbCompareWindow *self)
{
  gtk_single_selection_set_model (self->selection, NULL);
  g_clear_object (&self->comparison);
  update_title (self);
  wb_comparison_new_async (wb_document_get_archive (self->old_document),
                           wb_document_get_archive (self->new_document), begin_work (self),
                           compared_cb, wb_weak_new (self));
}

/* Takes @other. The older archive is the old one; @other, if neither is known to be older. */
static void
compare_with (WbCompareWindow *self,
              WbDocument      *other)
{
  WbDocument *document = g_steal_pointer (&self->old_document);
  gboolean    newer = wb_document_compare_time (other, document) > 0;

  self->old_document = newer ? document : other;
  self->new_document = newer ? other : document;
  compare (self);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbCompareWindow) self = wb_weak_take (user_data);
  g_autoptr (WbDocument) other = NULL;
  g_autoptr (GError) error = NULL;

  other = wb_document_open_finish (result, &error);
  if (self == NULL || g_cancellable_is_cancelled (self->closing))
    return;

  if (other == NULL)
    {
      g_autofree char *name = g_file_get_basename (G_FILE (source));
      g_autofree char *shown = wb_text_escape (name != NULL ? name : "", -1);
      /* Translators: a file's name. */
      g_autofree char *title = g_strdup_printf (_ ("“%s” Could Not Be Opened"), shown);

      show_error (self, title, error);
      return;
    }

  compare_with (self, g_steal_pointer (&other));
}

static void
open_file (WbCompareWindow *self,
           GFile           *file)
{
  wb_document_open_async (file, FALSE, begin_work (self), opened_cb, wb_weak_new (self));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbCompareWindow) self = wb_weak_take (user_data);
  g_autoptr (GFile) file = wb_file_dialog_open_finish (result, NULL);

  /* Dismissed, by a person or because the window closed. */
  if (self == NULL || file == NULL || g_cancellable_is_cancelled (self->closing))
    return;

  open_file (self, file);
}

/* A file that could not be opened is replaced by another one. */
static void
again_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  WbCompareWindow *self = WB_COMPARE_WINDOW (widget);

  if (self->new_document != NULL)
    compare (self);
  else
    wb_file_dialog_open_async (GTK_WINDOW (self), WB_FILE_OTHER_ZIP, self->closing, chosen_cb,
                               wb_weak_new (self));
}

static void
swap_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  WbCompareWindow *self = WB_COMPARE_WINDOW (widget);
  WbDocument      *document = self->old_document;

  self->old_document = self->new_document;
  self->new_document = document;
  compare (self);
}

static void
text_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (WbCompareWindow) self = wb_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = wb_comparison_dup_text_finish (WB_COMPARISON (source), result, &error);

  if (self == NULL || g_cancellable_is_cancelled (self->closing))
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.copy", TRUE);
  if (text != NULL)
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
      show_message (self, _ ("Comparison copied, without passwords"));
    }
  else
    {
      show_message (self, error->message);
    }
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  WbCompareWindow *self = WB_COMPARE_WINDOW (widget);

  gtk_widget_action_set_enabled (widget, "compare.copy", FALSE);
  wb_comparison_dup_text_async (self->comparison, self->closing, text_cb, wb_weak_new (self));
}

static gboolean
wb_compare_window_close_request (GtkWindow *window)
{
  WbCompareWindow *self = WB_COMPARE_WINDOW (window);

  g_cancellable_cancel (self->closing);
  g_cancellable_cancel (G_CANCELLABLE (self->progress));
  wb_difference_view_set_line (self->view, NULL, FALSE);

  return GTK_WINDOW_CLASS (wb_compare_window_parent_class)->close_request (window);
}

static void
wb_compare_window_dispose (GObject *object)
{
  WbCompareWindow *self = WB_COMPARE_WINDOW (object);

  g_cancellable_cancel (self->closing);
  g_cancellable_cancel (G_CANCELLABLE (self->progress));

  G_OBJECT_CLASS (wb_compare_window_parent_class)->dispose (object);
}

static void
wb_compare_window_finalize (GObject *object)
{
  WbCompareWindow *self = WB_COMPARE_WINDOW (object);

  g_clear_object (&self->old_document);
  g_clear_object (&self->new_document);
  g_clear_object (&self->comparison);
  g_clear_object (&self->selection);
  g_clear_object (&self->closing);
  g_clear_object (&self->progress);

  G_OBJECT_CLASS (wb_compare_window_parent_class)->finalize (object);
}

static void
wb_compare_window_class_init (WbCompareWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_compare_window_dispose;
  object_class->finalize = wb_compare_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wb_compare_window_close_request;

  g_type_ensure (WB_TYPE_DIFFERENCE_VIEW);
  g_type_ensure (WB_TYPE_FOLD);
  g_type_ensure (WB_TYPE_HEADER_BAR);
  g_type_ensure (WB_TYPE_PANES);
  g_type_ensure (WB_TYPE_PROGRESS_BAR);
  g_type_ensure (WB_TYPE_SPINNER);
  gtk_widget_class_install_action (widget_class, "compare.again", NULL, again_cb);
  gtk_widget_class_install_action (widget_class, "compare.swap", NULL, swap_cb);
  gtk_widget_class_install_action (widget_class, "compare.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "compare.move", "i", move_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "compare.move",
                                       "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "compare.move", "i",
                                       -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/compare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, title);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, same);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, error);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, again);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, marks);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, old_mark);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, new_mark);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, only_changes);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, list);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, only_changes_cb);
  gtk_widget_class_bind_template_child (widget_class, WbCompareWindow, panes);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_message);
}

static void
wb_compare_window_init (WbCompareWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = wb_difference_factory_new ();

  self->closing = g_cancellable_new ();
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb),
                           self, G_CONNECT_SWAPPED);

  gtk_widget_init_template (GTK_WIDGET (self));
  wb_label_align_with_window (self->summary);
  wb_shrink_buttons (GTK_WIDGET (self));

  gtk_list_view_set_factory (self->list, factory);
  wb_list_tab_add (GTK_WIDGET (self->list));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  show_page (self, "busy");
}

/**
 * wb_compare_window_new:
 * @application: the program
 * @document: what a person looks at
 * @other: what to compare it with
 *
 * Returns: (transfer none): a window that is comparing, owned by GTK until it is closed
 */
WbCompareWindow *
wb_compare_window_new (GtkApplication *application,
                       WbDocument     *document,
                       WbDocument     *other)
{
  WbCompareWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (WB_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (WB_IS_DOCUMENT (other), NULL);

  self = g_object_new (WB_TYPE_COMPARE_WINDOW, "application", application, NULL);
  self->old_document = g_object_ref (document);
  compare_with (self, g_object_ref (other));

  return self;
}

/**
 * wb_compare_window_new_for_file:
 * @application: the program
 * @document: what a person looks at
 * @file: a ZIP to compare it with
 *
 * Returns: (transfer none): a window that is comparing, owned by GTK until it is closed
 */
WbCompareWindow *
wb_compare_window_new_for_file (GtkApplication *application,
                                WbDocument     *document,
                                GFile          *file)
{
  WbCompareWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (WB_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (WB_TYPE_COMPARE_WINDOW, "application", application, NULL);
  self->old_document = g_object_ref (document);
  open_file (self, file);

  return self;
}

/**
 * wb_compare_window_get_page:
 * @self: a window
 *
 * Returns: the name of what it shows: `busy`, `same`, `differences` or `error`
 */
const char *
wb_compare_window_get_page (WbCompareWindow *self)
{
  g_return_val_if_fail (WB_IS_COMPARE_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}
