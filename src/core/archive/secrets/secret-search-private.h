/* secret-search-private.h: a set of secrets, for what looks for them in encodings
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/secrets/secret-search.h"
#include "core/unescape.h"

G_BEGIN_DECLS

guint    wb_secret_search_get_n        (WbSecretSearch    *self);
/* In bytes. */
gsize    wb_secret_search_get_shortest (WbSecretSearch    *self);
gboolean wb_secret_search_is_ascii     (WbSecretSearch    *self);
#define WB_SECRET_START_BYTES 4
gboolean wb_secret_search_may_begin    (WbSecretSearch    *self,
                                        const char        *bytes);
void     wb_secret_search_find_plain   (WbSecretSearch    *self,
                                        const WbUnescaped *view,
                                        GArray            *parts);

G_END_DECLS
