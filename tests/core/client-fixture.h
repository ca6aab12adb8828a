/* client-fixture.h: clients, servers with certificates, and one request and what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/http/client.h"
#include "fault-server.h"

G_BEGIN_DECLS

/* The token of each request: no failure may show it. */
#define CLIENT_SECRET "canary-token-7Q"
#define CLIENT_OK_REPLY "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

typedef struct
{
  gboolean     done;
  SoupMessage *message; /* (owned) (nullable) */
  GBytes      *body;    /* (owned) (nullable) */
  GError      *error;   /* (owned) (nullable) */
} ClientResult;

/* The names of files in fixtures/tls. */
char        *client_dup_fixture     (const char   *name);
FaultServer *client_new_tls_server  (const char   *name);
WbClient    *client_new             (const char   *url,
                                     const char   *ca_name);

void         client_begin           (ClientResult *result,
                                     WbClient     *client,
                                     const char   *url,
                                     GCancellable *cancellable);
void         client_wait            (ClientResult *result);
void         client_fetch           (ClientResult *result,
                                     WbClient     *client,
                                     const char   *url);
void         client_fetched_cb      (GObject      *object,
                                     GAsyncResult *async_result,
                                     gpointer      user_data);
void         client_result_clear    (ClientResult *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ClientResult, client_result_clear)

G_END_DECLS
