/* sent-secrets.h: what a message holds of secrets, for who shows what is said about it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void         wb_sent_secrets_note (SoupMessage *message,
                                   const char  *secret);
const char **wb_sent_secrets_list (SoupMessage *message);

G_END_DECLS
