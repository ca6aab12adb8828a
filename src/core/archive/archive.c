/* archive.c: a ZIP file as an immutable tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/archive.h"

#include "core/archive/connection.h"
#include "core/archive/node-tree.h"
#include "core/archive/zip-index.h"
#include "core/archive/zip-reader.h"
#include "core/error.h"
#include "core/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WbArchive
{
  GObject parent_instance;

  WbSpool    *spool; /* (owned) */
  WbZipIndex *index; /* (owned) */
  WbNodeTree *tree;  /* (owned) */
  GPtrArray  *types; /* (owned) (element-type utf8): the first is "" */
  WbProblems  problems;
  guint       n_files;
  guint       n_connections;
};

G_DEFINE_FINAL_TYPE (WbArchive, wb_archive, G_TYPE_OBJECT)

/* What is needed only while an archive is opened. */
typedef struct
{
  WbArchive *archive;      /* (unowned) */
  GTree     *type_numbers; /* (owned): from type to its number in the archive's types */
  guint64    total_bytes;
  guint      n_read;
} Opening;

/* What none of the entries that can be read has. */
#define NOT_READABLE (WB_PROBLEM_UNREADABLE | WB_PROBLEM_ENCRYPTED | WB_PROBLEM_TOO_LARGE)

static gboolean
is_file (const WbNode *node)
{
  return node->kind != WB_NODE_ROOT && node->kind != WB_NODE_FOLDER;
}

static int
compare_locations (const void *a,
                   const void *b)
{
  const WbZipContents *x = a;
  const WbZipContents *y = b;

  if (x->entry->header_offset != y->entry->header_offset)
    return x->entry->header_offset > y->entry->header_offset ? 1 : -1;
  return (x->id > y->id) - (x->id < y->id);
}

static gboolean
same_header (const WbZipEntry *a,
             const WbZipEntry *b)
{
  return a->header_offset == b->header_offset
         && a->compressed_bytes == b->compressed_bytes && a->size_bytes == b->size_bytes;
}

/* Flags what can be known without reading, and says where an entry's contents are. */
static gboolean
inspect_entry (WbArchive     *self,
               WbFileWindow  *window,
               WbNode        *node,
               WbZipContents *contents,
               GError       **error)
{
  const WbZipEntry *entry = contents->entry;
  WbProblems        problems = 0;

  if (!wb_zip_locate (window, entry, wb_zip_index_get_directory_offset (self->index),
                      &contents->data_offset, &problems, error))
    return FALSE;

  if ((entry->flags & WB_ZIP_ENTRY_ENCRYPTED) != 0)
    problems |= WB_PROBLEM_ENCRYPTED;
  if (entry->size_bytes > WB_ARCHIVE_MAX_ENTRY_BYTES)
    problems |= WB_PROBLEM_TOO_LARGE;
  /* No compression makes so little so large; nor could it be read within limits. */
  else if (entry->compressed_bytes > 2 * WB_ARCHIVE_MAX_ENTRY_BYTES)
    problems |= WB_PROBLEM_UNREADABLE;
  node->problems |= problems;

  return TRUE;
}

/* Entries whose data lie over each other: how a small file pretends to be a huge one. Two records
 * of one and the same header are duplicates, not this. */
static void
flag_overlaps (WbArchive           *self,
               const WbZipContents *contents,
               guint                n)
{
  guint64 end = 0;
  guint   last = 0;

  for (guint i = 0; i < n; i++)
    {
      WbNode *node = &self->tree->nodes[contents[i].id];

      if ((node->problems & WB_PROBLEM_UNREADABLE) != 0)
        continue;
      if (contents[i].entry->header_offset < end
          && !same_header (contents[i].entry, contents[last].entry))
        {
          node->problems |= WB_PROBLEM_UNREADABLE;
          self->tree->nodes[contents[last].id].problems |= WB_PROBLEM_UNREADABLE;
        }
      if (contents[i].data_offset + contents[i].entry->compressed_bytes > end)
        {
          end = contents[i].data_offset + contents[i].entry->compressed_bytes;
          last = i;
        }
    }
}

