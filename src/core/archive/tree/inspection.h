/* inspection.h: one look at everything in a ZIP file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive-facts.h"
#include "core/archive/tree/node-tree.h"
#include "core/spool.h"

G_BEGIN_DECLS

gboolean wb_inspect (WbSpool       *spool,
                     WbZipIndex    *index,
                     WbNodeTree    *tree,
                     WbFacts       *facts,
                     GCancellable  *cancellable,
                     GError       **error);

G_END_DECLS
