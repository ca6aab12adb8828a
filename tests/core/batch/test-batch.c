/* test-batch.c: exports of many workspaces against a service that also answers wrongly
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "await.h"
#include "core/archive/tree/archive.h"
#include "core/batch/batch.h"
#include "core/batch/folder-lock.h"
#include "core/error.h"
#include "many-service.h"
#include "own-folder.h"

#define ACCOUNT "Berlin"

typedef struct
{
  ManyService *service;
  char        *folder;
  char        *database;
  WbAccount   *account;
  WbSignIn    *sign_in;
  WbHistory   *history;
} Fixture;

static WbSignIn *
new_sign_in (ManyService *service)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new (service->url, service->url, NULL, &error);
  g_autoptr (WbClient) client = g_object_new (WB_TYPE_CLIENT, "endpoints", endpoints, NULL);
  g_autoptr (WbCredentials) credentials = wb_credentials_new_token ("canary-token");

  g_assert_no_error (error);

  return wb_sign_in_new (client, credentials, "p", NULL);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->service = many_service_new (GPOINTER_TO_UINT (data));
  fixture->folder = g_dir_make_tmp ("waybill-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->database = g_strconcat (fixture->folder, "-data/history.db", NULL);
  fixture->account = wb_account_new ();
  wb_account_set (fixture->account, WB_ACCOUNT_NAME, ACCOUNT);
  fixture->sign_in = new_sign_in (fixture->service);
  fixture->history = wb_history_new (fixture->database);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *data_folder = g_path_get_dirname (fixture->database);

  remove_folder (fixture->folder);
  g_unlink (fixture->database);
  g_rmdir (data_folder);
  g_clear_object (&fixture->history);
  g_clear_object (&fixture->sign_in);
  g_clear_object (&fixture->account);
  g_free (fixture->folder);
  g_free (fixture->database);
  many_service_free (fixture->service);
}

static void
add_jobs (Fixture *fixture,
          WbBatch *batch)
{
  g_autoptr (GListModel) workspaces = many_service_dup_workspaces (fixture->service);

  for (guint i = 0; i < fixture->service->n; i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);
      g_autoptr (WbBatchJob) job = wb_batch_job_new (fixture->sign_in, fixture->account, TRUE,
                                                     wb_workspace_get_id (workspace),
                                                     wb_workspace_get_name (workspace));

      wb_batch_add (batch, job);
    }
}

static WbBatch *
new_batch (Fixture        *fixture,
           WbBatchSettings settings)
{
  g_autoptr (GError) error = NULL;
  WbBatch *batch;

  settings.folder = fixture->folder;
  batch = wb_batch_new (&settings, fixture->history);
  wb_batch_check (batch, &error);
  g_assert_no_error (error);
  add_jobs (fixture, batch);

  return batch;
}

static WbBatchJob *
get_job (WbBatch *batch,
         guint    i)
{
  g_autoptr (WbBatchJob) job = g_list_model_get_item (G_LIST_MODEL (batch), i);

  return job;
}

static void
run (WbBatch      *batch,
     GCancellable *cancellable)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_batch_plan (batch, &error);
  g_assert_no_error (error);
  wb_batch_run_async (batch, cancellable, await_cb, &result);
  g_assert_true (wb_batch_run_finish (batch, await (&result), &error));
  g_assert_no_error (error);
}

/* A batch of these settings that has run. Each file has a name of its own. */
static WbBatch *
run_new (Fixture        *fixture,
         const char     *name,
         WbBatchSettings settings)
{
  g_autofree char *pattern = g_strdup_printf ("%s {workspace}", name);
  WbBatch         *batch;

  settings.name_template = pattern;
  batch = new_batch (fixture, settings);
  run (batch, NULL);

  return batch;
}

static void
assert_state (WbBatch        *batch,
              guint           i,
              WbBatchJobState state)
{
  WbBatchJob *job = get_job (batch, i);

  if (wb_batch_job_get_error (job) != NULL)
    g_test_message ("%u: %s", i, wb_batch_job_get_error (job)->message);
  g_assert_cmpint (wb_batch_job_get_state (job), ==, state);
}

