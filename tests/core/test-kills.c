/* test-kills.c: a process that saves is killed at any moment: the old or the new file, whole
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "await.h"
#include "core/accounts/account-store.h"
#include "core/save.h"
#include "core/spool.h"
#include "own-folder.h"

/* In each test run, and with TEST_KILLS=N, as build-aux/soak asks for. */
#define DEFAULT_KILLS 8
#define DEFAULT_BYTES (4 * 1024 * 1024)
#define LONG_BYTES (200 * 1024 * 1024)

#define TARGET "DLF_All_DataConnections.zip"

static const char *program;
static gboolean    no_unnamed_files;

/* As on a file system that knows no unnamed files. */
int kills_open (const char *path, int flags, mode_t mode) __asm__("open");
int kills_open64 (const char *path, int flags, mode_t mode) __asm__("open64");

int
kills_open (const char *path,
            int         flags,
            mode_t      mode)
{
  if (no_unnamed_files && (flags & O_TMPFILE) == O_TMPFILE)
    {
      errno = EOPNOTSUPP;
      return -1;
    }

  return (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
}

int
kills_open64 (const char *path,
              int         flags,
              mode_t      mode)
{
  return kills_open (path, flags, mode);
}

static guint
get_n_kills (void)
{
  const char *text = g_getenv ("TEST_KILLS");

  return text != NULL ? (guint) atoi (text) : DEFAULT_KILLS;
}

/* --- what is killed: it says each time that something is done --- */

static void
say_done (void)
{
  if (write (STDOUT_FILENO, "\n", 1) < 0)
    exit (1);
}

static void
save (const char *source,
      const char *target)
{
  g_autoptr (GFile) file = g_file_new_for_path (target);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSpool) spool = wb_spool_open (source, &error);

  g_assert_no_error (error);
  wb_save_async (spool, file, TRUE, NULL, await_cb, &result);
  wb_save_finish (await (&result), &error);
  g_assert_no_error (error);
}

G_NORETURN static void
save_for_ever (const char *folder)
{
  g_autofree char *target = g_build_filename (folder, "to", TARGET, NULL);

  for (guint i = 0;; i++)
    {
      g_autofree char *source = g_build_filename (folder, i % 2 == 0 ? "new" : "old", NULL);

      save (source, target);
      say_done ();
    }
}

/* One account with one name in two of its settings. */
static void
change (const char *path,
        guint       n)
{
  g_autoptr (WbAccountStore) store = wb_account_store_new (path);
  g_autoptr (WbAccount) account = NULL;
  g_autofree char *name = g_strdup_printf ("%u", n);
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_account_store_load (store, &error));
  if (g_list_model_get_n_items (G_LIST_MODEL (store)) == 0)
    {
      account = wb_account_new ();
    }
  else
    {
      g_autoptr (WbAccount) before = g_list_model_get_item (G_LIST_MODEL (store), 0);

      account = wb_account_copy (before);
    }
  wb_account_set (account, WB_ACCOUNT_NAME, name);
  wb_account_set (account, WB_ACCOUNT_USER, name);
  g_assert_true (wb_account_store_put (store, account, &error));
  g_assert_no_error (error);
}

G_NORETURN static void
change_for_ever (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "to", "accounts.ini", NULL);

  for (guint i = 0;; i++)
    {
      change (path, i);
      say_done ();
    }
}

/* --- the killer --- */

typedef struct
{
  const char *act;
  char       *folder; /* (owned) */
  char       *to;     /* (owned): where the files to look at are */
} Kills;

static void
kills_set_up (Kills      *self,
              const char *act)
{
  self->act = act;
  self->folder = g_dir_make_tmp ("kills-XXXXXX", NULL);
  self->to = g_build_filename (self->folder, "to", NULL);
  g_assert_cmpint (g_mkdir (self->to, 0700), ==, 0);
}

static void
kills_tear_down (Kills *self)
{
  remove_folder (self->to);
  remove_folder (self->folder);
  g_free (self->to);
  g_free (self->folder);
}

/* Lets it do it once, and kills it at some moment of the next time. */
static void
kills_run_and_kill (Kills *self)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  char   byte;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, self->act,
                              self->folder, no_unnamed_files ? "named" : "unnamed", NULL);
  g_assert_no_error (error);
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (process), &byte, 1, NULL,
                                        &error),
                   ==, 1);
  g_usleep ((gulong) g_random_int_range (0, (gint32) (g_get_monotonic_time () - start)));
  g_subprocess_force_exit (process);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
}

