/* test-faults.c: every call to the kernel about a file fails in turn, or is the program's last
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "archive-fixture.h"
#include "await.h"
#include "core/accounts/account-store.h"
#include "core/accounts/ca-file.h"
#include "core/error.h"
#include "core/save.h"
#include "core/spool.h"
#include "own-folder.h"

#define OLD "old"
#define SIZE_BYTES (1024 * 1024 + 17)
#define MAX_WRITE_BYTES (512 * 1024)
#define TARGET "DLF_All_DataConnections.zip"
#define ACCESS_LIST "system.posix_acl_access"
#define DEFAULT_LIST "system.posix_acl_default"
#define OTHER_ID 1234

/* What the program that is killed finds in its environment. */
#define KILL_AT "TEST_KILL_AT"
#define FOLDER "TEST_FOLDER"
#define OVERWRITE "TEST_OVERWRITE"
#define NO_UNNAMED_FILES "TEST_NO_UNNAMED_FILES"

/* The calls below take the place of the C library's, in GLib as well. */
static struct
{
  gboolean armed;   /* atomic */
  guint    n_calls; /* atomic: about files below the home folder, since it was armed */
  guint    fail_at; /* which of them fails; 0 for none */
  int      error;   /* the errno it fails with */
  guint    kill_at; /* before which of them the process ends; 0 for none */
  gboolean no_unnamed_files;
} faults;

static gboolean
is_ours (int         fd,
         const char *path)
{
  char   link_path[64];
  char   target[PATH_MAX];
  gssize length;

  if (!g_atomic_int_get (&faults.armed))
    return FALSE;
  if (path != NULL && *path == '/')
    return g_str_has_prefix (path, g_get_home_dir ());

  g_snprintf (link_path, sizeof link_path, "/proc/self/fd/%d", fd);
  length = syscall (SYS_readlinkat, AT_FDCWD, link_path, target, sizeof target - 1);
  target[MAX (length, 0)] = '\0';

  return g_str_has_prefix (target, g_get_home_dir ());
}

/* Whether the call is to fail; errno is set then. */
static gboolean
fails (int         fd,
       const char *path)
{
  guint n;

  if (!is_ours (fd, path))
    return FALSE;

  n = g_atomic_int_add (&faults.n_calls, 1) + 1;
  if (n == faults.kill_at)
    syscall (SYS_kill, getpid (), SIGKILL);
  if (n != faults.fail_at)
    return FALSE;

  errno = faults.error;

  return TRUE;
}

