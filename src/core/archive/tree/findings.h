/* findings.h: what a careful reader would notice in an archive
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/connection/finding-kinds.h"
#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

/**
 * WbFinding:
 * @node: a node of the archive
 * @kind: one of #WbFindings
 */
typedef struct
{
  guint      node;
  WbFindings kind;
} WbFinding;

GArray     *wb_findings_new        (WbArchive            *archive);
void        wb_findings_new_async  (WbArchive            *archive,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
GArray     *wb_findings_new_finish (WbArchive            *archive,
                                    GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
