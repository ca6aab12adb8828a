/* service-request.h: a request that is answered by a JSON object
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

void      wb_service_request_async  (WbSignIn             *sign_in,
                                     WbServiceCall         call,
                                     const char           *url,
                                     const char           *workspace_id,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
JsonNode *wb_service_request_finish (WbSignIn             *sign_in,
                                     GAsyncResult         *result,
                                     GError              **error);

/* After that: the object's bytes as they came, and the secrets that went along; after a failure how
 * long to wait. */
GBytes      *wb_service_request_dup_body        (GAsyncResult *result);
const char **wb_service_request_list_sent       (GAsyncResult *result);
int          wb_service_request_get_retry_after (GAsyncResult *result);

G_END_DECLS
