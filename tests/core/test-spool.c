/* test-spool.c: receiving and opening files, within bounds
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/input-limits.h"
#include "core/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "await.h"
#include "core/error.h"
#include "foreign-file.h"

#define ABC_SHA256 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define EMPTY_SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void
progress_cb (guint64  size_bytes,
             gpointer user_data)
{
  guint64 *last = user_data;

  g_assert_cmpuint (size_bytes, >, *last);
  *last = size_bytes;
}

static WbSpool *
receive (GInputStream *source,
         guint64       max_size_bytes,
         guint64      *progress,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_spool_receive_async (wb_spool_open_unnamed (NULL, error), source, max_size_bytes,
                          progress != NULL ? progress_cb : NULL, progress,
                          cancellable, await_cb, &result);
  await (&result);

  return wb_spool_receive_finish (result, error);
}

static WbSpool *
load (GFile   *file,
      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_spool_load_async (file, WB_SPOOL_DEFAULT_MAX_SIZE_BYTES, NULL, await_cb, &result);
  await (&result);

  return wb_spool_load_finish (result, error);
}

/* What is received has no name. */
static void
assert_no_traces (void)
{
  g_autoptr (GDir) dir = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_null (strstr (name, "spool"));
}

static void
test_receive (void)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_data ("abc", 3, NULL);
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (GError) error = NULL;
  guint64     progress = 0;
  char        bytes[4] = "";
  struct stat st;

  spool = receive (source, 3, &progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (progress, ==, 3);
  g_assert_cmpuint (wb_spool_get_size_bytes (spool), ==, 3);
  g_assert_cmpstr (wb_spool_get_sha256 (spool), ==, ABC_SHA256);
  g_assert_cmpint (pread (wb_spool_get_fd (spool), bytes, sizeof bytes, 0), ==, 3);
  g_assert_cmpstr (bytes, ==, "abc");
  g_assert_cmpint (fstat (wb_spool_get_fd (spool), &st), ==, 0);
  g_assert_cmpuint (st.st_mode & 07777, ==, 0600);
  g_assert_cmpuint (st.st_nlink, ==, 0);
  g_assert_cmpint (fcntl (wb_spool_get_fd (spool), F_GETFD) & FD_CLOEXEC, !=, 0);
  assert_no_traces ();
}

static void
test_receive_nothing (void)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSpool) spool = receive (source, 0, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (wb_spool_get_size_bytes (spool), ==, 0);
  g_assert_cmpstr (wb_spool_get_sha256 (spool), ==, EMPTY_SHA256);
}

/* Many times more than all buffers hold, so that they go round. */
static void
test_receive_much (void)
{
  gsize            size = 40 * 1024 * 1024 + 12345;
  guint8          *bytes = g_malloc (size);
  g_autofree char *expected = NULL;
  g_autoptr (GBytes) all = NULL;
  g_autoptr (GInputStream) source = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (i * 2654435761u >> 13);
  expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, size);
  all = g_bytes_new_take (bytes, size);
  source = g_memory_input_stream_new_from_bytes (all);

  spool = receive (source, size, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_spool_get_size_bytes (spool), ==, size);
  g_assert_cmpstr (wb_spool_get_sha256 (spool), ==, expected);
}

