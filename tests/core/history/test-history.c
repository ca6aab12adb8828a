/* test-history.c: no record is lost, whatever happens to its database
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/history/history.h"

#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "await.h"
#include "core/error.h"

/* The program runs itself as one of several writers: PROGRAM write PATH NAME COUNT. */
#define WRITER "write"

typedef struct
{
  char      *top;     /* (owned): of the test alone */
  char      *folder;  /* (owned): below it, not there yet */
  char      *path;    /* (owned) */
  WbHistory *history; /* (owned) */
} Fixture;

static const char *program;

static WbHistoryRecord *
new_record (const char *account,
            const char *workspace,
            const char *file,
            gint64      finished)
{
  WbHistoryRecord *record = wb_history_record_new ();

  record->started = finished - 2;
  record->finished = finished;
  record->account_id = g_strdup_printf ("id of %s", account);
  record->account = g_strdup (account);
  record->workspace_id = g_strdup_printf ("id of %s", workspace);
  record->workspace = g_strdup (workspace);
  record->source = g_strdup (wb_source_to_string (WB_SOURCE_EXPORT));
  record->n_connections = 24;
  record->size_bytes = 18200;
  record->sha256 = g_strdup ("3f9a");
  record->file = g_strdup (file);
  record->result = g_strdup (WB_HISTORY_OK);

  return record;
}

static gint64
put_new (Fixture    *f,
         const char *account,
         const char *workspace,
         const char *file,
         gint64      finished)
{
  g_autoptr (WbHistoryRecord) record = new_record (account, workspace, file, finished);
  g_autoptr (GError) error = NULL;

  wb_history_put (f->history, record, &error);
  g_assert_no_error (error);
  g_assert_cmpint (record->id, >, 0);

  return record->id;
}

static GPtrArray *
list (Fixture              *f,
      const WbHistoryQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = wb_history_list (f->history, query, &error);

  g_assert_no_error (error);

  return records;
}

static void
assert_ids (Fixture              *f,
            const WbHistoryQuery *query,
            const char           *expected)
{
  g_autoptr (GPtrArray) records = list (f, query);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      WbHistoryRecord *record = g_ptr_array_index (records, i);

      g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", record->id);
    }
  g_assert_cmpstr (ids->str, ==, expected);
}

/* How many databases were set aside. */
static guint
count_aside (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, ".broken-") != NULL && !g_str_has_suffix (name, "-journal");

  return n;
}

static void
assert_aside (Fixture    *f,
              const char *words)
{
  g_autofree char *notice = wb_history_take_notice (f->history);
  g_autofree char *again = wb_history_take_notice (f->history);

  g_assert_nonnull (notice);
  g_assert_nonnull (strstr (notice, words));
  g_assert_nonnull (strstr (notice, "history.db.broken-1"));
  g_assert_null (again);
  g_assert_cmpuint (count_aside (f), ==, 1);
}

static void
reopen (Fixture *f)
{
  g_clear_object (&f->history);
  f->history = wb_history_new (f->path);
}

/* In memory where the system has such a folder: each record waits for the disk, some hundred times
 * over. */
static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->top = g_strdup ("/dev/shm/waybill-history-XXXXXX");
  if (g_mkdtemp (f->top) == NULL)
    {
      g_free (f->top);
      f->top = g_dir_make_tmp ("history-XXXXXX", NULL);
    }
  f->folder = g_build_filename (f->top, "data", "waybill", NULL);
  f->path = g_build_filename (f->folder, "history.db", NULL);
  f->history = wb_history_new (f->path);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_all (child);
      g_remove (child);
    }
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_clear_object (&f->history);
  g_chmod (f->folder, 0700); /* as a test may have left it */
  remove_all (f->top);
  g_assert_cmpint (g_rmdir (f->top), ==, 0);
  g_free (f->top);
  g_free (f->path);
  g_free (f->folder);
}

static void
test_default_path (void)
{
  g_autofree char *path = wb_history_dup_default_path ();
  g_autofree char *expected = g_build_filename (g_get_user_data_dir (), "waybill", "history.db",
                                                NULL);

  g_assert_cmpstr (path, ==, expected);
}

