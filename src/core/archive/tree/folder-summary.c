/* folder-summary.c: what is in a folder of an archive, or in all of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/folder-summary.h"

#include <glib/gi18n-lib.h>

/* Types that are named; an archive can have as many as connections. */
#define MAX_TYPES 10

typedef struct
{
  const char *name; /* (unowned): the archive's, which has each type once */
  guint       n;
} TypeCount;

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const TypeCount *x = a;
  const TypeCount *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;

  return strcmp (x->name, y->name);
}

static void
count_type (GHashTable *counts,
            const char *name)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));

  g_hash_table_insert (counts, (gpointer) name, GUINT_TO_POINTER (n + 1));
}

static char *
describe_types (GHashTable *counts)
{
  g_autoptr (GArray) types = g_array_new (FALSE, FALSE, sizeof (TypeCount));
  GString       *text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer       name;
  gpointer       n;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &name, &n))
    {
      TypeCount count = { name, GPOINTER_TO_UINT (n) };

      g_array_append_val (types, count);
    }
  g_array_sort (types, compare_counts);

  for (guint i = 0; i < MIN (types->len, MAX_TYPES); i++)
    {
      const TypeCount *count = &g_array_index (types, TypeCount, i);

      if (i > 0)
        g_string_append (text, _ (", "));
      /* Translators: how many connections there are of a type, one of a list: 12 DWS. */
      g_string_append_printf (text, _ ("%'u %s"), count->n,
                              *count->name != '\0' ? count->name : _ ("Unknown"));
    }
  if (types->len > MAX_TYPES)
    g_string_append_printf (text, "%s…", _ (", "));

  return g_string_free (text, FALSE);
}

/**
 * wb_folder_summary_init:
 * @self: (out): what is in it
 * @archive: an archive
 * @node: a folder of it, or its root
 *
 * Takes time for each entry that is in it.
 */
void
wb_folder_summary_init (WbFolderSummary *self,
                        WbArchive       *archive,
                        guint            node)
{
  /* Each type has one address, and by these it is told apart: no names make their hashes equal. */
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_if_fail (self != NULL);
  g_return_if_fail (WB_IS_ARCHIVE (archive));
  g_return_if_fail (node < wb_archive_get_n_nodes (archive));

  *self = (WbFolderSummary){ 0 };
  g_array_append_val (waiting, node);
  while (waiting->len > 0)
    {
      guint        folder = g_array_index (waiting, guint, waiting->len - 1);
      guint        n_children;
      const guint *children = wb_archive_get_children (archive, folder, &n_children);

      g_array_set_size (waiting, waiting->len - 1);
      for (guint i = 0; i < n_children; i++)
        {
          WbNodeKind kind = wb_archive_get_kind (archive, children[i]);
          guint64    size_bytes = wb_archive_get_size_bytes (archive, children[i]);

          if (kind == WB_NODE_FOLDER)
            {
              g_array_append_val (waiting, children[i]);
              continue;
            }
          if (kind == WB_NODE_CONNECTION)
            {
              self->n_connections++;
              count_type (counts, wb_archive_get_type_name (archive, children[i]));
            }
          if (!g_uint64_checked_add (&self->size_bytes, self->size_bytes, size_bytes))
            self->size_bytes = G_MAXUINT64;
        }
    }
  self->types = describe_types (counts);
}

void
wb_folder_summary_clear (WbFolderSummary *self)
{
  g_clear_pointer (&self->types, g_free);
}
