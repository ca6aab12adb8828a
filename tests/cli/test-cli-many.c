/* test-cli-many.c: `waybill-cli export` of several workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "cli-run.h"
#include "core/accounts/account-store.h"
#include "core/history/history.h"
#include "core/json-scan.h"
#include "core/sha256.h"
#include "core/spool.h"
#include "many-service.h"
#include "own-folder.h"

#define TOKEN "canary-token-5c"

/* Of the unattended run, and of each run that is killed. */
#define N_WORKSPACES 200
#define N_KILLED_WORKSPACES 12
#define DEFAULT_KILLS 5

/* As --keep has it below. */
#define N_KEPT 3

/* Between the files of one size and MANY_LARGE_BYTES. */
#define MAX_FILE_BYTES (1024 * 1024)

static const char *const environment[] = { "WAYBILL_TOKEN=" TOKEN, NULL };

typedef struct
{
  ManyService *service;
  char        *folder;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *history = wb_history_dup_default_path ();
  g_autofree char *accounts = wb_account_store_dup_default_path ();

  g_remove (history);
  g_remove (accounts);
  fixture->service = many_service_new (GPOINTER_TO_UINT (data));
  fixture->folder = cli_make_folder ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  many_service_free (fixture->service);
  cli_remove_folder (fixture->folder);
}

/* `export` with these, of an account that is not stored. */
static CliRun *
start (Fixture           *fixture,
       const char *const *more,
       CliRunFlags        flags)
{
  const char       *url = fixture->service->url;
  const char *const first[] = {
    "export",
    "--service-url",
    url,
    "--identity-url",
    url,
    "--management-url",
    url,
    "--project-id",
    "p",
    "--auth",
    "token",
  };
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    g_ptr_array_add (arguments, (gpointer) first[i]);
  for (guint i = 0; more[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer) more[i]);
  g_ptr_array_add (arguments, NULL);

  return cli_start (fixture->folder, environment, (const char *const *) arguments->pdata, flags);
}

static CliRun *
run (Fixture           *fixture,
     const char *const *more)
{
  CliRun *self = start (fixture, more, CLI_RUN_DEFAULT);

  cli_end (self);
  g_test_message ("%d\n%s%s", self->status, self->out->str, self->err->str);
  g_assert_null (strstr (self->out->str, "canary"));
  g_assert_null (strstr (self->err->str, "canary"));

  return self;
}

/* The objects of the lines, the last of which is the summary. */
static GPtrArray *
parse_lines (CliRun *run)
{
  g_auto (GStrv) lines = g_strsplit (run->out->str, "\n", -1);
  GPtrArray *nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (GError) error = NULL;
      JsonNode *node = wb_json_parse (lines[i], strlen (lines[i]), &error);

      g_assert_no_error (error);
      g_ptr_array_add (nodes, node);
    }
  g_assert_cmpuint (nodes->len, >, 0);

  return nodes;
}

static JsonObject *
get_object (GPtrArray *nodes,
            guint      i)
{
  return json_node_get_object (g_ptr_array_index (nodes, i));
}

static void
assert_summary (GPtrArray  *nodes,
                const char *name,
                int         n)
{
  JsonObject *summary = json_object_get_object_member (get_object (nodes, nodes->len - 1),
                                                       "summary");

  g_assert_nonnull (summary);
  g_test_message ("%s", name);
  g_assert_cmpint (json_object_get_int_member (summary, name), ==, n);
}

static guint
get_workspace (JsonObject *line)
{
  return (guint) atoi (json_object_get_string_member (line, "workspace") + strlen ("workspace-"));
}

static char *
hash_file (const char *path)
{
  g_autoptr (WbSpool) spool = wb_spool_open (path, NULL);

  if (spool == NULL)
    return NULL;
  g_assert_true (wb_spool_hash (spool, NULL, NULL));

  return g_strdup (wb_spool_get_sha256 (spool));
}

/* How many files of the same workspace are newer; the records are sorted. */
static guint
count_newer (GPtrArray *records,
             guint      position)
{
  WbHistoryRecord *record = g_ptr_array_index (records, position);
  g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < position; i++)
    {
      WbHistoryRecord *newer = g_ptr_array_index (records, i);

      if (g_str_equal (newer->workspace_id, record->workspace_id))
        g_hash_table_add (files, newer->file);
    }

  return g_hash_table_size (files);
}