static void
test_empty (Fixture      *f,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_ids (f, NULL, "");
  g_assert_true (wb_history_remove (f->history, 1, &error));

  /* Asking makes nothing. */
  g_assert_false (g_file_test (f->folder, G_FILE_TEST_EXISTS));
}

static void
test_values (Fixture      *f,
             gconstpointer data)
{
  g_autoptr (WbHistoryRecord) record = new_record ("Ä “x” <b>", "w\n\t", "file:///a%20b.zip", 1000);
  g_autoptr (WbHistoryRecord) sparse = wb_history_record_new ();
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  WbHistoryRecord *read;

  record->mark = g_strdup ("Production");
  record->size_bytes = (guint64) 5 * 1024 * 1024 * 1024;
  wb_history_put (f->history, record, &error);
  g_assert_no_error (error);
  wb_history_put (f->history, sparse, &error);
  g_assert_no_error (error);

  records = list (f, NULL);
  g_assert_cmpuint (records->len, ==, 2);
  read = g_ptr_array_index (records, 0);
  g_assert_cmpint (read->id, ==, record->id);
  g_assert_cmpint (read->started, ==, 998);
  g_assert_cmpint (read->finished, ==, 1000);
  g_assert_cmpstr (read->account_id, ==, "id of Ä “x” <b>");
  g_assert_cmpstr (read->account, ==, "Ä “x” <b>");
  g_assert_cmpstr (read->mark, ==, "Production");
  g_assert_cmpstr (read->workspace_id, ==, "id of w\n\t");
  g_assert_cmpstr (read->workspace, ==, "w\n\t");
  g_assert_cmpstr (read->source, ==, "export");
  g_assert_cmpuint (read->n_connections, ==, 24);
  g_assert_cmpuint (read->size_bytes, ==, record->size_bytes);
  g_assert_cmpstr (read->sha256, ==, "3f9a");
  g_assert_cmpstr (read->file, ==, "file:///a%20b.zip");
  g_assert_cmpstr (read->result, ==, "ok");
  g_assert_cmpstr (read->message, ==, "");
  g_assert_true (wb_history_record_is_good (read));
  file = wb_history_record_dup_file (read);
  g_assert_cmpstr (g_file_peek_path (file), ==, "/a b.zip");

  read = g_ptr_array_index (records, 1);
  g_assert_cmpstr (read->account, ==, "");
  g_assert_cmpstr (read->message, ==, "");
  g_assert_false (wb_history_record_is_good (read));
  g_assert_null (wb_history_record_dup_file (read));
}

/* Others may neither read the database nor look into a folder that was made for it. A folder that
 * was there before stays as it is. */
