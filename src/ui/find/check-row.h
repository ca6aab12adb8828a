/* check-row.h: one step of a check of an account: what came of it, and how long it took
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/service/check/check-step.h"

G_BEGIN_DECLS

#define WB_TYPE_CHECK_ROW (wb_check_row_get_type ())
G_DECLARE_FINAL_TYPE (WbCheckRow, wb_check_row, WB, CHECK_ROW, AdwActionRow)

GtkWidget  *wb_check_row_new            (WbCheckStep *step);

/* Of any step, for people. */
const char *wb_check_row_get_result    (WbCheckStep *step);
char       *wb_check_row_dup_duration  (WbCheckStep *step);
char       *wb_check_row_dup_remark    (WbCheckStep *step);

G_END_DECLS
