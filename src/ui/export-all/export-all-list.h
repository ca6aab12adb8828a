/* export-all-list.h: the workspaces of all accounts, to tick and to export together
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/context/context.h"
#include "ui/export-all/export-all-row.h"

G_BEGIN_DECLS

#define WB_TYPE_EXPORT_ALL_LIST (wb_export_all_list_get_type ())
G_DECLARE_FINAL_TYPE (WbExportAllList, wb_export_all_list, WB, EXPORT_ALL_LIST, GtkBox)

void       wb_export_all_list_load         (WbExportAllList  *self,
                                            WbContext        *context);
GPtrArray *wb_export_all_list_get_rows     (WbExportAllList  *self);
guint      wb_export_all_list_count_ticked (WbExportAllList  *self);
void       wb_export_all_list_tick_all     (WbExportAllList  *self,
                                            gboolean          ticked);
gboolean   wb_export_all_list_has_rest     (WbExportAllList  *self);
void       wb_export_all_list_keep_rest    (WbExportAllList  *self);

G_END_DECLS