static void
test_modes (Fixture      *f,
            gconstpointer data)
{
  struct stat      info;
  mode_t           mask = umask (0);
  sqlite3         *database = NULL;
  g_autofree char *journal = g_strconcat (f->path, "-journal", NULL);

  put_new (f, "a", "w", "file:///f", 1);
  g_assert_cmpint (stat (f->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (f->folder, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);

  /* While something is written. */
  g_assert_cmpint (sqlite3_open (f->path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "BEGIN; DELETE FROM exports", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (stat (journal, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  sqlite3_close (database);
  umask (mask);

  g_assert_cmpint (chmod (f->path, 0644), ==, 0);
  g_assert_cmpint (chmod (f->folder, 0755), ==, 0);
  assert_ids (f, NULL, "1");
  g_assert_cmpint (stat (f->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (f->folder, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0755);

  g_assert_cmpint (g_unlink (f->path), ==, 0);
  reopen (f);
  put_new (f, "a", "w", "file:///f", 1);
  g_assert_cmpint (stat (f->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (f->folder, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0755);
}

static void
test_queries (Fixture      *f,
              gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path ("/backups");
  g_autoptr (WbHistoryRecord) failed = new_record ("a", "w", "", 50);
  g_autoptr (GError) error = NULL;

  put_new (f, "a", "w", "file:///backups/1.zip", 10);
  put_new (f, "a", "v", "file:///backups/2.zip", 30);
  put_new (f, "b", "w", "file:///backups/in/3.zip", 20);
  put_new (f, "a", "w", "", 40); /* looked at, and not saved */
  g_free (failed->result);
  failed->result = g_strdup ("network");
  g_assert_true (wb_history_put (f->history, failed, &error));
  put_new (f, "a", "w", "-", 5);

  assert_ids (f, NULL, "5 4 2 3 1 6");
  assert_ids (f, &(WbHistoryQuery){ .limit = 2 }, "5 4");
  assert_ids (f, &(WbHistoryQuery){ .account = "a" }, "5 4 2 1 6");
  assert_ids (f, &(WbHistoryQuery){ .account = "id of b" }, "3");
  assert_ids (f, &(WbHistoryQuery){ .workspace = "id of v" }, "2");
  assert_ids (f, &(WbHistoryQuery){ .account = "a", .workspace = "w" }, "5 4 1 6");
  assert_ids (f, &(WbHistoryQuery){ .only_good = TRUE }, "2 3 1 6");
  assert_ids (f, &(WbHistoryQuery){ .folder = folder }, "2 1");
  assert_ids (f, &(WbHistoryQuery){ .account = "a' OR 1" }, "");

  assert_ids (f,
              &(WbHistoryQuery){
                .account = "id of a",
                .workspace = "id of w",
                .only_good = TRUE,
                .limit = 1,
              },
              "1");
  assert_ids (f, &(WbHistoryQuery){ .account = "b", .workspace = "w", .folder = folder }, "");
}

/* The service's default workspace has no ID. */
static void
test_default_workspace (Fixture      *f,
                        gconstpointer data)
{
  g_autoptr (WbHistoryRecord) record = new_record ("a", "", "-", 1);

  g_free (record->workspace_id);
  record->workspace_id = g_strdup ("");
  put_new (f, "a", "w", "-", 2);
  g_assert_true (wb_history_put (f->history, record, NULL));
  assert_ids (f, &(WbHistoryQuery){ .workspace = "" }, "2");
  assert_ids (f, NULL, "1 2");
}

static void
test_begin (void)
{
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  g_autoptr (WbWorkspace) workspace = wb_workspace_new ("default", "c0ffee");
  g_autoptr (WbHistoryRecord) typed = NULL;
  g_autoptr (WbHistoryRecord) stored = NULL;

  typed = wb_history_record_begin (account, "project", "c0ffee", WB_SOURCE_LIST);
  g_assert_cmpstr (typed->account_id, ==, "project");
  g_assert_cmpstr (typed->account, ==, "");
  g_assert_cmpstr (typed->workspace, ==, "");
  g_assert_cmpstr (typed->result, ==, WB_HISTORY_UNFINISHED);

  wb_account_set (account, WB_ACCOUNT_NAME, "Production");
  wb_account_set (account, WB_ACCOUNT_MARK, "Careful");
  g_list_store_append (workspaces, workspace);
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));
  stored = wb_history_record_begin (account, "project", "c0ffee", WB_SOURCE_LIST);
  g_assert_cmpstr (stored->account_id, ==, wb_account_get_uuid (account));
  g_assert_cmpstr (stored->account, ==, "Production");
  g_assert_cmpstr (stored->mark, ==, "Careful");
  g_assert_cmpstr (stored->workspace_id, ==, "c0ffee");
  g_assert_cmpstr (stored->workspace, ==, "default");
  g_assert_cmpstr (stored->source, ==, "list");
}

static void
test_change_and_remove (Fixture      *f,
                        gconstpointer data)
{
  g_autoptr (WbHistoryRecord) record = new_record ("a", "w", "", 10);
  g_autoptr (WbHistoryRecord) saved = NULL;
  g_autoptr (GFile) file = g_file_new_for_path ("/a/ü?.zip");
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_history_put (f->history, record, &error));
  put_new (f, "b", "w", "-", 5);

  saved = wb_history_record_copy (record);
  wb_history_record_set_file (saved, file);
  g_assert_true (wb_history_put (f->history, saved, &error));
  records = list (f, NULL);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (((WbHistoryRecord *) g_ptr_array_index (records, 0))->file, ==,
                   "file:///a/%C3%BC%3F.zip");

  g_assert_true (wb_history_remove (f->history, record->id, &error));
  g_assert_true (wb_history_remove (f->history, record->id, &error));
  assert_ids (f, NULL, "2");

  /* IDs are not given again, so that a late change cannot hit another record. */
  g_assert_true (wb_history_remove (f->history, 2, &error));
  g_assert_cmpint (put_new (f, "c", "w", "-", 5), ==, 3);
}

static void
test_error (void)
{
  g_autoptr (WbHistoryRecord) record = wb_history_record_new ();
  g_autoptr (GError) error = g_error_new_literal (WB_ERROR, WB_ERROR_NOT_PERMITTED, "No.");

  wb_history_record_set_error (record, error);
  g_assert_cmpstr (record->result, ==, wb_error_kind_to_string (WB_ERROR_KIND_NOT_PERMITTED));
  g_assert_cmpstr (record->message, ==, "No.");
  wb_history_record_set_error (record, NULL);
  g_assert_cmpstr (record->result, ==, WB_HISTORY_OK);
  g_assert_null (record->message);
}

static void
test_async (Fixture      *f,
            gconstpointer data)
{
  g_autoptr (WbHistoryRecord) record = new_record ("a", "w", "-", 10);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  wb_history_put_async (f->history, record, await_cb, &result);
  await (&result);
  g_assert_true (wb_history_put_finish (f->history, result, &error));
  g_assert_cmpint (record->id, ==, 1);
  g_clear_object (&result);

  wb_history_list_async (f->history, await_cb, &result);
  await (&result);
  records = wb_history_list_finish (f->history, result, &error);
  g_assert_cmpuint (records->len, ==, 1);
  g_clear_object (&result);

  wb_history_remove_async (f->history, 1, await_cb, &result);
  await (&result);
  g_assert_true (wb_history_remove_finish (f->history, result, &error));
  assert_ids (f, NULL, "");
}

/* A process that was killed after its file had its name has saved it all the same. */
static void
test_unfinished (Fixture      *f,
                 gconstpointer data)
{
  static const struct
  {
    const char *contents; /* of the file; NULL for none */
    const char *result;
  } cases[] = {
    { "whole", WB_HISTORY_OK },
    { "other", WB_HISTORY_UNFINISHED },
    { "longer than that", WB_HISTORY_UNFINISHED },
    { NULL, WB_HISTORY_UNFINISHED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbHistoryRecord) record = new_record ("a", "w", "", (gint64) i);
      g_autofree char *path = g_strdup_printf ("%s/../%" G_GSIZE_FORMAT ".zip", f->folder, i);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GPtrArray) records = NULL;
      g_autoptr (GError) error = NULL;

      wb_history_record_set_file (record, file);
      g_free (record->sha256);
      record->sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "whole", -1);
      record->size_bytes = strlen ("whole");
      g_free (record->result);
      record->result = g_strdup (WB_HISTORY_UNFINISHED);
      g_assert_true (wb_history_put (f->history, record, &error));
      if (cases[i].contents != NULL)
        g_assert_true (g_file_set_contents (g_file_peek_path (file), cases[i].contents, -1, NULL));

      g_test_message ("%s", cases[i].contents);
      records = list (f, NULL);
      g_assert_cmpstr (((WbHistoryRecord *) g_ptr_array_index (records, 0))->result, ==,
                       cases[i].result);
    }
  assert_ids (f, &(WbHistoryQuery){ .only_good = TRUE }, "1");
}

static GSubprocess *
start_writer (Fixture    *f,
              const char *name,
              const char *count)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *writer = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, WRITER,
                                          f->path, name, count, NULL);

  g_assert_no_error (error);

  return writer;
}

/* Writes what was written into standard output, too. */
static int
write_records (const char *path,
               const char *name,
               int         count)
{
  g_autoptr (WbHistory) history = wb_history_new (path);

  for (int i = 0; i < count; i++)
    {
      g_autoptr (WbHistoryRecord) record = new_record (name, "w", "-", i);
      g_autoptr (GError) error = NULL;
      g_autofree char *line = NULL;

      if (!wb_history_put (history, record, &error))
        g_error ("%s", error->message);
      line = g_strdup_printf ("%" G_GINT64_FORMAT "\n", record->id);
      if (write (STDOUT_FILENO, line, strlen (line)) < 0)
        return 1;
    }

  return 0;
}

static void
test_processes (Fixture      *f,
                gconstpointer data)
{
  GSubprocess *writers[6];
  g_autoptr (GPtrArray) records = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      g_autofree char *name = g_strdup_printf ("writer %" G_GSIZE_FORMAT, i);

      writers[i] = start_writer (f, name, "20");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_subprocess_wait_check (writers[i], NULL, &error));
      g_object_unref (writers[i]);
    }

  records = list (f, NULL);
  g_assert_cmpuint (records->len, ==, 20 * G_N_ELEMENTS (writers));
  for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      g_autofree char *name = g_strdup_printf ("writer %" G_GSIZE_FORMAT, i);
      g_autoptr (GPtrArray) own = list (f, &(WbHistoryQuery){ .account = name });

      g_assert_cmpuint (own->len, ==, 20);
    }
  g_assert_cmpuint (count_aside (f), ==, 0);
}

