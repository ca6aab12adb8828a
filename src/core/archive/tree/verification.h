/* verification.h: whether all of an archive is as it says
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

/**
 * WbFault:
 * @node: a node of the archive
 * @problems: all that is wrong with it
 */
typedef struct
{
  guint      node;
  WbProblems problems;
} WbFault;

GArray *wb_verification_new        (WbArchive            *archive,
                                    GCancellable         *cancellable,
                                    GError              **error);
void    wb_verification_new_async  (WbArchive            *archive,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
GArray *wb_verification_new_finish (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
