/* export-all-window.h: exports several workspaces into a folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

/* Stands on no other window, and asks before it is closed during a run. Actions: export-all.start,
 * export-all.stop, export-all.folder, export-all.show. */
#define WB_TYPE_EXPORT_ALL_WINDOW (wb_export_all_window_get_type ())
G_DECLARE_FINAL_TYPE (WbExportAllWindow, wb_export_all_window, WB, EXPORT_ALL_WINDOW, AdwWindow)

GtkWindow  *wb_export_all_window_new        (GtkApplication     *application,
                                             WbContext          *context);
void        wb_export_all_window_set_folder (WbExportAllWindow  *self,
                                             GFile              *folder);
gboolean    wb_export_all_window_is_running (WbExportAllWindow  *self);

G_END_DECLS