static guint
get_type_number (Opening    *opening,
                 const char *type)
{
  gpointer number;

  if (*type == '\0')
    return 0;
  if (!g_tree_lookup_extended (opening->type_numbers, type, NULL, &number))
    {
      char *copy = g_strdup (type);

      number = GUINT_TO_POINTER (opening->archive->types->len);
      g_ptr_array_add (opening->archive->types, copy);
      g_tree_insert (opening->type_numbers, copy, number);
    }

  return GPOINTER_TO_UINT (number);
}

static gboolean
contents_cb (const WbZipContents *contents,
             const guint8        *bytes,
             gsize                length,
             WbProblems           problems,
             gpointer             user_data)
{
  Opening *opening = user_data;
  WbNode  *node = &opening->archive->tree->nodes[contents->id];

  node->problems |= problems;
  opening->n_read++;
  opening->total_bytes += length;

  if (node->kind == WB_NODE_CONNECTION
      && (problems & (WB_PROBLEM_UNREADABLE | WB_PROBLEM_UNSUPPORTED)) == 0)
    {
      g_autofree char *type = NULL;

      if (wb_connection_peek ((const char *) bytes, length, &type))
        node->type = get_type_number (opening, type);
      else
        node->problems |= WB_PROBLEM_NOT_JSON;
    }

  return opening->total_bytes <= WB_ARCHIVE_MAX_TOTAL_BYTES;
}

static int
compare_types (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return strcmp (a, b);
}

/* Looks at every file once, in the order in which they lie. */
static gboolean
inspect (WbArchive    *self,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr (GTree) type_numbers = g_tree_new_full (compare_types, NULL, NULL, NULL);
  g_autofree WbZipContents *contents = g_new (WbZipContents, self->tree->n_nodes);
  g_auto (WbFileWindow) window = { 0 };
  Opening opening = { .archive = self, .type_numbers = type_numbers };
  guint   n = 0;
  guint   n_readable = 0;

  for (guint i = 0; i < self->tree->n_nodes; i++)
    if (is_file (&self->tree->nodes[i]))
      contents[n++] = (WbZipContents){
        .entry = wb_zip_index_get (self->index, (guint) self->tree->nodes[i].entry),
        .id = i,
      };
  qsort (contents, n, sizeof *contents, compare_locations);

  wb_file_window_init (&window, wb_spool_get_fd (self->spool),
                       wb_spool_get_size_bytes (self->spool), cancellable);
  for (guint i = 0; i < n; i++)
    if (!inspect_entry (self, &window, &self->tree->nodes[contents[i].id], &contents[i], error))
      return FALSE;
  flag_overlaps (self, contents, n);

  for (guint i = 0; i < n; i++)
    if ((self->tree->nodes[contents[i].id].problems & NOT_READABLE) == 0)
      contents[n_readable++] = contents[i];
  if (!wb_zip_read_contents (wb_spool_get_fd (self->spool), contents, n_readable, contents_cb,
                             &opening, cancellable, error))
    return FALSE;
  for (guint i = opening.n_read; i < n_readable; i++)
    self->tree->nodes[contents[i].id].problems |= WB_PROBLEM_TOO_LARGE;

  return TRUE;
}

static void
count (WbArchive *self)
{
  for (guint i = 0; i < self->tree->n_nodes; i++)
    {
      const WbNode *node = &self->tree->nodes[i];

      self->problems |= node->problems;
      self->n_files += is_file (node);
      self->n_connections += node->kind == WB_NODE_CONNECTION;
    }
}

