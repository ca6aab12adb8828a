/* findings-button.h: what a careful reader would notice in an archive, in a list to unfold
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

/* Not visible while there is nothing to notice. An entry that is chosen in the list activates the
 * action preview.select with its node. */
#define WB_TYPE_FINDINGS_BUTTON (wb_findings_button_get_type ())
G_DECLARE_FINAL_TYPE (WbFindingsButton, wb_findings_button, WB, FINDINGS_BUTTON, AdwBin)

void     wb_findings_button_set_archive (WbFindingsButton *self,
                                         WbArchive        *archive);
gboolean wb_findings_button_get_busy    (WbFindingsButton *self);

G_END_DECLS
