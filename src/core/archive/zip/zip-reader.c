/* zip-reader.c: the contents of entries of a ZIP file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-reader.h"

#include <archive_entry.h>
#include <string.h>
#include <zlib.h>

#include "core/archive/zip/zip-frame.h"
#include "core/archive/zip/zip-view.h"

/* The methods that every libarchive supports. */
#define METHOD_STORED 0
#define METHOD_DEFLATE 8

/* Inflates the entry that libarchive stands at. Returns what it said last. */
static int
read_entry (struct archive   *archive,
            const WbZipEntry *entry,
            GByteArray       *out,
            WbProblems       *problems)
{
  const void *block;
  size_t      length;
  la_int64_t  offset;
  int         status;

  while ((status = archive_read_data_block (archive, &block, &length, &offset)) == ARCHIVE_OK
         || status == ARCHIVE_WARN)
    {
      /* A size that is not as declared; the data may go on. */
      if (status == ARCHIVE_WARN)
        *problems |= WB_PROBLEM_UNREADABLE;
      if (length > entry->size_bytes - out->len)
        {
          g_byte_array_append (out, block, (guint) (entry->size_bytes - out->len));
          *problems |= WB_PROBLEM_UNREADABLE;
          return ARCHIVE_OK;
        }
      if (length > 0)
        g_byte_array_append (out, block, (guint) length);
      else if (status == ARCHIVE_WARN)
        break;
    }

  /* Newer versions of libarchive say the same of contents that are overlong. */
  if (status == ARCHIVE_FAILED && entry->method != METHOD_STORED && entry->method != METHOD_DEFLATE)
    *problems |= WB_PROBLEM_UNSUPPORTED;
  else if (status < ARCHIVE_WARN || out->len != entry->size_bytes)
    *problems |= WB_PROBLEM_UNREADABLE;
  else if ((guint32) crc32_z (0, out->data, out->len) != entry->crc32)
    *problems |= WB_PROBLEM_BAD_CRC;

  return status;
}

/* Reads the entries in @view until its end or a bad one. Sets @n_done to how many were passed to
 * @func. Returns %FALSE to stop. */
static gboolean
read_view (WbZipView           *view,
           const WbZipContents *contents,
           guint                n,
           GCancellable        *cancellable,
           GByteArray          *out,
           guint               *n_done,
           WbZipReaderFunc      func,
           gpointer             user_data,
           GError             **error)
{
  struct archive *archive = wb_zip_view_open (view);
  gboolean        go_on = TRUE;

  for (*n_done = 0; go_on && *n_done < n;)
    {
      const WbZipContents  *next = &contents[*n_done];
      struct archive_entry *entry;
      WbProblems            problems = 0;
      GError               *view_error;
      int                   status;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          go_on = FALSE;
          break;
        }

      g_byte_array_set_size (out, 0);
      status = archive_read_next_header (archive, &entry);
      if ((status == ARCHIVE_OK || status == ARCHIVE_WARN)
          && wb_zip_view_is_at (view, archive, *n_done))
        status = read_entry (archive, next->entry, out, &problems);
      else
        {
          problems = WB_PROBLEM_UNREADABLE;
          status = ARCHIVE_FATAL;
        }

      view_error = wb_zip_view_steal_error (view);
      if (view_error != NULL)
        {
          g_propagate_error (error, view_error);
          go_on = FALSE;
          break;
        }

      (*n_done)++;
      go_on = func (next, out->data, out->len, problems, user_data);
      /* After an entry that did not end well, the next header is not found reliably. */
      if (status != ARCHIVE_EOF)
        break;
    }

  archive_read_free (archive);

  return go_on;
}

/**
 * wb_zip_locate:
 * @window: the file
 * @entry: a record of its central directory
 * @directory_offset: where that begins; no data reach beyond
 * @data_offset: (out): where the entry's data begin, if they can be read
 * @problems: (inout): gets %WB_PROBLEM_UNREADABLE if the local header contradicts the record, or
 *   the data do not fit
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
  same = wb_le32 (p) == 0x04034b50 && name_length == entry->name_length
         && wb_le16 (p + 8) == entry->method
         && encrypted == ((entry->flags & WB_ZIP_ENTRY_ENCRYPTED) != 0);

  /* With bit 3, sizes and checksum stand behind the data; saturated sizes, in an extra field. */
  if (same && (flags & 1 << 3) == 0)
    {
      guint32 compressed = wb_le32 (p + 18);
      guint32 size = wb_le32 (p + 22);

      same = wb_le32 (p + 14) == entry->crc32
             && (compressed == G_MAXUINT32 || compressed == entry->compressed_bytes)
             && (size == G_MAXUINT32 || size == entry->size_bytes);
    }

  offset += WB_ZIP_LOCAL_BYTES;
  if (!same || name_length + extra_length > directory_offset - offset)
    {
      *problems |= WB_PROBLEM_UNREADABLE;
      return TRUE;
    }
  p = wb_file_window_get (window, offset, name_length, error);
  if (p == NULL)
    return FALSE;
  offset += name_length + extra_length;
  if (memcmp (p, entry->name, name_length) != 0
      || entry->compressed_bytes > directory_offset - offset)
    *problems |= WB_PROBLEM_UNREADABLE;
  *data_offset = offset;

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
 * Inflates entries, in memory, one at a time. A fault inside one is told to @func and is no error.
 * The window's cancellable is looked at before each.
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
  g_autoptr (WbZipView) view = wb_zip_view_new (window);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GError  *local_error = NULL;
  gboolean go_on = TRUE;

  for (guint i = 0; go_on && i < n_contents;)
    {
      guint n = MIN (n_contents - i, WB_ZIP_VIEW_MAX);
      guint n_done;

      wb_zip_view_set (view, contents + i, n);
      go_on = read_view (view, contents + i, n, window->cancellable, out, &n_done, func, user_data,
                         &local_error);
      i += n_done;
    }

  if (local_error != NULL)
    g_propagate_error (error, local_error);

  return local_error == NULL;
}
