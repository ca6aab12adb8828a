/* secret-strings.h: secrets inside of addresses and settings in a string
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GArray *wb_secret_string_find (const char *string,
                               gsize       length);

G_END_DECLS
