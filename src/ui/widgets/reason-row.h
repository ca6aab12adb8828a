/* reason-row.h: why a field is not well-formed, or what to know of it, below the field
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* In the template of a form, below the row of its field: why the field's value is not accepted, or
 * a note on it. Not visible while there is neither. */
#define WB_TYPE_REASON_ROW (wb_reason_row_get_type ())
G_DECLARE_FINAL_TYPE (WbReasonRow, wb_reason_row, WB, REASON_ROW, AdwPreferencesRow)

void        wb_reason_row_set_reason (WbReasonRow *self,
                                      const char  *reason);
void        wb_reason_row_set_note   (WbReasonRow *self,
                                      const char  *note);
void        wb_reason_row_touch      (WbReasonRow *self);
gboolean    wb_reason_row_has_reason (WbReasonRow *self);
const char *wb_reason_row_get_title  (WbReasonRow *self);

G_END_DECLS
