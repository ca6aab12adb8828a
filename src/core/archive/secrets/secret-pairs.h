/* secret-pairs.h: secrets whose name stands beside them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json-scan.h"

G_BEGIN_DECLS

guint8 *wb_secret_pairs_find (const char *text,
                              WbJsonScan *scan);

G_END_DECLS
