/* archive-view.c: a document's archive as a tree in columns
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view.h"

#include "ui/tree/archive-view-private.h"

/* Folders above the first file. */
#define MAX_ROWS_VISITED 1000

struct _WbArchiveView
{
  AdwBin parent_instance;

  WbDocument        *document;  /* (owned) (nullable) */
  WbArchiveRows     *rows;      /* (owned) */
  WbEntryOrder      *order;     /* (unowned): of the rows */
  GtkMultiSelection *selection; /* (unowned): the rows themselves */
  WbSearchHighlight *highlight; /* (owned) */

  GtkColumnView *view;
  GtkPopover    *menu;
  GMenuModel    *row_menu;
};

G_DEFINE_FINAL_TYPE (WbArchiveView, wb_archive_view, ADW_TYPE_BIN)

enum
{
  PROP_SELECTED = 1,
  PROP_SEARCH,
  PROP_SORT_KEY,
  PROP_SORT_DESCENDING,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

enum
{
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
activate_cb (GtkColumnView *view,
             guint          position,
             gpointer       user_data)
{
  WbArchiveView *self = user_data;
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection),
                                                          position);

  if (gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
  else
    g_signal_emit (self, signals[OPENED], 0);
}

static gboolean
open_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  g_signal_emit (widget, signals[OPENED], 0);

  return G_SOURCE_REMOVE;
}

/* A click opens a file, once its row has had the click and is selected. With a key it only adds to
 * what is selected. */
static void
clicked_cb (WbArchiveView   *self,
            int              n_pressed,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  GtkWidget      *widget = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  GtkTreeListRow *row = wb_tree_find_row (self->view, widget);
  GdkModifierType keys =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (row != NULL && !gtk_tree_list_row_is_expandable (row)
      && (keys & gtk_accelerator_get_default_mod_mask ()) == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), open_cb, NULL, NULL);
}

static void
scroll_cb (WbArchiveView *self,
           guint          position)
{
  wb_tree_scroll_to (self->view, position);
}

static void
searched_cb (WbArchiveView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
}

static void
selected_cb (WbArchiveView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
sorter_changed_cb (WbArchiveView  *self,
                   GtkSorterChange change,
                   GtkSorter      *sorter)
{
  guint    key;
  gboolean descending;

  if (!wb_column_sorting_read (sorter, &key, &descending)
      || (key == wb_entry_order_get_key (self->order)
          && descending == wb_entry_order_get_descending (self->order)))
    return;

  wb_archive_rows_sort (self->rows, (WbSortKey) key, descending);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT_KEY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT_DESCENDING]);
}

/* Comes to the rows by Tab: to the selected one, or to the one that was left. One that is out of
 * sight has no widget yet. */
static gboolean
enter_rows (WbArchiveView *self)
{
  g_autoptr (GtkTreeListRow) row = wb_tree_dup_first_selected_row (self->selection);
  GtkWidget *widget = row != NULL ? wb_tree_find_widget (self->view, row) : NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return FALSE;
  if (row == NULL || widget != NULL)
    return gtk_widget_grab_focus (widget != NULL ? widget : GTK_WIDGET (self->view));

  wb_archive_view_focus_rows (self);

  return TRUE;
}

/* Tab leaves the rows, which may be thousands: the arrow keys go from one to the next. With newer
 * GTK the columns' titles can have the focus, too. */
static gboolean
wb_archive_view_focus (GtkWidget       *widget,
                       GtkDirectionType direction)
{
  WbArchiveView *self = WB_ARCHIVE_VIEW (widget);
  GtkWidget     *titles = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget     *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gboolean       inside = focus != NULL && gtk_widget_is_ancestor (focus, widget);
  gboolean       in_rows = wb_tree_find_row (self->view, focus) != NULL;

  switch (direction)
    {
    case GTK_DIR_TAB_FORWARD:
      return !in_rows && (gtk_widget_child_focus (titles, direction) || enter_rows (self));
    case GTK_DIR_TAB_BACKWARD:
      return (!inside && enter_rows (self)) || gtk_widget_child_focus (titles, direction);
    default:
      return GTK_WIDGET_CLASS (wb_archive_view_parent_class)->focus (widget, direction);
    }
}

