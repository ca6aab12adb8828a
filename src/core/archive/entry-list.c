/* entry-list.c: a folder's entries as a list model that sorts itself
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/entry-list.h"

#include "core/archive/natural-order.h"
#include "core/text.h"

#include <string.h>

/* A view makes so many rows, and takes longest for it. So what is new comes in before what is old
 * goes: a view that goes to what is new in between takes its rows along, and need not make others.
 * For a few rows it is not worth it. */
#define MAX_MADE 250
#define MIN_EXCHANGED 16

struct _WbEntryList
{
  GObject parent_instance;

  WbArchive     *archive;   /* (owned) */
  WbEntryOrder  *order;     /* (owned) (nullable) */
  WbEntryFilter *filter;    /* (owned) (nullable) */
  char          *root_name; /* (owned) (nullable) */
  guint         *nodes;     /* (owned) (array length=n_nodes): all of them, in their order */
  guint          n_nodes;
  guint         *shown; /* (owned) (array length=n_shown): those that the filter leaves */
  guint          n_shown;
  GHashTable    *live; /* (owned): from node to the #WbEntry (unowned) that somebody holds */
};

static void wb_entry_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbEntryList, wb_entry_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wb_entry_list_model_init))

enum
{
  EXCHANGING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a comparison needs of a node, gathered once for each sorting. */
typedef struct
{
  const char *name; /* (unowned) */
  gsize       name_length;
  const char *type_name; /* (unowned) */
  const char *address;   /* (unowned) */
  guint64     size_bytes;
  guint       node;
  gboolean    is_file;
} Item;

typedef struct
{
  WbSortKey key;
  gboolean  descending;
} Sorting;

/* Folders first; then the key, either way round; then the name and the number, always this way, so
 * that the order is one and the same whatever it was before. */
static int
compare_items (const void *a,
               const void *b,
               void       *user_data)
{
  const Sorting *sorting = user_data;
  const Item    *x = a;
  const Item    *y = b;
  int            order = 0;

  if (x->is_file != y->is_file)
    return x->is_file ? 1 : -1;

  if (sorting->key == WB_SORT_TYPE && x->type_name != y->type_name)
    order = g_ascii_strcasecmp (x->type_name, y->type_name);
  else if (sorting->key == WB_SORT_SIZE)
    order = (x->size_bytes > y->size_bytes) - (x->size_bytes < y->size_bytes);
  else if (sorting->key == WB_SORT_ADDRESS)
    order = wb_natural_compare (x->address, strlen (x->address), y->address, strlen (y->address));
  else if (sorting->key == WB_SORT_NAME)
    order = wb_natural_compare (x->name, x->name_length, y->name, y->name_length);
  if (order != 0)
    return sorting->descending ? -order : order;

  if (sorting->key != WB_SORT_NAME)
    order = wb_natural_compare (x->name, x->name_length, y->name, y->name_length);
  return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

static void
sort_nodes (WbEntryList *self)
{
  g_autofree Item *items = g_new (Item, self->n_nodes);
  Sorting          sorting = { .key = WB_SORT_NAME };
  guint            n_in_order = 1;

  if (self->order != NULL)
    {
      sorting.key = wb_entry_order_get_key (self->order);
      sorting.descending = wb_entry_order_get_descending (self->order);
    }

  for (guint i = 0; i < self->n_nodes; i++)
    {
      Item *item = &items[i];

      item->node = self->nodes[i];
      item->name = wb_archive_peek_name (self->archive, item->node, &item->name_length);
      item->type_name = wb_archive_get_type_name (self->archive, item->node);
      item->address = wb_archive_get_address (self->archive, item->node);
      item->size_bytes = wb_archive_get_size_bytes (self->archive, item->node);
      item->is_file = wb_archive_get_kind (self->archive, item->node) != WB_NODE_FOLDER;
    }

  while (n_in_order < self->n_nodes
         && compare_items (&items[n_in_order - 1], &items[n_in_order], &sorting) < 0)
    n_in_order++;
  if (n_in_order >= self->n_nodes)
    return;

  g_qsort_with_data (items, (int) self->n_nodes, sizeof *items, compare_items, &sorting);
  for (guint i = 0; i < self->n_nodes; i++)
    self->nodes[i] = items[i].node;
}

static void
update_shown (WbEntryList *self)
{
  g_free (self->shown);
  self->shown = g_new (guint, self->n_nodes);
  self->n_shown = 0;
  for (guint i = 0; i < self->n_nodes; i++)
    if (self->filter == NULL || wb_entry_filter_shows (self->filter, self->nodes[i]))
      self->shown[self->n_shown++] = self->nodes[i];
}

/* What is new in the place of what is old, as one change or as two. */
static void
exchange (WbEntryList *self,
          const guint *old,
          guint        first,
          guint        n_removed,
          guint        n_added)
{
  g_autofree guint *both = NULL;
  guint            *shown = self->shown;
  guint             n_shown = self->n_shown;

  if (n_removed < MIN_EXCHANGED || n_added == 0)
    {
      if (n_removed > 0 || n_added > 0)
        g_list_model_items_changed (G_LIST_MODEL (self), first, n_removed, n_added);
      return;
    }

  both = g_new (guint, n_shown + n_removed);
  memcpy (both, shown, (first + n_added) * sizeof *both);
  memcpy (both + first + n_added, old + first, n_removed * sizeof *both);
  memcpy (both + first + n_added + n_removed, shown + first + n_added,
          (n_shown - first - n_added) * sizeof *both);
  self->shown = both;
  self->n_shown = n_shown + n_removed;
  g_list_model_items_changed (G_LIST_MODEL (self), first, 0, n_added);
  g_signal_emit (self, signals[EXCHANGING], 0);

  self->shown = shown;
  self->n_shown = n_shown;
  g_list_model_items_changed (G_LIST_MODEL (self), first + n_added, n_removed, 0);
}

/* Tells views about the part that is not as it was. */
static void
update (WbEntryList *self)
{
  g_autofree guint *old = g_steal_pointer (&self->shown);
  guint             n_old = self->n_shown;
  guint             first = 0;
  guint             n_last = 0;
  guint             n_least;
  guint             n_removed;

  update_shown (self);
  n_least = MIN (n_old, self->n_shown);
  while (first < n_least && old[first] == self->shown[first])
    first++;
  while (n_last < n_least - first
         && old[n_old - 1 - n_last] == self->shown[self->n_shown - 1 - n_last])
    n_last++;

  /* Where rows only go, those that follow count as new. */
  n_removed = n_old - first - n_last;
  if (n_removed >= MIN_EXCHANGED)
    n_last -= MIN (n_last, MAX_MADE);

  exchange (self, old, first, n_old - first - n_last, self->n_shown - first - n_last);
}

static void
order_changed_cb (WbEntryList  *self,
                  WbEntryOrder *order)
{
  sort_nodes (self);
  update (self);
}

static void
filter_changed_cb (WbEntryList   *self,
                   WbEntryFilter *filter)
{
  update (self);
}

static void
entry_gone_cb (gpointer user_data,
               GObject *where)
{
  WbEntryList *self = user_data;
  guint        node = wb_entry_get_node ((WbEntry *) where);

  g_hash_table_remove (self->live, GUINT_TO_POINTER (node));
}

static GType
wb_entry_list_get_item_type (GListModel *model)
{
  return WB_TYPE_ENTRY;
}

static guint
wb_entry_list_get_n_items (GListModel *model)
{
  return WB_ENTRY_LIST (model)->n_shown;
}

/* Gives the same object as long as somebody holds it, so that a selection survives sorting. */
static gpointer
wb_entry_list_get_item (GListModel *model,
                        guint       position)
{
  WbEntryList *self = WB_ENTRY_LIST (model);
  WbEntry     *entry;
  gpointer     key;

  if (position >= self->n_shown)
    return NULL;

  key = GUINT_TO_POINTER (self->shown[position]);
  entry = g_hash_table_lookup (self->live, key);
  if (entry != NULL)
    return g_object_ref (entry);

  entry = wb_entry_new (self->archive, self->shown[position], self->root_name);
  g_object_weak_ref (G_OBJECT (entry), entry_gone_cb, self);
  g_hash_table_insert (self->live, key, entry);

  return entry;
}

static void
wb_entry_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wb_entry_list_get_item_type;
  iface->get_n_items = wb_entry_list_get_n_items;
  iface->get_item = wb_entry_list_get_item;
}

static void
wb_entry_list_finalize (GObject *object)
{
  WbEntryList   *self = WB_ENTRY_LIST (object);
  GHashTableIter iter;
  gpointer       entry;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    g_object_weak_unref (entry, entry_gone_cb, self);
  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_pointer (&self->nodes, g_free);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->root_name, g_free);
  g_clear_object (&self->order);
  g_clear_object (&self->filter);
  g_clear_object (&self->archive);

