/* export-request.h: the request for an export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

SoupMessage *wb_export_request_new (WbSignIn    *sign_in,
                                    const char  *workspace_id,
                                    GError     **error);

G_END_DECLS
