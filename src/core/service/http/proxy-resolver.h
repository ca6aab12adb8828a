/* proxy-resolver.h: the system's proxy, but none for this computer itself
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A request to a loopback address never leaves this computer, whatever the settings say. */
#define WB_TYPE_PROXY_RESOLVER (wb_proxy_resolver_get_type ())
G_DECLARE_FINAL_TYPE (WbProxyResolver, wb_proxy_resolver, WB, PROXY_RESOLVER, GObject)

GProxyResolver *wb_proxy_resolver_new (GProxyResolver *system);

G_END_DECLS
