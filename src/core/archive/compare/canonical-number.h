/* canonical-number.h: one spelling for each number
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void wb_canonical_append_number (GString    *out,
                                 const char *number,
                                 gsize       length);

G_END_DECLS
