/* endpoints.h: the addresses an account's credentials may go to
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WbEndpoints:
 * @service_url: DataArts Factory, e.g. `https://dayu-dlf.eu-de.otc.t-systems.com`
 * @identity_url: the identity service (IAM), e.g. `https://iam.eu-de.otc.t-systems.com`
 * @management_url: (nullable): Management Center, e.g. `https://dayu.eu-de.otc.t-systems.com`
 *
 * Without a trailing slash and without `/v3`. Immutable.
 */
typedef struct
{
  char *service_url;
  char *identity_url;
  char *management_url;
} WbEndpoints;

#define WB_TYPE_ENDPOINTS (wb_endpoints_get_type ())
GType        wb_endpoints_get_type  (void);

WbEndpoints *wb_endpoints_new       (const char        *service_url,
                                     const char        *identity_url,
                                     const char        *management_url,
                                     GError           **error);
WbEndpoints *wb_endpoints_copy      (const WbEndpoints *self);
void         wb_endpoints_free      (WbEndpoints       *self);

char        *wb_endpoints_normalize (const char        *url,
                                     GError           **error);
gboolean     wb_host_is_loopback    (const char        *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbEndpoints, wb_endpoints_free)

G_END_DECLS
