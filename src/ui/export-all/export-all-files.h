/* export-all-files.h: what can be done with the files of several exports
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/batch/batch-job.h"

G_BEGIN_DECLS

void wb_export_all_tell    (GtkWindow   *window,
                            const char  *sentence);
void wb_export_all_show    (GtkWindow   *window,
                            const char  *path);
void wb_export_all_compare (GtkWindow   *window,
                            WbBatchJob  *job);

G_END_DECLS