/* Each that fails, fails alone, and the history has a record of each. */
static void
test_faults (Fixture      *fixture,
             gconstpointer data)
{
  static const struct
  {
    ManyAnswer      answer;
    WbBatchJobState state;
    WbErrorKind     kind;
  } cases[] = {
    { MANY_RIGHT, WB_BATCH_JOB_SAVED, 0 },
    { MANY_KILLED, WB_BATCH_JOB_FAILED, WB_ERROR_KIND_NETWORK },
    { MANY_BUSY, WB_BATCH_JOB_SAVED, 0 },
    { MANY_WITHDRAWN, WB_BATCH_JOB_FAILED, WB_ERROR_KIND_WITHDRAWN },
    { MANY_REFUSED, WB_BATCH_JOB_FAILED, WB_ERROR_KIND_NOT_PERMITTED },
    { MANY_EMPTY, WB_BATCH_JOB_EMPTY, 0 },
    { MANY_RIGHT, WB_BATCH_JOB_SAVED, 0 },
  };
  g_autoptr (WbBatch) batch = NULL;
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    many_service_set (fixture->service, i, cases[i].answer);
  batch = run_new (fixture, "a", (WbBatchSettings){ 0 });

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WbBatchJob *job = get_job (batch, i);
      g_autoptr (GBytes) zip = many_service_dup_zip (fixture->service, i);
      g_autofree char *contents = NULL;
      gsize            length;

      assert_state (batch, i, cases[i].state);
      if (cases[i].state == WB_BATCH_JOB_EMPTY)
        {
          g_assert_null (wb_batch_job_get_error (job));
          g_assert_null (wb_batch_job_get_path (job));
          continue;
        }
      if (cases[i].state == WB_BATCH_JOB_FAILED)
        {
          g_assert_cmpint (wb_error_get_kind (wb_batch_job_get_error (job)), ==, cases[i].kind);
          g_assert_null (wb_batch_job_get_path (job));
          continue;
        }
      g_assert_true (g_file_get_contents (wb_batch_job_get_path (job), &contents, &length, NULL));
      g_assert_cmpmem (contents, length, g_bytes_get_data (zip, NULL), g_bytes_get_size (zip));
      g_assert_cmpuint (wb_batch_job_get_n_connections (job), ==, 1);
    }
  g_assert_cmpuint (count_files (fixture->folder), ==, 3);

  records = wb_history_list (fixture->history, NULL, NULL);
  g_assert_cmpuint (records->len, ==, G_N_ELEMENTS (cases));
  for (guint i = 0; i < records->len; i++)
    {
      WbHistoryRecord *record = g_ptr_array_index (records, i);

      g_assert_cmpstr (record->account, ==, ACCOUNT);
      g_assert_cmpstr (record->account_id, ==, wb_account_get_uuid (fixture->account));
      g_assert_cmpstr (record->result, !=, WB_HISTORY_UNFINISHED);
    }
}

/* A workspace without connections is as it should be until it had some, in whichever folder; and
 * only where the history says so. */
