/* test-save.c: the saved file is whole, or nothing has changed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/save.h"
#include "core/spool.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "await.h"
#include "core/error.h"
#include "foreign-file.h"
#include "own-folder.h"

typedef struct
{
  char    *folder; /* (owned) */
  char    *path;   /* (owned) */
  GFile   *file;   /* (owned) */
  WbSpool *spool;  /* (owned) */
} Fixture;

/* Whether the spool's own file may become the target; the promises are the same. */
static gboolean moves;

static WbSpool *
spool_of (const char *contents,
          const char *folder)
{
  g_autoptr (GInputStream) source = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbSpool *spool;

  source = g_memory_input_stream_new_from_data (contents, (gssize) strlen (contents), NULL);
  wb_spool_receive_async (wb_spool_open_unnamed (folder, &error), source,
                          G_MAXINT64, NULL, NULL, NULL, await_cb, &result);
  await (&result);
  spool = wb_spool_receive_finish (result, &error);
  g_assert_no_error (error);
  return spool;
}

static gboolean
save (WbSpool      *spool,
      GFile        *target,
      gboolean      overwrite,
      GCancellable *cancellable,
      GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (moves)
    wb_save_move_async (spool, target, overwrite, cancellable, await_cb, &result);
  else
    wb_save_async (spool, target, overwrite, cancellable, await_cb, &result);
  await (&result);
  return wb_save_finish (result, error);
}

static void
assert_contents (const char *path,
                 const char *expected)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, expected);
}

/* No temporary file is left beside the target. */
static void
assert_n_files (Fixture *fixture,
                guint    expected)
{
  g_assert_cmpuint (count_files (fixture->folder), ==, expected);
}

static guint
mode_of (const char *path)
{
  struct stat st;

  g_assert_cmpint (lstat (path, &st), ==, 0);
  return st.st_mode & 07777;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("save-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "DLF_All_DataConnections.zip", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
  moves = data != NULL;
  fixture->spool = spool_of ("new bytes", moves ? fixture->folder : NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_object_unref (fixture->spool);
  g_object_unref (fixture->file);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
test_new (Fixture      *fixture,
          gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (save (fixture->spool, fixture->file, FALSE, NULL, &error));
  g_assert_no_error (error);
  assert_contents (fixture->path, "new bytes");
  g_assert_cmpuint (mode_of (fixture->path), ==, 0600);
  assert_n_files (fixture, 1);
}

/* Nothing is copied where that is not needed, and nothing shared where it would harm. */
static void
test_move (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (WbSpool) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *copy_path = g_strconcat (fixture->path, ".copy", NULL);
  g_autoptr (GFile) copy = g_file_new_for_path (copy_path);
  struct stat spool;
  struct stat saved;

  g_assert_true (save (fixture->spool, fixture->file, FALSE, NULL, &error));
  g_assert_cmpint (fstat (wb_spool_get_fd (fixture->spool), &spool), ==, 0);
  g_assert_cmpint (stat (fixture->path, &saved), ==, 0);
  g_assert_cmpint (spool.st_ino == saved.st_ino, ==, moves);

  /* Somebody's file is never taken. */
  opened = wb_spool_open (fixture->path, &error);
  g_assert_true (save (opened, copy, FALSE, NULL, &error));
  g_assert_cmpint (stat (copy_path, &saved), ==, 0);
  g_assert_cmpint (fstat (wb_spool_get_fd (opened), &spool), ==, 0);
  g_assert_true (spool.st_ino != saved.st_ino);
}

/* A file is replaced only if that was asked for, and then as a whole. */
static void
test_existing (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0640), ==, 0);

  g_assert_false (save (fixture->spool, fixture->file, FALSE, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, "DLF_All_DataConnections.zip"));
  g_clear_error (&error);
  assert_contents (fixture->path, "old");
  assert_n_files (fixture, 1);

  g_assert_true (save (fixture->spool, fixture->file, TRUE, NULL, &error));
  g_assert_no_error (error);
  assert_contents (fixture->path, "new bytes");
  g_assert_cmpuint (mode_of (fixture->path), ==, 0640);
  assert_n_files (fixture, 1);
}

static void
test_links (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *link_path = g_build_filename (fixture->folder, "link.zip", NULL);
  g_autofree char *hard_path = g_build_filename (fixture->folder, "hard.zip", NULL);
  g_autofree char *dangling_path = g_build_filename (fixture->folder, "dangling.zip", NULL);
  g_autoptr (GFile) link_file = g_file_new_for_path (link_path);
  g_autoptr (GFile) dangling_file = g_file_new_for_path (dangling_path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (symlink ("DLF_All_DataConnections.zip", link_path), ==, 0);
  g_assert_cmpint (link (fixture->path, hard_path), ==, 0);

  /* The link stays a link, and what shares the old file's bytes keeps them. */
  g_assert_true (save (fixture->spool, link_file, TRUE, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  assert_contents (fixture->path, "new bytes");
  assert_contents (hard_path, "old");

  g_assert_cmpint (symlink ("nowhere/at-all", dangling_path), ==, 0);
  g_assert_false (save (fixture->spool, dangling_file, TRUE, NULL, &error));
  g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_LOCAL_FILE);
  assert_n_files (fixture, 4);
}

/* What a killed save left in the folder goes, whatever it was to be called. What somebody is
 * writing stays, and so does what only looks like it. */
static void
test_leftovers (Fixture      *fixture,
                gconstpointer data)
{
  static const struct
  {
    const char *name;
    gboolean    locked;
    gboolean    stays;
  } files[] = {
    { ".DLF_All_DataConnections.zip.waybill-abcdef", FALSE, FALSE },
    { ".other.zip.waybill-XyZ123", FALSE, FALSE },
    { ".living.zip.waybill-abcdef", TRUE, TRUE },
    { ".waybill-abcdef", FALSE, TRUE },
    { ".notes.waybill-abc", FALSE, TRUE },
    { "other.zip.waybill-abcdef", FALSE, TRUE },
  };
  g_autoptr (GError) error = NULL;
  int locks[G_N_ELEMENTS (files)];

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, files[i].name, NULL);

      locks[i] = open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
      g_assert_cmpint (locks[i], >=, 0);
      if (files[i].locked)
        g_assert_no_errno (flock (locks[i], LOCK_EX));
    }

  g_assert_true (save (fixture->spool, fixture->file, FALSE, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, files[i].name, NULL);

      g_test_message ("%s", files[i].name);
      g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, files[i].stays);
      close (locks[i]);
    }
}