  G_OBJECT_CLASS (wb_entry_list_parent_class)->finalize (object);
}

static void
wb_entry_list_class_init (WbEntryListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_entry_list_finalize;

  /**
   * WbEntryList::exchanging:
   * @self: the list
   *
   * What is new is there, and what it comes in the place of still follows.
   */
  signals[EXCHANGING] = g_signal_new ("exchanging", WB_TYPE_ENTRY_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_entry_list_init (WbEntryList *self)
{
  self->live = g_hash_table_new (NULL, NULL);
}

static WbEntryList *
entry_list_new (WbArchive    *archive,
                const guint  *nodes,
                guint         n_nodes,
                const char   *root_name,
                WbEntryOrder *order)
{
  WbEntryList *self = g_object_new (WB_TYPE_ENTRY_LIST, NULL);

  self->archive = g_object_ref (archive);
  self->root_name = g_strdup (root_name);
  self->nodes = g_memdup2 (nodes, n_nodes * sizeof *nodes);
  self->n_nodes = n_nodes;
  if (order != NULL)
    {
      self->order = g_object_ref (order);
      g_signal_connect_object (order, "changed", G_CALLBACK (order_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  sort_nodes (self);
  update_shown (self);

  return self;
}

/**
 * wb_entry_list_new_root:
 * @archive: an archive
 * @root_name: what its file is called, as it is; it is escaped here
 * @order: (nullable): the view's order, or by name
 *
 * Returns: (transfer full): a list of the root alone
 */
WbEntryList *
wb_entry_list_new_root (WbArchive    *archive,
                        const char   *root_name,
                        WbEntryOrder *order)
{
  static const guint root = 0;

  g_return_val_if_fail (WB_IS_ARCHIVE (archive), NULL);
  g_return_val_if_fail (root_name != NULL, NULL);
  g_return_val_if_fail (order == NULL || WB_IS_ENTRY_ORDER (order), NULL);

  return entry_list_new (archive, &root, 1, root_name, order);
}

/**
 * wb_entry_list_new:
 * @archive: an archive
 * @node: one of its folders, or the root
 * @order: (nullable): the view's order, or by name
 *
 * Returns: (transfer full): a list of what is in the folder
 */
WbEntryList *
wb_entry_list_new (WbArchive    *archive,
                   guint         node,
                   WbEntryOrder *order)
{
  const guint *children;
  guint        n_children;

  g_return_val_if_fail (WB_IS_ARCHIVE (archive), NULL);
  g_return_val_if_fail (node < wb_archive_get_n_nodes (archive), NULL);
  g_return_val_if_fail (order == NULL || WB_IS_ENTRY_ORDER (order), NULL);

  children = wb_archive_get_children (archive, node, &n_children);
  return entry_list_new (archive, children, n_children, NULL, order);
}

/**
 * wb_entry_list_set_filter:
 * @self: a list without a filter
 * @filter: what it shows from now on; of the same archive
 */
void
wb_entry_list_set_filter (WbEntryList   *self,
                          WbEntryFilter *filter)
{
  g_return_if_fail (WB_IS_ENTRY_LIST (self));
  g_return_if_fail (WB_IS_ENTRY_FILTER (filter));
  g_return_if_fail (self->filter == NULL);

  self->filter = g_object_ref (filter);
  g_signal_connect_object (filter, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

/**
 * wb_entry_list_get_node:
 * @self: a list
 * @position: less than its length
 *
 * Returns: the node that stands there; no entry is made for this
 */
guint
wb_entry_list_get_node (WbEntryList *self,
                        guint        position)
{
  g_return_val_if_fail (WB_IS_ENTRY_LIST (self), 0);
  g_return_val_if_fail (position < self->n_shown, 0);

  return self->shown[position];
}