/* Each good record has its file, unless that was one too many, and each file in the folder is whole
 * and has a record.
 * Returns: how many files there are */
static guint
assert_history_fits (Fixture *fixture)
{
  g_autofree char *path = wb_history_dup_default_path ();
  g_autoptr (WbHistory) history = wb_history_new (path);
  const WbHistoryQuery good = { .only_good = TRUE };
  g_autoptr (GPtrArray) records = wb_history_list (history, &good, NULL);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  g_autofree char *notice = wb_history_take_notice (history);
  const char      *name;
  guint            n = 0;

  g_assert_nonnull (records);
  g_assert_null (notice);
  for (guint i = 0; i < records->len; i++)
    {
      WbHistoryRecord *record = g_ptr_array_index (records, i);
      g_autoptr (GFile) file = wb_history_record_dup_file (record);
      g_autofree char *file_path = g_file_get_path (file);
      g_autofree char *sha256 = hash_file (file_path);

      if (sha256 == NULL)
        g_assert_cmpuint (count_newer (records, i), >=, N_KEPT);
      else
        g_assert_cmpstr (sha256, ==, record->sha256);
      g_hash_table_add (known, g_file_get_basename (file));
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (!g_str_has_suffix (name, ".zip"))
        continue;
      n++;
      g_assert_true (g_hash_table_contains (known, name));
    }

  return n;
}

