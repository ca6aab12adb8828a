/* archive-nodes.c: what is known of each node of an archive
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/archive-private.h"

#include "core/text.h"

/* No file system has longer names; a label with one of 64 KiB takes long to draw. */
#define MAX_NAME_CHARS 512

WbNodeKind
wb_archive_get_kind (WbArchive *self,
                     guint      node)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), WB_NODE_FILE);
  g_return_val_if_fail (node < self->tree->n_nodes, WB_NODE_FILE);

  return self->tree->nodes[node].kind;
}

/**
 * wb_archive_dup_name:
 * @self: an archive
 * @node: a node
 *
 * Returns: (transfer full): its name, escaped; the end of a very long one is cut off
 */
char *
wb_archive_dup_name (WbArchive *self,
                     guint      node)
{
  g_autofree char *name = NULL;
  const WbNode    *n;

  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);
  g_return_val_if_fail (node < self->tree->n_nodes, NULL);

  n = &self->tree->nodes[node];
  name = wb_text_escape (n->path + n->name_start, n->path_length - n->name_start);
  if (g_utf8_strlen (name, -1) <= MAX_NAME_CHARS)
    return g_steal_pointer (&name);

  *g_utf8_offset_to_pointer (name, MAX_NAME_CHARS) = '\0';

  return g_strconcat (name, "…", NULL);
}

/**
 * wb_archive_dup_path:
 * @self: an archive
 * @node: a node
 *
 * Returns: (transfer full): the names of its folders and its own, escaped, joined by slashes
 */
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

/**
 * wb_archive_peek_path:
 * @self: an archive
 * @node: a node
 * @length: (out): how many bytes
 *
 * Returns: (transfer none): a path as it is, to compare and never to show: UTF-8 without a NUL byte
 */
const char *
wb_archive_peek_path (WbArchive *self,
                      guint      node,
                      gsize     *length)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);
  g_return_val_if_fail (node < self->tree->n_nodes, NULL);

  *length = self->tree->nodes[node].path_length;

  return self->tree->nodes[node].path;
}

/**
 * wb_archive_get_text:
 * @self: an archive
 * @node: a node
 * @text: which one
 *
 * Returns: (transfer none): what a connection says, escaped; the empty string for none, and for
 *   what is not a connection
 */
const char *
wb_archive_get_text (WbArchive   *self,
                     guint        node,
                     WbDigestText text)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);
  g_return_val_if_fail (node < self->tree->n_nodes, NULL);
  g_return_val_if_fail (text < WB_N_DIGEST_TEXTS, NULL);

  return self->facts->strings->str + self->facts->facts[node].texts[text];
}

const char *
wb_archive_get_type_name (WbArchive *self,
                          guint      node)
{
  return wb_archive_get_text (self, node, WB_DIGEST_TYPE);
}

/**
 * wb_archive_get_address:
 * @self: an archive
 * @node: a node
 *
 * Returns: (transfer none): what a connection points at, as from wb_connection_get_address(), or
 *   the empty string
 */
const char *
wb_archive_get_address (WbArchive *self,
                        guint      node)
{
  return wb_archive_get_text (self, node, WB_DIGEST_ADDRESS);
}

/**
 * wb_archive_peek_fact:
 * @self: an archive
 * @node: a node
 * @haystack: (out) (optional): what of it can be searched, see search-text.h
 *
 * Returns: (transfer none): what is kept of its contents
 */
const WbFact *
wb_archive_peek_fact (WbArchive   *self,
                      guint        node,
                      const char **haystack)
{
  const WbFact *fact = &self->facts->facts[node];

  if (haystack != NULL)
    *haystack = self->facts->haystack->str + fact->haystack;

  return fact;
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

/**
 * wb_archive_get_node_problems:
 * @self: an archive
 * @node: a node
 *
 * Returns: what is wrong with it; what macOS adds is not judged
 */
WbProblems
wb_archive_get_node_problems (WbArchive *self,
                              guint      node)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);
  g_return_val_if_fail (node < self->tree->n_nodes, 0);

  return wb_node_is_extra (&self->tree->nodes[node]) ? 0 : self->tree->nodes[node].problems;
}

/**
 * wb_archive_is_extra:
 * @self: an archive
 * @node: a node
 *
 * Returns: whether macOS added it, which says nothing of the connections
 */
gboolean
wb_archive_is_extra (WbArchive *self,
                     guint      node)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), FALSE);
  g_return_val_if_fail (node < self->tree->n_nodes, FALSE);

  return wb_node_is_extra (&self->tree->nodes[node]);
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
