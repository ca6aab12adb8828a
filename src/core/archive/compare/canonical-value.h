/* canonical-value.h: a value of a connection, however it is spelled
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json-scan.h"

G_BEGIN_DECLS

void wb_canonical_value_append (GString           *out,
                                const char        *text,
                                const WbJsonValue *value);

G_END_DECLS
