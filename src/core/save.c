/* save.c: a spool's bytes into the file a person chose, whole or not at all
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/save.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fd.h"
#include "core/new-file.h"
#include "core/sha256.h"
#include "core/thread.h"

#define CHUNK_BYTES (1024 * 1024)

typedef struct
{
  WbSpool *spool;  /* (owned) */
  GFile   *target; /* (owned) */
  gboolean overwrite;
  gboolean moves; /* the spool's own file may become the target */
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->spool);
  g_object_unref (save->target);
  g_free (save);
}

typedef gboolean (*Sink) (gpointer      sink_data,
                          const guint8 *bytes,
                          gsize         length,
                          GCancellable *cancellable,
                          GError      **error);

static gboolean
write_to_fd (gpointer      sink_data,
             const guint8 *bytes,
             gsize         length,
             GCancellable *cancellable,
             GError      **error)
{
  if (wb_fd_write_all (GPOINTER_TO_INT (sink_data), bytes, length))
    return TRUE;

  wb_error_set_from_errno (error, errno, _ ("The file cannot be written"));

  return FALSE;
}

static gboolean
wait_for_reader (int           fd,
                 GCancellable *cancellable,
                 GError      **error)
{
  GPollFD  fds[2] = { { .fd = fd, .events = G_IO_OUT } };
  gboolean can_cancel = g_cancellable_make_pollfd (cancellable, &fds[1]);

  while (g_poll (fds, can_cancel ? 2 : 1, -1) < 0 && errno == EINTR)
    ;
  if (can_cancel)
    g_cancellable_release_fd (cancellable);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* A pipe that poll() calls ready takes this much without blocking, so that a reader who does not
 * read cannot hold up a cancellation. */
static gboolean
write_to_pipe (gpointer      sink_data,
               const guint8 *bytes,
               gsize         length,
               GCancellable *cancellable,
               GError      **error)
{
  while (length > 0)
    {
      gsize n = MIN (length, PIPE_BUF);

      if (!wait_for_reader (GPOINTER_TO_INT (sink_data), cancellable, error)
          || !write_to_fd (sink_data, bytes, n, cancellable, error))
        return FALSE;
      bytes += n;
      length -= n;
    }

  return TRUE;
}

static gboolean
write_to_stream (gpointer      sink_data,
                 const guint8 *bytes,
                 gsize         length,
                 GCancellable *cancellable,
                 GError      **error)
{
  return g_output_stream_write_all (sink_data, bytes, length, NULL, cancellable, error);
}

/* All of the spool's bytes, and proof that they are still those that were hashed when they came:
 * a file that was opened may have been changed by others since; nobody else has a received one. */
static gboolean
copy_spool (WbSpool      *spool,
            Sink          sink,
            gpointer      sink_data,
            GCancellable *cancellable,
            GError      **error)
{
  gboolean is_own = wb_spool_is_own (spool);
  g_autoptr (WbSha256) hash = is_own ? NULL : wb_sha256_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  g_autofree char   *sha256 = NULL;
  guint64            size_bytes = wb_spool_get_size_bytes (spool);
  guint64            offset = 0;

  while (offset < size_bytes)
    {
      gssize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      n = wb_fd_read_at (wb_spool_get_fd (spool), chunk, MIN (CHUNK_BYTES, size_bytes - offset),
                         offset);
      if (n < 0)
        {
          wb_error_set_from_errno (error, errno, _ ("The data cannot be read back"));
          return FALSE;
        }
      if (n == 0)
        break;

      if (!is_own)
        wb_sha256_update (hash, chunk, (gsize) n);
      if (!sink (sink_data, chunk, (gsize) n, cancellable, error))
        return FALSE;
      offset += (guint64) n;
    }

  if (!is_own)
    sha256 = wb_sha256_free_to_hex (g_steal_pointer (&hash));
  if (offset != size_bytes
      || (!is_own && wb_spool_get_sha256 (spool) != NULL
          && g_strcmp0 (sha256, wb_spool_get_sha256 (spool)) != 0))
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
                           _ ("The file was changed by another program after it was opened. "
                              "Open it again."));
      return FALSE;
    }

  return TRUE;
}

/* The file a path leads to in the end, so that a rename keeps a symbolic link in place. The path
 * itself if nothing is there yet. */
static char *
resolve (const char *path,
         GError    **error)
{
  char       *resolved = realpath (path, NULL);
  struct stat st;

  if (resolved != NULL)
    return resolved;

  if (errno == ENOENT && lstat (path, &st) != 0 && errno == ENOENT)
    return g_strdup (path);

  wb_error_set_from_errno (error, errno, _ ("The folder to save in cannot be reached"));

  return NULL;
}

typedef struct
{
  WbSpool      *spool;       /* (unowned) */
  GCancellable *cancellable; /* (unowned) (nullable) */
} Saving;

static gboolean
save_to_fd (int      fd,
            gpointer user_data,
            GError **error)
{
  const Saving *saving = user_data;

  return copy_spool (saving->spool, write_to_fd, GINT_TO_POINTER (fd), saving->cancellable, error);
}

/* Whether the spool's file itself is in the place of the target now. */
static gboolean
move_spool (WbSpool    *spool,
            const char *path,
            gboolean    overwrite)
{
  g_autoptr (WbNewFile) file =
    wb_spool_is_own (spool) ? wb_new_file_adopt (path, wb_spool_get_fd (spool)) : NULL;

  return file != NULL && wb_new_file_place (file, overwrite, NULL);
}