static int
open_file (const char *path,
           int         flags,
           mode_t      mode)
{
  if ((flags & O_TMPFILE) == O_TMPFILE && faults.no_unnamed_files)
    {
      errno = EOPNOTSUPP;
      return -1;
    }
  if (fails (-1, path))
    return -1;

  return (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
}

/* Under both names: which one a library calls depends on how it was built. */
int    fault_open (const char *path, int flags, mode_t mode) __asm__("open");
int    fault_open64 (const char *path, int flags, mode_t mode) __asm__("open64");
gssize fault_pread (int fd, void *bytes, gsize length, gint64 offset) __asm__("pread");
gssize fault_pread64 (int fd, void *bytes, gsize length, gint64 offset) __asm__("pread64");
gssize fault_read (int fd, void *bytes, gsize length) __asm__("read");
gssize fault_write (int fd, const void *bytes, gsize length) __asm__("write");
int    fault_fsync (int fd) __asm__("fsync");
int    fault_close (int fd) __asm__("close");
int    fault_fchmod (int fd, mode_t mode) __asm__("fchmod");
int    fault_fchown (int fd, uid_t user, gid_t group) __asm__("fchown");
int    fault_fsetxattr (int fd, const char *name, const void *bytes, gsize length,
                        int flags) __asm__("fsetxattr");
int    fault_fremovexattr (int fd, const char *name) __asm__("fremovexattr");
int    fault_rename (const char *from, const char *to) __asm__("rename");
int    fault_renameat2 (int from_fd, const char *from, int to_fd, const char *to,
                        guint flags) __asm__("renameat2");
int    fault_linkat (int from_fd, const char *from, int to_fd, const char *to,
                     int flags) __asm__("linkat");
int    fault_unlink (const char *path) __asm__("unlink");

int
fault_open (const char *path,
            int         flags,
            mode_t      mode)
{
  return open_file (path, flags, mode);
}

int
fault_open64 (const char *path,
              int         flags,
              mode_t      mode)
{
  return open_file (path, flags, mode);
}

gssize
fault_pread (int    fd,
             void  *bytes,
             gsize  length,
             gint64 offset)
{
  return fails (fd, NULL) ? -1 : syscall (SYS_pread64, fd, bytes, length, offset);
}

gssize
fault_pread64 (int    fd,
               void  *bytes,
               gsize  length,
               gint64 offset)
{
  return fault_pread (fd, bytes, length, offset);
}

gssize
fault_read (int   fd,
            void *bytes,
            gsize length)
{
  return fails (fd, NULL) ? -1 : syscall (SYS_read, fd, bytes, length);
}

/* A disk that fills up takes a part. */
gssize
fault_write (int         fd,
             const void *bytes,
             gsize       length)
{
  if (fails (fd, NULL))
    return -1;

  return syscall (SYS_write, fd, bytes, MIN (length, MAX_WRITE_BYTES));
}

/* A test needs no disk. */
int
fault_fsync (int fd)
{
  return fails (fd, NULL) ? -1 : 0;
}

/* It is closed all the same. */
int
fault_close (int fd)
{
  gboolean failed = fails (fd, NULL);
  int      result = (int) syscall (SYS_close, fd);

  if (failed)
    errno = faults.error;

  return failed ? -1 : result;
}

int
fault_fchmod (int    fd,
              mode_t mode)
{
  return fails (fd, NULL) ? -1 : (int) syscall (SYS_fchmod, fd, mode);
}

int
fault_fchown (int   fd,
              uid_t user,
              gid_t group)
{
  return fails (fd, NULL) ? -1 : (int) syscall (SYS_fchown, fd, user, group);
}

int
fault_fsetxattr (int         fd,
                 const char *name,
                 const void *bytes,
                 gsize       length,
                 int         flags)
{
  return fails (fd, NULL) ? -1 : (int) syscall (SYS_fsetxattr, fd, name, bytes, length, flags);
}

int
fault_fremovexattr (int         fd,
                    const char *name)
{
  return fails (fd, NULL) ? -1 : (int) syscall (SYS_fremovexattr, fd, name);
}

int
fault_rename (const char *from,
              const char *to)
{
  return fails (-1, to) ? -1 : (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
fault_renameat2 (int         from_fd,
                 const char *from,
                 int         to_fd,
                 const char *to,
                 guint       flags)
{
  return fails (-1, to) ? -1 : (int) syscall (SYS_renameat2, from_fd, from, to_fd, to, flags);
}

int
fault_linkat (int         from_fd,
              const char *from,
              int         to_fd,
              const char *to,
              int         flags)
{
  return fails (-1, to) ? -1 : (int) syscall (SYS_linkat, from_fd, from, to_fd, to, flags);
}

int
fault_unlink (const char *path)
{
  return fails (-1, path) ? -1 : (int) syscall (SYS_unlinkat, AT_FDCWD, path, 0);
}

static void
arm (guint fail_at,
     int   error)
{
  faults.fail_at = fail_at;
  faults.error = error;
  g_atomic_int_set (&faults.n_calls, 0);
  g_atomic_int_set (&faults.armed, TRUE);
}

/* Returns: whether the call that was to fail was made */
static gboolean
disarm (void)
{
  g_atomic_int_set (&faults.armed, FALSE);

  return (guint) g_atomic_int_get (&faults.n_calls) >= faults.fail_at;
}

static void
write_old (const char *path)
{
  g_assert_true (g_file_set_contents_full (path, OLD, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static GBytes *
new_contents (void)
{
  guint8 *bytes = g_malloc (SIZE_BYTES);

  for (gsize i = 0; i < SIZE_BYTES; i++)
    bytes[i] = (guint8) (i * 7 + i / 256);

  return g_bytes_new_take (bytes, SIZE_BYTES);
}

static char *
dup_spool_folder (void)
{
  return g_build_filename (g_get_home_dir (), "spools", NULL);
}

static WbSpool *
receive (GError **error)
{
  g_autoptr (GBytes) contents = new_contents ();
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (contents);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *folder = dup_spool_folder ();
  int              fd;

  g_mkdir_with_parents (folder, 0700);
  fd = wb_spool_open_unnamed (folder, error);
  if (fd < 0)
    return NULL;

  wb_spool_receive_async (fd, source, G_MAXINT64, NULL, NULL, NULL, await_cb, &result);

  return wb_spool_receive_finish (await (&result), error);
}

static gboolean
save (WbSpool    *spool,
      const char *path,
      gboolean    overwrite,
      GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  wb_save_async (spool, file, overwrite, NULL, await_cb, &result);

  return wb_save_finish (await (&result), error);
}

/* A task that is over may be held by its thread for a moment yet. */
static void
wait_until_closed (guint n_files)
{
  while (count_files ("/proc/self/fd") > n_files)
    g_thread_yield ();
}

static char *
make_folder (void)
{
  char *folder = g_build_filename (g_get_home_dir (), "save-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (folder));

  return folder;
}

/* Returns: %TRUE for all new bytes, %FALSE for the old ones or none; there is nothing between */
static gboolean
is_new (const char *path,
        gboolean    had_old)
{
  g_autoptr (GBytes) contents = new_contents ();
  g_autofree char *found = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &found, &length, NULL))
    {
      g_assert_false (had_old);
      return FALSE;
    }
  if (had_old && length == strlen (OLD) && memcmp (found, OLD, length) == 0)
    return FALSE;

  g_assert_cmpmem (found, length, g_bytes_get_data (contents, NULL), SIZE_BYTES);

  return TRUE;
}

/* Old or new, and said which. Only a file that cannot be removed stays beside it. */
static void
test_save_fails (gconstpointer data)
{
  static const int errors[] = { EIO, ENOSPC, EPERM };
  g_autoptr (WbSpool) spool = receive (NULL);
  guint n_files = count_files ("/proc/self/fd");

  faults.no_unnamed_files = GPOINTER_TO_INT (data);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (errors); i++)
    {
      gboolean had_old = i % 2 == 1;
      gboolean failed = TRUE;

      for (guint n = 1; failed; n++)
        {
          g_autofree char *folder = make_folder ();
          g_autofree char *path = g_build_filename (folder, TARGET, NULL);
          g_autoptr (GError) error = NULL;
          gboolean saved;

          if (had_old)
            write_old (path);
          arm (n, errors[i / 2]);
          saved = save (spool, path, had_old, &error);
          failed = disarm ();

          g_assert_cmpint (saved, ==, error == NULL);
          g_assert_cmpint (saved, ==, is_new (path, had_old));
          if (error != NULL)
            g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_LOCAL_FILE);
          g_assert_true (failed || saved);
          g_assert_cmpuint (count_files (folder), ==, saved || had_old ? 1 : 0);
          wait_until_closed (n_files);
        }
    }
  faults.no_unnamed_files = FALSE;
}

/* Its owner and one other user may read it, and not its group; as in acl(5) and <linux/xattr>. */
static const guint8 access_list[] = {
  2, 0, 0, 0,                            /* the version */
  0x01, 0, 6, 0, 0xff, 0xff, 0xff, 0xff, /* the owner */
  0x02, 0, 4, 0, OTHER_ID % 256, OTHER_ID / 256, 0, 0,
  0x04, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, /* the group */
  0x10, 0, 4, 0, 0xff, 0xff, 0xff, 0xff, /* the most of all but the owner */
  0x20, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, /* everybody */
};

/* Returns: who may use a file */
static char *
dup_access (const char *path)
{
  struct stat      st;
  guint8           list[256];
  gssize           length = getxattr (path, ACCESS_LIST, list, sizeof list);
  g_autofree char *text = g_base64_encode (list, (gsize) MAX (length, 0));

  g_assert_cmpint (stat (path, &st), ==, 0);

  return g_strdup_printf ("%o %u %s", st.st_mode & 0777, st.st_gid, text);
}

typedef enum
{
  WITH_LIST,
  IN_FOLDER_WITH_LIST,
  OF_OTHER_GROUP,
  N_ACCESSES,
} Access;

/* Returns: whether this can be done here */
static gboolean
give_access (const char *folder,
             const char *path,
             Access      access)
{
  write_old (path);
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);

  switch (access)
    {
    case WITH_LIST:
      return setxattr (path, ACCESS_LIST, access_list, sizeof access_list, 0) == 0;
    case IN_FOLDER_WITH_LIST:
      return setxattr (folder, DEFAULT_LIST, access_list, sizeof access_list, 0) == 0;
    case OF_OTHER_GROUP:
    case N_ACCESSES:
      return chown (path, (uid_t) -1, OTHER_ID) == 0;
    }

  g_assert_not_reached ();
}

/* Who may use the old file may use the new one; what fails takes rights away, and gives none. */
static void
test_access (gconstpointer data)
{
  g_autoptr (WbSpool) spool = receive (NULL);

  faults.no_unnamed_files = GPOINTER_TO_INT (data);
  for (Access access = 0; access < N_ACCESSES; access++)
    {
      gboolean failed = TRUE;

      for (guint n = 1; failed; n++)
        {
          g_autofree char *folder = make_folder ();
          g_autofree char *path = g_build_filename (folder, TARGET, NULL);
          g_autofree char *before = NULL;
          g_autofree char *after = NULL;
          g_autoptr (GError) error = NULL;
          struct stat st;

          if (!give_access (folder, path, access))
            {
              g_test_message ("%d cannot be made here", access);
              break;
            }
          before = dup_access (path);
          arm (n, EPERM);
          save (spool, path, TRUE, &error);
          failed = disarm ();

          after = dup_access (path);
          g_assert_cmpint (stat (path, &st), ==, 0);
          if (!failed)
            g_assert_true (is_new (path, TRUE));
          if (!failed || (st.st_mode & 077) != 0)
            g_assert_cmpstr (after, ==, before);
        }
    }
  faults.no_unnamed_files = FALSE;
}

/* The part of the program that is killed. */
static int
save_and_die (void)
{
  const char      *folder = g_getenv (FOLDER);
  g_autofree char *path = g_build_filename (folder, TARGET, NULL);
  g_autoptr (WbSpool) spool = receive (NULL);
  g_autoptr (GError) error = NULL;
  gboolean saved;

  faults.kill_at = (guint) g_ascii_strtoull (g_getenv (KILL_AT), NULL, 10);
  faults.no_unnamed_files = g_getenv (NO_UNNAMED_FILES) != NULL;
  arm (0, 0);
  saved = save (spool, path, g_getenv (OVERWRITE) != NULL, &error);
  disarm ();

  return saved ? 0 : 1;
}

/* Nothing that a person, or a program, could take for an export. */
static guint
count_litter (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat      st;

      if (g_str_equal (name, TARGET))
        continue;
      n++;
      g_assert_true (g_str_has_prefix (name, "."));
      g_assert_false (g_str_has_suffix (name, ".zip"));
      g_assert_cmpint (lstat (path, &st), ==, 0);
      g_assert_cmpuint (st.st_mode & 077, ==, 0);
    }

  return n;
}

/* At any moment: the old file or the new one, whole. What else is left is hidden, can be read by
 * nobody else, and goes with the next save. */
static void
test_save_killed (gconstpointer data)
{
  gboolean unnamed = !GPOINTER_TO_INT (data);
  g_autoptr (WbSpool) spool = receive (NULL);

  for (guint had_old = 0; had_old < 2; had_old++)
    {
      gboolean killed = TRUE;
      guint    n_new = 0;
      guint    n_littered = 0;

      for (guint n = 1; killed; n++)
        {
          g_autofree char  *folder = make_folder ();
          g_autofree char  *path = g_build_filename (folder, TARGET, NULL);
          g_autofree char  *program = g_file_read_link ("/proc/self/exe", NULL);
          g_autofree char  *kill_at = g_strdup_printf ("%u", n);
          const char *const argv[] = { program, NULL };
          g_auto (GStrv) environment = g_get_environ ();
          g_autoptr (GError) error = NULL;
          guint n_litter;
          int   status;

          if (had_old)
            write_old (path);
          environment = g_environ_setenv (environment, KILL_AT, kill_at, TRUE);
          environment = g_environ_setenv (environment, FOLDER, folder, TRUE);
          if (had_old)
            environment = g_environ_setenv (environment, OVERWRITE, "", TRUE);
          if (!unnamed)
            environment = g_environ_setenv (environment, NO_UNNAMED_FILES, "", TRUE);
          g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                        &status, &error);
          g_assert_no_error (error);
          killed = WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL;
          g_assert_true (killed || (WIFEXITED (status) && WEXITSTATUS (status) == 0));

          n_new += is_new (path, had_old) ? 1 : 0;
          n_litter = count_litter (folder);
          g_assert_cmpuint (n_litter, <=, 1);
          n_littered += n_litter;

          g_assert_true (save (spool, path, TRUE, &error));
          g_assert_true (is_new (path, TRUE));
          g_assert_cmpuint (count_files (folder), ==, 1);
        }
      g_test_message ("%u new, %u with litter", n_new, n_littered);
      g_assert_cmpuint (n_new, >, 0);
      /* A name is needed for the one moment between the old file and the new one. */
      if (unnamed)
        g_assert_cmpuint (n_littered, ==, had_old);
      else
        g_assert_cmpuint (n_littered, >, 1);
    }
}

