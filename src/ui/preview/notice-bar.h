/* notice-bar.h: what a reviewer should know of a document before reading on
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/document/document.h"

G_BEGIN_DECLS

/* Not visible while there is nothing to say. */
#define WB_TYPE_NOTICE_BAR (wb_notice_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbNoticeBar, wb_notice_bar, WB, NOTICE_BAR, AdwBin)

void wb_notice_bar_set_document (WbNoticeBar *self,
                                 WbDocument  *document);

G_END_DECLS
