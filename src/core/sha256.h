/* sha256.h: SHA-256 at the speed of a download
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WbSha256 WbSha256;

WbSha256 *wb_sha256_new         (void);
void      wb_sha256_update      (WbSha256      *self,
                                 const void    *bytes,
                                 gsize          length);
void      wb_sha256_free        (WbSha256      *self);
char     *wb_sha256_free_to_hex (WbSha256      *self);

char     *wb_sha256_of_fd       (int            fd,
                                 guint64        size_bytes,
                                 GCancellable  *cancellable,
                                 GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSha256, wb_sha256_free)

G_END_DECLS
