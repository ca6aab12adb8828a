/* tree-unfold.h: brings a node of an archive into sight in its tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

GtkTreeListRow *wb_tree_unfold_to (GListModel *rows,
                                   WbArchive  *archive,
                                   guint       node);

G_END_DECLS
