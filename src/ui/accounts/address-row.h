/* address-row.h: an address that follows from the region until a person overrides it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_ADDRESS_ROW (wb_address_row_get_type ())
G_DECLARE_FINAL_TYPE (WbAddressRow, wb_address_row, WB, ADDRESS_ROW, AdwEntryRow)

void  wb_address_row_set_derived (WbAddressRow *self,
                                  const char   *derived);
void  wb_address_row_set_value   (WbAddressRow *self,
                                  const char   *value);
char *wb_address_row_dup_value   (WbAddressRow *self);

G_END_DECLS
