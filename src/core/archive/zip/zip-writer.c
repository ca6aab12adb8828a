/* zip-writer.c: ZIP files that are the same bytes for the same input
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-writer.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "core/archive/zip/zip-frame.h"
#include "core/error.h"
#include "core/fd.h"
#include "core/sha256.h"
#include "core/spool.h"

/* Entries are stored: what a compressor makes of them differs from one version of it to the next.
 * No time, comment, extra field or attribute shows where they come from. */
#define NEEDS_ZIP 20
#define NEEDS_ZIP64 45
#define FLAG_UTF8 0x800
#define DATE_1980_01_01 0x21
#define MAX_ENTRIES 0xfffe
#define MAX_OFFSET ((guint64) 0xfffffffe)
#define BUFFER_BYTES ((guint) 1024 * 1024)

struct _WbZipWriter
{
  int         fd;        /* (owned) */
  GByteArray *buffer;    /* (owned): not written yet */
  GByteArray *directory; /* (owned) */
  WbSha256   *sha256;    /* (owned) */
  guint64     offset;    /* behind all that was added */
  guint       n_entries;
};

static void
put (GByteArray *out,
     guint64     value,
     guint       n_bytes)
{
  guint8 bytes[8];

  for (guint i = 0; i < n_bytes; i++, value >>= 8)
    bytes[i] = value & 0xff;
  g_byte_array_append (out, bytes, n_bytes);
}

static gboolean
flush (WbZipWriter *self,
       GError     **error)
{
  wb_sha256_update (self->sha256, self->buffer->data, self->buffer->len);
  if (!wb_fd_write_all (self->fd, self->buffer->data, self->buffer->len))
    {
      wb_error_set_from_errno (error, errno, _ ("The copy cannot be written"));
      return FALSE;
    }
  g_byte_array_set_size (self->buffer, 0);

  return TRUE;
}

static gboolean
append (WbZipWriter *self,
        const void  *bytes,
        gsize        length,
        GError     **error)
{
  const guint8 *p = bytes;

  self->offset += length;
  while (length > 0)
    {
      guint n = (guint) MIN (length, BUFFER_BYTES);

      g_byte_array_append (self->buffer, p, n);
      p += n;
      length -= n;
      if (self->buffer->len >= BUFFER_BYTES && !flush (self, error))
        return FALSE;
    }

  return TRUE;
}

/* What a local header and a record of the directory have in common. */
static void
put_entry (GByteArray *out,
           gboolean    utf8,
           guint32     crc32_of_bytes,
           guint32     length,
           guint16     name_length)
{
  put (out, NEEDS_ZIP, 2);
  put (out, utf8 ? FLAG_UTF8 : 0, 2);
  put (out, 0, 2);
  put (out, 0, 2);
  put (out, DATE_1980_01_01, 2);
  put (out, crc32_of_bytes, 4);
  put (out, length, 4);
  put (out, length, 4);
  put (out, name_length, 2);
  put (out, 0, 2);
}

/**
 * wb_zip_writer_new:
 * @folder: (nullable): where the file is to be saved later
 * @error: return location
 *
 * Returns: (transfer full): a writer of a file that nobody else can find
 */
WbZipWriter *
wb_zip_writer_new (const char *folder,
                   GError    **error)
{
  int          fd = wb_spool_open_unnamed (folder, error);
  WbZipWriter *self;

  if (fd < 0)
    return NULL;

  self = g_new0 (WbZipWriter, 1);
  self->fd = fd;
  self->buffer = g_byte_array_new ();
  self->directory = g_byte_array_new ();
  self->sha256 = wb_sha256_new ();

  return self;
}

void
wb_zip_writer_free (WbZipWriter *self)
{
  g_return_if_fail (self != NULL);

  if (self->fd >= 0)
    close (self->fd);
  g_byte_array_unref (self->buffer);
  g_byte_array_unref (self->directory);
  g_clear_pointer (&self->sha256, wb_sha256_free);
  g_free (self);
}

/**
 * wb_zip_writer_check_name:
 * @name_length: the length in bytes of an entry's path, with the slash of a folder
 * @error: return location
 *
 * A name that was read may be longer than one that can be written: another encoding, or `\xNN` in
 * place of a byte, takes more bytes.
 *
 * Returns: whether ZIP has room for such a name
 */
