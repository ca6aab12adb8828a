/* zip-check.c: whether a large entry is whole, without holding it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-check.h"

#include <zlib.h>

#define METHOD_STORED 0
#define METHOD_DEFLATED 8

#define CHUNK_BYTES (WB_FILE_WINDOW_BYTES / 4)

/* What has come out so far. */
typedef struct
{
  guint64 n_bytes;
  guint32 crc32;
} Sum;

static void
add (Sum          *sum,
     const guint8 *bytes,
     gsize         length)
{
  sum->n_bytes += length;
  sum->crc32 = (guint32) crc32_z (sum->crc32, bytes, length);
}

/* Returns whether the stream ends where the entry's bytes end. */
static gboolean
inflate_chunk (z_stream     *stream,
               const guint8 *bytes,
               gsize         length,
               guint64       size_bytes,
               Sum          *sum,
               int          *status)
{
  guint8 out[16 * 1024];

  stream->next_in = (guint8 *) bytes;
  stream->avail_in = (guint) length;
  do
    {
      stream->next_out = out;
      stream->avail_out = sizeof out;
      *status = inflate (stream, Z_NO_FLUSH);
      add (sum, out, sizeof out - stream->avail_out);
    }
  while (*status == Z_OK && stream->avail_out == 0 && sum->n_bytes <= size_bytes);

  return *status == Z_OK || *status == Z_BUF_ERROR
         || (*status == Z_STREAM_END && stream->avail_in == 0);
}

/**
 * wb_zip_check:
 * @window: the file
 * @contents: an entry of any size that is stored or deflated and not encrypted
 * @problems: (inout): gets %WB_PROBLEM_UNREADABLE, %WB_PROBLEM_BAD_CRC, or %WB_PROBLEM_TOO_LARGE
 *   for another method
 * @error: return location
 *
 * Looks at an entry that is too large to be read into memory.
 *
 * Returns: %FALSE if the file could not be read, or on cancellation
 */
gboolean
wb_zip_check (WbFileWindow        *window,
              const WbZipContents *contents,
              WbProblems          *problems,
              GError             **error)
{
  const WbZipEntry *entry = contents->entry;
  gboolean          deflated = entry->method == METHOD_DEFLATED;
  gboolean          fits = TRUE;
  guint64           done = 0;
  Sum               sum = { 0 };
  z_stream          stream = { 0 };
  int               status = Z_OK;

  if ((entry->method != METHOD_STORED && !deflated) || entry->encryption != WB_ZIP_PLAIN)
    {
      *problems |= WB_PROBLEM_TOO_LARGE;
      return TRUE;
    }
  if (deflated && inflateInit2 (&stream, -MAX_WBITS) != Z_OK)
    {
      *problems |= WB_PROBLEM_UNREADABLE;
      return TRUE;
    }

  while (fits && done < entry->compressed_bytes && sum.n_bytes <= entry->size_bytes)
    {
      gsize         n = (gsize) MIN (entry->compressed_bytes - done, (guint64) CHUNK_BYTES);
      const guint8 *bytes = wb_file_window_get (window, contents->data_offset + done, n, error);

      if (bytes == NULL)
        {
          if (deflated)
            inflateEnd (&stream);
          return FALSE;
        }
      done += n;
      if (!deflated)
        add (&sum, bytes, n);
      else
        fits = inflate_chunk (&stream, bytes, n, entry->size_bytes, &sum, &status)
               && (status == Z_STREAM_END) == (done == entry->compressed_bytes);
    }
  if (deflated)
    inflateEnd (&stream);

  if (!fits || sum.n_bytes != entry->size_bytes || (deflated && status != Z_STREAM_END))
    *problems |= WB_PROBLEM_UNREADABLE;
  else if (sum.crc32 != entry->crc32)
    *problems |= WB_PROBLEM_BAD_CRC;

  return TRUE;
}