/* Two writers, each killed at some moment, again and again: what they said is written is there.
 * With TEST_KILLS=N in the environment, so many are killed. */
static void
test_kills (Fixture      *f,
            gconstpointer data)
{
  g_autoptr (GHashTable) promised = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) records = NULL;
  const char *text = g_getenv ("TEST_KILLS");
  guint       n_rounds = text != NULL ? (guint) atoi (text) / 2 : 8;

  for (guint round = 0; round < n_rounds; round++)
    {
      g_autoptr (GSubprocess) writer = start_writer (f, "a", "1000000");
      g_autoptr (GSubprocess) other = start_writer (f, "b", "1000000");
      GSubprocess *both[] = { writer, other };
      guint        n_lines = (guint) g_test_rand_int_range (1, 4);

      for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
        {
          g_autoptr (GDataInputStream) lines = g_data_input_stream_new (
            g_subprocess_get_stdout_pipe (both[i]));
          char *line;
          guint n = 0;

          while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
            {
              g_hash_table_add (promised, line);
              if (++n != n_lines)
                continue;
              g_usleep ((gulong) g_test_rand_int_range (0, 3000));
              g_subprocess_force_exit (both[i]);
            }
          g_assert_true (g_subprocess_wait (both[i], NULL, NULL));
        }
    }

  records = list (f, NULL);
  for (guint i = 0; i < records->len; i++)
    {
      WbHistoryRecord *record = g_ptr_array_index (records, i);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, record->id);

      g_assert_cmpstr (record->sha256, ==, "3f9a");
      g_hash_table_remove (promised, id);
    }
  g_assert_cmpuint (g_hash_table_size (promised), ==, 0);
  g_assert_cmpuint (count_aside (f), ==, 0);
}

