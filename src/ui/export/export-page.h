/* export-page.h: shows a running export: its stage, the data received, the time elapsed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/export/export-job.h"

G_BEGIN_DECLS

#define WB_TYPE_EXPORT_PAGE (wb_export_page_get_type ())
G_DECLARE_FINAL_TYPE (WbExportPage, wb_export_page, WB, EXPORT_PAGE, AdwBin)

void wb_export_page_set_job (WbExportPage *self,
                             WbExportJob  *job);

G_END_DECLS