static void
test_empty (Fixture      *fixture,
            gconstpointer data)
{
  static const struct
  {
    ManyAnswer      answer;
    gboolean        elsewhere;
    gboolean        is_unknown; /* the history cannot be read */
    WbBatchJobState state;
  } cases[] = {
    { MANY_EMPTY, FALSE, FALSE, WB_BATCH_JOB_EMPTY },
    { MANY_EMPTY, FALSE, TRUE, WB_BATCH_JOB_FAILED },
    { MANY_EMPTY, FALSE, FALSE, WB_BATCH_JOB_EMPTY },
    { MANY_REFUSED, FALSE, FALSE, WB_BATCH_JOB_FAILED },
    { MANY_EMPTY, FALSE, FALSE, WB_BATCH_JOB_EMPTY },
    { MANY_RIGHT, TRUE, FALSE, WB_BATCH_JOB_SAVED },
    { MANY_EMPTY, FALSE, FALSE, WB_BATCH_JOB_FAILED },
    { MANY_RIGHT, FALSE, FALSE, WB_BATCH_JOB_SAVED },
    { MANY_EMPTY, FALSE, FALSE, WB_BATCH_JOB_FAILED },
  };
  char            *folder = fixture->folder;
  g_autofree char *elsewhere = g_strconcat (folder, "-elsewhere", NULL);
  g_autofree char *aside = g_strconcat (fixture->database, ".aside", NULL);

  g_assert_cmpint (g_mkdir (elsewhere, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autoptr (WbBatch) batch = NULL;
      g_autoptr (GDateTime) last_good = NULL;

      g_test_message ("%u", i);
      many_service_set (fixture->service, 0, cases[i].answer);
      fixture->folder = cases[i].elsewhere ? elsewhere : folder;
      if (cases[i].is_unknown)
        {
          g_assert_cmpint (g_rename (fixture->database, aside), ==, 0);
          g_assert_cmpint (g_mkdir (fixture->database, 0700), ==, 0);
        }
      batch = run_new (fixture, name, (WbBatchSettings){ 0 });
      if (cases[i].is_unknown)
        {
          g_assert_cmpint (g_rmdir (fixture->database), ==, 0);
          g_assert_cmpint (g_rename (aside, fixture->database), ==, 0);
        }
      assert_state (batch, 0, cases[i].state);
      last_good = wb_batch_job_dup_last_good (get_job (batch, 0));
      if (cases[i].state == WB_BATCH_JOB_EMPTY)
        g_assert_nonnull (last_good);
      if (cases[i].elsewhere)
        g_unlink (wb_batch_job_get_path (get_job (batch, 0)));
    }
  fixture->folder = folder;
  g_rmdir (elsewhere);
}

/* No more than that many exports at once, and at first one alone. */
static void
test_parallel (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (WbBatch) batch = run_new (fixture, "a", (WbBatchSettings){ .n_parallel = 3 });

  for (guint i = 0; i < fixture->service->n; i++)
    assert_state (batch, i, WB_BATCH_JOB_SAVED);
  g_assert_cmpuint (fixture->service->max_under_way, <=, 3);
}

/* Some refusals, and the cloud locks the user: one is enough. */
static void
test_sign_in (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (WbBatch) batch = NULL;
  guint n_exports;

  for (guint i = 0; i < fixture->service->n; i++)
    many_service_set (fixture->service, i, MANY_SIGN_IN);
  batch = run_new (fixture, "a", (WbBatchSettings){ .n_parallel = 8 });

  for (guint i = 0; i < fixture->service->n; i++)
    {
      assert_state (batch, i, WB_BATCH_JOB_FAILED);
      g_assert_cmpint (wb_error_get_kind (wb_batch_job_get_error (get_job (batch, i))), ==,
                       WB_ERROR_KIND_SIGN_IN);
    }
  g_assert_cmpuint (fixture->service->n_exports, ==, 1);

  /* A person has seen to it, and tries one again. */
  n_exports = fixture->service->n_exports;
  many_service_set (fixture->service, 1, MANY_RIGHT);
  wb_batch_retry (batch, get_job (batch, 1));
  run (batch, NULL);
  assert_state (batch, 1, WB_BATCH_JOB_SAVED);
  assert_state (batch, 0, WB_BATCH_JOB_FAILED);
  g_assert_cmpuint (fixture->service->n_exports, ==, n_exports + 1);
}

/* While one account is signed in to, the jobs of the others run; one that refuses has its jobs
 * fail, and they can be tried again with another sign-in. */
static void
test_late_sign_in (Fixture      *fixture,
                   gconstpointer data)
{
  const WbBatchSettings settings = { .folder = fixture->folder, .name_template = "{workspace}" };
  g_autoptr (WbBatch) batch = wb_batch_new (&settings, fixture->history);
  g_autoptr (WbSignIn) other = new_sign_in (fixture->service);
  g_autoptr (GError) refusal = g_error_new_literal (WB_ERROR, WB_ERROR_SIGN_IN, "Refused.");
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < fixture->service->n; i++)
    {
      g_autofree char *id = g_strdup_printf ("workspace-%u", i);
      g_autoptr (WbBatchJob) job = wb_batch_job_new (i == 0 ? fixture->sign_in : NULL,
                                                     fixture->account, TRUE, id, NULL);

      wb_batch_add (batch, job);
    }
  wb_batch_plan (batch, &error);
  g_assert_no_error (error);
  wb_batch_run_async (batch, NULL, await_cb, &result);
  while (!wb_batch_job_is_over (get_job (batch, 0)))
    g_main_context_iteration (NULL, TRUE);
  assert_state (batch, 1, WB_BATCH_JOB_WAITING);

  wb_batch_set_sign_in (batch, get_job (batch, 1), other);
  wb_batch_refuse (batch, get_job (batch, 2), refusal);
  g_assert_true (wb_batch_run_finish (batch, await (&result), NULL));
  assert_state (batch, 0, WB_BATCH_JOB_SAVED);
  assert_state (batch, 1, WB_BATCH_JOB_SAVED);
  assert_state (batch, 2, WB_BATCH_JOB_FAILED);
  g_assert_error (wb_batch_job_get_error (get_job (batch, 2)), WB_ERROR, WB_ERROR_SIGN_IN);
  records = wb_history_list (fixture->history, NULL, NULL);
  g_assert_cmpuint (records->len, ==, 3);

  wb_batch_retry (batch, get_job (batch, 2));
  wb_batch_run_async (batch, NULL, await_cb, &second);
  assert_state (batch, 2, WB_BATCH_JOB_WAITING);
  wb_batch_set_sign_in (batch, get_job (batch, 2), other);
  g_assert_true (wb_batch_run_finish (batch, await (&second), NULL));
  assert_state (batch, 2, WB_BATCH_JOB_SAVED);

  /* One that is cancelled while it waits is not brought back. */
  wb_batch_job_cancel (get_job (batch, 2));
  wb_batch_refuse (batch, get_job (batch, 2), refusal);
  assert_state (batch, 2, WB_BATCH_JOB_SAVED);
}

static void
state_cb (WbBatchJob   *job,
          GParamSpec   *pspec,
          GCancellable *cancellable)
{
  if (wb_batch_job_is_over (job))
    g_cancellable_cancel (cancellable);
}

