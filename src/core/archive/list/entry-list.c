/* entry-list.c: a folder's entries as a list model that sorts itself
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/list/entry-list.h"

#include <string.h>

#include "core/archive/tree/archive-private.h"
#include "core/sort.h"

/* A view makes so many rows, and takes longest for it. So what is new comes in before what is old
 * goes: a view that goes to what is new in between takes its rows along, and need not make others.
 * For a few rows it is not worth it. Where there are no rows yet, those that can be seen at once
 * come first, and the others bit by bit. */
#define MAX_MADE 250
#define MIN_EXCHANGED 16
#define N_FIRST 32
#define N_BIT 16

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
  guint          n_items; /* how many of those shown are there by now */
  guint          growing; /* the source that adds others, or 0 */
  GHashTable    *live;    /* (owned): from node to the #WbEntry (unowned) that somebody holds */
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

static int
compare_keys (const void *a,
              const void *b)
{
  guint64 x = *(const guint64 *) a;
  guint64 y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

/* Folders first; then the key, either way round; then the name and the number, always this way, so
 * that the order is one and the same whatever it was before. */
static void
sort_nodes (WbEntryList *self)
{
  WbEntryRanks       *all_ranks = self->archive->ranks;
  guint32             n_ranks = wb_archive_get_n_nodes (self->archive);
  g_autofree guint64 *keys = g_new (guint64, self->n_nodes);
  WbSortKey           key = WB_SORT_NAME;
  gboolean            descending = FALSE;
  const guint32      *ranks;
  const guint32      *places;
  const guint32      *nodes;

  if (self->order != NULL)
    {
      key = wb_entry_order_get_key (self->order);
      descending = wb_entry_order_get_descending (self->order);
    }
  ranks = wb_entry_ranks_get (all_ranks, key);
  places = wb_entry_ranks_get_names (all_ranks, &nodes);

  for (guint i = 0; i < self->n_nodes; i++)
    {
      guint    node = self->nodes[i];
      guint64  rank = descending ? n_ranks - ranks[node] : ranks[node];
      gboolean is_file = wb_archive_get_kind (self->archive, node) != WB_NODE_FOLDER;

      keys[i] = (guint64) is_file << 63 | rank << 32 | places[node];
    }
  wb_sort (keys, self->n_nodes, sizeof *keys, compare_keys);
  for (guint i = 0; i < self->n_nodes; i++)
    self->nodes[i] = nodes[keys[i] & G_MAXUINT32];
}

static void
update_shown (WbEntryList *self)
{
  g_free (self->shown);
  self->shown = g_new (guint, self->n_nodes);
  self->n_shown = 0;
  for (guint i = 0; i < self->n_nodes; i++)
    {
      if (self->filter == NULL || wb_entry_filter_shows (self->filter, self->nodes[i]))
        self->shown[self->n_shown++] = self->nodes[i];
    }
}

static void
add_items (WbEntryList *self,
           guint        n_items)
{
  guint old = self->n_items;

  self->n_items = MIN (n_items, self->n_shown);
  if (self->n_items > old)
    g_list_model_items_changed (G_LIST_MODEL (self), old, 0, self->n_items - old);
}

static gboolean
grow_cb (gpointer user_data)
{
  WbEntryList *self = user_data;
  guint        n_items = self->n_items + N_BIT;

  add_items (self, n_items < MAX_MADE ? n_items : self->n_shown);
  if (self->n_items < self->n_shown)
    return G_SOURCE_CONTINUE;

  self->growing = 0;

  return G_SOURCE_REMOVE;
}

/* Behind the frames, so that they show what is there. */
static void
grow (WbEntryList *self)
{
  if (self->n_items < self->n_shown && self->growing == 0)
    self->growing = g_idle_add (grow_cb, self);
}

/* Puts items in the place of @old ones, in one change or in two. */
static void
exchange (WbEntryList *self,
          const guint *old,
          guint        first,
          guint        n_removed,
          guint        n_added)
{
  g_autofree guint *both = NULL;
  guint            *shown = self->shown;
  guint             n_items = self->n_items;

  if (n_removed < MIN_EXCHANGED || n_added == 0)
    {
      if (n_removed > 0 || n_added > 0)
        g_list_model_items_changed (G_LIST_MODEL (self), first, n_removed, n_added);
      return;
    }

  both = g_new (guint, n_items + n_removed);
  memcpy (both, shown, (first + n_added) * sizeof *both);
  memcpy (both + first + n_added, old + first, n_removed * sizeof *both);
  memcpy (both + first + n_added + n_removed, shown + first + n_added,
          (n_items - first - n_added) * sizeof *both);
  self->shown = both;
  self->n_items = n_items + n_removed;
  g_list_model_items_changed (G_LIST_MODEL (self), first, 0, n_added);
  g_signal_emit (self, signals[EXCHANGING], 0);

  self->shown = shown;
  self->n_items = n_items;
  g_list_model_items_changed (G_LIST_MODEL (self), first + n_added, n_removed, 0);
}

/* Tells views about the part that is not as it was. */
static void
update (WbEntryList *self)
{
  g_autofree guint *old = g_steal_pointer (&self->shown);
  guint             n_old = self->n_items;
  guint             first = 0;
  guint             n_last = 0;
  guint             n_least;

  update_shown (self);
  self->n_items = self->n_shown;
  if (n_old < MAX_MADE)
    self->n_items = MIN (self->n_shown, MAX (n_old, N_FIRST));

  n_least = MIN (n_old, self->n_items);
  while (first < n_least && old[first] == self->shown[first])
    first++;
  while (n_last < n_least - first
         && old[n_old - 1 - n_last] == self->shown[self->n_items - 1 - n_last])
    n_last++;

  /* Where rows only go, those that follow count as new. */
  if (n_old - first - n_last >= MIN_EXCHANGED)
    n_last -= MIN (n_last, MAX_MADE);

  exchange (self, old, first, n_old - first - n_last, self->n_items - first - n_last);
  grow (self);
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
  return WB_ENTRY_LIST (model)->n_items;
}

/* Gives the same object as long as somebody holds it, so that a selection survives sorting. */
static gpointer
wb_entry_list_get_item (GListModel *model,
                        guint       position)
{
  WbEntryList *self = WB_ENTRY_LIST (model);
  WbEntry     *entry;
  gpointer     key;

  if (position >= self->n_items)
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

  g_clear_handle_id (&self->growing, g_source_remove);
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
   * The new items are there, in front of the old ones, which go when this returns.
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
  self->n_items = MIN (self->n_shown, N_FIRST);
  grow (self);

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
 * wb_entry_list_set_archive:
 * @self: a list
 * @archive: its archive, of which more is known by now, from wb_archive_complete_finish()
 *
 * Its entries stay the same objects, in the same places unless they are sorted by what was not
 * known.
 */
void
wb_entry_list_set_archive (WbEntryList *self,
                           WbArchive   *archive)
{
  GHashTableIter iter;
  gpointer       entry;

  g_return_if_fail (WB_IS_ENTRY_LIST (self));
  g_return_if_fail (WB_IS_ARCHIVE (archive));

  g_set_object (&self->archive, archive);
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    wb_entry_set_archive (entry, archive);
  if (self->order == NULL || !wb_entry_order_needs_contents (self->order))
    return;

  sort_nodes (self);
  update (self);
}

/**
 * wb_entry_list_get_n_nodes:
 * @self: a list
 *
 * Returns: how many items it has when all of them are there
 */
guint
wb_entry_list_get_n_nodes (WbEntryList *self)
{
  g_return_val_if_fail (WB_IS_ENTRY_LIST (self), 0);

  return self->n_shown;
}

/**
 * wb_entry_list_get_node:
 * @self: a list
 * @position: less than wb_entry_list_get_n_nodes()
 *
 * Returns: the node that stands there, or will; no entry is made for this
 */
guint
wb_entry_list_get_node (WbEntryList *self,
                        guint        position)
{
  g_return_val_if_fail (WB_IS_ENTRY_LIST (self), 0);
  g_return_val_if_fail (position < self->n_shown, 0);

  return self->shown[position];
}

/**
 * wb_entry_list_reach:
 * @self: a list
 * @position: less than wb_entry_list_get_n_nodes()
 *
 * A long list has its first items at once, and all of them some frames later. Has the one at
 * @position be there when this returns.
 */
void
wb_entry_list_reach (WbEntryList *self,
                     guint        position)
{
  g_return_if_fail (WB_IS_ENTRY_LIST (self));
  g_return_if_fail (position < self->n_shown);

  if (position >= self->n_items)
    add_items (self, self->n_shown);
}
