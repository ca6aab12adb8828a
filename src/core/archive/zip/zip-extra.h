/* zip-extra.h: the extra fields of an entry
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WB_ZIP_EXTRA_ZIP64 0x0001
#define WB_ZIP_EXTRA_TIME 0x5455    /* Info-ZIP's: flags, then a time in seconds for each */
#define WB_ZIP_EXTRA_UNICODE 0x7075 /* Info-ZIP's: version, CRC of the plain name, path */
#define WB_ZIP_EXTRA_AES 0x9901     /* WinZip's: AE-1 or AE-2, “AE”, strength, method */

gboolean wb_zip_extra_find          (const guint8  *extra,
                                     gsize          length,
                                     guint16        id,
                                     const guint8 **field,
                                     gsize         *field_bytes);
guint32  wb_zip_extra_get_unix_time (const guint8  *extra,
                                     gsize          length);

G_END_DECLS
