/* zip-view.h: one entry of a ZIP file, as libarchive may see it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/zip/problems.h"
#include "core/archive/zip/zip-entry.h"

G_BEGIN_DECLS

/* A view begins with a local header of ours; its maker appends the entry's bytes. So libarchive
 * does what it is good at, decompress and decrypt, and no name, extra field or offset of the file
 * reaches it. */
GByteArray *wb_zip_view_new           (guint16            method,
                                       guint32            crc32,
                                       guint64            compressed_bytes,
                                       guint64            size_bytes);
GByteArray *wb_zip_view_new_encrypted (const WbZipEntry  *entry);
gsize       wb_zip_view_get_overhead  (const WbZipEntry  *entry);
gboolean    wb_zip_view_unpack        (GByteArray        *view,
                                       gsize              size,
                                       const char        *password,
                                       GByteArray        *out,
                                       WbProblems        *problems,
                                       GError           **error);

G_END_DECLS
