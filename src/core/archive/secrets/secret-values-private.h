/* secret-values-private.h: how the secrets of a text come together
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/secrets/secret-values.h"

G_BEGIN_DECLS

/**
 * WbSecretValues:
 * @text: (unowned)
 * @scan: (unowned)
 * @marks: (owned): a #WbSecret for each of the scan's values
 * @spans: (owned) (element-type WbSecretSpan): in the text's order
 */
struct _WbSecretValues
{
  const char *text;
  WbJsonScan *scan;
  guint8     *marks;
  GArray     *spans;
};

WbSecretValues *wb_secret_values_new_empty (const char     *text,
                                            WbJsonScan     *scan);
void            wb_secret_values_add       (WbSecretValues *self,
                                            guint           value,
                                            gboolean        whole,
                                            WbSpan          place,
                                            const char     *secret,
                                            gsize           secret_length);

G_END_DECLS
