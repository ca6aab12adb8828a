/* sort.h: sorting what is mostly in order already
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void wb_sort (gpointer     items,
              guint        n,
              gsize        item_bytes,
              GCompareFunc compare);

G_END_DECLS