static char *
read_file (Fixture *f,
           gsize   *length)
{
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (f->path, &bytes, length, NULL));

  return bytes;
}

static void
write_file (Fixture    *f,
            const char *bytes,
            gsize       length)
{
  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));
}

static void
fill (Fixture *f)
{
  for (guint i = 0; i < 30; i++)
    put_new (f, "a", "w", "file:///backups/x.zip", i);
}

static void
forget_aside (Fixture *f)
{
  for (guint i = 1; i < 4; i++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.broken-%u", f->path, i);
      g_autofree char *journal = g_strconcat (aside, "-journal", NULL);

      g_unlink (aside);
      g_unlink (journal);
    }
}

/* Whatever is wrong with the bytes: a reader gets a list and a writer writes. */
static void
use_damaged (Fixture *f)
{
  g_autoptr (GPtrArray) records = NULL;
  gint64 id;

  reopen (f);
  records = list (f, NULL);
  id = put_new (f, "new", "w", "-", 5);
  reopen (f);
  g_ptr_array_unref (g_steal_pointer (&records));
  records = list (f, &(WbHistoryQuery){ .account = "new" });
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpint (((WbHistoryRecord *) g_ptr_array_index (records, 0))->id, ==, id);
  g_assert_cmpuint (count_aside (f), <=, 1);
}

