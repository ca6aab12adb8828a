/* spool.c: a file's bytes that nobody else can change or find, and their SHA-256
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/spool.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fd.h"
#include "core/sha256.h"

struct _WbSpool
{
  GObject parent_instance;

  int      fd; /* (owned) */
  guint64  size_bytes;
  char    *sha256; /* (owned) (nullable) */
  gboolean is_own; /* nobody else can write to it */
};

G_DEFINE_FINAL_TYPE (WbSpool, wb_spool, G_TYPE_OBJECT)

static void
wb_spool_finalize (GObject *object)
{
  WbSpool *self = WB_SPOOL (object);

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->sha256);

  G_OBJECT_CLASS (wb_spool_parent_class)->finalize (object);
}

static void
wb_spool_class_init (WbSpoolClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wb_spool_finalize;
}

static void
wb_spool_init (WbSpool *self)
{
  self->fd = -1;
}

/**
 * wb_spool_new_take:
 * @fd: (transfer full): an open file without a name, which pread() can read
 * @size_bytes: how much of it counts
 * @sha256: (transfer full) (nullable): the SHA-256 of that much in lower-case hexadecimal
 *
 * Returns: (transfer full): a spool
 */
WbSpool *
wb_spool_new_take (int     fd,
                   guint64 size_bytes,
                   char   *sha256)
{
  WbSpool *self = g_object_new (WB_TYPE_SPOOL, NULL);

  self->fd = fd;
  self->size_bytes = size_bytes;
  self->sha256 = sha256;
  self->is_own = TRUE;

  return self;
}

/**
 * wb_spool_open:
 * @path: a file on this computer
 * @error: return location
 *
 * Opens a file for reading, without copying or hashing it. Its SHA-256 stays unknown.
 *
 * Returns: (transfer full): the spool
 */
WbSpool *
wb_spool_open (const char *path,
               GError    **error)
{
  WbSpool    *self;
  struct stat st;
  int         fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = wb_fd_open_file (path, &st);
  if (fd < 0)
    {
      int              saved_errno = errno;
      g_autofree char *shown = g_filename_display_name (path);

      if (saved_errno == EISDIR)
        /* Translators: a path. */
        g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE, _ ("“%s” is not a file."), shown);
      else
        /* Translators: a file's path; the system's reason follows. */
        wb_error_set_from_errno (error, saved_errno, _ ("“%s” cannot be opened"), shown);
      return NULL;
    }

  self = wb_spool_new_take (fd, (guint64) st.st_size, NULL);
  self->is_own = FALSE;

  return self;
}

/**
 * wb_spool_hash:
 * @self: a spool that only the caller knows yet
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads all of it for its SHA-256. Blocks; for a thread.
 *
 * Returns: whether the SHA-256 is known now
 */
gboolean
wb_spool_hash (WbSpool      *self,
               GCancellable *cancellable,
               GError      **error)
{
  g_return_val_if_fail (WB_IS_SPOOL (self), FALSE);

  g_clear_pointer (&self->sha256, g_free);
  self->sha256 = wb_sha256_of_fd (self->fd, self->size_bytes, cancellable, error);

  return self->sha256 != NULL;
}

/* For pread() alone; it stays the spool's own. */
int
wb_spool_get_fd (WbSpool *self)
{
  g_return_val_if_fail (WB_IS_SPOOL (self), -1);

  return self->fd;
}

guint64
wb_spool_get_size_bytes (WbSpool *self)
{
  g_return_val_if_fail (WB_IS_SPOOL (self), 0);

  return self->size_bytes;
}

/* In lower-case hexadecimal; %NULL after wb_spool_open(). */
const char *
wb_spool_get_sha256 (WbSpool *self)
{
  g_return_val_if_fail (WB_IS_SPOOL (self), NULL);

  return self->sha256;
}

/* Whether it is a file that was never anybody else's, so that its bytes are still those that came:
 * not one that a person opened. */
gboolean
wb_spool_is_own (WbSpool *self)
{
  g_return_val_if_fail (WB_IS_SPOOL (self), FALSE);

  return self->is_own;
}