static void
set_max_file (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* A night among many: a connection that is killed, a busy service, a call that is withdrawn, a
 * permission that is missing and a disk that is full. Twice. */
static void
test_unattended (Fixture      *fixture,
                 gconstpointer data)
{
  static const struct
  {
    guint       workspace;
    ManyAnswer  answer;
    const char *kind; /* NULL if it goes well */
  } faults[] = {
    { 17, MANY_KILLED, "network" },
    { 44, MANY_BUSY, NULL },
    { 45, MANY_WITHDRAWN, "withdrawn" },
    { 102, MANY_REFUSED, "not-permitted" },
    { 150, MANY_LARGE, "local-file" },
    { 151, MANY_BUSY, NULL },
  };
  static const char *const more[] = { "--all-workspaces", "--output-dir", "night", "--if-changed",
                                      "--jobs", "4", "--json", NULL };
  g_autofree char         *folder = g_build_filename (fixture->folder, "night", NULL);
  g_autoptr (GHashTable) kinds = g_hash_table_new (NULL, NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    g_hash_table_insert (kinds, GUINT_TO_POINTER (faults[i].workspace), (gpointer) faults[i].kind);

  for (guint night = 0; night < 2; night++)
    {
      const guint n_failed = 4;
      const guint n_saved = night == 0 ? N_WORKSPACES - n_failed : 2;
      g_autoptr (CliRun) self = NULL;
      g_autoptr (GPtrArray) nodes = NULL;
      Fixture in_folder = { fixture->service, folder };

      for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
        many_service_set (fixture->service, faults[i].workspace, faults[i].answer);
      if (night == 1)
        {
          many_service_change (fixture->service, 3);
          many_service_change (fixture->service, 44);
        }
      set_max_file (MAX_FILE_BYTES);
      self = start (fixture, more, CLI_RUN_DEFAULT);
      set_max_file (RLIM_INFINITY);
      cli_end (self);
      g_test_message ("%s", self->err->str);

      g_assert_cmpint (self->status, ==, 8);
      nodes = parse_lines (self);
      g_assert_cmpuint (nodes->len, ==, N_WORKSPACES + 1);
      assert_summary (nodes, "workspaces", N_WORKSPACES);
      assert_summary (nodes, "saved", (int) n_saved);
      assert_summary (nodes, "unchanged", (int) (N_WORKSPACES - n_failed - n_saved));
      assert_summary (nodes, "failed", (int) n_failed);
      for (guint i = 0; i < N_WORKSPACES; i++)
        {
          JsonObject *line = get_object (nodes, i);
          const char *kind = g_hash_table_lookup (kinds,
                                                  GUINT_TO_POINTER (get_workspace (line)));

          g_assert_cmpint (json_object_get_null_member (line, "error"), ==, kind == NULL);
          if (kind != NULL)
            g_assert_cmpstr (json_object_get_string_member (
                               json_object_get_object_member (line, "error"), "kind"),
                             ==, kind);
        }
      g_assert_cmpuint (assert_history_fits (&in_folder), ==,
                        night == 0 ? n_saved : N_WORKSPACES - n_failed + 2);
    }
  g_assert_cmpuint (fixture->service->max_under_way, <=, 8);
  remove_folder (folder);
}

typedef struct
{
  GSubprocess *process;
  ManyService *service;
  guint        at_export;
  guint        delay_ms;
  gboolean     armed;
} Kill;

static gboolean
kill_cb (gpointer user_data)
{
  Kill *self = user_data;

  g_subprocess_force_exit (self->process);

  return G_SOURCE_REMOVE;
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            Kill              *self)
{
  if (self->armed || self->service->n_exports < self->at_export)
    return;

  self->armed = TRUE;
  g_timeout_add (self->delay_ms, kill_cb, self);
}

/* A process that is ended by force at any moment has lost nothing: no file is cut or unknown, and
 * no record is without its file. With TEST_KILLS=N in the environment, so many times. */
static void
test_kills (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const more[] = { "--all-workspaces", "--jobs", "4", "--if-changed", "--json",
                                      "--keep", "3", NULL };
  const char              *text = g_getenv ("TEST_KILLS");
  guint                    n_kills = text != NULL ? (guint) atoi (text) : DEFAULT_KILLS;
  guint                    n_ended = 0;

  for (guint i = 0; i < n_kills; i++)
    {
      Kill kill = {
        .service = fixture->service,
        .at_export = fixture->service->n_exports
                     + (guint) g_random_int_range (0, N_KILLED_WORKSPACES + 1),
        .delay_ms = (guint) g_random_int_range (0, 60),
      };
      g_autoptr (CliRun) self = NULL;
      gulong id = g_signal_connect (fixture->service->server, "request-finished",
                                    G_CALLBACK (request_cb), &kill);

      for (guint j = 0; j < N_KILLED_WORKSPACES; j += 1 + i % 3)
        many_service_change (fixture->service, j);
      self = start (fixture, more, CLI_RUN_DEFAULT);
      kill.process = self->process;
      cli_end (self);
      g_signal_handler_disconnect (fixture->service->server, id);
      g_test_message ("%u: at export %u + %u ms, %d", i, kill.at_export, kill.delay_ms,
                      self->status);
      n_ended += self->status == -1;
      assert_history_fits (fixture);
      /* The timer must not outlive the process. */
      while (kill.armed && g_source_remove_by_user_data (&kill))
        ;
    }
  g_test_message ("%u of %u were ended by force", n_ended, n_kills);

  /* The next run goes on where they were. */
  {
    g_autoptr (CliRun) self = run (fixture, more);

    g_assert_cmpint (self->status, ==, 0);
    assert_history_fits (fixture);
  }
}

/* Two runs in one folder, and one in each of two. */
static void
test_lock (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const more[] = { "--all-workspaces", "--output-dir", ".", NULL };
  static const char *const other[] = { "--all-workspaces", "--output-dir", "other", NULL };
  g_autofree char         *folder = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (CliRun) first = NULL;
  g_autoptr (CliRun) second = NULL;
  g_autoptr (CliRun) third = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  many_service_set (fixture->service, 0, MANY_HANG);
  first = start (fixture, more, CLI_RUN_DEFAULT);
  while (fixture->service->n_exports == 0)
    g_main_context_iteration (NULL, TRUE);

  second = run (fixture, more);
  g_assert_cmpint (second->status, ==, 8);
  g_assert_nonnull (strstr (second->err->str, "Another run of Waybill"));

  many_service_set (fixture->service, 0, MANY_RIGHT);
  third = run (fixture, other);
  g_assert_cmpint (third->status, ==, 0);

  /* What is interrupted has its own status, and cancels the rest. */
  g_subprocess_send_signal (first->process, SIGTERM);
  cli_end (first);
  g_assert_cmpint (first->status, ==, 130);
  g_assert_nonnull (strstr (first->err->str, "Interrupted."));
  g_assert_nonnull (strstr (first->out->str, "2 not done."));
  remove_folder (folder);
}

/* The changes for a ticket, and the exit status of each case. */
static void
test_diff (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const first[] = { "--all-workspaces", "--name-template", "1 {workspace}",
                                       "--diff", NULL };
  static const char *const second[] = { "--all-workspaces", "--name-template", "2 {workspace}",
                                        "--diff", "--if-changed", NULL };
  static const char *const third[] = { "--all-workspaces", "--name-template", "3 {workspace}",
                                       "--diff", "--quiet", NULL };
  static const char *const fourth[] = { "--all-workspaces", "--name-template", "4 {workspace}",
                                        "--diff", NULL };
  g_autoptr (CliRun) same = NULL;
  g_autoptr (CliRun) different = NULL;
  g_autoptr (CliRun) quiet = NULL;
  g_autoptr (CliRun) failed = NULL;

  same = run (fixture, first);
  g_assert_cmpint (same->status, ==, 0);

  many_service_change (fixture->service, 1);
  different = run (fixture, second);
  g_assert_cmpint (different->status, ==, 1);
  g_assert_nonnull (strstr (different->out->str, "p / Workspace 0: unchanged since "));
  g_assert_nonnull (strstr (different->out->str, ", 1 change\n"));
  g_assert_nonnull (strstr (different->out->str, "host-1.example"));
  g_assert_null (strstr (different->out->str, "host-0.example\n"));

  many_service_change (fixture->service, 1);
  quiet = run (fixture, third);
  g_assert_cmpint (quiet->status, ==, 1);
  g_assert_true (g_str_has_prefix (quiet->out->str, "p / Workspace 1\n"));
  g_assert_nonnull (strstr (quiet->out->str, "host-2.example"));

  many_service_change (fixture->service, 1);
  many_service_set (fixture->service, 0, MANY_REFUSED);
  failed = run (fixture, fourth);
  g_assert_cmpint (failed->status, ==, 4);
  g_assert_nonnull (strstr (failed->err->str, "Its last good export was at "));
}

/* With --diff, 1 means what it means to diff, so another failure is 9; the highest one counts. */
static void
test_diff_status (Fixture      *fixture,
                  gconstpointer data)
{
  static const struct
  {
    ManyAnswer  first;
    gboolean    change; /* of the second workspace */
    const char *options;
    int         status;
  } cases[] = {
    { MANY_RIGHT, FALSE, "--diff", 0 },
    { MANY_RIGHT, TRUE, "--diff", 1 },
    { MANY_RIGHT, TRUE, "--if-changed", 0 },
    { MANY_RIGHT, TRUE, "--diff|--if-changed", 1 },
    { MANY_REFUSED, TRUE, "--diff", 4 },
    { MANY_KILLED, TRUE, "--diff", 6 },
    { MANY_KILLED, FALSE, "--diff", 6 },
    { MANY_EMPTY, TRUE, "--diff", 5 },
    /* A connection that is not understood has nothing left in a redacted copy. */
    { MANY_STRANGE, FALSE, "--redact", 1 },
    { MANY_STRANGE, FALSE, "--redact|--diff", 9 },
    { MANY_STRANGE, TRUE, "--redact|--diff", 9 },
    { MANY_RIGHT, FALSE, "--encrypt", 1 },
    { MANY_RIGHT, FALSE, "--encrypt|--diff", 9 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u {workspace}", i);
      g_autofree char *line = g_strdup_printf ("--all-workspaces|--name-template|%s|%s", name,
                                               cases[i].options);
      g_auto (GStrv) more = g_strsplit (line, "|", -1);
      g_autoptr (CliRun) self = NULL;

      many_service_set (fixture->service, 0, cases[i].first);
      if (cases[i].change)
        many_service_change (fixture->service, 1);
      self = run (fixture, (const char *const *) more);
      g_test_message ("%u: %s", i, cases[i].options);
      g_assert_cmpint (self->status, ==, cases[i].status);
    }
}

/* A workspace that never had connections is no failure of a night; one that lost them is. */
static void
test_empty (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const more[] = { "--all-workspaces", NULL };
  static const char *const json[] = { "--all-workspaces", "--json", NULL };
  g_autoptr (CliRun) empty = NULL;
  g_autoptr (CliRun) again = NULL;
  g_autoptr (CliRun) lost = NULL;
  g_autoptr (GPtrArray) nodes = NULL;

  many_service_set (fixture->service, 0, MANY_EMPTY);
  empty = run (fixture, more);
  g_assert_cmpint (empty->status, ==, 0);
  g_assert_nonnull (strstr (empty->out->str,
                            "p / Workspace 0: no connections yet, so no file was written\n"));
  g_assert_nonnull (strstr (empty->out->str, "1 workspace has no connections yet.\n"));
  g_assert_null (strstr (empty->out->str, "none yet"));
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);

  again = run (fixture, json);
  g_assert_cmpint (again->status, ==, 0);
  nodes = parse_lines (again);
  assert_summary (nodes, "empty", 1);
  assert_summary (nodes, "failed", 0);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *line = get_object (nodes, i);

      if (get_workspace (line) != 0)
        continue;
      g_assert_cmpstr (json_object_get_string_member (line, "result"), ==, "empty");
      g_assert_cmpint (json_object_get_int_member (line, "connections"), ==, 0);
      g_assert_true (json_object_get_null_member (line, "file"));
      g_assert_true (json_object_get_null_member (line, "error"));
    }

  many_service_set (fixture->service, 1, MANY_EMPTY);
  lost = run (fixture, more);
  g_assert_cmpint (lost->status, ==, 5);
  g_assert_nonnull (strstr (lost->err->str, "p / Workspace 1: "));
  g_assert_null (strstr (lost->err->str, "p / Workspace 0: "));
}

/* A withdrawn call alone leads on to the next source, and only if asked to; the file says so. */
static void
test_source (Fixture      *fixture,
             gconstpointer data)
{
  static const char *const usual[] = { "--all-workspaces", NULL };
  static const char *const more[] = { "--all-workspaces", "--json", "--source", "auto", NULL };
  static const char *const files[] = { ".zip", "-rebuilt.zip" };
  g_autoptr (CliRun) refused = NULL;
  g_autoptr (CliRun) self = NULL;
  g_autoptr (GPtrArray) nodes = NULL;

  many_service_set (fixture->service, 1, MANY_WITHDRAWN);
  refused = run (fixture, usual);
  g_assert_cmpint (refused->status, ==, 5);
  g_assert_nonnull (strstr (refused->err->str, "--source auto"));
  self = run (fixture, more);
  g_assert_cmpint (self->status, ==, 0);
  nodes = parse_lines (self);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *line = get_object (nodes, i);
      guint       workspace = get_workspace (line);
      const char *file = json_object_get_string_member (line, "file");

      g_assert_cmpstr (json_object_get_string_member (line, "source"), ==,
                       workspace == 1 ? "list" : "export");
      g_assert_true (g_str_has_suffix (file, files[workspace]));
      g_assert_cmpint (strstr (file, "-rebuilt") != NULL, ==, workspace == 1);
      /* Waybill's own note is not one of the files. */
      g_assert_cmpint (json_object_get_int_member (line, "entries"), ==,
                       json_object_get_int_member (line, "connections"));
      g_assert_cmpint (json_object_get_null_member (line, "note"), ==, workspace == 0);
    }
  assert_history_fits (fixture);
}