static gboolean
save_to_path (WbSpool      *spool,
              const char   *given_path,
              gboolean      overwrite,
              gboolean      moves,
              GCancellable *cancellable,
              GError      **error)
{
  g_autofree char *path = resolve (given_path, error);

  if (path == NULL)
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      wb_error_set_from_errno (error, EISDIR, _ ("The file cannot be put into its place"));
      return FALSE;
    }
  if (!overwrite && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      wb_error_set_from_errno (error, EEXIST, _ ("The file cannot be put into its place"));
      return FALSE;
    }

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  /* What fails here may succeed with a copy, or fails there with the right words. */
  if (moves && move_spool (spool, path, overwrite))
    return TRUE;

  return wb_new_file_write (path, overwrite, save_to_fd, &(Saving){ spool, cancellable }, error);
}

/* For places that only GIO reaches; it writes beside the target as far as the place allows. */
static gboolean
save_to_file (WbSpool      *spool,
              GFile        *target,
              gboolean      overwrite,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GError) exists = NULL;
  gboolean is_new;

  stream = g_file_create (target, G_FILE_CREATE_PRIVATE, cancellable, &exists);
  is_new = stream != NULL;
  if (!is_new && overwrite && g_error_matches (exists, G_IO_ERROR, G_IO_ERROR_EXISTS))
    stream = g_file_replace (target, NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, error);
  else if (!is_new)
    g_propagate_error (error, g_steal_pointer (&exists));
  if (stream == NULL)
    return FALSE;

  if (copy_spool (spool, write_to_stream, stream, cancellable, error))
    {
      if (g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error))
        return TRUE;
    }
  else
    {
      g_autoptr (GCancellable) give_up = g_cancellable_new ();

      /* A close that is cancelled leaves the old file in place. */
      g_cancellable_cancel (give_up);
      g_output_stream_close (G_OUTPUT_STREAM (stream), give_up, NULL);
    }
  if (is_new)
    g_file_delete (target, NULL, NULL);

  return FALSE;
}

static void
save_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Save       *save = task_data;
  const char *path = g_file_peek_path (save->target);
  GError     *error = NULL;
  gboolean    done;

  if (path != NULL)
    done = save_to_path (save->spool, path, save->overwrite, save->moves, cancellable,
                         &error);
  else
    done = save_to_file (save->spool, save->target, save->overwrite, cancellable, &error);

  if (done)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *name = g_file_get_basename (save->target);
      g_autofree char *shown = name != NULL ? g_filename_display_name (name) : NULL;

      /* Translators: %s is a file's name; a sentence with the reason follows */
      g_prefix_error (&error, _ ("“%s” was not saved. "), shown != NULL ? shown : "/");
    }
  g_task_return_error (task, error);
}

static void
save (WbSpool            *spool,
      GFile              *target,
      gboolean            overwrite,
      gboolean            moves,
      GCancellable       *cancellable,
      GAsyncReadyCallback callback,
      gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Save *data = g_new0 (Save, 1);

  data->spool = g_object_ref (spool);
  data->target = g_object_ref (target);
  data->overwrite = overwrite;
  data->moves = moves;

  g_task_set_source_tag (task, save);
  g_task_set_task_data (task, data, (GDestroyNotify) save_free);
  /* Once the file is in its place, that is what happened, cancelled or not. */
  g_task_set_check_cancellable (task, FALSE);
  wb_thread_run_task (task, save_thread);
}

/**
 * wb_save_async:
 * @spool: what to save
 * @target: where to
 * @overwrite: whether a file that is there already may be replaced
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file is in its place and on the disk
 * @user_data: for @callback
 *
 * Saves in a thread. Until the whole content is on the disk, the target stays as it was: the bytes
 * go to a file without a name, which then takes it. A symbolic link is followed, so the
 * link itself stays. A new file can be read by its owner alone; an existing one keeps its mode.
 */
void
wb_save_async (WbSpool            *spool,
               GFile              *target,
               gboolean            overwrite,
               GCancellable       *cancellable,
               GAsyncReadyCallback callback,
               gpointer            user_data)
{
  g_return_if_fail (WB_IS_SPOOL (spool));
  g_return_if_fail (G_IS_FILE (target));

  save (spool, target, overwrite, FALSE, cancellable, callback, user_data);
}

/**
 * wb_save_move_async:
 * @spool: what to save; nobody reads it afterwards
 * @target: where to
 * @overwrite: whether a file that is there already may be replaced
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file is in its place and on the disk
 * @user_data: for @callback
 *
 * Like wb_save_async(), but the spool's file itself becomes the target where both are on one file
 * system: nothing is copied then, and whoever changes the target changes the spool.
 */
void
wb_save_move_async (WbSpool            *spool,
                    GFile              *target,
                    gboolean            overwrite,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_return_if_fail (WB_IS_SPOOL (spool));
  g_return_if_fail (G_IS_FILE (target));

  save (spool, target, overwrite, TRUE, cancellable, callback, user_data);
}

/**
 * wb_save_finish:
 * @result: as given to the callback
 * @error: return location: of kind %WB_ERROR_KIND_LOCAL_FILE or cancelled
 *
 * Returns: %TRUE if the file is saved; else nothing has changed
 */
gboolean
wb_save_finish (GAsyncResult *result,
                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wb_save_to_fd:
 * @spool: what to write
 * @fd: an open file, such as standard output
 * @cancellable: (nullable): a cancellable
 * @error: return location: of kind %WB_ERROR_KIND_LOCAL_FILE or cancelled
 *
 * Writes all bytes to an open file. Blocks, a pipe without a reader only until it is cancelled.
 *
 * Returns: whether all of them were taken
 */
gboolean
wb_save_to_fd (WbSpool      *spool,
               int           fd,
               GCancellable *cancellable,
               GError      **error)
{
  g_return_val_if_fail (WB_IS_SPOOL (spool), FALSE);
  g_return_val_if_fail (fd >= 0, FALSE);

  return copy_spool (spool, write_to_pipe, GINT_TO_POINTER (fd), cancellable, error);
}
