/* secret-strings.h: secrets inside of addresses and settings in a string
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbSecretPart:
 * @start: offset of its first byte
 * @end: offset of the byte behind its last one
 *
 * A secret in a string.
 */
typedef struct
{
  gsize start;
  gsize end;
} WbSecretPart;

GArray *wb_secret_string_find (const char *string,
                               gsize       length);

G_END_DECLS