static WbAccount *
add_account (Fixture    *fixture,
             const char *name,
             const char *user,
             guint       n_workspaces)
{
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autoptr (WbAccountStore) store = wb_account_store_new (path);
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  g_autoptr (GError) error = NULL;
  const char *url = fixture->service->url;

  wb_account_store_load (store, &error);
  g_assert_no_error (error);
  wb_account_set (account, WB_ACCOUNT_NAME, name);
  wb_account_set (account, WB_ACCOUNT_CLOUD, WB_CLOUD_OTHER);
  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, url);
  wb_account_set (account, WB_ACCOUNT_IDENTITY_URL, url);
  wb_account_set (account, WB_ACCOUNT_MANAGEMENT_URL, url);
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, "p");
  wb_account_set (account, WB_ACCOUNT_USER, user);
  wb_account_set_auth_method (account, WB_AUTH_TOKEN);
  for (guint i = 0; i < n_workspaces; i++)
    {
      g_autofree char *id = g_strdup_printf ("workspace-%u", i);
      g_autofree char *workspace_name = g_strdup_printf ("Stored %u", i);
      g_autoptr (WbWorkspace) workspace = wb_workspace_new (workspace_name, id);

      g_list_store_append (workspaces, workspace);
    }
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));
  wb_account_store_put (store, account, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&account);
}

