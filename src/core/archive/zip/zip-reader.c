/* zip-reader.c: the contents of entries of a ZIP file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <zlib.h>

#include "core/archive/zip/zip-frame.h"

#define METHOD_STORED 0
#define METHOD_DEFLATED 8

#define LOCAL_SIGNATURE 0x04034b50u
#define RECORD_SIGNATURE 0x02014b50u
#define DESCRIPTOR_SIGNATURE 0x08074b50u

/* Sizes and checksum stand behind the data. */
#define FLAG_DESCRIPTOR (1 << 3)
#define MAX_DESCRIPTOR_BYTES ((guint64) 24)

/* So much is read at a time: only a part of the window, so that it seldom moves. */
#define CHUNK_BYTES (WB_FILE_WINDOW_BYTES / 4)

typedef struct
{
  WbFileWindow *window;    /* (unowned) */
  GConverter   *converter; /* (owned) */
  GByteArray   *out;       /* (owned): the contents of one entry */
} Reader;

static gboolean
append_bytes (GByteArray   *out,
              WbFileWindow *window,
              guint64       offset,
              guint64       length,
              GError      **error)
{
  for (guint64 done = 0; done < length;)
    {
      gsize         n = (gsize) MIN (length - done, (guint64) CHUNK_BYTES);
      const guint8 *bytes = wb_file_window_get (window, offset + done, n, error);

      if (bytes == NULL)
        return FALSE;
      g_byte_array_append (out, bytes, (guint) n);
      done += n;
    }

  return TRUE;
}

/* A reader for each method. It sees the compressed bytes of one entry, so a bad entry spoils no
 * other, and returns no more than the entry says that it has. FALSE means that the file could not
 * be read. */
static gboolean
read_stored (Reader              *self,
             const WbZipContents *contents,
             WbProblems          *problems,
             GError             **error)
{
  const WbZipEntry *entry = contents->entry;

  if (entry->compressed_bytes != entry->size_bytes)
    *problems |= WB_PROBLEM_UNREADABLE;

  return append_bytes (self->out, self->window, contents->data_offset,
                       MIN (entry->compressed_bytes, entry->size_bytes), error);
}

static gboolean
read_deflated (Reader              *self,
               const WbZipContents *contents,
               WbProblems          *problems,
               GError             **error)
{
  gsize            size = (gsize) contents->entry->size_bytes;
  guint64          offset = contents->data_offset;
  guint64          left = contents->entry->compressed_bytes;
  gsize            done = 0;
  GConverterResult result = left > 0 ? G_CONVERTER_CONVERTED : G_CONVERTER_FINISHED;

  /* A byte more than there should be shows that there are more. */
  g_byte_array_set_size (self->out, (guint) size + 1);
  g_converter_reset (self->converter);
  while (result == G_CONVERTER_CONVERTED && left > 0 && done <= size)
    {
      gsize         n = (gsize) MIN (left, (guint64) CHUNK_BYTES);
      const guint8 *bytes = wb_file_window_get (self->window, offset, n, error);
      gsize         n_read = 0;
      gsize         n_written = 0;

      if (bytes == NULL)
        return FALSE;
      result = g_converter_convert (self->converter, bytes, n, self->out->data + done,
                                    size + 1 - done, G_CONVERTER_NO_FLAGS, &n_read, &n_written,
                                    NULL);
      offset += n_read;
      left -= n_read;
      done += n_written;
    }
  g_byte_array_set_size (self->out, (guint) MIN (done, size));

  if (result != G_CONVERTER_FINISHED || left > 0 || done != size)
    *problems |= WB_PROBLEM_UNREADABLE;

  return TRUE;
}

static void
put (GByteArray *out,
     guint       n_bytes,
     guint64     value)
{
  for (guint i = 0; i < n_bytes; i++, value >>= 8)
    {
      guint8 byte = value & 0xff;

      g_byte_array_append (out, &byte, 1);
    }
}

/* A view of one entry, for libarchive to see in place of the file: the entry's bytes behind a local
 * header of ours, with a name of one character. So libarchive does what it is good at, decompress,
 * and no name, extra field or offset of the file reaches it. */
static gboolean
append_view (GByteArray          *view,
             WbFileWindow        *window,
             const WbZipContents *contents,
             GError             **error)
{
  const WbZipEntry *entry = contents->entry;

  put (view, 4, 0x04034b50);
  put (view, 2, 20);
  put (view, 2, 0);
  put (view, 2, entry->method);
  put (view, 4, 0x00210000);
  put (view, 4, entry->crc32);
  put (view, 4, entry->compressed_bytes);
  put (view, 4, entry->size_bytes);
  put (view, 2, 1);
  put (view, 2, 0);
  put (view, 1, 'x');

  return append_bytes (view, window, contents->data_offset, entry->compressed_bytes, error);
}

