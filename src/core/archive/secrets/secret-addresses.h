/* secret-addresses.h: the passwords of addresses
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void wb_secret_addresses_find (const char *string,
                               gsize       length,
                               GArray     *parts);

G_END_DECLS
