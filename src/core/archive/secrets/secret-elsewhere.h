/* secret-elsewhere.h: secrets where they stand once more
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/secrets/secret-search.h"
#include "core/archive/secrets/secret-values.h"

G_BEGIN_DECLS

void            wb_secret_elsewhere_collect      (WbSecretSearch *search,
                                                  WbSecretValues *secrets);
void            wb_secret_elsewhere_collect_text (WbSecretSearch *search,
                                                  const char     *text,
                                                  GArray         *parts);
WbSecretValues *wb_secret_elsewhere_find         (WbSecretSearch *search,
                                                  WbSecretValues *secrets,
                                                  int             name);

G_END_DECLS
