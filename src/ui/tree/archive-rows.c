/* archive-rows.c: an archive as the rows of a tree, folded and selected as a person left them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

struct _WbArchiveRows
{
  GObject parent_instance;

  WbDocument        *document;   /* (owned) (nullable) */
  WbEntryOrder      *order;      /* (owned) */
  WbEntryFilter     *filter;     /* (owned) (nullable): of the document's archive */
  GtkMultiSelection *selection;  /* (owned) */
  guint64            n_selected; /* rows, when it was told last */
  GHashTable        *folded;     /* (owned) (nullable): folders closed before the search */
  GHashTable        *selected;   /* (owned) (nullable): nodes selected before the search */
  GHashTable        *lists;      /* (owned): from a folder's node to what is in it (owned) */
  WbTreeState        state;      /* while another result comes in */
  gboolean           searched;   /* whether the rows are a search's result */
  gboolean           rebuilding;
};

G_DEFINE_FINAL_TYPE (WbArchiveRows, wb_archive_rows, G_TYPE_OBJECT)

enum
{
  SIGNAL_SCROLL,
  SIGNAL_SELECTED,
  SIGNAL_COMPLETE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The new rows are at the top. The view goes there, and takes its widgets along. */
static void
exchanging_cb (WbArchiveRows *self)
{
  g_signal_emit (self, signals[SIGNAL_SCROLL], 0, 0);
}

static GListModel *
create_children_cb (gpointer item,
                    gpointer user_data)
{
  WbArchiveRows *self = user_data;
  WbNodeKind     kind = wb_entry_get_kind (item);
  gpointer       node = GUINT_TO_POINTER (wb_entry_get_node (item));
  WbEntryList   *list;

  if (kind != WB_NODE_ROOT && kind != WB_NODE_FOLDER)
    return NULL;

  /* A tree asks several times for the same. */
  list = g_hash_table_lookup (self->lists, node);
  if (list != NULL)
    return g_object_ref (G_LIST_MODEL (list));

  list = wb_entry_list_new (wb_entry_get_archive (item), wb_entry_get_node (item), self->order);
  wb_entry_list_set_filter (list, self->filter);
  g_signal_connect_object (list, "exchanging", G_CALLBACK (exchanging_cb), self,
                           G_CONNECT_SWAPPED);
  g_hash_table_insert (self->lists, node, g_object_ref (list));

  return G_LIST_MODEL (list);
}

static void
selection_changed_cb (WbArchiveRows *self)
{
  if (self->rebuilding)
    return;

  self->n_selected = wb_tree_count_selected (self->selection);
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0);
}

/* A folder that is closed takes those in it out of the selection, which says nothing of that. */
static void
rows_changed_cb (WbArchiveRows *self)
{
  if (wb_tree_count_selected (self->selection) != self->n_selected)
    selection_changed_cb (self);
}

/* Before the rows change. */
static void
begin_change (WbArchiveRows *self,
              WbTreeState   *state)
{
  self->rebuilding = TRUE;
  wb_tree_state_take (state, self->selection);
}

/* Clears @state. The signal `selected` is emitted only if the selection is another. */
static void
end_change (WbArchiveRows *self,
            WbTreeState   *state)
{
  g_autoptr (GtkTreeListRow) row = NULL;

  wb_tree_state_restore (state, self->selection);
  wb_tree_state_clear (state);
  self->rebuilding = FALSE;
  rows_changed_cb (self);
  row = wb_tree_dup_selected_row (self->selection);
  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_SCROLL], 0, gtk_tree_list_row_get_position (row));
}

/* Before the lists take a result over, and after. */
static void
result_cb (WbArchiveRows *self)
{
  begin_change (self, &self->state);
}

static void
after_result_cb (WbArchiveRows *self)
{
  gboolean active = wb_entry_filter_get_active (self->filter);

  if (active && !self->searched)
    {
      self->folded = g_steal_pointer (&self->state.folded);
      g_clear_pointer (&self->selected, g_hash_table_unref);
      self->selected = g_hash_table_ref (self->state.selected);
    }
  else if (self->searched)
    g_clear_pointer (&self->state.folded, g_hash_table_unref);
  if (!active && self->folded != NULL)
    self->state.folded = g_steal_pointer (&self->folded);
  if (!active && self->selected != NULL && g_hash_table_size (self->state.selected) == 0)
    {
      g_hash_table_unref (self->state.selected);
      self->state.selected = g_steal_pointer (&self->selected);
    }
  self->searched = active;
  end_change (self, &self->state);
}

