/* secret-values.h: which values of a JSON text are secrets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json-scan.h"

G_BEGIN_DECLS

typedef enum
{
  WB_SECRET_NONE,
  WB_SECRET_LEFT_OUT, /* a secret's place, empty or nothing but `*` */
  WB_SECRET_PRESENT,
} WbSecret;

guint8 *wb_secret_values_find (const char *text,
                               WbJsonScan *scan);

G_END_DECLS
