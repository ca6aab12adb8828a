/* proxy-address.h: the address of a proxy as people write it, and as other libraries can read it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the address names no port. */
#define WB_PROXY_PORT_OF_VARIABLE 1080 /* as with curl */
#define WB_PROXY_PORT_OF_SETTINGS 80   /* as in a script for proxies (PAC) */

char  *wb_proxy_address_normalize  (const char *value,
                                    guint       default_port);
char  *wb_proxy_address_dup_public (const char *address);
char **wb_proxy_exceptions_parse   (const char *value);

G_END_DECLS