static void
test_refused_places (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char  *below_file = g_build_filename (fixture->path, "x.zip", NULL);
  g_autofree char  *long_name = g_strnfill (300, 'x');
  g_autofree char  *too_long = g_build_filename (fixture->folder, long_name, NULL);
  const char *const paths[] = { fixture->folder, "/nonexistent/x.zip", below_file, too_long,
                                "/proc/x.zip" };

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (save (fixture->spool, file, TRUE, NULL, &error));
      g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_LOCAL_FILE);
    }
  assert_contents (fixture->path, "old");
  assert_n_files (fixture, 1);
}

/* As long as a name may be: the temporary one must still fit. */
static void
test_longest_name (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *name = g_strnfill (255, 'x');
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (save (fixture->spool, file, FALSE, NULL, &error));
  g_assert_no_error (error);
  assert_contents (path, "new bytes");
}

static void
test_cancelled (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (save (fixture->spool, fixture->file, TRUE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_contents (fixture->path, "old");
  assert_n_files (fixture, 1);
}

/* A size limit stands in for a disk that fills up half way. */
static void
test_no_room (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit small;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 4;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);

  /* What is moved needs no more room. */
  g_assert_cmpint (save (fixture->spool, fixture->file, TRUE, NULL, &error), ==, moves);

  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_true (moves || wb_error_get_kind (error) == WB_ERROR_KIND_LOCAL_FILE);
  assert_contents (fixture->path, moves ? "new bytes" : "old");
  assert_n_files (fixture, 1);
}

/* A file that was opened, and changed by somebody else before it is saved elsewhere. */
static void
test_changed_source (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char *source_path = g_build_filename (fixture->folder, "source.zip", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (source_path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (GError) error = NULL;
  int fd;

  g_assert_true (g_file_set_contents (source_path, "source", -1, NULL));
  wb_spool_load_async (source, G_MAXINT64, NULL, await_cb, &result);
  await (&result);
  spool = wb_spool_load_finish (result, &error);
  g_assert_no_error (error);

  fd = open (source_path, O_WRONLY);
  g_assert_cmpint (pwrite (fd, "S", 1, 0), ==, 1);
  g_assert_false (save (spool, fixture->file, FALSE, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
  g_clear_error (&error);

  g_assert_cmpint (ftruncate (fd, 2), ==, 0);
  g_assert_false (save (spool, fixture->file, FALSE, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
  close (fd);
  assert_n_files (fixture, 1);
}

static void
test_to_fd (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char bytes[16] = "";
  int  fds[2];
  int  full = open ("/dev/full", O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (pipe (fds), ==, 0);
  g_assert_true (wb_save_to_fd (fixture->spool, fds[1], NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (read (fds[0], bytes, sizeof bytes), ==, 9);
  g_assert_cmpstr (bytes, ==, "new bytes");

  g_assert_false (wb_save_to_fd (fixture->spool, full, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);

  close (fds[0]);
  signal (SIGPIPE, SIG_IGN);
  g_assert_false (wb_save_to_fd (fixture->spool, fds[1], NULL, &error));
  g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_LOCAL_FILE);
  close (fds[1]);
  close (full);
}

/* Where only GIO reaches: the new file is whole, or what was there is there. */
static void
test_foreign (Fixture      *fixture,
              gconstpointer data)
{
  static const struct
  {
    const char  *before;
    gboolean     overwrite;
    ForeignFault fault;
    const char  *after;
  } cases[] = {
    { NULL, FALSE, FOREIGN_FINE, "new bytes" },
    { NULL, TRUE, FOREIGN_FINE, "new bytes" },
    { "old", TRUE, FOREIGN_FINE, "new bytes" },
    { "old", FALSE, FOREIGN_FINE, "old" },
    { NULL, FALSE, FOREIGN_FAILS_TO_OPEN, NULL },
    { "old", TRUE, FOREIGN_FAILS_TO_OPEN, "old" },
    { NULL, FALSE, FOREIGN_FAILS_HALFWAY, NULL },
    { NULL, TRUE, FOREIGN_FAILS_HALFWAY, NULL },
    { "old", TRUE, FOREIGN_FAILS_HALFWAY, "old" },
    { NULL, FALSE, FOREIGN_FAILS_TO_CLOSE, NULL },
    { NULL, TRUE, FOREIGN_FAILS_TO_CLOSE, NULL },
    { "old", TRUE, FOREIGN_FAILS_TO_CLOSE, "old" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ForeignFile) file = foreign_file_new (cases[i].before);
      g_autoptr (GError) error = NULL;
      gboolean saved;

      g_test_message ("case %u", i);
      foreign_file_set_fault (file, cases[i].fault);
      saved = save (fixture->spool, G_FILE (file), cases[i].overwrite, NULL, &error);
      g_assert_cmpint (saved, ==, g_strcmp0 (cases[i].after, "new bytes") == 0);
      g_assert_cmpstr (foreign_file_get_text (file), ==, cases[i].after);
      if (saved)
        continue;
      g_assert_nonnull (strstr (error->message, "“far.zip” was not saved."));
    }
}

static void
test_foreign_cancelled (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr (ForeignFile) file = foreign_file_new ("old");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (save (fixture->spool, G_FILE (file), TRUE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (foreign_file_get_text (file), ==, "old");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                    \
  G_STMT_START                                                             \
  {                                                                        \
    g_test_add (path, Fixture, NULL, set_up, func, tear_down);             \
    g_test_add (path "-moved", Fixture, "moved", set_up, func, tear_down); \
  }                                                                        \
  G_STMT_END
  ADD ("/save/move", test_move);
  ADD ("/save/new", test_new);
  ADD ("/save/existing", test_existing);
  ADD ("/save/links", test_links);
  ADD ("/save/leftovers", test_leftovers);
  ADD ("/save/refused-places", test_refused_places);
  ADD ("/save/longest-name", test_longest_name);
  ADD ("/save/cancelled", test_cancelled);
  ADD ("/save/no-room", test_no_room);
  ADD ("/save/changed-source", test_changed_source);
  ADD ("/save/to-fd", test_to_fd);
  ADD ("/save/foreign", test_foreign);
  ADD ("/save/foreign-cancelled", test_foreign_cancelled);
#undef ADD

  return g_test_run ();
}