static void
wb_archive_finalize (GObject *object)
{
  WbArchive *self = WB_ARCHIVE (object);

  g_clear_pointer (&self->tree, wb_node_tree_free);
  g_clear_pointer (&self->index, wb_zip_index_free);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_object (&self->spool);

  G_OBJECT_CLASS (wb_archive_parent_class)->finalize (object);
}

static void
wb_archive_class_init (WbArchiveClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_archive_finalize;
}

static void
wb_archive_init (WbArchive *self)
{
  self->types = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->types, g_strdup (""));
}

/**
 * wb_archive_open:
 * @spool: the file
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Judges the file by its index, then reads every entry once to learn what is wrong with it and
 * what the connections are. A bad entry is flagged and spoils nothing else. Never takes more memory
 * than the index and %WB_ARCHIVE_MAX_ENTRY_BYTES, nor inflates more than
 * %WB_ARCHIVE_MAX_TOTAL_BYTES and one entry.
 *
 * Returns: (transfer full): the archive, or %NULL with an error as from wb_zip_index_read()
 */
WbArchive *
wb_archive_open (WbSpool      *spool,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr (WbArchive) self = NULL;

  g_return_val_if_fail (WB_IS_SPOOL (spool), NULL);

  self = g_object_new (WB_TYPE_ARCHIVE, NULL);
  self->spool = g_object_ref (spool);
  self->index = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool),
                                   cancellable, error);
  if (self->index == NULL)
    return NULL;
  self->tree = wb_node_tree_new (self->index, cancellable, error);
  if (self->tree == NULL || !inspect (self, cancellable, error))
    return NULL;
  count (self);

  return g_steal_pointer (&self);
}

static void
open_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError    *error = NULL;
  WbArchive *self = wb_archive_open (task_data, cancellable, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wb_archive_open_async:
 * @spool: the file
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_archive_open() in a thread.
 */
void
wb_archive_open_async (WbSpool            *spool,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_SPOOL (spool));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_archive_open_async);
  g_task_set_task_data (task, g_object_ref (spool), g_object_unref);
  g_task_run_in_thread (task, open_thread);
}

WbArchive *
wb_archive_open_finish (GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_archive_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wb_archive_get_n_nodes:
 * @self: an archive
 *
 * Returns: how many nodes there are, the root included
 */
guint
wb_archive_get_n_nodes (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return self->tree->n_nodes;
}

/**
 * wb_archive_get_n_files:
 * @self: an archive
 *
 * Returns: how many entries it has that are no folders
 */
guint
wb_archive_get_n_files (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return self->n_files;
}

/**
 * wb_archive_get_n_connections:
 * @self: an archive
 *
 * Returns: how many of its files are called `.conn`
 */
guint
wb_archive_get_n_connections (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return self->n_connections;
}

/**
 * wb_archive_get_problems:
 * @self: an archive
 *
 * Returns: the problems of all its nodes
 */
WbProblems
wb_archive_get_problems (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return self->problems;
}

WbNodeKind
wb_archive_get_kind (WbArchive *self,
                     guint      node)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), WB_NODE_FILE);
  g_return_val_if_fail (node < self->tree->n_nodes, WB_NODE_FILE);

  return self->tree->nodes[node].kind;
}

char *
wb_archive_dup_name (WbArchive *self,
                     guint      node)
{
  const WbNode *n;

  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);
  g_return_val_if_fail (node < self->tree->n_nodes, NULL);

  n = &self->tree->nodes[node];
  return wb_text_escape (n->path + n->name_start, n->path_length - n->name_start);
}

char *
wb_archive_dup_path (WbArchive *self,
                     guint      node)
{
  const WbNode *n;

  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);
  g_return_val_if_fail (node < self->tree->n_nodes, NULL);

  n = &self->tree->nodes[node];
  return wb_text_escape (n->path, n->path_length);
}

/**
 * wb_archive_peek_name:
 * @self: an archive
 * @node: a node
 * @length: (out): how many bytes
 *
 * Returns: (transfer none): a name's bytes as they are, to compare and never to show
 */