/* An export that comes in is whole, or there is nothing and a reason. */
static void
test_receive (void)
{
  guint n_files = count_files ("/proc/self/fd");

  for (guint unnamed = 0; unnamed < 2; unnamed++)
    {
      gboolean failed = TRUE;

      faults.no_unnamed_files = !unnamed;
      for (guint n = 1; failed; n++)
        {
          g_autofree char *folder = dup_spool_folder ();
          g_autoptr (GError) error = NULL;
          g_autoptr (WbSpool) spool = NULL;

          arm (n, EIO);
          spool = receive (&error);
          failed = disarm ();

          g_assert_cmpint (spool != NULL, ==, error == NULL);
          g_assert_true (failed || spool != NULL);
          if (error != NULL)
            g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_LOCAL_FILE);
          g_clear_object (&spool);
          wait_until_closed (n_files);
          /* Where even removing fails there is an empty file. */
          g_assert_cmpuint (count_files (folder), <=, 1);
        }
    }
  faults.no_unnamed_files = FALSE;
}

/* All of its contents, or an error; never something else. */
static void
test_archive (void)
{
  static const char *const texts[] = { "{\"type\":\"DWS\"}", "{\"type\":\"HIVE\"}" };
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  guint            n_files;
  gboolean         failed = TRUE;

  wb_zip_maker_add_text (maker, "connections/a.conn", texts[0]);
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "connections/b.conn",
                                         .data = texts[1],
                                         .descriptor = TRUE });
  bytes = wb_zip_maker_finish (maker, NULL);
  path = wb_zip_bytes_to_path (bytes, "faults.zip");
  n_files = count_files ("/proc/self/fd");

  for (guint n = 1; failed; n++)
    {
      g_autoptr (WbSpool) spool = NULL;
      g_autoptr (WbArchive) archive = NULL;
      g_autoptr (GError) error = NULL;
      guint n_read = 0;

      arm (n, EIO);
      spool = wb_spool_open (path, &error);
      if (spool != NULL && wb_spool_hash (spool, NULL, &error))
        archive = wb_archive_open (spool, NULL, &error);
      g_assert_cmpint (archive != NULL, ==, error == NULL);

      for (guint i = 0; archive != NULL && i < wb_archive_get_n_nodes (archive); i++)
        {
          g_autoptr (GError) read_error = NULL;
          g_autoptr (GBytes) contents = NULL;

          if (wb_archive_get_kind (archive, i) != WB_NODE_CONNECTION)
            continue;
          contents = wb_archive_read (archive, i, NULL, &read_error);
          g_assert_cmpint (contents != NULL, ==, read_error == NULL);
          if (contents != NULL)
            g_assert_cmpmem (g_bytes_get_data (contents, NULL), g_bytes_get_size (contents),
                             texts[n_read], strlen (texts[n_read]));
          n_read++;
        }
      failed = disarm ();

      g_clear_object (&archive);
      g_clear_object (&spool);
      g_assert_true (failed || n_read == G_N_ELEMENTS (texts));
      wait_until_closed (n_files);
    }
}

