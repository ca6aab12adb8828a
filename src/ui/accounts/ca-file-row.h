/* ca-file-row.h: the path of a PEM file, typed or chosen
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_CA_FILE_ROW (wb_ca_file_row_get_type ())
G_DECLARE_FINAL_TYPE (WbCaFileRow, wb_ca_file_row, WB, CA_FILE_ROW, AdwEntryRow)

G_END_DECLS
