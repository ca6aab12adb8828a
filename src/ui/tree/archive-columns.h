/* archive-columns.h: how the rows of an archive's tree fill its columns
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/tree/search-highlight.h"

G_BEGIN_DECLS

/* For a list of #GtkTreeListRow that hold a #WbEntry each. */
GtkListItemFactory *wb_name_factory_new    (WbSearchHighlight *highlight);
GtkListItemFactory *wb_type_factory_new    (WbSearchHighlight *highlight);
GtkListItemFactory *wb_address_factory_new (WbSearchHighlight *highlight);
GtkListItemFactory *wb_size_factory_new    (void);

G_END_DECLS
