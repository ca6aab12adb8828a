/* zip-foreign.h: what a file is that is no whole ZIP archive
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many bytes of a file's start are enough to tell. */
#define WB_ZIP_FOREIGN_BYTES ((gsize) 64 * 1024)

char     *wb_zip_foreign_describe (const guint8 *start,
                                   gsize         length);
gboolean  wb_zip_foreign_was_text (const guint8 *start,
                                   gsize         length);

G_END_DECLS
