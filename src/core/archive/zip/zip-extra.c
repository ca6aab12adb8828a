/* zip-extra.c: the extra fields of an entry
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-extra.h"

#include "core/archive/zip/file-window.h"

/* In the field of times: the first one is that of the last change. */
#define HAS_CHANGE_TIME (1 << 0)

/**
 * wb_zip_extra_find:
 * @extra: the extra fields of a local header or of a record of the central directory
 * @length: their size in bytes
 * @id: what the field is called in ZIP (APPNOTE 4.5 and 4.6)
 * @field: (out) (nullable): its contents, or %NULL if it is not there; the first one counts
 * @field_bytes: (out): their size
 *
 * Returns: %FALSE if a field before it reaches beyond the end
 */
gboolean
wb_zip_extra_find (const guint8  *extra,
                   gsize          length,
                   guint16        id,
                   const guint8 **field,
                   gsize         *field_bytes)
{
  *field = NULL;
  *field_bytes = 0;

  while (length >= 4)
    {
      gsize n = wb_le16 (extra + 2);

      if (n > length - 4)
        return FALSE;
      if (wb_le16 (extra) == id)
        {
          *field = extra + 4;
          *field_bytes = n;
          return TRUE;
        }
      extra += 4 + n;
      length -= 4 + n;
    }

  return TRUE;
}

/**
 * wb_zip_extra_get_unix_time:
 * @extra: extra fields
 * @length: their size in bytes
 *
 * Returns: when the entry was changed last, in seconds since 1970, or 0 if no field says so
 */
guint32
wb_zip_extra_get_unix_time (const guint8 *extra,
                            gsize         length)
{
  const guint8 *field;
  gsize         field_bytes;

  wb_zip_extra_find (extra, length, WB_ZIP_EXTRA_TIME, &field, &field_bytes);

  return field_bytes >= 5 && (field[0] & HAS_CHANGE_TIME) != 0 ? wb_le32 (field + 1) : 0;
}
