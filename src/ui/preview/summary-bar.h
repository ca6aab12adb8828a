/* summary-bar.h: what a document is, in two lines above its tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/document/document.h"

G_BEGIN_DECLS

#define WB_TYPE_SUMMARY_BAR (wb_summary_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbSummaryBar, wb_summary_bar, WB, SUMMARY_BAR, AdwBin)

void wb_summary_bar_set_document (WbSummaryBar *self,
                                  WbDocument   *document);

G_END_DECLS