const char *
wb_archive_peek_name (WbArchive *self,
                      guint      node,
                      gsize     *length)
{
  const WbNode *n;

  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);
  g_return_val_if_fail (node < self->tree->n_nodes, NULL);

  n = &self->tree->nodes[node];
  *length = n->path_length - n->name_start;
  return n->path + n->name_start;
}

const char *
wb_archive_get_type_name (WbArchive *self,
                          guint      node)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);
  g_return_val_if_fail (node < self->tree->n_nodes, NULL);

  return g_ptr_array_index (self->types, self->tree->nodes[node].type);
}

/**
 * wb_archive_get_size_bytes:
 * @self: an archive
 * @node: a node
 *
 * Returns: a file's size when unpacked, as the archive says it; the root's is the archive's own; a
 *   folder has none
 */
guint64
wb_archive_get_size_bytes (WbArchive *self,
                           guint      node)
{
  const WbNode *n;

  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);
  g_return_val_if_fail (node < self->tree->n_nodes, 0);

  n = &self->tree->nodes[node];
  if (n->kind == WB_NODE_ROOT)
    return wb_spool_get_size_bytes (self->spool);
  if (n->kind == WB_NODE_FOLDER)
    return 0;
  return wb_zip_index_get (self->index, (guint) n->entry)->size_bytes;
}

WbProblems
wb_archive_get_node_problems (WbArchive *self,
                              guint      node)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);
  g_return_val_if_fail (node < self->tree->n_nodes, 0);

  return self->tree->nodes[node].problems;
}

/**
 * wb_archive_get_record:
 * @self: an archive
 * @node: a node
 *
 * Returns: the number of its record in the #WbZipIndex of the same file, or -1 for the root and for
 *   a folder without one
 */
int
wb_archive_get_record (WbArchive *self,
                       guint      node)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), -1);
  g_return_val_if_fail (node < self->tree->n_nodes, -1);

  return self->tree->nodes[node].entry;
}

/**
 * wb_archive_get_parent:
 * @self: an archive
 * @node: a node
 *
 * Returns: the folder it is in, or -1 for the root
 */
int
wb_archive_get_parent (WbArchive *self,
                       guint      node)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), -1);
  g_return_val_if_fail (node < self->tree->n_nodes, -1);

  return self->tree->nodes[node].parent;
}

/**
 * wb_archive_get_children:
 * @self: an archive
 * @node: a node
 * @n_children: (out): how many
 *
 * Returns: (transfer none) (array length=n_children): what is in a folder
 */
const guint *
wb_archive_get_children (WbArchive *self,
                         guint      node,
                         guint     *n_children)
{
  const WbNode *n;

  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);
  g_return_val_if_fail (node < self->tree->n_nodes, NULL);
  g_return_val_if_fail (n_children != NULL, NULL);

  n = &self->tree->nodes[node];
  *n_children = n->n_children;
  return self->tree->children + n->first_child;
}

/**
 * wb_problems_to_text:
 * @problems: problems of one node or of many
 *
 * Returns: (transfer full): a translated sentence for each, a line each
 */
