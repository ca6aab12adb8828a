/* zip-maker.c: ZIP files for tests, right ones and wrong ones
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "zip-maker.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct _WbZipMaker
{
  GByteArray *file;      /* (owned) */
  GByteArray *directory; /* (owned) */
  guint       n_entries;
  guint       last_record; /* where in @directory the last record begins */
};

static void
put (GByteArray *out,
     guint64     value,
     guint       n_bytes)
{
  for (guint i = 0; i < n_bytes; i++, value >>= 8)
    {
      guint8 byte = value & 0xff;

      g_byte_array_append (out, &byte, 1);
    }
}

static void
put_bytes (GByteArray *out,
           const void *data,
           gsize       length)
{
  if (length > 0)
    g_byte_array_append (out, data, (guint) length);
}

/* Bit by bit, so that it shares nothing with the code under test. */
static guint32
get_crc32 (const guint8 *data,
           gsize         length)
{
  static guint32 table[256];
  guint32        crc = 0xffffffff;

  if (table[1] == 0)
    for (guint32 i = 0; i < 256; i++)
      {
        table[i] = i;
        for (guint bit = 0; bit < 8; bit++)
          table[i] = table[i] >> 1 ^ ((table[i] & 1) != 0 ? 0xedb88320 : 0);
      }
  for (gsize i = 0; i < length; i++)
    crc = crc >> 8 ^ table[(crc ^ data[i]) & 0xff];

  return ~crc;
}

