/* zip-seal.h: a ZIP file that libarchive encrypted, without what would help to guess
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean wb_zip_seal (int            fd,
                      guint64        size_bytes,
                      GCancellable  *cancellable,
                      GError       **error);

G_END_DECLS