static void
test_cut (Fixture      *f,
          gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize            length;

  fill (f);
  bytes = read_file (f, &length);
  for (gsize cut = 0; cut < length; cut += 1021)
    {
      g_autofree char *notice = NULL;

      g_test_message ("cut at %" G_GSIZE_FORMAT, cut);
      write_file (f, bytes, cut);
      use_damaged (f);
      notice = wb_history_take_notice (f->history);
      g_assert_cmpuint (count_aside (f), ==, cut > 0 ? 1 : 0);
      forget_aside (f);
    }
}

static void
test_flipped (Fixture      *f,
              gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize            length;
  guint            n_aside = 0;

  fill (f);
  bytes = read_file (f, &length);
  for (guint i = 0; i < 160; i++)
    {
      /* Most of what matters is in the first page. */
      gsize end = i < 130 ? 2000 : length;
      gsize place = i < 100 ? i : (gsize) g_test_rand_int_range (0, (gint32) end);
      char  bit = (char) (1 << g_test_rand_int_range (0, 8));

      g_test_message ("byte %" G_GSIZE_FORMAT " with 0x%02x", place, (guchar) bit);
      bytes[place] ^= bit;
      write_file (f, bytes, length);
      bytes[place] ^= bit;
      use_damaged (f);
      n_aside += count_aside (f);
      forget_aside (f);
    }
  g_assert_cmpuint (n_aside, >, 20);
}

static void
test_damaged (Fixture      *f,
              gconstpointer data)
{
  fill (f);
  write_file (f, "this is no database, and longer than its header", 47);
  assert_ids (f, NULL, "");
  assert_aside (f, "is damaged");
  put_new (f, "a", "w", "-", 1);
  assert_ids (f, NULL, "1");
}