static int
compare_names (gconstpointer one,
               gconstpointer other)
{
  return strcmp (*(char *const *) one, *(char *const *) other);
}

/* Of the cases below, the first one that the service lists nothing in. */
#define FIRST_UNLISTED 8

/* Which workspaces of which accounts. */
static void
test_accounts (Fixture      *fixture,
               gconstpointer data)
{
  static const struct
  {
    const char *arguments;
    int         status;
    const char *said;
    const char *names; /* of the files, with a space behind each */
    guint       list_status;
  } cases[] = {
    { "--account|A|--all-workspaces", 0, "4 workspaces that the service lists.",
      "A Workspace 0 A Workspace 1 A Workspace 2 A Workspace 3 " },
    { "--account|A|--workspace|Stored 1|--workspace|workspace-3", 0, "",
      "A Stored 1 A workspace-3 " },
    { "--account|A|--account|C|--workspace|Stored 2", 2, "The account “A” stores none", "" },
    { "--account|A|--account|C|--workspace|Stored 1", 0, "", "A Stored 1 C Stored 1 " },
    { "--account|A|--account|C|--workspace|workspace-3", 2,
      "None of the accounts stores a workspace “workspace-3”.", "" },
    { "--account|A|--account|D|--all-workspaces", 2, "sign in as different users", "" },
    { "--account|A|--account|A|--workspace|Stored 1", 0, "", "A Stored 1 " },
    { "--account|A|--account|Z|--all-workspaces", 2, "No stored account is named “Z”", "" },
    /* Where the service lists none. */
    { "--account|A|--all-workspaces", 0,
      "A: The service lists no workspaces. Exporting 2 stored ones.",
      "A Stored 0 A Stored 1 " },
    { "--account|B|--all-workspaces", 2, "lists no workspaces, and none is stored.", "" },
    { "--account|A|--account|B|--all-workspaces", 2, "1 account could not be used.",
      "A Stored 0 A Stored 1 " },
    /* Or does not answer that: what is stored does, unless the sign-in is refused. */
    { "--account|A|--all-workspaces", 0, "Exporting 2 stored ones.", "A Stored 0 A Stored 1 ",
      403 },
    { "--account|A|--all-workspaces", 0, "Exporting 2 stored ones.", "A Stored 0 A Stored 1 ",
      500 },
    { "--account|B|--all-workspaces", 4, "may not list workspaces", "", 403 },
    { "--account|A|--all-workspaces", 3, "did not accept the token", "", 401 },
    /* One that is named twice is one. */
    { "--account|A|--workspace|Stored 1|--workspace|workspace-1", 0, "", "A Stored 1 " },
  };
  g_autoptr (WbAccount) a = add_account (fixture, "A", "user", 2);
  g_autoptr (WbAccount) b = add_account (fixture, "B", "user", 0);
  g_autoptr (WbAccount) c = add_account (fixture, "C", "user", 3);
  g_autoptr (WbAccount) d = add_account (fixture, "D", "other", 1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) typed = g_strsplit (cases[i].arguments, "|", -1);
      g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
      g_autoptr (CliRun) self = NULL;
      g_autoptr (GString) names = g_string_new (NULL);
      g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GDir) dir = NULL;
      const char *name;

      g_ptr_array_add (arguments, (gpointer) "export");
      g_ptr_array_add (arguments, (gpointer) "--name-template");
      g_ptr_array_add (arguments, (gpointer) "{account} {workspace}");
      for (guint j = 0; typed[j] != NULL; j++)
        g_ptr_array_add (arguments, typed[j]);
      g_ptr_array_add (arguments, NULL);
      fixture->service->lists = i < FIRST_UNLISTED;
      fixture->service->list_status = cases[i].list_status;
      self = cli_run (fixture->folder, environment, (const char *const *) arguments->pdata);
      g_test_message ("%u: %d\n%s%s", i, self->status, self->out->str, self->err->str);
      g_assert_cmpint (self->status, ==, cases[i].status);
      g_assert_true (strstr (self->err->str, cases[i].said) != NULL
                     || strstr (self->out->str, cases[i].said) != NULL);

      dir = g_dir_open (fixture->folder, 0, NULL);
      while ((name = g_dir_read_name (dir)) != NULL)
        g_ptr_array_add (sorted, g_strdup (name));
      g_ptr_array_sort (sorted, compare_names);
      for (guint j = 0; j < sorted->len; j++)
        {
          g_autofree char *path = g_build_filename (fixture->folder, sorted->pdata[j], NULL);

          g_string_append_len (names, sorted->pdata[j],
                               (gssize) (strlen (sorted->pdata[j]) - strlen (".zip")));
          g_string_append_c (names, ' ');
          g_remove (path);
        }
      g_assert_cmpstr (names->str, ==, cases[i].names);
    }
}

