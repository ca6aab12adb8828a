/* node-tree.h: the paths in a ZIP file as a tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/node-kind.h"
#include "core/archive/zip/problems.h"
#include "core/archive/zip/zip-index.h"

G_BEGIN_DECLS

/**
 * WbNode:
 * @path: (unowned): its path, inside the index, without a folder's final slash
 * @path_length: how many
 * @name_start: where in @path its name begins
 * @parent: its folder's number, or -1 for the root
 * @first_child: where in the tree's children a folder's begin
 * @n_children: how many there are
 * @entry: number of its record in the index, or -1 for a folder that has none
 * @problems: #WbProblems
 * @kind: a #WbNodeKind
 *
 * Flat, for there may be a million.
 */
typedef struct
{
  const char *path;
  guint       path_length;
  guint       name_start;
  int         parent;
  guint       first_child;
  guint       n_children;
  int         entry;
  guint16     problems;
  guint8      kind;
} WbNode;

typedef struct
{
  WbNode *nodes; /* (owned) (array length=n_nodes) */
  guint  *children; /* (owned) (array length=n_nodes) */
  guint   n_nodes;
} WbNodeTree;

/* What Waybill writes into the root of a redacted copy; what it writes into that of a rebuilt
 * archive is WB_NOTE_WAYBILL. */
#define WB_NOTE_REDACTED "REDACTED.txt"

/* Whether it is neither the root nor a folder. */
static inline gboolean
wb_node_is_file (const WbNode *node)
{
  return node->kind != WB_NODE_ROOT && node->kind != WB_NODE_FOLDER;
}

/* Whether it is one of the files that the archive is about: these alone are counted, compared and
 * judged. */
static inline gboolean
wb_node_counts (const WbNode *node)
{
  return wb_node_is_file (node) && node->kind != WB_NODE_NOTE && node->kind != WB_NODE_EXTRA;
}

/* Whether macOS added it, a folder among them. */
gboolean    wb_node_is_extra  (const WbNode  *node);
/* Whether it is what only a rebuilt archive has. */
gboolean    wb_node_is_waybill_note
                              (const WbNode  *node);

char       *wb_node_dup_copy_path
                              (const WbNode  *node);

void        wb_node_tree_count
                              (WbZipIndex    *index,
                               guint         *n_files,
                               guint         *n_connections);
WbNodeTree *wb_node_tree_new  (WbZipIndex    *index,
                               GCancellable  *cancellable,
                               GError       **error);
WbNodeTree *wb_node_tree_copy (const WbNodeTree *self);
void        wb_node_tree_free (WbNodeTree    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbNodeTree, wb_node_tree_free)

G_END_DECLS
