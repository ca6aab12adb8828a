/* echo.h: what a service repeats of a secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wb_echo_hide (const char        *text,
                    const char *const *secrets);

G_END_DECLS
