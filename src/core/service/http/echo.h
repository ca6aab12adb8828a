/* echo.h: what a service repeats of a secret that was sent to it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

char        *wb_echo_hide       (const char         *text,
                                 const char *const  *secrets);
gboolean     wb_echo_has        (const char         *id,
                                 const char *const  *secrets);
char        *wb_echo_hide_whole (const char         *text,
                                 const char *const  *secrets);
gboolean     wb_echo_has_whole  (const char         *id,
                                 const char *const  *secrets);

/* What a message holds of secrets: its headers and its reply's, and what was noted of its body. */
void         wb_echo_note_sent  (SoupMessage        *message,
                                 const char         *secret);
const char **wb_echo_list_sent  (SoupMessage        *message);

G_END_DECLS
