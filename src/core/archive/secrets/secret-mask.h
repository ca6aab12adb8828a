/* secret-mask.h: texts, and values and keys of JSON, without the secrets in them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/secrets/secret-values.h"

G_BEGIN_DECLS

char *wb_secret_mask_dup_value (WbSecretValues     *secrets,
                                guint               value,
                                const char         *mask,
                                gsize              *length);
char *wb_secret_mask_dup_key   (WbSecretValues     *secrets,
                                guint               value,
                                const char         *mask,
                                gsize              *length);
char *wb_secret_mask_dup_json  (WbSecretValues     *secrets,
                                gsize               length,
                                const char         *mask);
char *wb_secret_mask_dup_text  (const char         *text,
                                gsize               length,
                                const char *const  *known);

G_END_DECLS
