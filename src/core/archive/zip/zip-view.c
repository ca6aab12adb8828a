/* zip-view.c: a few entries of a file as a small ZIP archive of their own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-view.h"

#include <string.h>

#define LOCAL_BYTES 30
#define RECORD_BYTES 46
#define END_BYTES 22
#define BLOCK_BYTES ((gsize) 64 * 1024)

/* libarchive looks for the end in so many bytes. They are blank, so that no file is read for it. */
#define MARGIN_BYTES (16 * 1024)

/* Each entry's header is one that we write: our own, with a name of one letter. */
#define HEADER_BYTES (LOCAL_BYTES + 1)

typedef struct
{
  guint64 start; /* in the view */
  guint8  header[HEADER_BYTES];
} Member;

struct _WbZipView
{
  WbFileWindow        *window;   /* (unowned) */
  const WbZipContents *contents; /* (unowned) (array length=n) */
  guint                n;
  Member               members[WB_ZIP_VIEW_MAX];
  guint8               tail[MARGIN_BYTES + WB_ZIP_VIEW_MAX * (RECORD_BYTES + 1) + END_BYTES];
  gsize                tail_length;
  guint64              tail_start;
  guint64              position;
  guint                member; /* the one that @position was last in */
  guint8               block[BLOCK_BYTES];
  GError              *error; /* (owned) (nullable) */
};

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

/* Small entries lie side by side, so most of them are in the window already. */
static gboolean
read_data (WbZipView *self,
           guint64    offset,
           guint8    *buffer,
           gsize      length)
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
view_read (WbZipView *self,
           guint8    *buffer,
           gsize      length)
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
  WbZipView *self = user_data;
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
  WbZipView *self = user_data;
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

/**
 * wb_zip_view_new:
 * @window: (transfer none): the file; it outlives the view
 *
 * Returns: (transfer full): a view of no entries
 */
WbZipView *
wb_zip_view_new (WbFileWindow *window)
{
  WbZipView *self = g_new0 (WbZipView, 1);

  self->window = window;

  return self;
}

void
wb_zip_view_free (WbZipView *self)
{
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * wb_zip_view_set:
 * @self: a view
 * @contents: (transfer none) (array length=n): entries that were located; they outlive the view
 * @n: how many, at most %WB_ZIP_VIEW_MAX
 *
 * Makes it a view of these entries.
 */
void
wb_zip_view_set (WbZipView           *self,
                 const WbZipContents *contents,
                 guint                n)
{
  guint8 *p = self->tail + MARGIN_BYTES;
  guint64 start = 0;

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

/**
 * wb_zip_view_open:
 * @self: a view
 *
 * Returns: a libarchive that reads the view from its beginning; free it with archive_read_free()
 */
struct archive *
wb_zip_view_open (WbZipView *self)
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

/**
 * wb_zip_view_is_at:
 * @self: a view
 * @archive: what wb_zip_view_open() gave, at a header
 * @index: number of an entry
 *
 * Returns: whether the header is that entry's
 */
gboolean
wb_zip_view_is_at (WbZipView      *self,
                   struct archive *archive,
                   guint           index)
{
  return (guint64) archive_read_header_position (archive) == self->members[index].start;
}

/**
 * wb_zip_view_steal_error:
 * @self: a view
 *
 * Returns: (transfer full) (nullable): why the file could not be read, if it could not
 */
GError *
wb_zip_view_steal_error (WbZipView *self)
{
  return g_steal_pointer (&self->error);
}
