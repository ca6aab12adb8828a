/* tree-state.h: what is folded and selected in an archive's tree, to bring it back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WbTreeState:
 * @folded: (owned) (nullable): nodes of the folders that are closed
 * @selected: (owned) (nullable): the selected nodes
 */
typedef struct
{
  GHashTable *folded;
  GHashTable *selected;
} WbTreeState;

/* The rows are #GtkTreeListRow with a #WbEntry each, folders before files. */
void wb_tree_state_take    (WbTreeState       *self,
                            GtkMultiSelection *rows);
void wb_tree_state_restore (WbTreeState       *self,
                            GtkMultiSelection *rows);
void wb_tree_state_clear   (WbTreeState       *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbTreeState, wb_tree_state_clear)

G_END_DECLS