static GBytes *
deflate_bytes (const void *data,
               gsize       length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 6);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) packed = NULL;
  g_autoptr (GError) error = NULL;

  packed = g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  g_output_stream_write_all (packed, data, length, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (packed, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

WbZipMaker *
wb_zip_maker_new (void)
{
  WbZipMaker *self = g_new0 (WbZipMaker, 1);

  self->file = g_byte_array_new ();
  self->directory = g_byte_array_new ();

  return self;
}

void
wb_zip_maker_free (WbZipMaker *self)
{
  g_byte_array_unref (self->file);
  g_byte_array_unref (self->directory);
  g_free (self);
}

void
wb_zip_maker_add (WbZipMaker      *self,
                  const WbZipItem *item)
{
  g_autoptr (GBytes) packed = NULL;
  const char *name = item->name;
  const void *data = item->data != NULL ? item->data : "";
  gsize       name_length = item->name_length > 0 ? item->name_length : strlen (name);
  gsize       length = item->data_length > 0 ? item->data_length : strlen (data);
  gboolean    stored = item->stored || length == 0;
  guint32     crc = get_crc32 (data, length) ^ item->crc_xor;
  guint64     offset = self->file->len;
  guint64     compressed, size;
  guint16     flags, method;

  packed = stored ? g_bytes_new (data, length) : deflate_bytes (data, length);
  compressed = g_bytes_get_size (packed) + (guint64) item->compressed_plus;
  size = length + (guint64) item->size_plus;
  flags = item->flag_bits | (item->descriptor ? 1 << 3 : 0);
  method = item->method != 0 ? item->method : (stored ? 0 : 8);

  put (self->file, 0x04034b50, 4);
  put (self->file, item->zip64 ? 45 : 20, 2);
  put (self->file, flags, 2);
  put (self->file, method, 2);
  put (self->file, 0x5b77, 2);
  put (self->file, 0x5b2a, 2);
  put (self->file, item->descriptor ? 0 : crc, 4);
  put (self->file, item->zip64 ? 0xffffffff : (item->descriptor ? 0 : compressed), 4);
  put (self->file, item->zip64 ? 0xffffffff : (item->descriptor ? 0 : size), 4);
  put (self->file, name_length, 2);
  put (self->file, (item->zip64 ? 20 : 0) + item->extra_length, 2);
  put_bytes (self->file, item->local_name != NULL ? item->local_name : name, name_length);
  if (item->zip64)
    {
      put (self->file, 0x0001, 2);
      put (self->file, 16, 2);
      put (self->file, size, 8);
      put (self->file, compressed, 8);
    }
  put_bytes (self->file, item->extra, item->extra_length);
  put_bytes (self->file, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  if (item->descriptor)
    {
      put (self->file, 0x08074b50, 4);
      put (self->file, crc, 4);
      put (self->file, compressed, item->zip64 ? 8 : 4);
      put (self->file, size, item->zip64 ? 8 : 4);
    }

  self->last_record = self->directory->len;
  self->n_entries++;
  put (self->directory, 0x02014b50, 4);
  put (self->directory, (item->mode != 0 ? 3 : item->made_on) << 8 | 20, 2);
  put (self->directory, item->zip64 ? 45 : 20, 2);
  put (self->directory, flags, 2);
  put (self->directory, method, 2);
  put (self->directory, 0x5b77, 2);
  put (self->directory, 0x5b2a, 2);
  put (self->directory, crc, 4);
  put (self->directory, item->zip64 ? 0xffffffff : compressed, 4);
  put (self->directory, item->zip64 ? 0xffffffff : size, 4);
  put (self->directory, name_length, 2);
  put (self->directory, (item->zip64 ? 28 : 0) + item->extra_length, 2);
  put (self->directory, 0, 2);
  put (self->directory, 0, 2);
  put (self->directory, 0, 2);
  put (self->directory, (guint64) item->mode << 16, 4);
  put (self->directory, item->zip64 ? 0xffffffff : offset, 4);
  put_bytes (self->directory, name, name_length);
  if (item->zip64)
    {
      put (self->directory, 0x0001, 2);
      put (self->directory, 24, 2);
      put (self->directory, size, 8);
      put (self->directory, compressed, 8);
      put (self->directory, offset, 8);
    }
  put_bytes (self->directory, item->extra, item->extra_length);
}

void
wb_zip_maker_add_text (WbZipMaker *self,
                       const char *name,
                       const char *text)
{
  wb_zip_maker_add (self, &(WbZipItem){ .name = name, .data = text });
}

/* A second record for the last entry's header, under a name of the same length. */
void
wb_zip_maker_add_again (WbZipMaker *self,
                        const char *name)
{
  guint              length = self->directory->len - self->last_record;
  g_autofree guint8 *record = g_memdup2 (self->directory->data + self->last_record, length);

  memcpy (record + 46, name, strlen (name));
  self->last_record = self->directory->len;
  self->n_entries++;
  put_bytes (self->directory, record, length);
}

/* Entries stay, so that one maker can finish in several ways. */
GBytes *
wb_zip_maker_finish (WbZipMaker     *self,
                     const WbZipEnd *end)
{
  static const WbZipEnd right = { 0 };
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint64 offset, size, count;
  gsize   comment_length;

  if (end == NULL)
    end = &right;
  if (end->prefix != NULL)
    put_bytes (out, end->prefix, strlen (end->prefix));
  put_bytes (out, self->file->data, self->file->len);
  offset = out->len + (guint64) end->directory_offset_plus;
  size = self->directory->len + (guint64) end->directory_bytes_plus;
  count = self->n_entries + (guint64) end->count_plus;
  comment_length = end->comment != NULL ? strlen (end->comment) : 0;
  put_bytes (out, self->directory->data, self->directory->len);

  if (end->zip64)
    {
      guint64 end64 = out->len;

      put (out, 0x06064b50, 4);
      put (out, 44, 8);
      put (out, 45, 2);
      put (out, 45, 2);
      put (out, 0, 4);
      put (out, 0, 4);
      put (out, count, 8);
      put (out, count, 8);
      put (out, size, 8);
      put (out, offset, 8);
      put (out, 0x07064b50, 4);
      put (out, 0, 4);
      put (out, end64, 8);
      put (out, 1, 4);
    }
  put (out, 0x06054b50, 4);
  put (out, 0, 4);
  put (out, end->zip64 ? 0xffff : count, 2);
  put (out, end->zip64 ? 0xffff : count, 2);
  put (out, end->zip64 ? 0xffffffff : size, 4);
  put (out, end->zip64 ? 0xffffffff : offset, 4);
  put (out, comment_length, 2);
  put_bytes (out, end->comment, comment_length);
  if (end->suffix != NULL)
    put_bytes (out, end->suffix, strlen (end->suffix));

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

int
wb_zip_bytes_to_fd (GBytes *bytes)
{
  int           fd = memfd_create ("zip", MFD_CLOEXEC);
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  g_assert_cmpint (fd, >=, 0);
  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      g_assert_cmpint (n, >, 0);
      data += n;
      length -= (gsize) n;
    }

  return fd;
}

char *
wb_zip_bytes_to_path (GBytes     *bytes,
                      const char *name)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autoptr (GError) error = NULL;
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);

  /* A new file, for the old one may still be open; a test need not wait for the disk. */
  g_unlink (path);
  g_file_set_contents_full (path, data != NULL ? data : "", (gssize) length,
                            G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&path);
}
