/* preview-private.h: the parts of the line above a preview's tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/document/document.h"

G_BEGIN_DECLS

/* What a document is, in two lines: part of the preview's template. */
#define WB_TYPE_SUMMARY_BAR (wb_summary_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbSummaryBar, wb_summary_bar, WB, SUMMARY_BAR, AdwBin)

void     wb_summary_bar_set_document    (WbSummaryBar     *self,
                                         WbDocument       *document);

/* Part of the summary bar's template. Not visible while an archive has no findings. A person who
 * chooses an entry in the list activates the action preview.select with its node. */
#define WB_TYPE_FINDINGS_BUTTON (wb_findings_button_get_type ())
G_DECLARE_FINAL_TYPE (WbFindingsButton, wb_findings_button, WB, FINDINGS_BUTTON, AdwBin)

void     wb_findings_button_set_archive (WbFindingsButton *self,
                                         WbArchive        *archive);
gboolean wb_findings_button_get_busy    (WbFindingsButton *self);

G_END_DECLS