static void
write_source (const char *path,
              gsize       size,
              guint32     seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree guint32 *words = g_new (guint32, size / 4);

  for (gsize i = 0; i < size / 4; i++)
    words[i] = g_rand_int (rand);
  g_assert_true (g_file_set_contents (path, (const char *) words, (gssize) size, NULL));
}

static gboolean
is_same (GMappedFile *one,
         GMappedFile *other)
{
  gsize length = g_mapped_file_get_length (one);

  return length == g_mapped_file_get_length (other)
         && memcmp (g_mapped_file_get_contents (one), g_mapped_file_get_contents (other), length)
              == 0;
}

static void
test_save (gconstpointer data)
{
  Kills            kills;
  guint            n_kills = get_n_kills ();
  gsize            size = n_kills > DEFAULT_KILLS ? LONG_BYTES : DEFAULT_BYTES;
  guint            n_new = 0;
  guint            n_left = 0;
  g_autofree char *paths[2] = { NULL };
  g_autofree char *small = NULL;
  g_autofree char *target = NULL;
  g_autofree char *other = NULL;
  GMappedFile     *sources[2];

  no_unnamed_files = GPOINTER_TO_INT (data);
  kills_set_up (&kills, "save");
  target = g_build_filename (kills.to, TARGET, NULL);
  other = g_build_filename (kills.to, "other.zip", NULL);
  small = g_build_filename (kills.folder, "small", NULL);
  g_assert_true (g_file_set_contents (small, "small", -1, NULL));
  for (guint i = 0; i < 2; i++)
    {
      paths[i] = g_build_filename (kills.folder, i == 0 ? "old" : "new", NULL);
      write_source (paths[i], size + i * 4096, i);
      sources[i] = g_mapped_file_new (paths[i], FALSE, NULL);
    }

  for (guint i = 0; i < n_kills; i++)
    {
      g_autoptr (GMappedFile) found = NULL;
      gboolean is_new;

      kills_run_and_kill (&kills);
      found = g_mapped_file_new (target, FALSE, NULL);
      g_assert_nonnull (found);
      is_new = is_same (found, sources[1]);
      g_assert_true (is_new || is_same (found, sources[0]));
      n_new += is_new ? 1 : 0;
      n_left += count_files (kills.to) - 1;

      /* What is left goes with the next save into that folder, whatever it is called. */
      save (small, other);
      g_assert_cmpuint (count_files (kills.to), ==, 2);
      g_assert_cmpint (g_unlink (other), ==, 0);
    }
  g_test_message ("%u kills: %u new, %u old, %u left something until the next save", n_kills, n_new,
                  n_kills - n_new, n_left);

  for (guint i = 0; i < 2; i++)
    {
      g_mapped_file_unref (sources[i]);
      g_free (g_steal_pointer (&paths[i]));
    }
  no_unnamed_files = FALSE;
  kills_tear_down (&kills);
}

static void
test_accounts (void)
{
  Kills            kills;
  guint            n_kills = get_n_kills ();
  guint            n_files = 0;
  g_autofree char *path = NULL;

  kills_set_up (&kills, "change");
  path = g_build_filename (kills.to, "accounts.ini", NULL);
  for (guint i = 0; i < n_kills; i++)
    {
      g_autoptr (WbAccountStore) store = wb_account_store_new (path);
      g_autoptr (WbAccount) account = NULL;
      g_autoptr (GError) error = NULL;

      kills_run_and_kill (&kills);
      g_assert_true (wb_account_store_load (store, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
      account = g_list_model_get_item (G_LIST_MODEL (store), 0);
      g_assert_cmpstr (wb_account_get (account, WB_ACCOUNT_NAME), ==,
                       wb_account_get (account, WB_ACCOUNT_USER));

      change (path, 7);
      if (n_files == 0)
        n_files = count_files (kills.to);
      g_assert_cmpuint (count_files (kills.to), ==, n_files);
    }
  g_test_message ("%u kills", n_kills);
  kills_tear_down (&kills);
}

int
main (int   argc,
      char *argv[])
{
  program = argv[0];
  if (argc == 4 && !g_str_has_prefix (argv[1], "-"))
    {
      no_unnamed_files = g_str_equal (argv[3], "named");
      if (g_str_equal (argv[1], "save"))
        save_for_ever (argv[2]);
      change_for_ever (argv[2]);
    }

  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/kills/save", GINT_TO_POINTER (FALSE), test_save);
  g_test_add_data_func ("/kills/save-named", GINT_TO_POINTER (TRUE), test_save);
  g_test_add_func ("/kills/accounts", test_accounts);

  return g_test_run ();
}