static void
wb_archive_view_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  WbArchiveView *self = WB_ARCHIVE_VIEW (object);

  switch (property_id)
    {
    case PROP_SELECTED:
      g_value_take_object (value, wb_archive_view_dup_selected (self));
      break;
    case PROP_SEARCH:
      g_value_set_string (value, wb_archive_view_get_filter (self) != NULL
                                   ? wb_entry_filter_get_text (wb_archive_view_get_filter (self))
                                   : "");
      break;
    case PROP_SORT_KEY:
      g_value_set_static_string (
        value, wb_archive_columns_get_id (wb_entry_order_get_key (self->order)));
      break;
    case PROP_SORT_DESCENDING:
      g_value_set_boolean (value, wb_entry_order_get_descending (self->order));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_archive_view_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  WbArchiveView *self = WB_ARCHIVE_VIEW (object);
  WbSortKey      key;

  switch (property_id)
    {
    case PROP_SORT_KEY:
      if (wb_archive_columns_find_key (g_value_get_string (value), &key))
        wb_archive_columns_sort (self->view, key, wb_entry_order_get_descending (self->order));
      break;
    case PROP_SORT_DESCENDING:
      wb_archive_columns_sort (self->view, wb_entry_order_get_key (self->order),
                               g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_archive_view_dispose (GObject *object)
{
  WbArchiveView *self = WB_ARCHIVE_VIEW (object);

  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = NULL;
  g_clear_object (&self->document);

  G_OBJECT_CLASS (wb_archive_view_parent_class)->dispose (object);
}

static void
wb_archive_view_finalize (GObject *object)
{
  WbArchiveView *self = WB_ARCHIVE_VIEW (object);

  g_clear_object (&self->highlight);
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (wb_archive_view_parent_class)->finalize (object);
}

static void
wb_archive_view_class_init (WbArchiveViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_archive_view_get_property;
  object_class->set_property = wb_archive_view_set_property;
  object_class->dispose = wb_archive_view_dispose;
  object_class->finalize = wb_archive_view_finalize;
  widget_class->focus = wb_archive_view_focus;

  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL, WB_TYPE_ENTRY,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SEARCH] =
    g_param_spec_string ("search", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SORT_KEY] =
    g_param_spec_string ("sort-key", NULL, NULL, "name",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SORT_DESCENDING] =
    g_param_spec_boolean ("sort-descending", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "win.copy-json",
                                       NULL);

  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/archive-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WbArchiveView, view);
  gtk_widget_class_bind_template_child (widget_class, WbArchiveView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
wb_archive_view_init (WbArchiveView *self)
{
  self->rows = wb_archive_rows_new ();
  self->order = wb_archive_rows_get_order (self->rows);
  self->selection = wb_archive_rows_get_selection (self->rows);
  self->highlight = wb_search_highlight_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  wb_archive_columns_add (self->view, self->rows, self->highlight);
  wb_archive_columns_sort (self->view, WB_SORT_NAME, FALSE);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "scroll", G_CALLBACK (scroll_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_widget_add_controller (GTK_WIDGET (self->view), wb_tree_keys_new (self->selection));
  wb_tree_folding_add (GTK_WIDGET (self), self->view, self->selection);
  wb_entry_actions_add (GTK_WIDGET (self));
  self->menu = wb_tree_menu_new (GTK_WIDGET (self), self->view, self->selection, self->row_menu);
}

/* The settings remember how a person arranges the columns. */
void
wb_archive_view_remember_columns (WbArchiveView *self,
                                  GSettings     *settings)
{
  g_return_if_fail (WB_IS_ARCHIVE_VIEW (self));

  wb_column_layout_remember (self->view, settings);
}

/**
 * wb_archive_view_set_document:
 * @self: the view
 * @document: (nullable): what to show, all folders unfolded and nothing selected
 */
void
wb_archive_view_set_document (WbArchiveView *self,
                              WbDocument    *document)
{
  WbEntryFilter *filter;

  g_return_if_fail (WB_IS_ARCHIVE_VIEW (self));
  g_return_if_fail (document == NULL || WB_IS_DOCUMENT (document));

  if (!g_set_object (&self->document, document))
    return;

  wb_archive_rows_set_document (self->rows, document);
  filter = wb_archive_rows_get_filter (self->rows);
  if (filter != NULL)
    g_signal_connect_object (filter, "changed", G_CALLBACK (searched_cb), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  wb_search_highlight_set_filter (self->highlight, wb_archive_rows_get_filter (self->rows));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/**
 * wb_archive_view_focus_rows:
 * @self: the view
 *
 * Gives the selected row the focus, or any if none is selected. Both come a frame later: a tree
 * that was filled just now has no widgets for its rows yet.
 */
void
wb_archive_view_focus_rows (WbArchiveView *self)
{
  g_return_if_fail (WB_IS_ARCHIVE_VIEW (self));

  wb_tree_keys_focus_selected (GTK_WIDGET (self->view), self->selection);
}

/**
 * wb_archive_view_set_search:
 * @self: the view
 * @text: (nullable): what to look for, as #WbSearchQuery understands it
 *
 * Shows only what matches, with all folders unfolded; and without a text all again, folded as it
 * was before. The selection stays where it still matches. The rows follow a moment later, and then
 * the property is notified.
 */
void
wb_archive_view_set_search (WbArchiveView *self,
                            const char    *text)
{
  WbEntryFilter *filter;

  g_return_if_fail (WB_IS_ARCHIVE_VIEW (self));

  filter = wb_archive_rows_get_filter (self->rows);
  if (filter != NULL)
    wb_entry_filter_set_text (filter, text != NULL ? text : "");
}

/**
 * wb_archive_view_get_filter:
 * @self: the view
 *
 * Returns: (transfer none) (nullable): what the search leaves; its text is set by
 *   wb_archive_view_set_search() alone
 */
WbEntryFilter *
wb_archive_view_get_filter (WbArchiveView *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE_VIEW (self), NULL);

  return wb_archive_rows_get_filter (self->rows);
}

/**
 * wb_archive_view_select_first:
 * @self: the view
 *
 * Selects the first file, unless something is selected.
 */
void
wb_archive_view_select_first (WbArchiveView *self)
{
  GListModel *rows;

  g_return_if_fail (WB_IS_ARCHIVE_VIEW (self));

  if (wb_tree_count_selected (self->selection) > 0)
    return;

  rows = G_LIST_MODEL (self->selection);
  for (guint i = 0; i < MIN (g_list_model_get_n_items (rows), MAX_ROWS_VISITED); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);

      if (!gtk_tree_list_row_is_expandable (row))
        {
          gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, TRUE);
          return;
        }
    }
}

/**
 * wb_archive_view_select_next:
 * @self: the view
 * @backward: the other way round
 *
 * Selects the next file, or after the last one the first, and gives it the focus.
 */
void
wb_archive_view_select_next (WbArchiveView *self,
                             gboolean       backward)
{
  g_autoptr (GtkTreeListRow) selected = NULL;
  GListModel *rows;
  guint       n_rows;
  guint       position;

  g_return_if_fail (WB_IS_ARCHIVE_VIEW (self));

  rows = G_LIST_MODEL (self->selection);
  n_rows = g_list_model_get_n_items (rows);
  selected = wb_tree_dup_first_selected_row (self->selection);
  /* The first row is the archive itself. */
  position = selected != NULL ? gtk_tree_list_row_get_position (selected) : 0;
  for (guint i = 0; i < MIN (n_rows, MAX_ROWS_VISITED); i++)
    {
      g_autoptr (GtkTreeListRow) row = NULL;

      position = (position + (backward ? n_rows - 1 : 1)) % n_rows;
      row = g_list_model_get_item (rows, position);
      if (!gtk_tree_list_row_is_expandable (row))
        {
          wb_tree_keys_go_to (GTK_WIDGET (self->view), self->selection, row);
          return;
        }
    }
}

/**
 * wb_archive_view_select_node:
 * @self: the view
 * @node: a node of the document's archive
 *
 * Selects it, brings it into sight, and gives it the focus.
 *
 * Returns: whether it is there; a search may have left it out
 */
gboolean
wb_archive_view_select_node (WbArchiveView *self,
                             guint          node)
{
  g_autoptr (GtkTreeListRow) row = NULL;

  g_return_val_if_fail (WB_IS_ARCHIVE_VIEW (self), FALSE);
  g_return_val_if_fail (self->document != NULL, FALSE);

  row = wb_tree_unfold_to (G_LIST_MODEL (self->selection),
                           wb_document_get_archive (self->document), node);
  if (row == NULL)
    return FALSE;

  wb_tree_keys_go_to (GTK_WIDGET (self->view), self->selection, row);

  return TRUE;
}

/**
 * wb_archive_view_dup_selected:
 * @self: the view
 *
 * Returns: (transfer full) (nullable): the entry of the row that is selected, if it is the only one
 */
WbEntry *
wb_archive_view_dup_selected (WbArchiveView *self)
{
  g_autoptr (GtkTreeListRow) row = NULL;

  g_return_val_if_fail (WB_IS_ARCHIVE_VIEW (self), NULL);

  row = wb_tree_dup_selected_row (self->selection);

  return row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
}

guint
wb_archive_view_get_n_selected (WbArchiveView *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE_VIEW (self), 0);

  return (guint) wb_tree_count_selected (self->selection);
}

/**
 * wb_archive_view_dup_selected_files:
 * @self: the view
 *
 * Returns: (transfer full) (element-type guint): the nodes of the files that are selected, and of
 *   those that are shown in the folders that are, each once, in the order of the ZIP
 */
GArray *
wb_archive_view_dup_selected_files (WbArchiveView *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE_VIEW (self), NULL);

  if (self->document == NULL)
    return g_array_new (FALSE, FALSE, sizeof (guint));

  return wb_selected_files_find (GTK_SELECTION_MODEL (self->selection),
                                 wb_document_get_archive (self->document),
                                 wb_archive_rows_get_filter (self->rows));
}

/**
 * wb_archive_view_get_model:
 * @self: the view
 *
 * Returns: (transfer none): the rows as they stand, #GtkTreeListRow each
 */
GtkSelectionModel *
wb_archive_view_get_model (WbArchiveView *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE_VIEW (self), NULL);

  return GTK_SELECTION_MODEL (self->selection);
}
