/* reply-headers.h: what the headers of a service's reply say about it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

const char *wb_reply_headers_get_request_id (SoupMessageHeaders *headers);
GDateTime  *wb_reply_headers_dup_clock      (SoupMessageHeaders *headers,
                                             gint64              now);

G_END_DECLS