/* Decompresses the only entry that libarchive sees. */
static WbProblems
decompress (struct archive *archive,
            gsize           size,
            GByteArray     *out)
{
  struct archive_entry *header;
  const void           *block;
  size_t                length;
  la_int64_t            offset;
  gboolean              is_wrong = FALSE;
  int                   status = archive_read_next_header (archive, &header);

  if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
    return WB_PROBLEM_UNREADABLE;

  while ((status = archive_read_data_block (archive, &block, &length, &offset)) == ARCHIVE_OK
         || status == ARCHIVE_WARN)
    {
      gsize n = MIN (length, size - out->len);

      g_byte_array_append (out, block, (guint) n);
      if (status == ARCHIVE_WARN || n < length)
        is_wrong = TRUE;
      if (n < length || (status == ARCHIVE_WARN && length == 0))
        break;
    }

  /* libarchive's number for a method that it does not know; bad data has another one. */
  if (status == ARCHIVE_FAILED && archive_errno (archive) == EILSEQ)
    return WB_PROBLEM_UNSUPPORTED;

  return is_wrong || status != ARCHIVE_EOF || out->len != size ? WB_PROBLEM_UNREADABLE : 0;
}

/* Any other method. */
static gboolean
read_other (Reader              *self,
            const WbZipContents *contents,
            WbProblems          *problems,
            GError             **error)
{
  g_autoptr (GByteArray) view = g_byte_array_new ();
  struct archive *archive;

  if (!append_view (view, self->window, contents, error))
    return FALSE;

  archive = archive_read_new ();
  archive_read_support_format_zip_streamable (archive);
  /* Newer versions give nothing of contents with a wrong checksum; we check it for all methods. */
  archive_read_set_options (archive, "zip:ignorecrc32");
  if (archive_read_open_memory (archive, view->data, view->len) == ARCHIVE_OK)
    *problems |= decompress (archive, (gsize) contents->entry->size_bytes, self->out);
  else
    *problems |= WB_PROBLEM_UNREADABLE;
  archive_read_free (archive);

  return TRUE;
}

static gboolean
read_entry (Reader              *self,
            const WbZipContents *contents,
            WbProblems          *problems,
            GError             **error)
{
  const WbZipEntry *entry = contents->entry;
  gboolean          could_read;

  g_byte_array_set_size (self->out, 0);
  if (entry->method == METHOD_STORED)
    could_read = read_stored (self, contents, problems, error);
  else if (entry->method == METHOD_DEFLATED)
    could_read = read_deflated (self, contents, problems, error);
  else
    could_read = read_other (self, contents, problems, error);

  if (*problems == 0 && (guint32) crc32_z (0, self->out->data, self->out->len) != entry->crc32)
    *problems |= WB_PROBLEM_BAD_CRC;

  return could_read;
}

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

/* The sizes of a local header's ZIP64 field, if it has one. */
static gboolean
extra64_agrees (const guint8     *extra,
                gsize             length,
                const WbZipEntry *entry,
                guint16           flags)
{
  while (length >= 4)
    {
      gsize         field_bytes = wb_le16 (extra + 2);
      const guint8 *p = extra + 4;

      if (field_bytes > length - 4)
        return TRUE;
      extra += 4 + field_bytes;
      length -= 4 + field_bytes;
      if (wb_le16 (p - 4) == 0x0001)
        return field_bytes < 16
               || (agrees (wb_le64 (p), entry->size_bytes, entry->size_bytes, flags)
                   && agrees (wb_le64 (p + 8), entry->compressed_bytes, entry->compressed_bytes,
                              flags));
    }

  return TRUE;
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
  gboolean      encrypted, same;
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
      || !extra64_agrees (p + name_length, extra_length, entry, flags)
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

/**
 * wb_zip_contents_compare:
 * @a: a #WbZipContents
 * @b: a #WbZipContents
 *
 * Returns: as qsort() needs it, for the order in which they lie in the file
 */
int
wb_zip_contents_compare (const void *a,
                         const void *b)
{
  const WbZipContents *x = a;
  const WbZipContents *y = b;

  if (x->entry->header_offset != y->entry->header_offset)
    return x->entry->header_offset > y->entry->header_offset ? 1 : -1;

  return (x->id > y->id) - (x->id < y->id);
}

/**
 * wb_zip_read_contents:
 * @window: the file
 * @contents: (array length=n_contents): entries that are not encrypted, with at most
 *   %WB_ARCHIVE_MAX_ENTRY_BYTES of size and twice as many compressed
 * @n_contents: how many
 * @func: called for each
 * @user_data: passed to @func
 * @error: return location
 *
 * Inflates entries, in memory, one at a time. A fault inside one is passed to @func and is not an
 * error. The window's cancellable is looked at before each.
 *
 * Returns: %FALSE with an error if the file could not be read or on cancellation
 */
gboolean
wb_zip_read_contents (WbFileWindow        *window,
                      const WbZipContents *contents,
                      guint                n_contents,
                      WbZipReaderFunc      func,
                      gpointer             user_data,
                      GError             **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GConverter) converter = NULL;
  Reader   self = { .window = window, .out = out };
  gboolean go_on = TRUE;

  converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
  self.converter = converter;
  for (guint i = 0; go_on && i < n_contents; i++)
    {
      WbProblems problems = 0;

      if (g_cancellable_set_error_if_cancelled (window->cancellable, error)
          || !read_entry (&self, &contents[i], &problems, error))
        return FALSE;
      go_on = func (&contents[i], out->data, out->len, problems, user_data);
    }

  return TRUE;
}
