/* sha256.c: SHA-256 at the speed of a download
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/sha256.h"

#include <errno.h>
#include <gcrypt.h>
#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/fd.h"
#include "core/progress.h"

#define CHUNK_BYTES (1024 * 1024)

/* GLib's GChecksum is six times slower than a fast download; libgcrypt uses the processor's own
 * instructions, and comes with libsecret anyway. */
struct _WbSha256
{
  gcry_md_hd_t handle; /* (owned) */
};

/* libgcrypt must be initialized once in a process. libsecret does the same, but not before it
 * meets a secret. */
static void
ensure_initialized (void)
{
  static gsize initialized = 0;

  if (!g_once_init_enter (&initialized))
    return;

  if (!gcry_control (GCRYCTL_INITIALIZATION_FINISHED_P))
    {
      gcry_check_version (NULL);
      gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
  g_once_init_leave (&initialized, 1);
}

WbSha256 *
wb_sha256_new (void)
{
  WbSha256 *self = g_new0 (WbSha256, 1);

  ensure_initialized ();
  if (gcry_md_open (&self->handle, GCRY_MD_SHA256, 0) != 0)
    g_error ("libgcrypt has no SHA-256");

  return self;
}

void
wb_sha256_update (WbSha256   *self,
                  const void *bytes,
                  gsize       length)
{
  g_return_if_fail (self != NULL);

  gcry_md_write (self->handle, bytes, length);
}

void
wb_sha256_free (WbSha256 *self)
{
  g_return_if_fail (self != NULL);

  gcry_md_close (self->handle);
  g_free (self);
}

char *
wb_sha256_free_to_hex (WbSha256 *self)
{
  const guchar *digest;
  GString      *hex;

  g_return_val_if_fail (self != NULL, NULL);

  digest = gcry_md_read (self->handle, GCRY_MD_SHA256);
  hex = g_string_sized_new (64);
  for (guint i = 0; i < gcry_md_get_algo_dlen (GCRY_MD_SHA256); i++)
    g_string_append_printf (hex, "%02x", digest[i]);

  wb_sha256_free (self);

  return g_string_free (hex, FALSE);
}

/**
 * wb_sha256_of_fd:
 * @fd: a file that pread() can read
 * @size_bytes: how much of it
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Blocks; for a thread.
 *
 * Returns: (transfer full): the digest in lower-case hexadecimal, or %NULL, also if the file is
 *   shorter
 */
char *
wb_sha256_of_fd (int           fd,
                 guint64       size_bytes,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr (WbSha256) hash = wb_sha256_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  guint64            offset = 0;

  wb_progress_begin (cancellable, size_bytes);
  while (offset < size_bytes)
    {
      gssize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      n = wb_fd_read_at (fd, chunk, MIN (CHUNK_BYTES, size_bytes - offset), offset);
      if (n < 0)
        {
          wb_error_set_from_errno (error, errno, _ ("The file cannot be read"));
          return NULL;
        }
      if (n == 0)
        {
          g_set_error_literal (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
                               _ ("The file became shorter while it was read."));
          return NULL;
        }

      wb_sha256_update (hash, chunk, (gsize) n);
      offset += (guint64) n;
      wb_progress_advance (cancellable, (guint64) n);
    }

  return wb_sha256_free_to_hex (g_steal_pointer (&hash));
}
