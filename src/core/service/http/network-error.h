/* network-error.h: failures of the network and of TLS, in plain words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void wb_network_error_explain (GError              **error,
                               const char           *host,
                               GTlsCertificate      *certificate,
                               GTlsCertificateFlags  certificate_errors,
                               gboolean              has_own_ca);

gboolean wb_certificate_has_names (GTlsCertificate *certificate);
GError  *wb_network_error_new_no_names (const char *host);

G_END_DECLS
