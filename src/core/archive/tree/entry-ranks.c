/* entry-ranks.c: where each of an archive's nodes stands when they are sorted
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/entry-ranks.h"

#include <string.h>

#include "core/archive/tree/natural-order.h"

struct _WbEntryRanks
{
  const WbNodeTree *tree;  /* (unowned) */
  const WbFacts    *facts; /* (unowned) */
  WbZipIndex       *index; /* (unowned) */

  GMutex locks[WB_N_SORT_KEYS];

  guint32 *ranks[WB_N_SORT_KEYS]; /* (owned) (nullable): of each node; equal for equals */
  guint32 *nodes;                 /* (owned) (nullable): by name, no two at one place */
  guint32 *places;                /* (owned) (nullable): of each node among them */
};

/* A node in a comparison; all that it needs is gathered once for each sorting. */
typedef struct
{
  guint64     number;
  const char *key;  /* (unowned) (nullable): of a text, see natural-order.h; %NULL for a number */
  const char *text; /* (unowned): where one key is not all that counts */
  gsize       length;
  guint32     node;
} Item;

static int
compare_items (const void *a,
               const void *b,
               void       *user_data)
{
  const Item *x = a;
  const Item *y = b;
  int         order = 0;

  if (x->key == NULL)
    return (x->number > y->number) - (x->number < y->number);

  if (x->key != y->key)
    order = strcmp (x->key, y->key);
  if (order == 0)
    order = memcmp (x->text, y->text, MIN (x->length, y->length));

  return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

/* Texts that are the same have one key. */
static const char *
get_key (GHashTable *keys,
         guint       number,
         const char *text,
         gsize       length)
{
  char *key = g_hash_table_lookup (keys, GUINT_TO_POINTER (number));

  if (key == NULL)
    {
      key = wb_natural_key (text, length);
      g_hash_table_insert (keys, GUINT_TO_POINTER (number), key);
    }

  return key;
}

static void
fill_item (Item               *item,
           const WbEntryRanks *self,
           WbSortKey           key,
           guint               number,
           GHashTable         *keys)
{
  const WbNode *node = &self->tree->nodes[number];
  const char   *text;
  guint         offset;

  *item = (Item){ .node = number, .text = "" };
  switch (key)
    {
    case WB_SORT_SIZE:
      if (wb_node_is_file (node))
        item->number = wb_zip_index_get (self->index, (guint) node->entry)->size_bytes;
      break;
    case WB_SORT_NAME:
      item->text = node->path + node->name_start;
      item->length = node->path_length - node->name_start;
      item->key = get_key (keys, number, item->text, item->length);
      break;
    default:
      offset = self->facts->facts[number].texts[key - WB_SORT_TEXTS];
      text = self->facts->strings->str + offset;
      item->key = get_key (keys, offset, text, strlen (text));
      break;
    }
}

static void
find_ranks (WbEntryRanks *self,
            WbSortKey     key)
{
  guint            n = self->tree->n_nodes;
  g_autofree Item *items = g_new (Item, n);
  guint32         *ranks = g_new (guint32, n);
  guint32          rank = 0;
  g_autoptr (GHashTable) keys = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (guint i = 0; i < n; i++)
    fill_item (&items[i], self, key, i, keys);
  /* A stable sorting: what is the same stays in the order of numbers. */
  g_qsort_with_data (items, (int) n, sizeof *items, compare_items, NULL);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0 && compare_items (&items[i - 1], &items[i], NULL) != 0)
        rank++;
      ranks[items[i].node] = rank;
    }
  self->ranks[key] = ranks;

  if (key == WB_SORT_NAME)
    {
      self->nodes = g_new (guint32, n);
      self->places = g_new (guint32, n);
      for (guint i = 0; i < n; i++)
        {
          self->nodes[i] = items[i].node;
          self->places[items[i].node] = i;
        }
    }
}

/**
 * wb_entry_ranks_new:
 * @tree: an archive's tree
 * @facts: what is kept of its connections; they do not grow any more
 * @index: what the archive lists
 *
 * All three must outlive the ranks.
 *
 * Returns: (transfer full): no order yet
 */
WbEntryRanks *
wb_entry_ranks_new (const WbNodeTree *tree,
                    const WbFacts    *facts,
                    WbZipIndex       *index)
{
  WbEntryRanks *self = g_new0 (WbEntryRanks, 1);

  self->tree = tree;
  self->facts = facts;
  self->index = index;
  for (guint i = 0; i < WB_N_SORT_KEYS; i++)
    g_mutex_init (&self->locks[i]);

  return self;
}

void
wb_entry_ranks_free (WbEntryRanks *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < WB_N_SORT_KEYS; i++)
    {
      g_free (self->ranks[i]);
      g_mutex_clear (&self->locks[i]);
    }
  g_free (self->nodes);
  g_free (self->places);
  g_free (self);
}

/**
 * wb_entry_ranks_get:
 * @self: an archive's own
 * @key: what to sort by
 *
 * Blocks when it is first asked for, up to a tenth of a second for 50,000 entries.
 *
 * Returns: (transfer none): the rank of each node, less than there are nodes; the same for what is
 *   the same
 */
const guint32 *
wb_entry_ranks_get (WbEntryRanks *self,
                    WbSortKey     key)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) key < WB_N_SORT_KEYS, NULL);

  locker = g_mutex_locker_new (&self->locks[key]);
  if (self->ranks[key] == NULL)
    find_ranks (self, key);

  return self->ranks[key];
}

/**
 * wb_entry_ranks_get_names:
 * @self: an archive's own
 * @nodes: (out): the nodes in the order of their names, and those with the same in that of their
 *   numbers
 *
 * Returns: (transfer none): each node's place in that order
 */
const guint32 *
wb_entry_ranks_get_names (WbEntryRanks   *self,
                          const guint32 **nodes)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (nodes != NULL, NULL);

  wb_entry_ranks_get (self, WB_SORT_NAME);
  *nodes = self->nodes;

  return self->places;
}
