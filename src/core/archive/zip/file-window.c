/* file-window.c: a file's bytes through a sliding window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/file-window.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/fd.h"

/**
 * wb_file_read:
 * @fd: a file; its own position is neither used nor changed
 * @buffer: (out caller-allocates): @length bytes
 * @length: how many bytes
 * @offset: from where
 * @error: return location
 *
 * Returns: %TRUE if all bytes were there
 */
gboolean
wb_file_read (int      fd,
              guint8  *buffer,
              gsize    length,
              guint64  offset,
              GError **error)
{
  gssize n = wb_fd_read_at (fd, buffer, length, offset);
  int    saved_errno = errno;

  if (n < 0)
    g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
                 /* Translators: the system's reason. */
                 _ ("The archive’s bytes could not be read: %s"), g_strerror (saved_errno));
  else if ((gsize) n < length)
    g_set_error_literal (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
                         _ ("The file became shorter while it was read. Open it again."));

  return n >= 0 && (gsize) n == length;
}

/**
 * wb_file_window_init:
 * @self: a window
 * @fd: the file it looks at, which must outlive it
 * @size_bytes: the file's size as it was found; nothing behind it is read
 * @cancellable: (nullable): checked whenever the window moves; must outlive it
 *
 * Not a memory map: a mapped file that shrinks kills the process. Who looks at little of the file
 * sets a smaller @ahead_bytes.
 */
void
wb_file_window_init (WbFileWindow *self,
                     int           fd,
                     guint64       size_bytes,
                     GCancellable *cancellable)
{
  *self = (WbFileWindow){
    .fd = fd,
    .size_bytes = size_bytes,
    .ahead_bytes = WB_FILE_WINDOW_BYTES,
    .cancellable = cancellable,
  };
}

void
wb_file_window_clear (WbFileWindow *self)
{
  g_clear_pointer (&self->buffer, g_free);
}

/**
 * wb_file_window_get:
 * @self: a window
 * @offset: from where
 * @length: how many bytes, at most %WB_FILE_WINDOW_BYTES; they must lie inside the size given
 * @error: return location
 *
 * Returns: (nullable): the bytes, valid until the next call
 */
const guint8 *
wb_file_window_get (WbFileWindow *self,
                    guint64       offset,
                    gsize         length,
                    GError      **error)
{
  gsize wanted;

  g_return_val_if_fail (length <= WB_FILE_WINDOW_BYTES, NULL);
  g_return_val_if_fail (offset <= self->size_bytes && length <= self->size_bytes - offset, NULL);

  if (self->buffer != NULL && offset >= self->start
      && offset - self->start <= self->length
      && length <= self->length - (offset - self->start))
    return self->buffer + (offset - self->start);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;

  if (self->buffer == NULL)
    self->buffer = g_malloc (WB_FILE_WINDOW_BYTES);
  wanted = (gsize) MIN ((guint64) MAX (length, self->ahead_bytes), self->size_bytes - offset);
  self->length = 0;
  if (!wb_file_read (self->fd, self->buffer, wanted, offset, error))
    return NULL;
  self->start = offset;
  self->length = wanted;

  return self->buffer;
}