/* What is saved stays; the rest is cancelled, and can go on later. */
static void
test_cancel (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (WbBatch) batch = NULL;

  many_service_set (fixture->service, 1, MANY_HANG);
  batch = new_batch (fixture, (WbBatchSettings){ .n_parallel = 2, .name_template = "{workspace}" });
  /* One alone, before its turn. */
  wb_batch_job_cancel (get_job (batch, 3));
  g_signal_connect (get_job (batch, 2), "notify::state", G_CALLBACK (state_cb), cancellable);
  run (batch, cancellable);

  assert_state (batch, 0, WB_BATCH_JOB_SAVED);
  assert_state (batch, 1, WB_BATCH_JOB_CANCELLED);
  assert_state (batch, 2, WB_BATCH_JOB_SAVED);
  for (guint i = 3; i < fixture->service->n; i++)
    assert_state (batch, i, WB_BATCH_JOB_CANCELLED);
  g_assert_cmpuint (count_files (fixture->folder), ==, 2);

  many_service_set (fixture->service, 1, MANY_RIGHT);
  for (guint i = 0; i < fixture->service->n; i++)
    wb_batch_retry (batch, get_job (batch, i));
  g_signal_handlers_disconnect_by_func (get_job (batch, 2), state_cb, cancellable);
  {
    g_autoptr (GAsyncResult) result = NULL;

    wb_batch_run_async (batch, NULL, await_cb, &result);
    g_assert_true (wb_batch_run_finish (batch, await (&result), NULL));
  }
  for (guint i = 0; i < fixture->service->n; i++)
    assert_state (batch, i, WB_BATCH_JOB_SAVED);
}

static void
test_if_changed (Fixture      *fixture,
                 gconstpointer data)
{
  const WbBatchSettings settings = { .if_changed = TRUE, .compare = TRUE };
  g_autoptr (WbBatch) first = run_new (fixture, "a", settings);
  g_autoptr (WbBatch) second = NULL;
  g_autoptr (WbBatch) third = NULL;
  WbBatchJob *job;

  g_assert_cmpuint (count_files (fixture->folder), ==, 3);
  g_assert_cmpint (wb_batch_job_get_n_changes (get_job (first, 0)), ==, -1);

  many_service_change (fixture->service, 1);
  second = run_new (fixture, "b", settings);
  assert_state (second, 0, WB_BATCH_JOB_UNCHANGED);
  assert_state (second, 1, WB_BATCH_JOB_SAVED);
  assert_state (second, 2, WB_BATCH_JOB_UNCHANGED);
  g_assert_cmpuint (count_files (fixture->folder), ==, 4);
  job = get_job (second, 1);
  g_assert_cmpint (wb_batch_job_get_n_changes (job), ==, 1);
  g_assert_nonnull (strstr (wb_batch_job_get_changes (job), "host-1.example"));
  g_assert_null (strstr (wb_batch_job_get_changes (job), "canary-password"));

  /* The last file is not what was saved any more: a new one is written, and that is said. */
  g_assert_true (g_file_set_contents (wb_batch_job_get_path (get_job (first, 0)), "x", 1, NULL));
  g_assert_cmpint (g_unlink (wb_batch_job_get_path (get_job (first, 2))), ==, 0);
  third = run_new (fixture, "c", settings);
  assert_state (third, 0, WB_BATCH_JOB_SAVED);
  assert_state (third, 1, WB_BATCH_JOB_UNCHANGED);
  assert_state (third, 2, WB_BATCH_JOB_SAVED);
  g_assert_nonnull (wb_batch_job_get_note (get_job (third, 0)));
  g_assert_nonnull (wb_batch_job_get_note (get_job (third, 2)));
}

static void
assert_locked (const char *path,
               gboolean    is_locked)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSpool) spool = wb_spool_open (path, &error);
  g_autoptr (WbArchive) archive = NULL;

  g_assert_no_error (error);
  archive = wb_archive_open (spool, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_archive_is_locked (archive), ==, is_locked);
}

