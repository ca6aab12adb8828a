/* zip-local.c: an entry's own header, and what stands behind its data
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-local.h"

#include <string.h>

#include "core/archive/zip/zip-frame.h"

#define LOCAL_SIGNATURE 0x04034b50u
#define RECORD_SIGNATURE 0x02014b50u
#define DESCRIPTOR_SIGNATURE 0x08074b50u

/* Sizes and checksum stand behind the data. */
#define FLAG_DESCRIPTOR (1 << 3)
#define MAX_DESCRIPTOR_BYTES ((guint64) 24)

/* Whether a number of a local header is that of the list. Some write none where it stands behind
 * the data, and a saturated one where it stands in an extra field. */
static gboolean
agrees (guint64 local,
        guint64 listed,
        guint64 saturated,
        guint16 flags)
{
  return local == listed || local == saturated || ((flags & FLAG_DESCRIPTOR) != 0 && local == 0);
}

/* The sizes of a local header's ZIP64 field.
 * @is_needed: whether it must have one, as the sizes stand nowhere else */
static gboolean
extra64_agrees (const guint8     *extra,
                gsize             length,
                gboolean          is_needed,
                const WbZipEntry *entry,
                guint16           flags)
{
  while (length >= 4)
    {
      gsize         field_bytes = wb_le16 (extra + 2);
      const guint8 *p = extra + 4;

      if (field_bytes > length - 4)
        return !is_needed;
      extra += 4 + field_bytes;
      length -= 4 + field_bytes;
      if (wb_le16 (p - 4) == 0x0001)
        return field_bytes < 16
               || (agrees (wb_le64 (p), entry->size_bytes, entry->size_bytes, flags)
                   && agrees (wb_le64 (p + 8), entry->compressed_bytes, entry->compressed_bytes,
                              flags));
    }

  return !is_needed;
}

/* Behind the data: checksum and sizes, of 32 or 64 bits, with or without a mark (APPNOTE 4.3.9).
 * Nothing at all is let through, if what follows is marked as something else. */
static gboolean
descriptor_agrees (const guint8     *p,
                   gsize             length,
                   const WbZipEntry *entry)
{
  guint32 signature = length >= 4 ? wb_le32 (p) : 0;

  if (signature == LOCAL_SIGNATURE || signature == RECORD_SIGNATURE || length < 12)
    return TRUE;
  if (signature == DESCRIPTOR_SIGNATURE)
    {
      p += 4;
      length -= 4;
    }

  if (length < 12 || wb_le32 (p) != entry->crc32)
    return FALSE;

  return (wb_le32 (p + 4) == (guint32) entry->compressed_bytes
          && wb_le32 (p + 8) == (guint32) entry->size_bytes)
         || (length >= 20 && wb_le64 (p + 4) == entry->compressed_bytes
             && wb_le64 (p + 12) == entry->size_bytes);
}

/**
 * wb_zip_locate:
 * @window: the file
 * @entry: a record of its central directory
 * @directory_offset: where that begins; no data reach beyond
 * @data_offset: (out): where the entry's data begin, if they can be read
 * @problems: (inout): gets %WB_PROBLEM_UNREADABLE if the local header, or what stands behind the
 *   data, contradicts the record, or the data do not fit
 * @error: return location
 *
 * Returns: %FALSE if the file could not be read
 */
gboolean
wb_zip_locate (WbFileWindow     *window,
               const WbZipEntry *entry,
               guint64           directory_offset,
               guint64          *data_offset,
               WbProblems       *problems,
               GError          **error)
{
  guint64       offset = entry->header_offset;
  gboolean      encrypted, same, needs_extra64;
  gsize         name_length, extra_length;
  guint16       flags;
  const guint8 *p;

  g_return_val_if_fail (offset + WB_ZIP_LOCAL_BYTES <= directory_offset, FALSE);

  p = wb_file_window_get (window, offset, WB_ZIP_LOCAL_BYTES, error);
  if (p == NULL)
    return FALSE;
  flags = wb_le16 (p + 6);
  encrypted = (flags & (1 << 0 | 1 << 6 | 1 << 13)) != 0;
  name_length = wb_le16 (p + 26);
  extra_length = wb_le16 (p + 28);
  same = wb_le32 (p) == LOCAL_SIGNATURE && name_length == entry->name_length
         && wb_le16 (p + 8) == entry->method
         && encrypted == ((entry->flags & WB_ZIP_ENTRY_ENCRYPTED) != 0)
         && agrees (wb_le32 (p + 14), entry->crc32, entry->crc32, flags)
         && agrees (wb_le32 (p + 18), entry->compressed_bytes, G_MAXUINT32, flags)
         && agrees (wb_le32 (p + 22), entry->size_bytes, G_MAXUINT32, flags);

  needs_extra64 = (flags & FLAG_DESCRIPTOR) == 0
                  && ((wb_le32 (p + 18) == G_MAXUINT32 && entry->compressed_bytes != G_MAXUINT32)
                      || (wb_le32 (p + 22) == G_MAXUINT32 && entry->size_bytes != G_MAXUINT32));

  offset += WB_ZIP_LOCAL_BYTES;
  if (!same || name_length + extra_length > directory_offset - offset)
    {
      *problems |= WB_PROBLEM_UNREADABLE;
      return TRUE;
    }
  p = wb_file_window_get (window, offset, name_length + extra_length, error);
  if (p == NULL)
    return FALSE;
  offset += name_length + extra_length;
  *data_offset = offset;
  if (memcmp (p, entry->name, name_length) != 0
      || !extra64_agrees (p + name_length, extra_length, needs_extra64, entry, flags)
      || entry->compressed_bytes > directory_offset - offset)
    {
      *problems |= WB_PROBLEM_UNREADABLE;
      return TRUE;
    }

  if ((flags & FLAG_DESCRIPTOR) != 0)
    {
      gsize length;

      offset += entry->compressed_bytes;
      length = (gsize) MIN (directory_offset - offset, MAX_DESCRIPTOR_BYTES);
      p = wb_file_window_get (window, offset, length, error);
      if (p == NULL)
        return FALSE;
      if (!descriptor_agrees (p, length, entry))
        *problems |= WB_PROBLEM_UNREADABLE;
    }

  return TRUE;
}