gboolean
wb_zip_writer_check_name (gsize    name_length,
                          GError **error)
{
  if (name_length > 0 && name_length <= G_MAXUINT16)
    return TRUE;

  g_set_error_literal (error, WB_ERROR, WB_ERROR_FAILED,
                       _ ("An entry has no name, or one that is too long, so no copy is made."));

  return FALSE;
}

/**
 * wb_zip_writer_add:
 * @self: a writer
 * @name: an entry's path, any bytes; a folder's ends with a slash
 * @name_length: how many
 * @bytes: (nullable): its contents
 * @length: how many bytes, less than 4 GiB
 * @error: return location
 *
 * Returns: whether it was written
 */
gboolean
wb_zip_writer_add (WbZipWriter *self,
                   const char  *name,
                   gsize        name_length,
                   const void  *bytes,
                   gsize        length,
                   GError     **error)
{
  g_autoptr (GByteArray) header = g_byte_array_new ();
  guint32  crc = length > 0 ? (guint32) crc32_z (0, bytes, length) : 0;
  gboolean utf8 = FALSE;

  g_return_val_if_fail (length < G_MAXUINT32, FALSE);

  if (!wb_zip_writer_check_name (name_length, error))
    return FALSE;
  if (self->offset > MAX_OFFSET)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_FAILED, _ ("The copy is too large."));
      return FALSE;
    }

  for (gsize i = 0; i < name_length && !utf8; i++)
    utf8 = (guchar) name[i] >= 0x80;
  utf8 = utf8 && g_utf8_validate_len (name, name_length, NULL);

  put (self->directory, WB_ZIP_RECORD_SIGNATURE, 4);
  put (self->directory, NEEDS_ZIP, 2);
  put_entry (self->directory, utf8, crc, (guint32) length, (guint16) name_length);
  put (self->directory, 0, 2 + 2 + 2);
  put (self->directory, 0, 4);
  put (self->directory, self->offset, 4);
  g_byte_array_append (self->directory, (const guint8 *) name, (guint) name_length);
  self->n_entries++;

  put (header, WB_ZIP_LOCAL_SIGNATURE, 4);
  put_entry (header, utf8, crc, (guint32) length, (guint16) name_length);
  g_byte_array_append (header, (const guint8 *) name, (guint) name_length);

  return append (self, header->data, header->len, error) && append (self, bytes, length, error);
}

/* For more entries than the plain end can count. */
static void
put_zip64_end (GByteArray *out,
               guint64     n_entries,
               guint64     directory_bytes,
               guint64     directory_offset)
{
  put (out, WB_ZIP_END64_SIGNATURE, 4);
  put (out, 44, 8);
  put (out, NEEDS_ZIP64, 2);
  put (out, NEEDS_ZIP64, 2);
  put (out, 0, 4);
  put (out, 0, 4);
  put (out, n_entries, 8);
  put (out, n_entries, 8);
  put (out, directory_bytes, 8);
  put (out, directory_offset, 8);

  put (out, WB_ZIP_LOCATOR64_SIGNATURE, 4);
  put (out, 0, 4);
  put (out, directory_offset + directory_bytes, 8);
  put (out, 1, 4);
}

/**
 * wb_zip_writer_finish:
 * @self: a writer; nothing can be added any more
 * @error: return location
 *
 * Returns: (transfer full): the whole file, with its SHA-256
 */
WbSpool *
wb_zip_writer_finish (WbZipWriter *self,
                      GError     **error)
{
  g_autoptr (GByteArray) end = g_byte_array_new ();
  guint64  directory_offset = self->offset;
  guint64  directory_bytes = self->directory->len;
  gboolean zip64 = self->n_entries > MAX_ENTRIES || directory_offset > MAX_OFFSET;
  int      fd;

  if (zip64)
    put_zip64_end (end, self->n_entries, directory_bytes, directory_offset);
  put (end, WB_ZIP_END_SIGNATURE, 4);
  put (end, 0, 4);
  put (end, zip64 ? G_MAXUINT16 : self->n_entries, 2);
  put (end, zip64 ? G_MAXUINT16 : self->n_entries, 2);
  put (end, zip64 ? G_MAXUINT32 : directory_bytes, 4);
  put (end, zip64 ? G_MAXUINT32 : directory_offset, 4);
  put (end, 0, 2);

  if (!append (self, self->directory->data, self->directory->len, error)
      || !append (self, end->data, end->len, error) || !flush (self, error))
    return NULL;

  fd = self->fd;
  self->fd = -1;

  return wb_spool_new_take (fd, self->offset,
                            wb_sha256_free_to_hex (g_steal_pointer (&self->sha256)));
}
