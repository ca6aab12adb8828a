/* export-all-options.h: where several workspaces are saved, under which names, and what of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/batch/batch.h"

G_BEGIN_DECLS

/* Signals: `changed`; `problem` (string): a sentence for the person. */
#define WB_TYPE_EXPORT_ALL_OPTIONS (wb_export_all_options_get_type ())
G_DECLARE_FINAL_TYPE (WbExportAllOptions, wb_export_all_options, WB, EXPORT_ALL_OPTIONS,
                      AdwPreferencesGroup)

void        wb_export_all_options_load         (WbExportAllOptions  *self,
                                                GSettings           *settings,
                                                GCancellable        *closing,
                                                const char          *account,
                                                const char          *workspace);
gboolean    wb_export_all_options_are_complete (WbExportAllOptions  *self);
void        wb_export_all_options_get          (WbExportAllOptions  *self,
                                                WbBatchSettings     *settings);
const char *wb_export_all_options_get_folder   (WbExportAllOptions  *self);
void        wb_export_all_options_set_folder   (WbExportAllOptions  *self,
                                                GFile               *folder);

G_END_DECLS
