/* progress.h: one line on the terminal that follows one export, or several
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/export/export.h"

G_BEGIN_DECLS

typedef struct _WbCliProgress WbCliProgress;

/* Returns: (transfer full): what goes on, escaped */
typedef char *(*WbCliDescribe) (gpointer user_data);

WbCliProgress *wb_cli_progress_new           (WbExport      *job);
WbCliProgress *wb_cli_progress_new_described (WbCliDescribe  describe,
                                              gpointer       user_data);
void           wb_cli_progress_hide          (WbCliProgress *self);
void           wb_cli_progress_free          (WbCliProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCliProgress, wb_cli_progress_free)

G_END_DECLS