char *
wb_problems_to_text (WbProblems problems)
{
  static const struct
  {
    WbProblems  problem;
    const char *text;
  } texts[] = {
    { WB_PROBLEM_BAD_CRC, N_ ("The contents do not match their checksum.") },
    { WB_PROBLEM_UNREADABLE,
      N_ ("The contents are cut or overlong, or contradict the archive’s list.") },
    { WB_PROBLEM_ENCRYPTED, N_ ("The contents are encrypted.") },
    { WB_PROBLEM_UNSUPPORTED, N_ ("The compression method is not supported.") },
    { WB_PROBLEM_TOO_LARGE, N_ ("Too large for the preview.") },
    { WB_PROBLEM_UNSAFE_PATH,
      N_ ("The path is not a plain one: unpacking may put the file somewhere else.") },
    { WB_PROBLEM_DUPLICATE,
      N_ ("Another entry has the same path: unpacking may keep only one of them.") },
    { WB_PROBLEM_NOT_JSON, N_ ("This is not a connection in JSON form.") },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if ((problems & texts[i].problem) != 0)
      {
        if (text->len > 0)
          g_string_append_c (text, '\n');
        g_string_append (text, _ (texts[i].text));
      }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
read_cb (const WbZipContents *contents,
         const guint8        *bytes,
         gsize                length,
         WbProblems           problems,
         gpointer             user_data)
{
  GBytes **result = user_data;

  if ((problems & WB_PROBLEM_UNSUPPORTED) == 0
      && ((problems & WB_PROBLEM_UNREADABLE) == 0 || length > 0))
    *result = g_bytes_new (bytes, length);

  return FALSE;
}

/**
 * wb_archive_read:
 * @self: an archive
 * @node: one of its files
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Inflates one file. Its time does not depend on how many others there are. Contents with a wrong
 * checksum are returned all the same, and as much of damaged ones as comes out; the node's
 * problems tell.
 *
 * Returns: (transfer full): the contents
 */
GBytes *
wb_archive_read (WbArchive    *self,
                 guint         node,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_auto (WbFileWindow) window = { 0 };
  g_autofree char *reason = NULL;
  WbZipContents    contents = { 0 };
  WbProblems       problems = 0;
  GBytes          *result = NULL;
  const WbNode    *n;
  int              fd;

  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);
  g_return_val_if_fail (node < self->tree->n_nodes, NULL);
  g_return_val_if_fail (is_file (&self->tree->nodes[node]), NULL);

  n = &self->tree->nodes[node];
  contents.entry = wb_zip_index_get (self->index, (guint) n->entry);
  fd = wb_spool_get_fd (self->spool);

  wb_file_window_init (&window, fd, wb_spool_get_size_bytes (self->spool), cancellable);
  if (contents.entry->size_bytes > WB_ARCHIVE_MAX_ENTRY_BYTES)
    problems = WB_PROBLEM_TOO_LARGE;
  else if ((n->problems & WB_PROBLEM_ENCRYPTED) != 0)
    problems = WB_PROBLEM_ENCRYPTED;
  else if (contents.entry->compressed_bytes > 2 * WB_ARCHIVE_MAX_ENTRY_BYTES)
    problems = WB_PROBLEM_UNREADABLE;
  else if (!wb_zip_locate (&window, contents.entry, wb_zip_index_get_directory_offset (self->index),
                           &contents.data_offset, &problems, error))
    return NULL;

  if (problems == 0
      && !wb_zip_read_contents (fd, &contents, 1, read_cb, &result, cancellable, error))
    return NULL;
  if (result != NULL)
    return result;

  if (problems == 0)
    problems = n->problems & (WB_PROBLEM_UNSUPPORTED | WB_PROBLEM_UNREADABLE);
  if (problems == 0)
    problems = WB_PROBLEM_UNREADABLE;
  reason = wb_problems_to_text (problems);
  g_set_error_literal (error, WB_ERROR, WB_ERROR_FAILED, reason);

  return NULL;
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *bytes = wb_archive_read (source_object, GPOINTER_TO_UINT (task_data), cancellable,
                                   &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wb_archive_read_async:
 * @self: an archive
 * @node: one of its files
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_archive_read() in a thread.
 */
void
wb_archive_read_async (WbArchive          *self,
                       guint               node,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_ARCHIVE (self));
  g_return_if_fail (node < self->tree->n_nodes);
  g_return_if_fail (is_file (&self->tree->nodes[node]));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_archive_read_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (node), NULL);
  g_task_run_in_thread (task, read_thread);
}

GBytes *
wb_archive_read_finish (WbArchive    *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_archive_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
