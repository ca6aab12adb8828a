/* message-signature.h: a message signed with an access key, as it will be sent
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "core/accounts/credentials.h"

G_BEGIN_DECLS

void wb_message_sign (WbCredentials *credentials,
                      SoupMessage   *message,
                      GDateTime     *now);

G_END_DECLS
