/* archive.c: a ZIP file as an immutable tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/archive.h"

#include <string.h>

#include "core/archive/tree/archive-private.h"
#include "core/archive/tree/inspection.h"
#include "core/text.h"
#include "core/wipe.h"

G_DEFINE_FINAL_TYPE (WbArchive, wb_archive, G_TYPE_OBJECT)

static void
count (WbArchive *self)
{
  for (guint i = 0; i < self->tree->n_nodes; i++)
    {
      const WbNode *node = &self->tree->nodes[i];

      self->problems |= wb_archive_get_node_problems (self, i);
      self->n_files += wb_node_counts (node);
      self->n_connections += node->kind == WB_NODE_CONNECTION;
      self->n_clear_secrets += self->facts->facts[i].n_clear_secrets;
    }
}

static void
wb_archive_finalize (GObject *object)
{
  WbArchive *self = WB_ARCHIVE (object);

  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->tree, wb_node_tree_free);
  g_clear_pointer (&self->index, wb_zip_index_unref);
  g_clear_pointer (&self->facts, wb_facts_free);
  g_clear_pointer (&self->ranks, wb_entry_ranks_free);
  g_clear_object (&self->spool);
  wb_wipe_and_free (self->password);

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
}

/**
 * wb_archive_new:
 * @spool: the file
 * @password: (nullable): what opens its encrypted entries
 * @index: (transfer full): what it lists
 * @tree: (transfer full): the paths of that index
 *
 * Returns: (transfer full): an archive that is good for wb_archive_learn() alone
 */
WbArchive *
wb_archive_new (WbSpool    *spool,
                const char *password,
                WbZipIndex *index,
                WbNodeTree *tree)
{
  WbArchive *self = g_object_new (WB_TYPE_ARCHIVE, NULL);

  self->spool = g_object_ref (spool);
  self->password = g_strdup (password);
  self->index = index;
  self->tree = tree;

  return self;
}

/**
 * wb_archive_learn:
 * @self: a new archive
 * @depth: how much of its contents is read
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * From then on it does not change.
 *
 * Returns: %FALSE if the file could not be read or on cancellation
 */
gboolean
wb_archive_learn (WbArchive    *self,
                  WbOpenDepth   depth,
                  GCancellable *cancellable,
                  GError      **error)
{
  self->facts = wb_facts_new (self->tree->n_nodes, depth);
  if (depth != WB_OPEN_NAMES
      && !wb_inspect (self->spool, self->index, self->tree, self->facts, self->password,
                      cancellable, error))
    return FALSE;
  wb_facts_finish (self->facts);
  self->ranks = wb_entry_ranks_new (self->tree, self->facts, self->index);
  count (self);
  wb_archive_take_note (self);

  return TRUE;
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
 * wb_archive_get_index:
 * @self: an archive
 *
 * Returns: (transfer none): what it was opened by; it lives as long as the archive
 */
WbZipIndex *
wb_archive_get_index (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);

  return self->index;
}

/**
 * wb_archive_get_n_records:
 * @self: an archive
 *
 * Returns: how many entries its index has, folders among them
 */
guint
wb_archive_get_n_records (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return wb_zip_index_get_n (self->index);
}

/**
 * wb_archive_get_n_files:
 * @self: an archive
 *
 * Returns: how many files it has, without Waybill's own notes and what macOS adds
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
 * Returns: how many of its files have a name that ends in `.conn`
 */
guint
wb_archive_get_n_connections (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return self->n_connections;
}

guint
wb_archive_get_n_clear_secrets (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return self->n_clear_secrets;
}

/**
 * wb_archive_get_unpacked_bytes:
 * @self: an archive
 *
 * Returns: the size of all its files when unpacked, as the archive says it
 */
guint64
wb_archive_get_unpacked_bytes (WbArchive *self)
{
  guint64 sum = 0;

  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  for (guint i = 0; i < wb_zip_index_get_n (self->index); i++)
    {
      if (!g_uint64_checked_add (&sum, sum, wb_zip_index_get (self->index, i)->size_bytes))
        return G_MAXUINT64;
    }

  return sum;
}

/**
 * wb_archive_dup_comment:
 * @self: an archive
 *
 * Returns: (transfer full): the archive's comment, each line escaped, or the empty string
 */
char *
wb_archive_dup_comment (WbArchive *self)
{
  GString    *out = g_string_new (NULL);
  const char *comment;
  const char *end;
  gsize       length;

  g_return_val_if_fail (WB_IS_ARCHIVE (self), g_string_free (out, FALSE));

  comment = wb_zip_index_get_comment (self->index, &length);
  for (end = comment + length; comment < end;)
    {
      const char      *line_end = memchr (comment, '\n', (gsize) (end - comment));
      gsize            n = (gsize) ((line_end != NULL ? line_end : end) - comment);
      gboolean         is_dos = line_end != NULL && n > 0 && comment[n - 1] == '\r';
      g_autofree char *line = wb_text_escape (comment, (gssize) (is_dos ? n - 1 : n));

      g_string_append (out, line);
      if (line_end != NULL)
        g_string_append_c (out, '\n');
      comment += line_end != NULL ? n + 1 : n;
    }

  return g_string_free (out, FALSE);
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
