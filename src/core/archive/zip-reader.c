/* zip-reader.c: the contents of entries of a ZIP file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip-reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <zlib.h>

#define LOCAL_BYTES 30
#define RECORD_BYTES 46
#define END_BYTES 22
#define BLOCK_BYTES ((gsize) 64 * 1024)

/* The methods that every libarchive supports. */
#define METHOD_STORED 0
#define METHOD_DEFLATE 8

/* libarchive looks for the end in so many bytes. They are blank, so that no file is read for it. */
#define MARGIN_BYTES (16 * 1024)

/* A new libarchive for so many entries: after a bad entry only these must be set up again. */
#define BATCH 64

/* Each entry's header is one that we write: our own, with a name of one letter. */
#define HEADER_BYTES (LOCAL_BYTES + 1)

typedef struct
{
  guint64 start; /* in the view */
  guint8  header[HEADER_BYTES];
} Member;

/* What libarchive sees in place of the file: a small ZIP archive of a few entries, whose compressed
 * bytes are the file's, and whose headers and central directory are ours. So libarchive does what
 * it is good at, decompress, and no name, extra field, offset or directory of the file reaches it.
 * It costs no more for the last of 50,000 entries than for the first. */
typedef struct
{
  WbFileWindow        *window;   /* (unowned) */
  const WbZipContents *contents; /* (unowned) (array length=n) */
  guint                n;
  Member               members[BATCH];
  guint8               tail[MARGIN_BYTES + BATCH * (RECORD_BYTES + 1) + END_BYTES];
  gsize                tail_length;
  guint64              tail_start;
  guint64              position;
  guint                member; /* the one that @position was last in */
  guint8               block[BLOCK_BYTES];
  GError              *error; /* (owned) (nullable) */
} View;

static guint8 *
put (guint8 *p,
     guint   n_bytes,
     guint64 value)
{
  for (guint i = 0; i < n_bytes; i++, value >>= 8)
    p[i] = value & 0xff;

  return p + n_bytes;
}

/* Writes what a local header and a record of the central directory have in common. */
static guint8 *
put_common (guint8           *p,
            const WbZipEntry *entry)
{
  p = put (p, 2, 20);
  p = put (p, 2, 0);
  p = put (p, 2, entry->method);
  p = put (p, 4, 0x00210000);
  p = put (p, 4, entry->crc32);
  p = put (p, 4, entry->compressed_bytes);
  p = put (p, 4, entry->size_bytes);
  p = put (p, 2, 1);
  return put (p, 2, 0);
}

static void
view_init (View                *self,
           WbFileWindow        *window,
           const WbZipContents *contents,
           guint                n)
{
  guint8 *p = self->tail + MARGIN_BYTES;
  guint64 start = 0;

  self->window = window;
  self->contents = contents;
  self->n = n;
  self->position = 0;
  self->member = 0;

  for (guint i = 0; i < n; i++)
    {
      const WbZipEntry *entry = contents[i].entry;
      Member           *member = &self->members[i];
      guint8           *q = member->header;

      member->start = start;
      q = put (q, 4, 0x04034b50);
      q = put_common (q, entry);
      *q = 'x';

      p = put (p, 4, 0x02014b50);
      p = put (p, 2, 20);
      p = put_common (p, entry);
      p = put (p, 2, 0);
      p = put (p, 2, 0);
      p = put (p, 2, 0);
      p = put (p, 4, 0);
      p = put (p, 4, start);
      *p++ = 'x';

      start += HEADER_BYTES + entry->compressed_bytes;
    }
  self->tail_start = start;

  start = (guint64) (p - self->tail) - MARGIN_BYTES;
  p = put (p, 4, 0x06054b50);
  p = put (p, 4, 0);
  p = put (p, 2, n);
  p = put (p, 2, n);
  p = put (p, 4, start);
  p = put (p, 4, self->tail_start + MARGIN_BYTES);
  p = put (p, 2, 0);
  self->tail_length = (gsize) (p - self->tail);
}

/* Small entries lie side by side, so most of them are in the window already. */
static gboolean
read_data (View   *self,
           guint64 offset,
           guint8 *buffer,
           gsize   length)
{
  const guint8 *data;

  if (length > WB_FILE_WINDOW_BYTES / 4)
    return wb_file_read (self->window->fd, buffer, length, offset, &self->error);

  data = wb_file_window_get (self->window, offset, length, &self->error);
  if (data != NULL)
    memcpy (buffer, data, length);
  return data != NULL;
}