static void
execute (Fixture    *f,
         const char *sql)
{
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (f->path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

static void
test_foreign (Fixture      *f,
              gconstpointer data)
{
  g_assert_cmpint (g_mkdir_with_parents (f->folder, 0700), ==, 0);
  execute (f, "CREATE TABLE moz_places (id INTEGER)");
  put_new (f, "a", "w", "-", 1);
  assert_aside (f, "is not a history");
  assert_ids (f, NULL, "1");
}

static void
test_newer (Fixture      *f,
            gconstpointer data)
{
  put_new (f, "a", "w", "-", 1);
  execute (f, "ALTER TABLE exports ADD COLUMN more TEXT; PRAGMA user_version = 1000");
  reopen (f);
  assert_ids (f, NULL, "");
  assert_aside (f, "newer version");
}

/* A process that was killed while it made the database leaves an empty file. */
static void
test_migration (Fixture      *f,
                gconstpointer data)
{
  g_assert_cmpint (g_mkdir_with_parents (f->folder, 0700), ==, 0);
  write_file (f, "", 0);
  assert_ids (f, NULL, "");
  put_new (f, "a", "w", "-", 1);
  assert_ids (f, NULL, "1");
  g_assert_cmpuint (count_aside (f), ==, 0);
}

static void
assert_unusable (Fixture    *f,
                 const char *words)
{
  g_autoptr (WbHistoryRecord) record = new_record ("a", "w", "-", 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (wb_history_put (f->history, record, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
  g_assert_nonnull (strstr (error->message, f->path));
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_places (Fixture      *f,
             gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (f->folder);

  /* A file in the way of the folder, also for root, who may write everywhere. */
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (f->folder, "", 0, NULL));
  assert_ids (f, NULL, "");
  assert_unusable (f, g_strerror (ENOTDIR));
  g_unlink (f->folder);

  g_assert_cmpint (g_mkdir_with_parents (f->path, 0700), ==, 0);
  assert_unusable (f, "not a file");
  g_rmdir (f->path);

  g_assert_cmpint (mkfifo (f->path, 0600), ==, 0);
  assert_unusable (f, "not a file");
  g_unlink (f->path);
}

static void
test_read_only (Fixture      *f,
                gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (f->folder);

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_cmpint (chmod (parent, 0500), ==, 0);
  assert_ids (f, NULL, "");
  assert_unusable (f, g_strerror (EACCES));
  g_assert_cmpint (chmod (parent, 0700), ==, 0);

  put_new (f, "a", "w", "-", 1);
  g_assert_cmpint (chmod (f->folder, 0500), ==, 0);
  assert_ids (f, NULL, "1");
}

/* A limit on the size of files stands for a full disk. What is there stays. */
static void
test_full (Fixture      *f,
           gconstpointer data)
{
  struct rlimit limit;
  struct rlimit small;

  put_new (f, "a", "w", "-", 1);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &limit);
  small = limit;
  small.rlim_cur = 600;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  assert_unusable (f, "history.db");
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);

  assert_ids (f, NULL, "1");
  put_new (f, "a", "w", "-", 2);
  assert_ids (f, NULL, "2 1");
  g_assert_cmpuint (count_aside (f), ==, 0);
}

static guint
get_patience (Fixture *f)
{
  guint patience_ms;

  g_object_get (f->history, "patience-ms", &patience_ms, NULL);

  return patience_ms;
}

/* A process that holds the database is waited for once, and not for each record. Nothing is set
 * aside. */
static void
test_locked (Fixture      *f,
             gconstpointer data)
{
  g_autoptr (WbHistoryRecord) record = new_record ("a", "w", "file:///f", 2);
  sqlite3 *database = NULL;

  put_new (f, "a", "w", "file:///f", 1);
  g_object_set (f->history, "patience-ms", 20, NULL);
  g_assert_cmpint (sqlite3_open (f->path, &database), ==, SQLITE_OK);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (sqlite3_exec (database, i == 0 ? "BEGIN EXCLUSIVE" : "BEGIN IMMEDIATE", NULL,
                                     NULL, NULL),
                       ==, SQLITE_OK);
      g_assert_cmpuint (get_patience (f), ==, 20);
      for (guint j = 0; j < 3; j++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_false (wb_history_put (f->history, record, &error));
          g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
          g_assert_nonnull (strstr (error->message, "locked"));
          g_assert_cmpuint (get_patience (f), ==, 0);
        }
      g_assert_cmpint (sqlite3_exec (database, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
      assert_ids (f, NULL, "1");
    }
  sqlite3_close (database);
  g_assert_true (wb_history_put (f->history, record, NULL));
  g_assert_cmpuint (count_aside (f), ==, 0);
}

/* A connection that stayed open would write into a file that has lost its name. */
static void
test_set_aside_meanwhile (Fixture      *f,
                          gconstpointer data)
{
  g_autoptr (WbHistory) other = wb_history_new (f->path);
  g_autoptr (WbHistoryRecord) record = new_record ("b", "w", "-", 2);
  g_autoptr (GError) error = NULL;

  put_new (f, "a", "w", "-", 1);
  g_assert_true (wb_history_put (other, record, &error));

  /* One finds the damage; the other, which is used already, goes on with the new one. */
  write_file (f, "no database, no database, no database", 37);
  put_new (f, "a", "w", "-", 3);
  assert_aside (f, "is damaged");
  record->id = 0;
  g_assert_true (wb_history_put (other, record, &error));
  assert_ids (f, NULL, "1 2");
  g_assert_cmpuint (count_aside (f), ==, 1);
}

#define ADD(path, test) g_test_add ("/history/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  program = argv[0];
  if (argc == 5 && g_str_equal (argv[1], WRITER))
    return write_records (argv[2], argv[3], atoi (argv[4]));

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/default-path", test_default_path);
  g_test_add_func ("/history/error", test_error);
  g_test_add_func ("/history/begin", test_begin);
  ADD ("default-workspace", test_default_workspace);
  ADD ("empty", test_empty);
  ADD ("values", test_values);
  ADD ("modes", test_modes);
  ADD ("queries", test_queries);
  ADD ("change-and-remove", test_change_and_remove);
  ADD ("async", test_async);
  ADD ("unfinished", test_unfinished);
  ADD ("processes", test_processes);
  ADD ("kills", test_kills);
  ADD ("cut", test_cut);
  ADD ("flipped", test_flipped);
  ADD ("damaged", test_damaged);
  ADD ("foreign", test_foreign);
  ADD ("newer", test_newer);
  ADD ("migration", test_migration);
  ADD ("places", test_places);
  ADD ("read-only", test_read_only);
  ADD ("full", test_full);
  ADD ("locked", test_locked);
  ADD ("set-aside-meanwhile", test_set_aside_meanwhile);

  return g_test_run ();
}
