/* zip-reader.c: the contents of entries of a ZIP file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-reader.h"

#include <zlib.h>

#include "core/archive/zip/zip-view.h"
#include "core/input-limits.h"

#define METHOD_STORED 0
#define METHOD_DEFLATED 8

/* So much is read at a time: only a part of the window, so that it seldom moves. */
#define CHUNK_BYTES (WB_FILE_WINDOW_BYTES / 4)

typedef struct
{
  WbFileWindow *window;    /* (unowned) */
  GConverter   *converter; /* (unowned) */
  GByteArray   *out;       /* (unowned): the contents of one entry */
  const char   *password;  /* (unowned) (nullable) */
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

/* Any other method: libarchive sees the entry alone. */
static gboolean
read_other (Reader              *self,
            const WbZipContents *contents,
            WbProblems          *problems,
            GError             **error)
{
  const WbZipEntry *entry = contents->entry;
  g_autoptr (GByteArray) view = wb_zip_view_new (entry->method, entry->crc32,
                                                 entry->compressed_bytes, entry->size_bytes);

  if (!append_bytes (view, self->window, contents->data_offset, entry->compressed_bytes, error))
    return FALSE;

  return wb_zip_view_unpack (view, (gsize) entry->size_bytes, NULL, self->out, problems, error);
}

static gboolean
read_plain (Reader              *self,
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

  if (could_read && *problems == 0 && entry->has_crc
      && (guint32) crc32_z (0, self->out->data, self->out->len) != entry->crc32)
    *problems |= WB_PROBLEM_BAD_CRC;

  return could_read;
}

/* Decrypts an entry as if it were stored. What comes out is read as any other entry, by its own
 * method, so that no library has to know both. */
static gboolean
read_encrypted (Reader              *self,
                const WbZipContents *contents,
                WbProblems          *problems,
                GError             **error)
{
  const WbZipEntry *entry = contents->entry;
  gsize             overhead = wb_zip_view_get_overhead (entry);
  g_autoptr (GByteArray) view = NULL;
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  WbFileWindow  inner_window = { .fd = -1, .cancellable = self->window->cancellable };
  WbZipEntry    inner_entry = *entry;
  WbZipContents inner = { .entry = &inner_entry };
  Reader        reader = { .window = &inner_window,
                           .converter = self->converter,
                           .out = self->out };

  g_byte_array_set_size (self->out, 0);
  if (self->password == NULL || overhead == 0)
    {
      *problems |= WB_PROBLEM_ENCRYPTED;
      return TRUE;
    }
  if (entry->compressed_bytes < overhead)
    {
      *problems |= WB_PROBLEM_UNREADABLE;
      return TRUE;
    }

  view = wb_zip_view_new_encrypted (entry);
  if (!append_bytes (view, self->window, contents->data_offset, entry->compressed_bytes, error))
    return FALSE;
  if (!wb_zip_view_unpack (view, (gsize) (entry->compressed_bytes - overhead), self->password,
                           packed, problems, error))
    return FALSE;
  if (*problems != 0)
    return TRUE;

  inner_window.buffer = packed->data;
  inner_window.size_bytes = inner_window.length = packed->len;
  inner_entry.compressed_bytes = packed->len;
  inner_entry.method = entry->inner_method;

  return read_plain (&reader, &inner, problems, error);
}

static gboolean
read_entry (Reader              *self,
            const WbZipContents *contents,
            WbProblems          *problems,
            GError             **error)
{
  if (contents->entry->encryption != WB_ZIP_PLAIN)
    return read_encrypted (self, contents, problems, error);

  return read_plain (self, contents, problems, error);
}

/**
 * wb_zip_contents_compare:
 * @a: a #WbZipContents
 * @b: a #WbZipContents
 *
 * Returns: as wb_sort() needs it, for the order in which they lie in the file
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
 * @password: (nullable): what opens encrypted ones
 * @contents: (array length=n_contents): entries with at most %WB_ARCHIVE_MAX_ENTRY_BYTES of size
 *   and twice as many compressed
 * @n_contents: how many
 * @func: called for each
 * @user_data: passed to @func
 * @error: return location
 *
 * Inflates entries, in memory, one at a time. A fault inside one is passed to @func and is not an
 * error; %WB_PROBLEM_ENCRYPTED means that the password does not open it. The window's cancellable
 * is looked at before each.
 *
 * Returns: %FALSE with an error if the file could not be read or on cancellation
 */
gboolean
wb_zip_read_contents (WbFileWindow        *window,
                      const char          *password,
                      const WbZipContents *contents,
                      guint                n_contents,
                      WbZipReaderFunc      func,
                      gpointer             user_data,
                      GError             **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GConverter) converter = NULL;
  Reader   self = { .window = window, .out = out, .password = password };
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
