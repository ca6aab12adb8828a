/* secret-values.h: which values of a JSON text are secrets, and where they stand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json-scan.h"

G_BEGIN_DECLS

/* Stands for a secret's value, whatever its length. */
#define WB_SECRET_DOTS "••••••••"

typedef enum
{
  WB_SECRET_NONE,
  WB_SECRET_LEFT_OUT, /* a secret's place, empty or nothing but `*` */
  WB_SECRET_PARTIAL,  /* a string with secrets in it, such as an address with a password */
  WB_SECRET_PRESENT,  /* a secret as a whole */
} WbSecret;

/**
 * WbSecretSpan:
 * @value: number of the value in the scan
 * @whole: the value is a secret as a whole, a string's quotes included
 * @start: offset of its first byte in the text
 * @end: offset of the byte behind its last one
 * @secret: (owned): the secret itself, without escapes
 * @secret_length: how many bytes
 *
 * The place of a secret that the service did not leave out. The value's key may hold one too.
 */
typedef struct
{
  guint    value;
  gboolean whole;
  gsize    start;
  gsize    end;
  char    *secret;
  gsize    secret_length;
} WbSecretSpan;

/**
 * WbSecretValues:
 *
 * All secrets of one JSON text. Immutable.
 */
typedef struct _WbSecretValues WbSecretValues;

WbSecretValues     *wb_secret_values_new         (const char     *text,
                                                  WbJsonScan     *scan);
void                wb_secret_values_free        (WbSecretValues *self);
/* Both are lent by whoever made it. */
const char         *wb_secret_values_get_text    (WbSecretValues *self);
WbJsonScan         *wb_secret_values_get_scan    (WbSecretValues *self);
WbSecret            wb_secret_values_get         (WbSecretValues *self,
                                                  guint           value);
guint               wb_secret_values_get_n_spans (WbSecretValues *self);
const WbSecretSpan *wb_secret_values_get_span    (WbSecretValues *self,
                                                  guint           index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSecretValues, wb_secret_values_free)

G_END_DECLS
