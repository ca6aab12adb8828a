/* proxy-resolver.h: which proxy leads to a host, and where that was set
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Answers from the environment's variables if it was made with them, else from the desktop's
 * settings or the portal. A request to a loopback address never leaves this computer, whatever
 * they say. */
#define WB_TYPE_PROXY_RESOLVER (wb_proxy_resolver_get_type ())
G_DECLARE_FINAL_TYPE (WbProxyResolver, wb_proxy_resolver, WB, PROXY_RESOLVER, GObject)

WbProxyResolver *wb_proxy_resolver_new             (GProxyResolver  *system);
WbProxyResolver *wb_proxy_resolver_new_for_command (void);

/* The variable that says so for @url: %NULL if it is not a variable. */
const char      *wb_proxy_resolver_get_variable    (WbProxyResolver *self,
                                                    const char      *url);

/* Takes what cannot be read out of the environment. */
char           **wb_proxy_environment_clean        (void);

G_END_DECLS