/* Each kind of copy is compared with the last one of its kind, and a change of kind writes one. */
static void
test_copies (Fixture      *fixture,
             gconstpointer data)
{
  static const struct
  {
    gboolean        redact;
    const char     *password;
    WbBatchJobState state;
    const char     *suffix;
  } cases[] = {
    { FALSE, NULL, WB_BATCH_JOB_SAVED, "0 Workspace 0.zip" },
    { TRUE, NULL, WB_BATCH_JOB_SAVED, "1 Workspace 0-redacted.zip" },
    { TRUE, NULL, WB_BATCH_JOB_UNCHANGED, NULL },
    { TRUE, "secret-1", WB_BATCH_JOB_SAVED, "3 Workspace 0-redacted-encrypted.zip" },
    { TRUE, "secret-1", WB_BATCH_JOB_UNCHANGED, NULL },
    { FALSE, "secret-1", WB_BATCH_JOB_SAVED, "5 Workspace 0-encrypted.zip" },
    { FALSE, "secret-1", WB_BATCH_JOB_UNCHANGED, NULL },
    { FALSE, "secret-2", WB_BATCH_JOB_SAVED, "7 Workspace 0-encrypted.zip" },
    { FALSE, NULL, WB_BATCH_JOB_SAVED, "8 Workspace 0.zip" },
    { FALSE, NULL, WB_BATCH_JOB_UNCHANGED, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const WbBatchSettings settings = {
        .if_changed = TRUE,
        .redact = cases[i].redact,
        .password = cases[i].password,
        .encrypt = cases[i].password != NULL,
      };
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autoptr (WbBatch) batch = run_new (fixture, name, settings);
      const char *path = wb_batch_job_get_path (get_job (batch, 0));

      g_test_message ("%u", i);
      assert_state (batch, 0, cases[i].state);
      if (cases[i].suffix == NULL)
        continue;
      g_assert_true (g_str_has_suffix (path, cases[i].suffix));
      assert_locked (path, cases[i].password != NULL);
      if (cases[i].redact || cases[i].password != NULL)
        {
          g_autofree char *contents = NULL;
          gsize            length;

          g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
          g_assert_null (memmem (contents, length, "canary-password", 15));
        }
      /* The earlier one does not open with this password. */
      g_assert_cmpint (wb_batch_job_get_note (get_job (batch, 0)) != NULL, ==,
                       i == 7 || i == 8);
    }
}

/* Only files of the history in this folder that are still what was saved, never the newest. */
static void
test_keep (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *foreign = g_build_filename (fixture->folder, "foreign Workspace 0.zip", NULL);
  g_autofree char *changed = NULL;

  g_assert_true (g_file_set_contents (foreign, "x", 1, NULL));
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autoptr (WbBatch) batch = run_new (fixture, name, (WbBatchSettings){ .keep_n = 2 });

      if (i == 1)
        {
          changed = g_strdup (wb_batch_job_get_path (get_job (batch, 0)));
          g_assert_true (g_file_set_contents (changed, "y", 1, NULL));
        }
    }

  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (changed, G_FILE_TEST_EXISTS));
  /* The two, and two of each workspace. */
  g_assert_cmpuint (count_files (fixture->folder), ==, 2 + 2 * fixture->service->n);

  /* After a failure all stay. */
  for (guint i = 0; i < fixture->service->n; i++)
    many_service_set (fixture->service, i, MANY_REFUSED);
  g_clear_object (&fixture->history);
  fixture->history = wb_history_new (fixture->database);
  {
    g_autoptr (WbBatch) batch = run_new (fixture, "f", (WbBatchSettings){ .keep_n = 1 });

    assert_state (batch, 0, WB_BATCH_JOB_FAILED);
  }
  g_assert_cmpuint (count_files (fixture->folder), ==, 2 + 2 * fixture->service->n);
}

/* By days: with an old record, and with one that was found unchanged just now. */
static void
test_keep_days (Fixture      *fixture,
                gconstpointer data)
{
  const WbBatchSettings settings = { .if_changed = TRUE, .keep_days = 7 };
  g_autoptr (WbBatch) first = run_new (fixture, "a", settings);
  g_autoptr (GPtrArray) records = wb_history_list (fixture->history, NULL, NULL);
  g_autofree char *path = g_strdup (wb_batch_job_get_path (get_job (first, 0)));

  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (WbHistoryRecord) old = wb_history_record_copy (g_ptr_array_index (records, i));

      old->finished -= 30 * 24 * 60 * 60;
      g_assert_true (wb_history_put (fixture->history, old, NULL));
    }

  /* The newest one, however old. */
  {
    g_autoptr (WbBatch) batch = run_new (fixture, "b", settings);

    assert_state (batch, 0, WB_BATCH_JOB_UNCHANGED);
    g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  }
  /* Good until a minute ago. */
  many_service_change (fixture->service, 0);
  {
    g_autoptr (WbBatch) batch = run_new (fixture, "c", settings);

    assert_state (batch, 0, WB_BATCH_JOB_SAVED);
    g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  }
}

/* What is known before the first request. */
static void
test_plan (Fixture      *fixture,
           gconstpointer data)
{
  static const struct
  {
    const char *pattern;
    const char *problem; /* NULL if it can be used */
  } cases[] = {
    { "{account} {workspace} {date} {time}", NULL },
    { "{workspace}.zip", NULL },
    { "{account}", "same name" },
    { "a/{workspace}", "without a folder" },
    { "{workspace}:{time}", "character" },
    { ".{workspace}", "hidden" },
    { "-{workspace}", "option" },
    { "{Workspace}", "braces" },
    { "{workspace} {week}", "braces" },
    { "", "empty" },
    { "a\n{workspace}", "character" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const WbBatchSettings settings = {
        .folder = fixture->folder,
        .name_template = cases[i].pattern,
      };
      g_autoptr (WbBatch) batch = wb_batch_new (&settings, NULL);
      g_autoptr (GError) error = NULL;
      gboolean done;

      g_test_message ("%s", cases[i].pattern);
      add_jobs (fixture, batch);
      done = wb_batch_check (batch, &error) && wb_batch_plan (batch, &error);
      g_assert_cmpint (done, ==, cases[i].problem == NULL);
      if (cases[i].problem == NULL)
        continue;
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].problem));
    }
  g_assert_cmpuint (fixture->service->times_us->len, ==, 0);
}

