/* redact-json.h: one connection without its secrets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/archive/secrets/secret-search.h"

G_BEGIN_DECLS

void    wb_redact_collect (GBytes         *contents,
                           WbSecretSearch *search);
GBytes *wb_redact_json    (GBytes         *contents,
                           WbSecretSearch *search,
                           guint          *n_secrets);

G_END_DECLS
