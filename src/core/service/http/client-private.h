/* client-private.h: the parts of a client: its proxies, its authorities and a message on its way
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/http/client.h"

G_BEGIN_DECLS

struct _WbClient
{
  GObject parent_instance;

  WbEndpoints    *endpoints;    /* (owned) */
  GTlsDatabase   *tls_database; /* (owned) (nullable): the system's authorities if NULL */
  GProxyResolver *system;       /* (owned) (nullable): the system's proxies, or in their place */
  guint           connect_timeout_ms;
  guint           idle_timeout_seconds;
  int             retry_limit;
  gint64          deadline_us; /* monotonic, of each connection; 0 for none */

  SoupSession  *session; /* (owned) */
  WbRequestLog *log;     /* (owned) (nullable) */
  WbPace       *pace;    /* (owned) (nullable) */
};

/* --- client.c --- */

gboolean wb_client_check_uri (WbClient  *self,
                              GUri      *uri,
                              GError   **error);

/* --- authorities.c --- */

GTlsDatabase *wb_authorities_load (const char  *ca_file,
                                   GError     **error);

/* --- proxy-error.c --- */

/* The way of a request: through a proxy, or without one. */
typedef struct
{
  char       *address;  /* (owned) (nullable): of the proxy, without its user and password */
  const char *variable; /* (nullable): what decided; the system's settings if NULL */
  gboolean    has_user; /* the proxy's own address has one, so that it was sent */
  gboolean    is_loopback;
} WbProxyRoute;

void    wb_proxy_route_clear       (WbProxyRoute       *self);
char   *wb_proxy_route_dup_text    (const WbProxyRoute *self);

GError *wb_proxy_error_new_refused (const WbProxyRoute *self,
                                    const char         *host,
                                    guint               status,
                                    const char         *authenticate);
GError *wb_proxy_error_new_failed  (const WbProxyRoute *self,
                                    const char         *host,
                                    const GError       *cause);
GError *wb_proxy_error_new_again   (const WbProxyRoute *self,
                                    const char         *host);
GError *wb_proxy_error_new_slow    (const WbProxyRoute *self,
                                    const char         *host,
                                    guint               seconds);

/* --- proxy-sign-in.c --- */

void  wb_proxy_sign_in_add (SoupSession *session);
char *wb_proxy_dup_basic   (const char  *user,
                            const char  *password);

/* --- proxy-tls.c --- */

GQuark        wb_proxy_status_quark    (void);
void          wb_proxy_tls_register    (void);
const GError *wb_proxy_tls_get_failure (GIOStream *connection);

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
