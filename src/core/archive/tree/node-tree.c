/* node-tree.c: the paths in a ZIP file as a tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/node-tree.h"

#include <string.h>

#include "core/archive/rebuilt/waybill-note.h"
#include "core/archive/tree/natural-order.h"
#include "core/archive/zip/zip-frame.h"
#include "core/input-limits.h"
#include "core/sort.h"

/* Everything here sorts and never hashes: names can be chosen so that hashes collide. */
typedef struct
{
  const char *bytes; /* (unowned) */
  guint       length;
  guint       number;
} Path;

typedef struct
{
  GArray *nodes; /* (owned) (element-type WbNode) */
  guint   open[WB_NODE_MAX_DEPTH + 1];
  guint   depth;
  guint   n_folders;
} Builder;

static int
compare_bytes (const char *a,
               guint       a_length,
               const char *b,
               guint       b_length)
{
  int order = memcmp (a, b, MIN (a_length, b_length));

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int
compare_paths (const void *a,
               const void *b)
{
  const Path *x = a;
  const Path *y = b;
  int         order = compare_bytes (x->bytes, x->length, y->bytes, y->length);

  return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static int
compare_folded (const void *a,
                const void *b)
{
  const Path *x = a;
  const Path *y = b;

  return wb_caseless_compare (x->bytes, x->length, y->bytes, y->length);
}

/* Where the part of a path ends that begins at @start: at its slash, or with the path. */
static guint
find_end (const char *path,
          guint       length,
          guint       start)
{
  const char *slash = memchr (path + start, '/', length - start);

  return slash != NULL ? (guint) (slash - path) : length;
}

/* Whether other programs could put a file of this path somewhere else than it says. */
static gboolean
path_is_unsafe (const WbZipEntry *entry,
                guint             length)
{
  const char *path = entry->path;

  /* A name that is escaped as a whole has backslashes of its own. */
  if (length == 0 || memchr (entry->name, '\0', entry->name_length) != NULL
      || (memchr (path, '\\', length) != NULL
          && memchr (entry->name, '\\', entry->name_length) != NULL))
    return TRUE;
  if (length >= 2 && g_ascii_isalpha (path[0]) && path[1] == ':')
    return TRUE;

  for (guint start = 0, end; start <= length; start = end + 1)
    {
      end = find_end (path, length, start);
      if (end == start || (end - start == 1 && path[start] == '.')
          || (end - start == 2 && path[start] == '.' && path[start + 1] == '.'))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_suffix (const char *path,
            guint       length,
            const char *suffix)
{
  gsize suffix_length = strlen (suffix);

  return length >= suffix_length
         && g_ascii_strncasecmp (path + length - suffix_length, suffix, suffix_length) == 0;
}

static gboolean
is_called (const char *path,
           guint       length,
           const char *name)
{
  return length == strlen (name) && memcmp (path, name, length) == 0;
}

/* macOS keeps what other systems have no place for in files beside a file (AppleDouble), also in a
 * folder of their own, and a folder's look in .DS_Store. */
static gboolean
path_is_extra (const char *path,
               guint       length)
{
  guint start = 0;

  for (guint end = 0; end < length;)
    {
      end = find_end (path, length, start);
      if (is_called (path + start, end - start, "__MACOSX"))
        return TRUE;
      if (end < length)
        start = end + 1;
    }

  return (length - start > 2 && memcmp (path + start, "._", 2) == 0)
         || is_called (path + start, length - start, ".DS_Store");
}

gboolean
wb_node_is_waybill_note (const WbNode *node)
{
  return node->kind == WB_NODE_NOTE && is_called (node->path, node->path_length, WB_NOTE_WAYBILL);
}

static WbNodeKind
get_kind (const WbZipEntry *entry)
{
  const char *path = entry->path;
  guint       length = entry->path_length;

  if ((entry->flags & (WB_ZIP_ENTRY_SYMLINK | WB_ZIP_ENTRY_SPECIAL)) != 0)
    return WB_NODE_LINK;
  if ((entry->flags & WB_ZIP_ENTRY_FOLDER) != 0)
    return WB_NODE_FOLDER;
  if (path_is_extra (path, length))
    return WB_NODE_EXTRA;
  if (is_called (path, length, WB_NOTE_REDACTED) || is_called (path, length, WB_NOTE_WAYBILL))
    return WB_NODE_NOTE;

  return has_suffix (path, length, ".conn") ? WB_NODE_CONNECTION : WB_NODE_FILE;
}

/**
 * wb_node_tree_count:
 * @index: an index
 * @n_files: (out): how many files it has of those that the archive is about
 * @n_connections: (out): how many of them are connections
 *
 * Counts as an archive does, but makes no tree and reads no file.
 */
void
wb_node_tree_count (WbZipIndex *index,
                    guint      *n_files,
                    guint      *n_connections)
{
  g_return_if_fail (index != NULL);
  g_return_if_fail (n_files != NULL && n_connections != NULL);

  *n_files = 0;
  *n_connections = 0;
  for (guint i = 0; i < wb_zip_index_get_n (index); i++)
    {
      const WbNode node = { .kind = (guint8) get_kind (wb_zip_index_get (index, i)) };

      *n_files += wb_node_counts (&node) ? 1 : 0;
      *n_connections += node.kind == WB_NODE_CONNECTION ? 1 : 0;
    }
}

static guint
add_node (Builder    *builder,
          WbNodeKind  kind,
          const char *path,
          guint       path_length,
          guint       name_start,
          int         parent,
          int         entry)
{
  WbNode node = {
    .path = path,
    .path_length = path_length,
    .name_start = name_start,
    .parent = parent,
    .entry = entry,
    .kind = kind,
  };

  g_array_append_val (builder->nodes, node);

  return builder->nodes->len - 1;
}

/* Closes the folders that @path is not in. Sorted paths keep a folder's files together, so a
 * closed folder is never needed again. */
static void
leave_folders (Builder    *builder,
               const char *path,
               guint       length)
{
  for (; builder->depth > 0; builder->depth--)
    {
      const WbNode *folder = &g_array_index (builder->nodes, WbNode, builder->open[builder->depth]);

      if (folder->path_length < length && path[folder->path_length] == '/'
          && memcmp (folder->path, path, folder->path_length) == 0)
        break;
    }
}

/* Opens the folders down to @path, which ends with a slash for a folder. Returns %FALSE where they
 * would be too many. */
static gboolean
enter_folders (Builder    *builder,
               const char *path,
               guint       length)
{
  guint start;
  guint missing = 0;

  leave_folders (builder, path, length);
  start = builder->depth == 0
            ? 0
            : g_array_index (builder->nodes, WbNode, builder->open[builder->depth]).path_length + 1;

  for (guint end = find_end (path, length, start); end < length;
       end = find_end (path, length, end + 1))
    missing++;
  if (missing > WB_NODE_MAX_DEPTH - builder->depth
      || missing > WB_ZIP_MAX_ENTRIES - builder->n_folders)
    return FALSE;

  for (guint end = find_end (path, length, start); end < length;
       end = find_end (path, length, start))
    {
      guint folder = add_node (builder, WB_NODE_FOLDER, path, end, start,
                               (int) builder->open[builder->depth], -1);

      builder->open[++builder->depth] = folder;
      builder->n_folders++;
      start = end + 1;
    }

  return TRUE;
}

static void
add_entry (Builder          *builder,
           const WbZipEntry *entry,
           guint             number)
{
  WbNodeKind  kind = get_kind (entry);
  const char *path = entry->path;
  guint       length = entry->path_length;
  gboolean    slash = length > 1 && path[length - 1] == '/';
  gboolean    is_unsafe = path_is_unsafe (entry, slash ? length - 1 : length);
  guint       node;

  /* `./` is the root itself. */
  if (length == 0 && entry->name_length > 0 && kind == WB_NODE_FOLDER)
    return;

  if (is_unsafe || !enter_folders (builder, path, length))
    node = add_node (builder, kind, path, length, 0, 0, (int) number);
  else if (slash)
    {
      node = builder->open[builder->depth];
      g_array_index (builder->nodes, WbNode, node).entry = (int) number;
      /* An entry that ends with a slash and says that it is a link contradicts itself. */
      if (kind == WB_NODE_LINK)
        g_array_index (builder->nodes, WbNode, node).problems |= WB_PROBLEM_UNREADABLE;
    }
  else
    {
      const WbNode *folder = &g_array_index (builder->nodes, WbNode, builder->open[builder->depth]);
      guint         name_start = builder->depth == 0 ? 0 : folder->path_length + 1;

      node = add_node (builder, kind, path, length, name_start,
                       (int) builder->open[builder->depth], (int) number);
    }

  if (is_unsafe)
    g_array_index (builder->nodes, WbNode, node).problems |= WB_PROBLEM_UNSAFE_PATH;
  if (kind == WB_NODE_FOLDER && entry->size_bytes > 0)
    g_array_index (builder->nodes, WbNode, node).problems |= WB_PROBLEM_FOLDER_SIZE;
  if (kind == WB_NODE_LINK && !slash)
    g_array_index (builder->nodes, WbNode, node).problems |= WB_PROBLEM_LINK;
}

/* Flags paths that are equal, or would be on a system that ignores case. */
static gboolean
find_duplicates (WbNodeTree   *self,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autofree Path *paths = g_new (Path, self->n_nodes);
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->n_nodes; i++)
    {
      const WbNode *node = &self->nodes[i];
      guchar        all = 0;

      paths[i] = (Path){ .bytes = node->path, .length = node->path_length, .number = i };
      for (guint j = 0; j < node->path_length; j++)
        all |= (guchar) node->path[j];
      if (all >= 0x80 && g_utf8_validate (node->path, node->path_length, NULL))
        {
          g_autofree char *plain = g_utf8_casefold (node->path, node->path_length);
          char            *text = g_utf8_normalize (plain, -1, G_NORMALIZE_ALL_COMPOSE);

          g_ptr_array_add (folded, text);
          paths[i].bytes = text;
          paths[i].length = (guint) strlen (text);
        }
      if (paths[i].length > 0 && paths[i].bytes[paths[i].length - 1] == '/')
        paths[i].length--;
    }

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  /* The root has no path. */
  wb_sort (paths + 1, self->n_nodes - 1, sizeof *paths, compare_folded);
  for (guint i = 2; i < self->n_nodes; i++)
    {
      if (compare_folded (&paths[i - 1], &paths[i]) == 0)
        {
          self->nodes[paths[i - 1].number].problems |= WB_PROBLEM_DUPLICATE;
          self->nodes[paths[i].number].problems |= WB_PROBLEM_DUPLICATE;
        }
    }

  return TRUE;
}

static void
collect_children (WbNodeTree *self)
{
  guint next = 0;

  self->children = g_new (guint, self->n_nodes);
  for (guint i = 1; i < self->n_nodes; i++)
    self->nodes[self->nodes[i].parent].n_children++;
  for (guint i = 0; i < self->n_nodes; i++)
    {
      self->nodes[i].first_child = next;
      next += self->nodes[i].n_children;
      self->nodes[i].n_children = 0;
    }
  for (guint i = 1; i < self->n_nodes; i++)
    {
      WbNode *parent = &self->nodes[self->nodes[i].parent];

      self->children[parent->first_child + parent->n_children++] = i;
    }
}

/**
 * wb_node_is_extra:
 * @node: a node
 *
 * Returns: whether macOS added it; its folders are folders, and extra all the same
 */
gboolean
wb_node_is_extra (const WbNode *node)
{
  return node->kind == WB_NODE_EXTRA
         || (node->kind == WB_NODE_FOLDER && path_is_extra (node->path, node->path_length));
}

/**
 * wb_node_dup_copy_path:
 * @node: a node
 *
 * The backslashes in a right path are those of its escapes, and for who reads a ZIP they would be
 * separators: `\xff.conn` becomes `_xff.conn`.
 *
 * Returns: (transfer full): its path in a copy of the archive, of the same length
 */
char *
wb_node_dup_copy_path (const WbNode *node)
{
  char *path = g_strndup (node->path, node->path_length);

  return (node->problems & WB_PROBLEM_UNSAFE_PATH) == 0 ? g_strdelimit (path, "\\", '_') : path;
}

/**
 * wb_node_tree_new:
 * @index: what the archive lists; must outlive the tree, which borrows its names
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Folders follow from the paths, whether or not the archive lists them. A path that is not safe
 * is not taken apart: it is shown as it is, in the root.
 *
 * Returns: (transfer full): the tree, or %NULL with %G_IO_ERROR_CANCELLED
 */
WbNodeTree *
wb_node_tree_new (WbZipIndex   *index,
                  GCancellable *cancellable,
                  GError      **error)
{
  guint            n = wb_zip_index_get_n (index);
  g_autofree Path *paths = g_new (Path, n);
  Builder          builder = { 0 };
  g_autoptr (WbNodeTree) self = NULL;

  for (guint i = 0; i < n; i++)
    {
      const WbZipEntry *entry = wb_zip_index_get (index, i);

      paths[i] = (Path){ .bytes = entry->path, .length = entry->path_length, .number = i };
    }
  wb_sort (paths, n, sizeof *paths, compare_paths);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  builder.nodes = g_array_sized_new (FALSE, FALSE, sizeof (WbNode), n + 8);
  add_node (&builder, WB_NODE_ROOT, "", 0, 0, -1, -1);
  for (guint i = 0; i < n; i++)
    add_entry (&builder, wb_zip_index_get (index, paths[i].number), paths[i].number);

  self = g_new0 (WbNodeTree, 1);
  self->n_nodes = builder.nodes->len;
  self->nodes = (WbNode *) (void *) g_array_free (builder.nodes, FALSE);
  collect_children (self);
  if (!find_duplicates (self, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * wb_node_tree_copy:
 * @self: a tree
 *
 * Returns: (transfer full): another one of the same index, with the same problems so far
 */
WbNodeTree *
wb_node_tree_copy (const WbNodeTree *self)
{
  WbNodeTree *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (WbNodeTree, 1);
  copy->nodes = g_memdup2 (self->nodes, self->n_nodes * sizeof *self->nodes);
  copy->children = g_memdup2 (self->children, self->n_nodes * sizeof *self->children);
  copy->n_nodes = self->n_nodes;

  return copy;
}

void
wb_node_tree_free (WbNodeTree *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->nodes);
  g_free (self->children);
  g_free (self);
}
