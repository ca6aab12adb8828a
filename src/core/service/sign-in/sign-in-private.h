/* sign-in-private.h: a sign-in, for those who make one from settings
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/sign-in/shared-token.h"
#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

WbSignIn *wb_sign_in_new_for_request (WbClient             *client,
                                      const WbTokenRequest *request,
                                      gboolean              needs_project,
                                      gboolean              needs_passcode);

G_END_DECLS
