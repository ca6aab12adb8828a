/* natural-order.h: names in the order a person expects
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wb_natural_key      (const char *name,
                           gsize       length);
int   wb_caseless_compare (const char *a,
                           gsize       a_length,
                           const char *b,
                           gsize       b_length);

G_END_DECLS