/* Fills @buffer from the view's position; returns how much, or -1 with an error. */
static la_ssize_t
view_read (View   *self,
           guint8 *buffer,
           gsize   length)
{
  gsize done = 0;

  while (done < length && self->position < self->tail_start)
    {
      const Member        *member;
      const WbZipContents *contents;
      guint64              inside, left;
      gsize                n;

      if (self->position < self->members[self->member].start)
        self->member = 0;
      while (self->member + 1 < self->n
             && self->position >= self->members[self->member + 1].start)
        self->member++;
      member = &self->members[self->member];
      contents = &self->contents[self->member];

      inside = self->position - member->start;
      if (inside < HEADER_BYTES)
        {
          n = MIN (length - done, HEADER_BYTES - (gsize) inside);
          memcpy (buffer + done, member->header + inside, n);
        }
      else
        {
          inside -= HEADER_BYTES;
          left = contents->entry->compressed_bytes - inside;
          n = (gsize) MIN ((guint64) (length - done), left);
          if (!read_data (self, contents->data_offset + inside, buffer + done, n))
            return -1;
        }
      done += n;
      self->position += n;
    }

  if (done < length && self->position >= self->tail_start)
    {
      gsize inside = (gsize) (self->position - self->tail_start);
      gsize n = MIN (length - done, self->tail_length - inside);

      memcpy (buffer + done, self->tail + inside, n);
      done += n;
      self->position += n;
    }

  return (la_ssize_t) done;
}

static la_ssize_t
view_read_cb (struct archive *archive,
              void           *user_data,
              const void    **buffer)
{
  View      *self = user_data;
  la_ssize_t n = view_read (self, self->block, sizeof self->block);

  *buffer = self->block;

  return n;
}

static la_int64_t
view_seek_cb (struct archive *archive,
              void           *user_data,
              la_int64_t      offset,
              int             whence)
{
  View      *self = user_data;
  la_int64_t end = (la_int64_t) (self->tail_start + self->tail_length);
  la_int64_t base = 0;

  if (whence == SEEK_END)
    base = end;
  else if (whence == SEEK_CUR)
    base = (la_int64_t) self->position;

  if (offset < -base || offset > end - base)
    return ARCHIVE_FATAL;
  self->position = (guint64) (base + offset);

  return (la_int64_t) self->position;
}

static struct archive *
view_open (View *self)
{
  struct archive *archive = archive_read_new ();

  archive_read_support_format_zip_seekable (archive);
  archive_read_set_read_callback (archive, view_read_cb);
  archive_read_set_seek_callback (archive, view_seek_cb);
  archive_read_set_callback_data (archive, self);
  /* We check them, so as to tell a wrong checksum from other faults. */
  archive_read_set_options (archive, "zip:ignorecrc32");
  archive_read_open1 (archive);

  return archive;
}

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

/* Reads a batch until its end or a bad entry. Sets @n_done to how many were passed
 * to @func. Returns %FALSE to stop. */
static gboolean
read_batch (View           *view,
            GByteArray     *out,
            guint          *n_done,
            WbZipReaderFunc func,
            gpointer        user_data,
            GError        **error)
{
  struct archive *archive = view_open (view);
  gboolean        go_on = TRUE;

  for (*n_done = 0; go_on && *n_done < view->n;)
    {
      const WbZipContents  *contents = &view->contents[*n_done];
      struct archive_entry *entry;
      WbProblems            problems = 0;
      int                   status;

      if (g_cancellable_set_error_if_cancelled (view->window->cancellable, error))
        {
          go_on = FALSE;
          break;
        }

      g_byte_array_set_size (out, 0);
      status = archive_read_next_header (archive, &entry);
      if ((status == ARCHIVE_OK || status == ARCHIVE_WARN)
          && (guint64) archive_read_header_position (archive) == view->members[*n_done].start)
        status = read_entry (archive, contents->entry, out, &problems);
      else
        {
          problems = WB_PROBLEM_UNREADABLE;
          status = ARCHIVE_FATAL;
        }

      if (view->error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&view->error));
          go_on = FALSE;
          break;
        }

      (*n_done)++;
      go_on = func (contents, out->data, out->len, problems, user_data);
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

  g_return_val_if_fail (offset + LOCAL_BYTES <= directory_offset, FALSE);

  p = wb_file_window_get (window, offset, LOCAL_BYTES, error);
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

  offset += LOCAL_BYTES;
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
  g_autofree View *view = g_new0 (View, 1);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GError  *local_error = NULL;
  gboolean go_on = TRUE;

  for (guint i = 0; go_on && i < n_contents;)
    {
      guint n_done;

      view_init (view, window, contents + i, MIN (n_contents - i, BATCH));
      go_on = read_batch (view, out, &n_done, func, user_data, &local_error);
      i += n_done;
    }

  if (local_error != NULL)
    g_propagate_error (error, local_error);

  return local_error == NULL;
}
