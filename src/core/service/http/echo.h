/* echo.h: what a service repeats of a secret that was sent to it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char        *wb_echo_hide       (const char         *text,
                                 const char *const  *secrets);
gboolean     wb_echo_has        (const char         *id,
                                 const char *const  *secrets);
char        *wb_echo_hide_whole (const char         *text,
                                 const char *const  *secrets);
gboolean     wb_echo_has_whole  (const char         *id,
                                 const char *const  *secrets);

G_END_DECLS
