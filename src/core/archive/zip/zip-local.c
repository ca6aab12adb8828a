/* zip-local.c: an entry's own header, and what stands behind its data
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-local.h"

#include <string.h>

#include "core/archive/zip/zip-extra.h"
#include "core/archive/zip/zip-frame.h"
#include "core/archive/zip/zip-paths.h"

#define MAX_DESCRIPTOR_BYTES ((guint64) 24)

/* What an archive says of an entry both in its directory and here:
 *
 *   name, method, sizes, checksum, encryption, AES   must agree, or the contents are not read
 *   other bits, times, Unicode path, descriptor      must agree, or it is said
 *   version, other extra fields, level               may differ: Info-ZIP and 7-Zip write a higher
 *                                                    version here for ZIP64; times of Windows stand
 *                                                    in the directory alone, owners here
 *
 * Of what the end record says twice, zip-frame.c has the same. */

/* Whether a number of a local header is that of the list. Some write none where it stands behind
 * the data, and a saturated one where it stands in an extra field. */
static gboolean
agrees (guint64 local,
        guint64 listed,
        guint64 saturated,
        guint16 bits)
{
  return local == listed || local == saturated
         || ((bits & WB_ZIP_BIT_DESCRIPTOR) != 0 && local == 0);
}

/* Info-ZIP writes in the checksum's place what it checks a password with, if it cannot go back. */
static gboolean
crc_agrees (guint32           local,
            const WbZipEntry *entry,
            guint16           bits)
{
  return agrees (local, entry->crc32, entry->crc32, bits)
         || ((bits & WB_ZIP_BIT_DESCRIPTOR) != 0 && entry->encryption == WB_ZIP_TRADITIONAL
             && local == entry->dos_time << 16);
}

/* The sizes of a local header's ZIP64 field.
 * @header: where the plain sizes are saturated if they stand only there */
static gboolean
extra64_agrees (const guint8     *header,
                const guint8     *extra,
                gsize             length,
                const WbZipEntry *entry,
                guint16           bits)
{
  gboolean      has_compressed = wb_le32 (header + 18) == G_MAXUINT32;
  gboolean      has_size = wb_le32 (header + 22) == G_MAXUINT32;
  const guint8 *field;
  gsize         field_bytes;

  wb_zip_extra_find (extra, length, WB_ZIP_EXTRA_ZIP64, &field, &field_bytes);
  if (field_bytes >= 16)
    return agrees (wb_le64 (field), entry->size_bytes, entry->size_bytes, bits)
           && agrees (wb_le64 (field + 8), entry->compressed_bytes, entry->compressed_bytes, bits);
  if (field_bytes >= 8 && has_size != has_compressed)
    return has_size ? agrees (wb_le64 (field), entry->size_bytes, entry->size_bytes, bits)
                    : agrees (wb_le64 (field), entry->compressed_bytes, entry->compressed_bytes,
                              bits);

  return (bits & WB_ZIP_BIT_DESCRIPTOR) != 0
         || ((!has_compressed || entry->compressed_bytes == G_MAXUINT32)
             && (!has_size || entry->size_bytes == G_MAXUINT32));
}

static gboolean
aes_agrees (const guint8     *extra,
            gsize             length,
            const WbZipEntry *entry)
{
  const guint8 *field;
  gsize         field_bytes;

  if (entry->encryption != WB_ZIP_AES)
    return TRUE;
  wb_zip_extra_find (extra, length, WB_ZIP_EXTRA_AES, &field, &field_bytes);

  return field_bytes >= 7 && memcmp (field + 2, "AE", 2) == 0
         && (wb_le16 (field) != 2) == (entry->has_crc != 0)
         && field[4] == entry->aes_strength && wb_le16 (field + 5) == entry->inner_method;
}

static gboolean
times_agree (const guint8     *header,
             const guint8     *extra,
             gsize             length,
             const WbZipEntry *entry)
{
  guint32 unix_time = wb_zip_extra_get_unix_time (extra, length);

  return wb_le32 (header + 10) == entry->dos_time
         && (unix_time == 0 || entry->unix_time == 0 || unix_time == entry->unix_time);
}

/* Checksum and sizes, of 32 or 64 bits. */
static gboolean
is_descriptor (const guint8     *p,
               gsize             length,
               const WbZipEntry *entry)
{
  return (length >= 12 && wb_le32 (p) == entry->crc32
          && wb_le32 (p + 4) == (guint32) entry->compressed_bytes
          && wb_le32 (p + 8) == (guint32) entry->size_bytes)
         || (length >= 20 && wb_le32 (p) == entry->crc32
             && wb_le64 (p + 4) == entry->compressed_bytes
             && wb_le64 (p + 12) == entry->size_bytes);
}

