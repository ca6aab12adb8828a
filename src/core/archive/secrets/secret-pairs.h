/* secret-pairs.h: secrets whose name stands beside them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json-scan.h"

G_BEGIN_DECLS

typedef enum
{
  WB_PAIR_NONE,
  WB_PAIR_NAME,
  WB_PAIR_VALUE,
} WbPairRole;

guint8    *wb_secret_pairs_find     (const char *text,
                                     WbJsonScan *scan);
WbPairRole wb_secret_pairs_get_role (const char *key,
                                     gsize       length);

G_END_DECLS
