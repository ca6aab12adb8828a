/* zip-index.h: the judge of a ZIP file, from its central directory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/archive/zip/zip-entry.h"

G_BEGIN_DECLS

/* Immutable, so threads can share it. */
typedef struct _WbZipIndex WbZipIndex;

WbZipIndex       *wb_zip_index_read                 (int            fd,
                                                     guint64        size_bytes,
                                                     GCancellable  *cancellable,
                                                     GError       **error);
WbZipIndex       *wb_zip_index_ref                  (WbZipIndex    *self);
void              wb_zip_index_unref                (WbZipIndex    *self);
guint             wb_zip_index_get_n                (WbZipIndex    *self);
const WbZipEntry *wb_zip_index_get                  (WbZipIndex    *self,
                                                     guint          index);
guint64           wb_zip_index_get_directory_offset (WbZipIndex    *self);
const char       *wb_zip_index_get_comment          (WbZipIndex    *self,
                                                     gsize         *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbZipIndex, wb_zip_index_unref)

G_END_DECLS