static void
set_filter (WbArchiveRows *self,
            WbEntryFilter *filter)
{
  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  g_set_object (&self->filter, filter);
  self->searched = FALSE;
  if (filter == NULL)
    return;

  g_signal_connect_object (filter, "changed", G_CALLBACK (result_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "changed", G_CALLBACK (after_result_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
rebuild (WbArchiveRows *self)
{
  g_autofree char *name = wb_document_dup_title (self->document);
  g_autoptr (GtkTreeListModel) tree = NULL;
  WbEntryList *root = wb_entry_list_new_root (wb_document_get_archive (self->document), name,
                                              self->order);

  g_hash_table_remove_all (self->lists);
  tree = gtk_tree_list_model_new (G_LIST_MODEL (root), FALSE, FALSE, create_children_cb, self,
                                  NULL);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (tree));
}

/* The rows stay, and more is known of them. */
static void
archive_cb (WbArchiveRows *self)
{
  WbArchive        *archive = wb_document_get_archive (self->document);
  GtkTreeListModel *tree =
    GTK_TREE_LIST_MODEL (gtk_multi_selection_get_model (self->selection));
  gboolean       moves = wb_entry_order_needs_contents (self->order);
  WbTreeState    state;
  GHashTableIter iter;
  gpointer       list;

  if (moves)
    begin_change (self, &state);
  wb_entry_list_set_archive (WB_ENTRY_LIST (gtk_tree_list_model_get_model (tree)), archive);
  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    wb_entry_list_set_archive (list, archive);
  if (moves)
    end_change (self, &state);
  wb_entry_filter_set_archive (self->filter, archive);
  g_signal_emit (self, signals[SIGNAL_COMPLETE], 0);
}

/* The file's name is the root's, the first row, which is told again if it is the selected one. The
 * others stay as they are, with what was revealed of them. */
static void
file_changed_cb (WbArchiveRows *self)
{
  WbTreeState state;
  g_autoptr (GtkTreeListRow) row = NULL;

  begin_change (self, &state);
  rebuild (self);
  end_change (self, &state);
  row = wb_tree_dup_selected_row (self->selection);
  if (row != NULL && gtk_tree_list_row_get_position (row) == 0)
    selection_changed_cb (self);
}

static void
wb_archive_rows_dispose (GObject *object)
{
  WbArchiveRows *self = WB_ARCHIVE_ROWS (object);

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (wb_archive_rows_parent_class)->dispose (object);
}

static void
wb_archive_rows_finalize (GObject *object)
{
  WbArchiveRows *self = WB_ARCHIVE_ROWS (object);

  g_clear_pointer (&self->folded, g_hash_table_unref);
  g_clear_pointer (&self->selected, g_hash_table_unref);
  g_clear_pointer (&self->lists, g_hash_table_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (wb_archive_rows_parent_class)->finalize (object);
}

static void
wb_archive_rows_class_init (WbArchiveRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wb_archive_rows_dispose;
  object_class->finalize = wb_archive_rows_finalize;

  /**
   * WbArchiveRows::scroll:
   * @self: the rows
   * @position: the row to bring into sight
   *
   * Other rows are there now.
   */
  signals[SIGNAL_SCROLL] = g_signal_new ("scroll", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  /**
   * WbArchiveRows::selected:
   * @self: the rows
   *
   * Others are selected.
   */
  signals[SIGNAL_SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * WbArchiveRows::complete:
   * @self: the rows
   *
   * The archive has become complete: the entries are the same, and more is known of them.
   */
  signals[SIGNAL_COMPLETE] = g_signal_new ("complete", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_archive_rows_init (WbArchiveRows *self)
{
  self->order = wb_entry_order_new ();
  self->lists = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->selection = gtk_multi_selection_new (NULL);
  g_signal_connect_object (self->selection, "selection-changed",
                           G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed",
                           G_CALLBACK (rows_changed_cb), self, G_CONNECT_SWAPPED);
}

WbArchiveRows *
wb_archive_rows_new (void)
{
  return g_object_new (WB_TYPE_ARCHIVE_ROWS, NULL);
}

/**
 * wb_archive_rows_set_document:
 * @self: the rows
 * @document: (nullable): what they show, all folders unfolded and nothing selected
 */
void
wb_archive_rows_set_document (WbArchiveRows *self,
                              WbDocument    *document)
{
  g_return_if_fail (WB_IS_ARCHIVE_ROWS (self));
  g_return_if_fail (document == NULL || WB_IS_DOCUMENT (document));

  if (self->document == document)
    return;

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  gtk_multi_selection_set_model (self->selection, NULL);
  g_hash_table_remove_all (self->lists);
  g_set_object (&self->document, document);
  set_filter (self, NULL);
  g_clear_pointer (&self->folded, g_hash_table_unref);
  g_clear_pointer (&self->selected, g_hash_table_unref);

  if (document != NULL)
    {
      WbTreeState state = { NULL, NULL };
      g_autoptr (WbEntryFilter) filter = wb_entry_filter_new (wb_document_get_archive (document));

      set_filter (self, filter);
      rebuild (self);
      wb_tree_state_restore (&state, self->selection);
      g_signal_connect_object (document, "notify::file", G_CALLBACK (file_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (document, "notify::archive", G_CALLBACK (archive_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

/**
 * wb_archive_rows_sort:
 * @self: the rows
 * @key: what to sort by
 * @descending: the other way round
 */
void
wb_archive_rows_sort (WbArchiveRows *self,
                      WbSortKey      key,
                      gboolean       descending)
{
  WbTreeState state;

  g_return_if_fail (WB_IS_ARCHIVE_ROWS (self));

  begin_change (self, &state);
  wb_entry_order_set (self->order, key, descending);
  end_change (self, &state);
}

/**
 * wb_archive_rows_get_selection:
 * @self: the rows
 *
 * Returns: (transfer none): the rows as they stand, #GtkTreeListRow each
 */
GtkMultiSelection *
wb_archive_rows_get_selection (WbArchiveRows *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE_ROWS (self), NULL);

  return self->selection;
}

/**
 * wb_archive_rows_get_order:
 * @self: the rows
 *
 * Returns: (transfer none): what they are sorted by; wb_archive_rows_sort() changes it
 */
WbEntryOrder *
wb_archive_rows_get_order (WbArchiveRows *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE_ROWS (self), NULL);

  return self->order;
}

/**
 * wb_archive_rows_get_filter:
 * @self: the rows
 *
 * Returns: (transfer none) (nullable): what the search leaves of them
 */
WbEntryFilter *
wb_archive_rows_get_filter (WbArchiveRows *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE_ROWS (self), NULL);

  return self->filter;
}