/* Behind the data there is a descriptor, with or without a mark (APPNOTE 4.3.9). It is missing if
 * what follows is marked as something else, or too short. */
static WbProblems
check_descriptor (const guint8     *p,
                  gsize             length,
                  const WbZipEntry *entry)
{
  guint32 signature = length >= 4 ? wb_le32 (p) : 0;

  if (is_descriptor (p, length, entry)
      || (signature == WB_ZIP_DESCRIPTOR_SIGNATURE && is_descriptor (p + 4, length - 4, entry)))
    return WB_PROBLEM_NONE;
  if (signature == WB_ZIP_LOCAL_SIGNATURE || signature == WB_ZIP_RECORD_SIGNATURE || length < 12)
    return WB_PROBLEM_DISAGREES;

  return WB_PROBLEM_UNREADABLE;
}

/**
 * wb_zip_locate:
 * @window: the file
 * @entry: a record of its central directory
 * @directory_offset: where that begins; no data reach beyond
 * @data_offset: (out): where the entry's data begin, if they can be read
 * @problems: (inout): gets %WB_PROBLEM_UNREADABLE if the local header, or what stands behind the
 *   data, contradicts the record, or the data do not fit; %WB_PROBLEM_DISAGREES if it contradicts
 *   it in something that the contents do not depend on
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
  gsize         name_length, extra_length;
  guint16       bits, other_bits;
  const guint8 *p, *name, *extra;

  g_return_val_if_fail (offset + WB_ZIP_LOCAL_BYTES <= directory_offset, FALSE);

  p = wb_file_window_get (window, offset, WB_ZIP_LOCAL_BYTES, error);
  if (p == NULL)
    return FALSE;
  bits = wb_le16 (p + 6);
  other_bits = bits ^ entry->bits;
  name_length = wb_le16 (p + 26);
  extra_length = wb_le16 (p + 28);
  if (wb_le32 (p) != WB_ZIP_LOCAL_SIGNATURE || wb_le16 (p + 8) != entry->method
      || (other_bits & WB_ZIP_BITS_ENCRYPTED) != 0
      || !crc_agrees (wb_le32 (p + 14), entry, bits)
      || !agrees (wb_le32 (p + 18), entry->compressed_bytes, G_MAXUINT32, bits)
      || !agrees (wb_le32 (p + 22), entry->size_bytes, G_MAXUINT32, bits)
      || name_length + extra_length > directory_offset - offset - WB_ZIP_LOCAL_BYTES)
    {
      *problems |= WB_PROBLEM_UNREADABLE;
      return TRUE;
    }

  p = wb_file_window_get (window, offset, WB_ZIP_LOCAL_BYTES + name_length + extra_length, error);
  if (p == NULL)
    return FALSE;
  name = p + WB_ZIP_LOCAL_BYTES;
  extra = name + name_length;
  offset += WB_ZIP_LOCAL_BYTES + name_length + extra_length;
  *data_offset = offset;
  if (!wb_zip_path_is_same_name ((const char *) name, name_length, (bits & WB_ZIP_BIT_UTF8) != 0,
                                 entry->name, entry->name_length,
                                 (entry->bits & WB_ZIP_BIT_UTF8) != 0)
      || !extra64_agrees (p, extra, extra_length, entry, bits)
      || !aes_agrees (extra, extra_length, entry)
      || entry->compressed_bytes > directory_offset - offset)
    {
      *problems |= WB_PROBLEM_UNREADABLE;
      return TRUE;
    }
  if ((entry->flags & WB_ZIP_ENTRY_DISAGREES) != 0 || (other_bits & ~WB_ZIP_BITS_LEVEL) != 0
      || !times_agree (p, extra, extra_length, entry)
      || !wb_zip_path_field_agrees (entry, (const char *) name, name_length, extra, extra_length))
    *problems |= WB_PROBLEM_DISAGREES;

  if ((bits & WB_ZIP_BIT_DESCRIPTOR) != 0)
    {
      gsize length;

      offset += entry->compressed_bytes;
      length = (gsize) MIN (directory_offset - offset, MAX_DESCRIPTOR_BYTES);
      p = wb_file_window_get (window, offset, length, error);
      if (p == NULL)
        return FALSE;
      *problems |= check_descriptor (p, length, entry);
    }

  return TRUE;
}
