/* file-order.h: what an archive's tree holds, in the order in which it lies in the file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/node-tree.h"
#include "core/archive/zip/zip-reader.h"

G_BEGIN_DECLS

WbZipContents *wb_file_order_new (const WbNodeTree *tree,
                                  WbZipIndex       *index,
                                  guint            *n);

G_END_DECLS