static void
test_receive_too_much (void)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_data ("abcd", 4, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (receive (source, 3, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_SERVICE);
  assert_no_traces ();
}

static void
test_receive_cancelled (void)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_data ("abc", 3, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (receive (source, 3, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_no_traces ();
}

/* The source's own error is passed through. */
static void
test_receive_fails (void)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_data ("abc", 3, NULL);
  g_autoptr (GError) error = NULL;

  g_input_stream_close (source, NULL, NULL);
  g_assert_null (receive (source, 3, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/* Where an unnamed file is, as the kernel tells it. */
static char *
open_and_find (const char *folder)
{
  g_autoptr (GError) error = NULL;
  int              fd = wb_spool_open_unnamed (folder, &error);
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = g_file_read_link (link, NULL);

  g_assert_no_error (error);
  g_assert_nonnull (path);
  close (fd);

  return g_steal_pointer (&path);
}

/* Beside the file that is to come of it, else $TMPDIR, else the cache folder, /tmp or memory. */
static void
test_places (void)
{
  g_autofree char         *beside = g_build_filename (g_get_home_dir (), "beside", NULL);
  g_autofree char         *cache = g_build_filename (g_get_user_cache_dir (), "waybill", NULL);
  g_autofree char         *temporary = g_strdup (g_getenv ("TMPDIR"));
  static const char *const nowhere[] = { "/nonexistent", "", "relative", "/proc" };

  g_assert_no_errno (g_mkdir_with_parents (beside, 0700));
  {
    g_autofree char *path = open_and_find (beside);

    g_assert_true (g_str_has_prefix (path, beside));
  }
  {
    g_autofree char *path = open_and_find ("/nonexistent");

    g_assert_true (g_str_has_prefix (path, temporary));
    g_assert_false (g_str_has_prefix (path, cache));
  }
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    {
      g_autofree char *path = NULL;

      g_setenv ("TMPDIR", nowhere[i], TRUE);
      path = open_and_find (NULL);
      g_assert_true (g_str_has_prefix (path, cache));
    }
  g_unsetenv ("TMPDIR");
  {
    g_autofree char *path = open_and_find (NULL);

    g_assert_true (g_str_has_prefix (path, cache));
  }

  /* Without a cache folder it is /tmp, or memory. */
  g_assert_no_errno (g_rmdir (cache));
  g_assert_true (g_file_set_contents (cache, "", 0, NULL));
  {
    g_autofree char *path = open_and_find (NULL);

    g_assert_true (g_str_has_prefix (path, "/tmp/") || g_str_has_prefix (path, "/memfd:"));
  }
  g_assert_no_errno (g_unlink (cache));
  g_assert_no_errno (g_mkdir (cache, 0700));
  g_setenv ("TMPDIR", temporary, TRUE);
}

/* A lack of space is one thing, a broken disk another. */
static void
test_write_errors (void)
{
  static const struct
  {
    int      error;
    gboolean is_lack_of_space;
  } cases[] = {
    { ENOSPC, TRUE },
    { EDQUOT, TRUE },
    { EFBIG, TRUE },
    { EIO, FALSE },
    { EROFS, FALSE },
    { ENOMEM, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      int fd = wb_spool_open_unnamed (NULL, NULL);

      wb_spool_set_write_error (fd, cases[i].error, &error);
      g_test_message ("%s", error->message);
      g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_LOCAL_FILE);
      g_assert_cmpint (strstr (error->message, "fit") != NULL, ==, cases[i].is_lack_of_space);
      g_assert_nonnull (strstr (error->message, g_get_tmp_dir ()));
      g_assert_nonnull (strstr (error->message, g_strerror (cases[i].error)));
      close (fd);
    }
}

static void
test_load (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "abc.zip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (WbSpool) opened = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "abc", 3, NULL));
  spool = load (file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_spool_get_size_bytes (spool), ==, 3);
  g_assert_cmpstr (wb_spool_get_sha256 (spool), ==, ABC_SHA256);

  opened = wb_spool_open (path, &error);
  g_assert_no_error (error);
  g_assert_null (wb_spool_get_sha256 (opened));
}

static void
test_load_refuses (void)
{
  g_autofree char  *pipe_path = g_build_filename (g_get_tmp_dir (), "pipe", NULL);
  const char *const paths[] = { "/nonexistent/x.zip", g_get_tmp_dir (), pipe_path, "/dev/null" };

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (load (file, &error));
      g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_LOCAL_FILE);
      g_assert_nonnull (strstr (error->message, paths[i]));
    }
}

/* From where only GIO reaches, a file is copied first. */
static void
test_load_foreign (void)
{
  static const struct
  {
    const char  *text;
    ForeignFault fault;
    const char  *sha256; /* or %NULL */
  } cases[] = {
    { "abc", FOREIGN_FINE, ABC_SHA256 },
    { NULL, FOREIGN_FINE, NULL },
    { "abc", FOREIGN_FAILS_TO_OPEN, NULL },
    { "abc", FOREIGN_FAILS_HALFWAY, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ForeignFile) file = foreign_file_new (cases[i].text);
      g_autoptr (WbSpool) spool = NULL;
      g_autoptr (GError) error = NULL;

      foreign_file_set_fault (file, cases[i].fault);
      spool = load (G_FILE (file), &error);
      if (cases[i].sha256 != NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (wb_spool_get_sha256 (spool), ==, cases[i].sha256);
          continue;
        }
      g_assert_null (spool);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, "The server"));
    }
  assert_no_traces ();
}

/* GIO's own words for a place that it does not know would not say what to do. */
static void
test_load_unknown (void)
{
  static const char *const uris[] = { "https://example.com/x.zip", "data:,x", "file:///%00" };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (load (file, &error));
      g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_LOCAL_FILE);
      g_assert_nonnull (strstr (error->message, "Copy the file"));
    }
  assert_no_traces ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/spool/receive", test_receive);
  g_test_add_func ("/spool/receive-nothing", test_receive_nothing);
  g_test_add_func ("/spool/receive-much", test_receive_much);
  g_test_add_func ("/spool/receive-too-much", test_receive_too_much);
  g_test_add_func ("/spool/receive-cancelled", test_receive_cancelled);
  g_test_add_func ("/spool/receive-fails", test_receive_fails);
  g_test_add_func ("/spool/places", test_places);
  g_test_add_func ("/spool/write-errors", test_write_errors);
  g_test_add_func ("/spool/load", test_load);
  g_test_add_func ("/spool/load-refuses", test_load_refuses);
  g_test_add_func ("/spool/load-foreign", test_load_foreign);
  g_test_add_func ("/spool/load-unknown", test_load_unknown);

  return g_test_run ();
}
