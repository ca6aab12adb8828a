/* client.h: one policy for all HTTP that leaves this program
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "core/accounts/account.h"
#include "core/service/http/pace.h"
#include "core/service/http/proxy-resolver.h"
#include "core/service/http/request-log.h"

G_BEGIN_DECLS

/* How many requests to one host may be under way; further ones would wait, and time out. */
#define WB_CLIENT_MAX_REQUESTS 8

/* An account's way to its services. Each sign-in has one, and lives no longer.
 *
 * Talks to the origins in @endpoints and to no other: HTTPS (TLS 1.2 or newer, verified), or
 * anything on a loopback address; no redirects, no content decoding, no cookies, no disk, and
 * HTTP/1.1 on a connection of its own for each request.
 *
 * Tests make one with g_object_new() and the construct-only properties `endpoints` (WbEndpoints),
 * `tls-database` (GTlsDatabase), `proxy-resolver` (GProxyResolver), `connect-timeout-ms` and
 * `idle-timeout-seconds` (uint), so as not to wait for as long as people do. */
#define WB_TYPE_CLIENT (wb_client_get_type ())
G_DECLARE_FINAL_TYPE (WbClient, wb_client, WB, CLIENT, GObject)

WbClient          *wb_client_new             (const WbEndpoints    *endpoints,
                                              const char           *ca_file,
                                              GError              **error);
WbClient          *wb_client_new_for_account (WbAccount            *account,
                                              WbClouds             *clouds,
                                              GError              **error);
const WbEndpoints *wb_client_get_endpoints   (WbClient             *self);

/* @log: (nullable): where requests are noted from now on. One log may serve several clients. */
void               wb_client_set_request_log (WbClient             *self,
                                              WbRequestLog         *log);

void               wb_client_set_proxies     (WbClient             *self,
                                              WbProxyResolver      *proxies);
GProxyResolver    *wb_client_get_proxies     (WbClient             *self);
void               wb_client_set_limits      (WbClient             *self,
                                              int                   retry_limit,
                                              gint64                deadline_us);
int                wb_client_get_retry_limit (WbClient             *self);

/* @pace: (nullable): what the requests from now on keep to, together with those of other clients */
void               wb_client_set_pace        (WbClient             *self,
                                              WbPace               *pace);

/* Unless it has been given one, it gets one of its own. */
void               wb_client_keep_pace       (WbClient             *self);

/* A message to @url, with the headers all requests carry. */
SoupMessage       *wb_client_new_message     (WbClient             *self,
                                              const char           *method,
                                              const char           *url,
                                              GError              **error);

/* A body for a message of wb_client_new_message(), which is sent again with each retry. */
void               wb_client_set_body        (SoupMessage          *message,
                                              const char           *content_type,
                                              GBytes               *body);

/* Sends; the body is the caller's to read. Any status, 3xx included, is a success here. */
void               wb_client_send_async      (WbClient             *self,
                                              SoupMessage          *message,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GInputStream      *wb_client_send_finish     (WbClient             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Sends, and reads the body up to a limit. */
void               wb_client_fetch_async     (WbClient             *self,
                                              SoupMessage          *message,
                                              gsize                 max_body_bytes,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GBytes            *wb_client_fetch_finish    (WbClient             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* For what fails while a body is read: names the host, the cause and the way out. */
void               wb_client_explain_error   (WbClient             *self,
                                              SoupMessage          *message,
                                              GError              **error);

G_END_DECLS
