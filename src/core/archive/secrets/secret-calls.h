/* secret-calls.h: secrets in lines of code that set something by its name
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/span.h"

G_BEGIN_DECLS

void wb_secret_calls_find (const char *string,
                           gsize       length,
                           GArray     *parts);

G_END_DECLS
