/* secret-values.h: which values of a JSON text are secrets, and where they stand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json-scan.h"
#include "core/span.h"

G_BEGIN_DECLS

/* Stands for a secret's value, whatever its length. */
#define WB_SECRET_DOTS "••••••••"

typedef enum
{
  WB_SECRET_NONE,
  WB_SECRET_LEFT_OUT, /* a secret's place, as wb_secret_is_left_out() knows it */
  WB_SECRET_PARTIAL,  /* a string with secrets in it, such as an address with a password */
  WB_SECRET_PRESENT,  /* a secret as a whole */
} WbSecret;

/**
 * WbSecretSpan:
 * @place: where it stands in the text
 * @value: number of the value in the scan
 * @whole: the value is a secret as a whole, a string's quotes included
 * @secret: (owned) (nullable): the secret itself, without escapes; %NULL where it only stands once
 *   more
 * @secret_length: how many bytes
 *
 * The place of a secret that the service did not leave out. The value's key may hold one too.
 */
typedef struct
{
  WbSpan   place;
  guint    value;
  gboolean whole;
  char    *secret;
  gsize    secret_length;
} WbSecretSpan;

/**
 * WbSecretValues:
 *
 * All secrets of one JSON text. Immutable.
 */
typedef struct _WbSecretValues WbSecretValues;

WbSecretValues     *wb_secret_values_new_with    (WbSecretValues *secrets,
                                                  GArray         *places);
void                wb_secret_values_free        (WbSecretValues *self);
/* Both are lent by whoever made it. */
const char         *wb_secret_values_get_text    (WbSecretValues *self);
WbJsonScan         *wb_secret_values_get_scan    (WbSecretValues *self);
WbSecret            wb_secret_values_get         (WbSecretValues *self,
                                                  guint           value);
guint               wb_secret_values_get_n_spans (WbSecretValues *self);
const WbSecretSpan *wb_secret_values_get_span    (WbSecretValues *self,
                                                  guint           index);
guint               wb_secret_values_find_span   (WbSecretValues *self,
                                                  guint           value);

/* --- secret-values-find.c --- */

WbSecretValues     *wb_secret_values_new         (const char     *text,
                                                  WbJsonScan     *scan);
GArray             *wb_secret_values_find_parts  (const char     *string,
                                                  gsize           length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSecretValues, wb_secret_values_free)

G_END_DECLS
