/* zip-writer.h: ZIP files that are the same bytes for the same input
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spool.h"

G_BEGIN_DECLS

typedef struct _WbZipWriter WbZipWriter;

WbZipWriter *wb_zip_writer_new        (const char   *folder,
                                       GError      **error);
void         wb_zip_writer_free       (WbZipWriter  *self);
gboolean     wb_zip_writer_check_name (gsize         name_length,
                                       GError      **error);
gboolean     wb_zip_writer_add        (WbZipWriter  *self,
                                       const char   *name,
                                       gsize         name_length,
                                       const void   *bytes,
                                       gsize         length,
                                       GError      **error);
WbSpool     *wb_zip_writer_finish     (WbZipWriter  *self,
                                       GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbZipWriter, wb_zip_writer_free)

G_END_DECLS