/* What is wrong with the options is said before any request. */
static void
test_usage (Fixture      *fixture,
            gconstpointer data)
{
  static const struct
  {
    const char *arguments[6];
    int         status;
    const char *err;
  } cases[] = {
    { { "--all-workspaces", "-o", "a.zip" }, 2, "Use either --output or --all-workspaces" },
    { { "--all-workspaces", "--workspace", "w" }, 2, "not both." },
    { { "--jobs", "0" }, 2, "--jobs takes a number from 1 to 8, not “0”." },
    { { "--jobs", "9" }, 2, "--jobs takes a number from 1 to 8, not “9”." },
    { { "--keep", "x" }, 2, "--keep takes a number from 1" },
    { { "--keep-days", "0" }, 2, "--keep-days takes a number from 1" },
    { { "--output-dir", "absent" }, 8, "There is no folder" },
    { { "--name-template", "a/{workspace}" }, 2, "without a folder" },
    { { "--name-template", "{day}" }, 2, "{account}, {workspace}, {date} and {time}" },
    { { "--encrypt" }, 1, "WAYBILL_ZIP_PASSWORD" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) self = run (fixture, cases[i].arguments);

      g_assert_cmpint (self->status, ==, cases[i].status);
      g_assert_nonnull (strstr (self->err->str, cases[i].err));
    }
  g_assert_cmpuint (fixture->service->times_us->len, ==, 0);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

/* A line a job, and one that tells how far it is. */
static void
test_terminal (Fixture      *fixture,
               gconstpointer data)
{
  static const char *const more[] = { "--all-workspaces", NULL };
  g_autoptr (CliRun) self = start (fixture, more, CLI_RUN_TERMINAL | CLI_RUN_TERMINAL_OUTPUT);

  cli_end (self);
  g_test_message ("%s", self->err->str);
  g_assert_cmpint (self->status, ==, 0);
  g_assert_nonnull (strstr (self->err->str, "p / Workspace 0: saved "));
  g_assert_nonnull (strstr (self->err->str, "p / Workspace 2: saved "));
  g_assert_nonnull (strstr (self->err->str,
                            "3 workspaces: 3 saved, 0 unchanged, 0 failed, 0 not done."));
}

/* Where the history cannot be written, the exports are as good, and one line says so. */
static void
test_no_history (Fixture      *fixture,
                 gconstpointer data)
{
  static const char *const more[] = { "--all-workspaces", "--if-changed", NULL };
  g_autofree char         *path = wb_history_dup_default_path ();
  g_autofree char         *folder = g_path_get_dirname (path);
  g_autofree char         *aside = g_strconcat (folder, ".aside", NULL);
  g_autoptr (CliRun) self = NULL;
  const char *first;

  g_mkdir_with_parents (folder, 0700);
  g_assert_cmpint (g_rename (folder, aside), ==, 0);
  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  self = run (fixture, more);
  g_remove (folder);
  g_assert_cmpint (g_rename (aside, folder), ==, 0);

  g_assert_cmpint (self->status, ==, 0);
  g_assert_cmpuint (count_files (fixture->folder), ==, 3);
  first = strstr (self->err->str, "The history was not used");
  g_assert_nonnull (first);
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, n, test) \
  g_test_add (path, Fixture, GUINT_TO_POINTER (n), set_up, test, tear_down)

  g_test_init (&argc, &argv, NULL);

  ADD ("/cli/many/usage", 3, test_usage);
  ADD ("/cli/many/accounts", 4, test_accounts);
  ADD ("/cli/many/lock", 2, test_lock);
  ADD ("/cli/many/diff", 2, test_diff);
  ADD ("/cli/many/diff-status", 2, test_diff_status);
  ADD ("/cli/many/empty", 2, test_empty);
  ADD ("/cli/many/source", 2, test_source);
  ADD ("/cli/many/terminal", 3, test_terminal);
  ADD ("/cli/many/no-history", 3, test_no_history);
  ADD ("/cli/many/unattended", N_WORKSPACES, test_unattended);
  ADD ("/cli/many/kills", N_KILLED_WORKSPACES, test_kills);

  return g_test_run ();
}
