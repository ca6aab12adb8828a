/* target.h: where an export is written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spool.h"

G_BEGIN_DECLS

gboolean  wb_cli_target_check              (const char    *path,
                                            gboolean       overwrite,
                                            GError       **error);
gboolean  wb_cli_target_is_standard_output (const char    *path);
char     *wb_cli_target_dup_folder         (const char    *path);
gboolean  wb_cli_target_save               (const char    *path,
                                            gboolean       overwrite,
                                            WbSpool       *spool,
                                            GCancellable  *cancellable,
                                            GError       **error);

G_END_DECLS
