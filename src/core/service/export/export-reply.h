/* export-reply.h: whether a reply's headers and first bytes can be those of an export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* This many bytes tell a ZIP from everything else. */
#define WB_EXPORT_REPLY_MAGIC_BYTES 4

gboolean wb_export_reply_check_headers (const char          *host,
                                        SoupMessageHeaders  *headers,
                                        gint64              *total_bytes,
                                        GError             **error);
gboolean wb_export_reply_is_zip        (GBytes              *start);
gboolean wb_export_reply_check_length  (const char          *host,
                                        gint64               total_bytes,
                                        guint64              received_bytes,
                                        GError             **error);

G_END_DECLS
