/* inspection.h: one look at everything in a ZIP file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive-facts.h"
#include "core/archive/tree/node-tree.h"
#include "core/spool.h"

G_BEGIN_DECLS

/* A file that can be read has none of these. */
#define WB_ARCHIVE_NOT_READABLE (WB_PROBLEM_UNREADABLE | WB_PROBLEM_ENCRYPTED \
                                 | WB_PROBLEM_TOO_LARGE | WB_PROBLEM_UNSUPPORTED)

gboolean wb_inspect (WbSpool       *spool,
                     WbZipIndex    *index,
                     WbNodeTree    *tree,
                     WbFacts       *facts,
                     const char    *password,
                     GCancellable  *cancellable,
                     GError       **error);

G_END_DECLS
