/* field-row.h: one setting of a connection: its label above its value, to read or to copy
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row of a list, owned by it: a label, a value, and a button that copies the value. */
#define WB_TYPE_FIELD_ROW (wb_field_row_get_type ())
G_DECLARE_FINAL_TYPE (WbFieldRow, wb_field_row, WB, FIELD_ROW, AdwPreferencesRow)

GtkWidget *wb_field_row_new (const char *label,
                             const char *shown,
                             const char *copied);

G_END_DECLS
