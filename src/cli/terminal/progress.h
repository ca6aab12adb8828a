/* progress.h: one line on the terminal that follows an export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/export/export.h"

G_BEGIN_DECLS

typedef struct _WbCliProgress WbCliProgress;

WbCliProgress *wb_cli_progress_new  (WbExport      *job);
void           wb_cli_progress_free (WbCliProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCliProgress, wb_cli_progress_free)

G_END_DECLS