/* Two workspaces of one name are told apart, and a file that is there is found. */
static void
test_names (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const names[] = { "Sales/EU", "Sales:EU", "sales-eu", "Other" };
  const WbBatchSettings    settings = { .folder = fixture->folder, .name_template = "{workspace}" };
  g_autofree char         *taken = g_build_filename (fixture->folder, "Other.zip", NULL);
  g_autoptr (WbBatch) batch = wb_batch_new (&settings, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = g_strdup_printf ("workspace-%u", i);
      g_autoptr (WbBatchJob) job = wb_batch_job_new (fixture->sign_in, fixture->account, TRUE, id,
                                                     names[i]);

      wb_batch_add (batch, job);
    }

  g_assert_true (g_file_set_contents (taken, "x", 1, NULL));
  g_assert_false (wb_batch_plan (batch, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
  g_assert_nonnull (strstr (error->message, "Other.zip"));
  g_unlink (taken);

  g_assert_true (wb_batch_plan (batch, NULL));
  wb_batch_run_async (batch, NULL, await_cb, &result);
  wb_batch_run_finish (batch, await (&result), NULL);
  g_assert_true (g_str_has_suffix (wb_batch_job_get_path (get_job (batch, 0)),
                                   "/Sales-EU workspace-0.zip"));
  g_assert_true (g_str_has_suffix (wb_batch_job_get_path (get_job (batch, 3)), "/Other.zip"));
  g_assert_cmpuint (count_files (fixture->folder), ==, G_N_ELEMENTS (names));
}

/* Each of several workspaces has a file of its own in the folder, whatever they are called, also
 * where one of them is rebuilt. */
static void
test_hostile_names (Fixture      *fixture,
                    gconstpointer data)
{
  static const char *const patterns[] = { "{workspace}", "{account} {workspace} {date} {time}",
                                          "{workspace}{workspace} {account}.ZIP" };
  g_autofree char         *long_name = g_strnfill (255, 'n');
  g_autofree char         *long_one = g_strconcat (long_name, "1", NULL);
  g_autofree char         *long_other = g_strconcat (long_name, "2", NULL);
  /* 255 bytes, of which the last ones differ, where a suffix would be put. */
  g_autofree char  *full_one = g_strdup_printf ("%.*s1.zip", 250, long_name);
  g_autofree char  *full_other = g_strdup_printf ("%.*s2.zip", 250, long_name);
  g_autofree char  *wide = g_strdup_printf ("ä%.*s", 200, long_name);
  const char *const names[][2] = {
    { "a/b", "a\\b" },
    { "..", "../.." },
    { "/etc/passwd", ".etc-passwd" },
    { "", " " },
    { "\x01\x1b[31m", "\n" },
    { "Sales", "sALES" },
    { "Ä", "A\u0308" },
    { "ﬁ", "fi" },
    { "CON", "con.txt" },
    { "x", "x-rebuilt" },
    { "{account}", "{workspace}" },
    { "%s%n", "$(id)" },
    { "\u202e", "\u200b" },
    { long_one, long_other },
    { full_one, full_other },
    { wide, "\xff\xfe" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names) * G_N_ELEMENTS (patterns) * 2; i++)
    {
      const guint           n = i / 2 / G_N_ELEMENTS (patterns);
      const WbBatchSettings settings = {
        .folder = fixture->folder,
        .name_template = patterns[i / 2 % G_N_ELEMENTS (patterns)],
        .may_go_on = TRUE,
      };
      g_autoptr (WbBatch) batch = wb_batch_new (&settings, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      g_test_message ("%s: names %u", settings.name_template, n);
      many_service_set (fixture->service, 0, i % 2 == 0 ? MANY_RIGHT : MANY_WITHDRAWN);
      for (guint j = 0; j < 2; j++)
        {
          g_autofree char *id = g_strdup_printf ("workspace-%u", j);
          g_autoptr (WbBatchJob) job = wb_batch_job_new (fixture->sign_in, fixture->account, TRUE,
                                                         id, names[n][j]);

          wb_batch_add (batch, job);
        }
      wb_batch_plan (batch, &error);
      g_assert_no_error (error);
      wb_batch_run_async (batch, NULL, await_cb, &result);
      wb_batch_run_finish (batch, await (&result), NULL);
      for (guint j = 0; j < 2; j++)
        {
          const char      *path = wb_batch_job_get_path (get_job (batch, j));
          g_autofree char *folder = NULL;

          assert_state (batch, j, WB_BATCH_JOB_SAVED);
          folder = g_path_get_dirname (path);
          g_test_message ("%s", path);
          g_assert_cmpstr (folder, ==, fixture->folder);
          g_assert_true (g_str_has_suffix (path, "zip") || g_str_has_suffix (path, "ZIP"));
          g_assert_cmpint (g_str_has_suffix (path, "-rebuilt.zip"), ==,
                           i % 2 == 1 && j == 0);
        }
      g_assert_cmpuint (count_files (fixture->folder), ==, 2);
      for (guint j = 0; j < 2; j++)
        g_unlink (wb_batch_job_get_path (get_job (batch, j)));
    }
}

/* A file in the way of what may be rebuilt counts, too; where all is rebuilt, it alone does. */
static void
test_rebuilt_taken (Fixture      *fixture,
                    gconstpointer data)
{
  static const struct
  {
    const char *taken;
    WbSource    source;
    gboolean    may_go_on;
    gboolean    overwrite;
    gboolean    is_free;
  } cases[] = {
    { "Workspace 0.zip", WB_SOURCE_EXPORT, FALSE, FALSE, FALSE },
    { "Workspace 0.zip", WB_SOURCE_EXPORT, FALSE, TRUE, TRUE },
    { "Workspace 0.zip", WB_SOURCE_LIST, FALSE, FALSE, TRUE },
    { "Workspace 0-rebuilt.zip", WB_SOURCE_EXPORT, FALSE, FALSE, TRUE },
    { "Workspace 0-rebuilt.zip", WB_SOURCE_EXPORT, TRUE, FALSE, FALSE },
    { "Workspace 0-rebuilt.zip", WB_SOURCE_EXPORT, TRUE, TRUE, TRUE },
    { "Workspace 0-rebuilt.zip", WB_SOURCE_LIST, FALSE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const WbBatchSettings settings = {
        .name_template = "{workspace}",
        .source = cases[i].source,
        .may_go_on = cases[i].may_go_on,
        .overwrite = cases[i].overwrite,
      };
      g_autofree char *path = g_build_filename (fixture->folder, cases[i].taken, NULL);
      g_autoptr (WbBatch) batch = new_batch (fixture, settings);
      g_autoptr (GError) error = NULL;

      g_test_message ("%u", i);
      g_assert_true (g_file_set_contents (path, "x", 1, NULL));
      g_assert_cmpint (wb_batch_plan (batch, &error), ==, cases[i].is_free);
      if (!cases[i].is_free)
        {
          g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
          g_assert_nonnull (strstr (error->message, cases[i].taken));
        }
      g_unlink (path);
    }
  g_assert_cmpuint (fixture->service->times_us->len, ==, 0);
}

/* A folder that goes away between the plan and the exports is an error of each, and of nothing
 * else. */
static void
test_folder_gone (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (WbBatch) batch = new_batch (fixture, (WbBatchSettings){ 0 });
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) records = NULL;

  g_assert_true (wb_batch_plan (batch, NULL));
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  wb_batch_run_async (batch, NULL, await_cb, &result);
  g_assert_true (wb_batch_run_finish (batch, await (&result), NULL));
  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  for (guint i = 0; i < fixture->service->n; i++)
    {
      assert_state (batch, i, WB_BATCH_JOB_FAILED);
      g_assert_cmpint (wb_error_get_kind (wb_batch_job_get_error (get_job (batch, i))), ==,
                       WB_ERROR_KIND_LOCAL_FILE);
    }
  records = wb_history_list (fixture->history, NULL, NULL);
  g_assert_cmpuint (records->len, ==, fixture->service->n);
}

/* The clock was set back since the last run: what was saved now is the newest all the same. */
static void
test_clock (Fixture      *fixture,
            gconstpointer data)
{
  const WbBatchSettings settings = { .keep_n = 1, .keep_days = 1, .if_changed = TRUE };
  g_autoptr (WbBatch) first = run_new (fixture, "a", settings);
  g_autoptr (GPtrArray) records = wb_history_list (fixture->history, NULL, NULL);
  g_autoptr (WbHistoryRecord) future = wb_history_record_copy (g_ptr_array_index (records, 0));
  g_autoptr (WbBatch) second = NULL;
  g_autoptr (WbBatch) third = NULL;

  future->started += 365 * 24 * 60 * 60;
  future->finished += 365 * 24 * 60 * 60;
  g_assert_true (wb_history_put (fixture->history, future, NULL));

  many_service_change (fixture->service, 0);
  second = run_new (fixture, "b", (WbBatchSettings){ .keep_n = 1 });
  assert_state (second, 0, WB_BATCH_JOB_SAVED);
  g_assert_true (g_file_test (wb_batch_job_get_path (get_job (second, 0)), G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (wb_batch_job_get_path (get_job (first, 0)), G_FILE_TEST_EXISTS));

  third = run_new (fixture, "c", settings);
  assert_state (third, 0, WB_BATCH_JOB_UNCHANGED);
}

/* A workspace is known by its ID: under a new name it is compared, and its old files are removed,
 * as before. Another one of the same name is another one. */
static void
test_renamed (Fixture      *fixture,
              gconstpointer data)
{
  static const struct
  {
    const char     *id;
    const char     *name;
    WbBatchJobState state;
  } cases[] = {
    { "workspace-0", "Sales", WB_BATCH_JOB_SAVED },
    { "workspace-0", "Vertrieb", WB_BATCH_JOB_UNCHANGED },
    { "workspace-0", "", WB_BATCH_JOB_UNCHANGED },
    { "workspace-1", "Sales", WB_BATCH_JOB_SAVED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char      *pattern = g_strdup_printf ("%u {workspace}", i);
      const WbBatchSettings settings = {
        .folder = fixture->folder,
        .name_template = pattern,
        .if_changed = TRUE,
        .keep_n = 1,
      };
      g_autoptr (WbBatch) batch = wb_batch_new (&settings, fixture->history);
      g_autoptr (WbBatchJob) job = wb_batch_job_new (fixture->sign_in, fixture->account, TRUE,
                                                     cases[i].id, cases[i].name);

      wb_batch_add (batch, job);
      run (batch, NULL);
      assert_state (batch, 0, cases[i].state);
    }
  g_assert_cmpuint (count_files (fixture->folder), ==, 2);
}

/* Two runs within a second: the names are those of the next one. */
static void
test_same_second (Fixture      *fixture,
                  gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (WbBatch) batch = new_batch (fixture, (WbBatchSettings){ 0 });

      run (batch, NULL);
      assert_state (batch, 0, WB_BATCH_JOB_SAVED);
    }
  g_assert_cmpuint (count_files (fixture->folder), ==, 4);
}

static void
test_folder (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char  *absent = g_build_filename (fixture->folder, "absent", NULL);
  g_autofree char  *file = g_build_filename (fixture->folder, "file", NULL);
  const char *const folders[] = { absent, file, "/proc" };
  int               first;
  int               second;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      const WbBatchSettings settings = { .folder = folders[i] };
      g_autoptr (WbBatch) batch = wb_batch_new (&settings, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (wb_batch_check (batch, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
    }

  {
    g_autoptr (GError) error = NULL;

    g_assert_true (wb_folder_lock (fixture->folder, &first, &error));
    g_assert_false (wb_folder_lock (fixture->folder, &second, &error));
    g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
    g_assert_nonnull (strstr (error->message, "Another run"));
    close (first);
  }
  g_assert_true (wb_folder_lock (fixture->folder, &first, NULL));
  close (first);
}

/* What is relative to a current folder that was removed is not relative to the root. */
static void
test_current_folder_gone (Fixture      *fixture,
                          gconstpointer data)
{
  const WbBatchSettings settings = { .folder = "." };
  g_autofree char      *gone = g_build_filename (fixture->folder, "gone", NULL);
  g_autofree char      *before = g_get_current_dir ();
  g_autoptr (WbBatch) batch = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (g_mkdir (gone, 0700));
  g_assert_no_errno (g_chdir (gone));
  g_assert_no_errno (g_rmdir (gone));
  batch = wb_batch_new (&settings, NULL);
  g_assert_false (wb_batch_check (batch, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
  g_assert_nonnull (strstr (error->message, "“.”"));
  g_assert_no_errno (g_chdir (before));
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, n, test) \
  g_test_add (path, Fixture, GUINT_TO_POINTER (n), set_up, test, tear_down)

  g_test_init (&argc, &argv, NULL);

  ADD ("/batch/faults", 7, test_faults);
  ADD ("/batch/empty", 1, test_empty);
  ADD ("/batch/parallel", 12, test_parallel);
  ADD ("/batch/sign-in", 5, test_sign_in);
  ADD ("/batch/late-sign-in", 3, test_late_sign_in);
  ADD ("/batch/cancel", 6, test_cancel);
  ADD ("/batch/if-changed", 3, test_if_changed);
  ADD ("/batch/copies", 1, test_copies);
  ADD ("/batch/keep", 2, test_keep);
  ADD ("/batch/keep-days", 1, test_keep_days);
  ADD ("/batch/plan", 3, test_plan);
  ADD ("/batch/names", 4, test_names);
  ADD ("/batch/hostile-names", 2, test_hostile_names);
  ADD ("/batch/rebuilt-taken", 1, test_rebuilt_taken);
  ADD ("/batch/folder-gone", 2, test_folder_gone);
  ADD ("/batch/clock", 1, test_clock);
  ADD ("/batch/renamed", 2, test_renamed);
  ADD ("/batch/same-second", 1, test_same_second);
  ADD ("/batch/folder", 1, test_folder);
  ADD ("/batch/current-folder-gone", 1, test_current_folder_gone);

  return g_test_run ();
}