/* The accounts are as before or as they should be, with their CA file. */
static void
test_accounts (void)
{
  g_autofree char *ca_file = g_test_build_filename (G_TEST_DIST, "fixtures", "tls", "ca.pem", NULL);
  g_autofree char *path = wb_account_store_dup_default_path ();
  guint            n_files = count_files ("/proc/self/fd");
  gboolean         failed = TRUE;

  for (guint n = 1; failed; n++)
    {
      g_autoptr (WbAccountStore) store = wb_account_store_new (path);
      g_autoptr (WbAccountStore) again = wb_account_store_new (path);
      g_autoptr (WbAccount) account = wb_account_new ();
      g_autofree char *name = g_strdup_printf ("Account %u", n);
      g_autoptr (GError) error = NULL;
      WbAccount *found;
      gboolean   put = FALSE;

      wb_account_set (account, WB_ACCOUNT_NAME, name);
      wb_account_set (account, WB_ACCOUNT_CA_FILE, ca_file);
      arm (n, ENOSPC);
      if (wb_account_store_load (store, &error))
        put = wb_account_store_put (store, account, &error);
      failed = disarm ();
      g_assert_cmpint (put, ==, error == NULL);
      g_assert_true (failed || put);

      g_clear_error (&error);
      g_assert_true (wb_account_store_load (again, &error));
      g_assert_no_error (error);
      found = wb_account_store_find (again, wb_account_get_uuid (account));
      g_assert_cmpint (put, ==, found != NULL);
      if (found != NULL)
        {
          g_autoptr (GPtrArray) certificates = NULL;

          certificates = wb_ca_file_read (wb_account_get (found, WB_ACCOUNT_CA_FILE), &error);
          g_assert_no_error (error);
        }
      wait_until_closed (n_files);
    }
}

int
main (int   argc,
      char *argv[])
{
  if (g_getenv (KILL_AT) != NULL)
    return save_and_die ();

  g_test_init (&argc, &argv, NULL);

#define NAMED GINT_TO_POINTER (TRUE)
  g_test_add_data_func ("/faults/save", NULL, test_save_fails);
  g_test_add_data_func ("/faults/save-named", NAMED, test_save_fails);
  g_test_add_data_func ("/faults/access", NULL, test_access);
  g_test_add_data_func ("/faults/access-named", NAMED, test_access);
  g_test_add_data_func ("/faults/kill", NULL, test_save_killed);
  g_test_add_data_func ("/faults/kill-named", NAMED, test_save_killed);
  g_test_add_func ("/faults/receive", test_receive);
  g_test_add_func ("/faults/archive", test_archive);
  g_test_add_func ("/faults/accounts", test_accounts);
#undef NAMED

  return g_test_run ();
}
