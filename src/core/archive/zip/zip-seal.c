/* zip-seal.c: a ZIP file that libarchive encrypted, without what would help to guess
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-seal.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "core/archive/zip/zip-entry.h"
#include "core/archive/zip/zip-extra.h"
#include "core/archive/zip/zip-frame.h"
#include "core/error.h"

/* libarchive writes AE-1, which has the checksum of the plain contents beside the encrypted ones:
 * to guess a password of a connection, nobody would have to know that of the ZIP. AE-2 differs in
 * nothing but a version of 2 and a checksum of 0, at three places for each entry (WinZip,
 * “AES Encryption Information”). */
#define VERSION_AE2 2

typedef struct
{
  int          fd;      /* (unowned) */
  WbFileWindow records; /* (owned): the central directory, from its start to its end */
  WbFileWindow entries; /* (owned): what it lists, likewise */
} Sealing;

static gboolean
write_at (Sealing    *self,
          const void *bytes,
          gsize       length,
          guint64     offset,
          GError    **error)
{
  const guint8 *p = bytes;

  while (length > 0)
    {
      ssize_t n = pwrite (self->fd, p, length, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          wb_error_set_from_errno (error, n < 0 ? errno : EIO, _ ("The copy cannot be written"));
          return FALSE;
        }
      p += n;
      offset += (guint64) n;
      length -= (gsize) n;
    }

  return TRUE;
}

static void
put (guint8 *p,
     guint   n_bytes,
     guint64 value)
{
  for (guint i = 0; i < n_bytes; i++, value >>= 8)
    p[i] = value & 0xff;
}

/* Sets the version in a header's field. Returns whether there is one. */
static gboolean
seal_extra (guint8 *extra,
            gsize   length)
{
  const guint8 *field;
  gsize         field_bytes;

  wb_zip_extra_find (extra, length, WB_ZIP_EXTRA_AES, &field, &field_bytes);
  if (field_bytes < 7)
    return FALSE;

  put (extra + (field - extra), 2, VERSION_AE2);

  return TRUE;
}

/* libarchive marks names as UTF-8 only where the locale is that. */
static void
mark_utf8 (guint8     *flags,
           const char *name,
           gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if ((guchar) name[i] >= 0x80)
        {
          put (flags, 2, wb_le16 (flags) | WB_ZIP_BIT_UTF8);
          return;
        }
    }
}

static gboolean
set_failed (GError **error)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_FAILED,
                       _ ("The copy was not encrypted as it should be. It was not saved."));

  return FALSE;
}

static gboolean
seal_local (Sealing *self,
            guint64  offset,
            guint64  compressed_bytes,
            gboolean encrypted,
            GError **error)
{
  const guint8      *p = wb_file_window_get (&self->entries, offset, WB_ZIP_LOCAL_BYTES, error);
  g_autofree guint8 *header = NULL;
  gsize              name_length, extra_length, length;
  guint64            data_offset;
  const guint8       zero[4] = { 0 };

  if (p == NULL)
    return FALSE;
  name_length = wb_le16 (p + 26);
  extra_length = wb_le16 (p + 28);
  length = WB_ZIP_LOCAL_BYTES + name_length + extra_length;
  p = wb_file_window_get (&self->entries, offset, length, error);
  if (p == NULL)
    return FALSE;

  header = g_memdup2 (p, length);
  mark_utf8 (header + 6, (const char *) header + WB_ZIP_LOCAL_BYTES, name_length);
  if (encrypted)
    {
      if (!seal_extra (header + WB_ZIP_LOCAL_BYTES + name_length, extra_length))
        return set_failed (error);
      put (header + 14, 4, 0);
    }
  if (!write_at (self, header, length, offset, error))
    return FALSE;
  if (!encrypted || (wb_le16 (header + 6) & WB_ZIP_BIT_DESCRIPTOR) == 0)
    return TRUE;

  data_offset = offset + length;
  p = wb_file_window_get (&self->entries, data_offset + compressed_bytes, 8, error);
  if (p == NULL)
    return FALSE;
  if (wb_le32 (p) != WB_ZIP_DESCRIPTOR_SIGNATURE)
    return set_failed (error);

  return write_at (self, zero, sizeof zero, data_offset + compressed_bytes + 4, error);
}

/* One record of the central directory, and what belongs to it. */
static gboolean
seal_record (Sealing *self,
             guint64  offset,
             gsize   *record_bytes,
             GError **error)
{
  const guint8      *p = wb_file_window_get (&self->records, offset, WB_ZIP_RECORD_BYTES, error);
  g_autofree guint8 *record = NULL;
  gsize              name_length, extra_length;
  gboolean           encrypted;

  if (p == NULL)
    return FALSE;
  name_length = wb_le16 (p + 28);
  extra_length = wb_le16 (p + 30);
  *record_bytes = WB_ZIP_RECORD_BYTES + name_length + extra_length + wb_le16 (p + 32);
  p = wb_file_window_get (&self->records, offset, *record_bytes, error);
  if (p == NULL)
    return FALSE;

  record = g_memdup2 (p, *record_bytes);
  encrypted = wb_le16 (record + 10) == WB_ZIP_METHOD_AES;
  mark_utf8 (record + 8, (const char *) record + WB_ZIP_RECORD_BYTES, name_length);
  if (encrypted)
    {
      if (!seal_extra (record + WB_ZIP_RECORD_BYTES + name_length, extra_length))
        return set_failed (error);
      put (record + 16, 4, 0);
    }
  /* What has contents and is not encrypted, or lies where only ZIP64 can say, is not ours. */
  if ((!encrypted && wb_le32 (record + 24) != 0) || wb_le32 (record + 42) == G_MAXUINT32)
    return set_failed (error);

  return write_at (self, record, *record_bytes, offset, error)
         && seal_local (self, wb_le32 (record + 42), wb_le32 (record + 20), encrypted, error);
}

/**
 * wb_zip_seal:
 * @fd: a ZIP file that libarchive wrote with AES; it is changed in place
 * @size_bytes: its size
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Makes AE-2 of AE-1, and marks names as UTF-8. Fails if an entry with contents is not encrypted.
 *
 * Returns: whether it was done
 */
gboolean
wb_zip_seal (int           fd,
             guint64       size_bytes,
             GCancellable *cancellable,
             GError      **error)
{
  Sealing    self = { .fd = fd };
  WbZipFrame frame;
  guint64    offset;
  gboolean   sealed;

  wb_file_window_init (&self.records, fd, size_bytes, cancellable);
  wb_file_window_init (&self.entries, fd, size_bytes, cancellable);
  sealed = wb_zip_frame_read (&self.records, &frame, error);
  for (offset = sealed ? frame.directory_offset : 0; sealed && offset < frame.end_offset;)
    {
      gsize record_bytes = 0;

      sealed = seal_record (&self, offset, &record_bytes, error);
      offset += record_bytes;
    }
  wb_file_window_clear (&self.records);
  wb_file_window_clear (&self.entries);

  return sealed;
}
