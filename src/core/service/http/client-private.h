/* client-private.h: the parts of a client: its proxies, its authorities and a message on its way
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/http/client.h"

G_BEGIN_DECLS

/* --- authorities.c --- */

GTlsDatabase *wb_authorities_load (const char  *ca_file,
                                   GError     **error);

/* --- proxy-resolver.c --- */

/* A request to a loopback address never leaves this computer, whatever the settings say. */
#define WB_TYPE_PROXY_RESOLVER (wb_proxy_resolver_get_type ())
G_DECLARE_FINAL_TYPE (WbProxyResolver, wb_proxy_resolver, WB, PROXY_RESOLVER, GObject)

GProxyResolver *wb_proxy_resolver_new (GProxyResolver *system);

/* --- transfer.c --- */

void          wb_transfer_async  (SoupSession          *session,
                                  SoupMessage          *message,
                                  guint                 connect_timeout_ms,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
GInputStream *wb_transfer_finish (SoupSession          *session,
                                  GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
