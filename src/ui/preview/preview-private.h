/* preview-private.h: the parts of what is above a preview's tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/document/document.h"

G_BEGIN_DECLS

/* What a document is, in two lines: part of the preview's template. Property: `narrow` (boolean,
 * read and write): its buttons stand below the text, which is shorter. */
#define WB_TYPE_SUMMARY_BAR (wb_summary_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbSummaryBar, wb_summary_bar, WB, SUMMARY_BAR, AdwBin)

void     wb_summary_bar_set_document    (WbSummaryBar     *self,
                                         WbDocument       *document);

/* Not visible while there is nothing to know. Property: `narrow` (boolean, read and write): without
 * a button for what is in the window's menu as well. */
#define WB_TYPE_NOTICE_BAR (wb_notice_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbNoticeBar, wb_notice_bar, WB, NOTICE_BAR, AdwBin)

void     wb_notice_bar_set_document     (WbNoticeBar      *self,
                                         WbDocument       *document);

/* Part of the summary bar's template. Not visible while an archive has no findings. A person who
 * chooses an entry in the list activates the action preview.select with its node. */
#define WB_TYPE_FINDINGS_BUTTON (wb_findings_button_get_type ())
G_DECLARE_FINAL_TYPE (WbFindingsButton, wb_findings_button, WB, FINDINGS_BUTTON, AdwBin)

void     wb_findings_button_set_archive (WbFindingsButton *self,
                                         WbArchive        *archive);
gboolean wb_findings_button_get_busy    (WbFindingsButton *self);

/* Beside the entry of the search. */
#define WB_TYPE_SEARCH_HELP (wb_search_help_get_type ())
G_DECLARE_FINAL_TYPE (WbSearchHelp, wb_search_help, WB, SEARCH_HELP, AdwBin)

G_END_DECLS
