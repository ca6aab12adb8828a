/* test-account-store.c: the list, the key file, and files that are none
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/account-store.h"
#include "core/error.h"
#include "core/input-limits.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#define UUID_A "6f3a1c1e-6a36-4c79-8a58-0d6f0c7a4b01"
#define UUID_B "6f3a1c1e-6a36-4c79-8a58-0d6f0c7a4b02"

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "waybill", "accounts.ini", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_free (fixture->folder);
  g_free (fixture->path);
}

static WbAccount *
new_account (const char *name)
{
  WbAccount *account = wb_account_new ();

  wb_account_set (account, WB_ACCOUNT_NAME, name);

  return account;
}

static WbAccountStore *
new_loaded (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  WbAccountStore *store = wb_account_store_new (fixture->path);

  g_assert_true (wb_account_store_load (store, &error));
  g_assert_no_error (error);

  return store;
}

static void
put (WbAccountStore *store,
     WbAccount      *account)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_account_store_put (store, account, &error));
  g_assert_no_error (error);
}

static char *
dup_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
write_bytes (Fixture    *fixture,
             const char *bytes,
             gssize      length)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (fixture->path, bytes, length, &error);
  g_assert_no_error (error);
}

static mode_t
get_mode (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);

  return info.st_mode & 07777;
}

/* The names in the list's order. */
static char *
dup_names (WbAccountStore *store)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_string_append_printf (names, "%s|", wb_account_get (account, WB_ACCOUNT_NAME));
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
assert_names (WbAccountStore *store,
              const char     *expected)
{
  g_autofree char *names = dup_names (store);

  g_assert_cmpstr (names, ==, expected);
}

/* Applies each change that the list announces to a copy of it. */
static void
mirror_cb (GListModel *model,
           guint       position,
           guint       removed,
           guint       added,
           GPtrArray  *mirror)
{
  if (removed > 0)
    g_ptr_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror, (int) (position + i), g_list_model_get_item (model, position + i));
}

static void
assert_mirror (WbAccountStore *store,
               GPtrArray      *mirror)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));

  g_assert_cmpuint (mirror->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_assert_true (g_ptr_array_index (mirror, i) == account);
    }
}

static void
test_list (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (WbAccountStore) store = new_loaded (fixture);
  g_autoptr (GPtrArray) mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (WbAccount) b = new_account ("beta");
  g_autoptr (WbAccount) a = new_account ("Alpha");
  g_autoptr (WbAccount) c = new_account ("Gamma");
  g_autoptr (WbAccount) renamed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (store)) == WB_TYPE_ACCOUNT);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (store), 0));
  g_signal_connect (store, "items-changed", G_CALLBACK (mirror_cb), mirror);

  put (store, b);
  put (store, a);
  put (store, c);
  assert_names (store, "Alpha|beta|Gamma|");
  assert_mirror (store, mirror);
  g_assert_true (wb_account_store_find (store, wb_account_get_uuid (b)) == b);
  g_assert_true (wb_account_store_find_by_name (store, "beta") == b);
  g_assert_null (wb_account_store_find_by_name (store, "Beta"));
  g_assert_null (wb_account_store_find_by_name (store, NULL));
  g_assert_null (wb_account_store_find (store, NULL));
  g_assert_null (wb_account_store_find (store, "x"));

  renamed = wb_account_copy (a);
  wb_account_set (renamed, WB_ACCOUNT_NAME, "Zeta");
  put (store, renamed);
  assert_names (store, "beta|Gamma|Zeta|");
  assert_mirror (store, mirror);
  g_assert_true (wb_account_store_find (store, wb_account_get_uuid (a)) == renamed);
  g_assert_true (wb_account_store_find (store, wb_account_get_uuid (b)) == b);

  g_assert_true (wb_account_store_remove (store, wb_account_get_uuid (c), &error));
  g_assert_no_error (error);
  g_assert_true (wb_account_store_remove (store, wb_account_get_uuid (c), &error));
  g_assert_no_error (error);
  assert_names (store, "beta|Zeta|");
  assert_mirror (store, mirror);

  /* Undo. */
  put (store, c);
  assert_names (store, "beta|Gamma|Zeta|");
  assert_mirror (store, mirror);

  /* An account that did not change stays the same object, and is not announced. */
  g_signal_handlers_block_by_func (store, mirror_cb, mirror);
  g_assert_true (wb_account_store_load (store, &error));
  assert_mirror (store, mirror);
}

static void
test_lossless (Fixture      *fixture,
               gconstpointer data)
{
  static const char *const values[] = {
    "plain",
    " blanks around ",
    "\ttab\nnewline\rreturn",
    "back\\slash \\n \\s",
    "semi;colon;;",
    "[group]\nkey=value",
    "# no comment",
    "Größe 数据 👩‍💻",
    "=",
    ";",
    "\\",
    "a<b>&'\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (WbAccount) account = wb_account_new ();
      g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
      g_autoptr (WbAccountStore) store = NULL;
      WbAccount *loaded;

      for (guint j = 0; j < WB_ACCOUNT_N_FIELDS; j++)
        wb_account_set (account, (WbAccountField) j, values[(i + j) % G_N_ELEMENTS (values)]);
      /* A file that is not there cannot be kept. */
      wb_account_set (account, WB_ACCOUNT_CA_FILE, "");
      for (guint j = 0; j < i; j++)
        {
          const char *name = j % 3 == 0 ? "" : values[j];
          const char *id = j % 2 == 0 ? "" : values[i];
          g_autoptr (WbWorkspace) workspace = wb_workspace_new (name, id);

          g_list_store_append (workspaces, workspace);
        }
      wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));
      wb_account_set_auth_method (account, (WbAuthMethod) (i % 3));

      g_unlink (fixture->path);
      {
        g_autoptr (WbAccountStore) first = new_loaded (fixture);

        put (first, account);
      }

      store = new_loaded (fixture);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
      loaded = wb_account_store_find (store, wb_account_get_uuid (account));
      g_assert_true (wb_account_equal (loaded, account));
    }
}

static void
test_private (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (WbAccountStore) store = new_loaded (fixture);
  g_autoptr (WbAccountStore) again = NULL;
  g_autoptr (WbAccount) account = new_account ("A");
  mode_t old_mask = umask (0);

  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  put (store, account);
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);
  g_assert_cmpint (get_mode (folder), ==, 0700);

  /* Loading takes away what others may do; so does saving. */
  g_assert_cmpint (chmod (fixture->path, 0664), ==, 0);
  again = new_loaded (fixture);
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);

  g_assert_cmpint (chmod (fixture->path, 0666), ==, 0);
  put (store, account);
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);
  umask (old_mask);
}

static void
test_leaves_nothing (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (WbAccountStore) store = new_loaded (fixture);
  g_autoptr (WbAccount) account = new_account ("A");
  g_autoptr (GDir) dir = NULL;

  put (store, account);
  put (store, account);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "accounts.ini");
  g_assert_null (g_dir_read_name (dir));
}

static void
test_symlink (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "dotfiles.ini", NULL);
  g_autoptr (WbAccountStore) store = NULL;
  g_autoptr (WbAccount) account = new_account ("linked");
  g_autofree char *text = NULL;

  write_bytes (fixture, "", 0);
  g_assert_cmpint (g_rename (fixture->path, target), ==, 0);
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);

  store = new_loaded (fixture);
  put (store, account);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  text = dup_text (target);
  g_assert_nonnull (strstr (text, "name=linked"));
}

static void
test_names (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (WbAccountStore) store = new_loaded (fixture);
  g_autoptr (WbAccountStore) other = new_loaded (fixture);
  g_autoptr (WbAccount) account = new_account ("Größe");
  g_autoptr (WbAccount) same = new_account ("größe");
  g_autoptr (GError) error = NULL;
  static const char *const taken[] = {
    "Größe",
    "GRÖSSE",
    " größe ",
    "Gro\u0308ße",
    "\u3000Größe\u2003",
    "ＧＲÖSSE",
    "ⒼⓇÖẞE",
  };
  g_autofree char *text = NULL;
  g_autofree char *text_after = NULL;

  put (store, account);
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      g_autofree char *reason = wb_account_store_validate_name (store, taken[i], NULL);

      g_assert_nonnull (reason);
      g_assert_null (wb_account_store_validate_name (store, taken[i],
                                                     wb_account_get_uuid (account)));
    }
  g_assert_null (wb_account_store_validate_name (store, "Grösse 2", NULL));
  g_assert_null (wb_account_store_validate_name (store, "", NULL));

  /* The other store has not seen the account, but the file has it. */
  text = dup_text (fixture->path);
  g_assert_false (wb_account_store_put (other, same, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  text_after = dup_text (fixture->path);
  g_assert_cmpstr (text_after, ==, text);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 0);
}

/* For copies, which are told apart by a number. */
static void
test_free_name (Fixture      *fixture,
                gconstpointer data)
{
  static const char *const names[] = { "Production", "Production (2)", "production (3)" };
  g_autoptr (WbAccountStore) store = new_loaded (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = wb_account_store_dup_free_name (store, "Production");
      g_autoptr (WbAccount) account = new_account (names[i]);

      g_assert_cmpint (g_ascii_strcasecmp (name, names[i]), ==, 0);
      put (store, account);
    }
  {
    g_autofree char *name = wb_account_store_dup_free_name (store, "Production");
    g_autofree char *other = wb_account_store_dup_free_name (store, "Production (2) ");
    g_autofree char *reason = wb_account_store_validate_name (store, other, NULL);

    g_assert_cmpstr (name, ==, "Production (4)");
    g_assert_null (reason);
  }
}

static void
test_two_processes (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (WbAccountStore) one = new_loaded (fixture);
  g_autoptr (WbAccountStore) two = new_loaded (fixture);
  g_autoptr (WbAccountStore) three = NULL;
  g_autoptr (WbAccount) a = new_account ("A");
  g_autoptr (WbAccount) b = new_account ("B");
  g_autoptr (WbAccount) c = new_account ("C");
  g_autoptr (GError) error = NULL;

  put (one, a);
  put (two, b);
  assert_names (two, "A|B|");
  put (one, c);
  assert_names (one, "A|B|C|");

  g_assert_true (wb_account_store_remove (two, wb_account_get_uuid (a), &error));
  g_assert_true (wb_account_store_set_last_used (one, c, "", &error));
  g_assert_no_error (error);

  three = new_loaded (fixture);
  assert_names (three, "B|C|");
  g_assert_cmpstr (wb_account_get_uuid (wb_account_store_get_last_used (three, NULL)), ==,
                   wb_account_get_uuid (c));
}

/* An empty setting stays empty, whatever it was. */
static void
test_emptied (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (WbAccountStore) store = new_loaded (fixture);
  g_autoptr (WbAccountStore) again = NULL;
  g_autoptr (WbAccount) account = new_account ("A");
  g_autoptr (WbAccount) emptied = NULL;
  g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  g_autoptr (WbWorkspace) workspace = wb_workspace_new ("W", "w");

  g_list_store_append (workspaces, workspace);
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));
  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, "https://dlf.example");
  put (store, account);

  emptied = wb_account_copy (account);
  wb_account_set (emptied, WB_ACCOUNT_SERVICE_URL, "");
  g_list_store_remove_all (workspaces);
  wb_account_set_workspaces (emptied, G_LIST_MODEL (workspaces));
  put (store, emptied);

  again = new_loaded (fixture);
  g_assert_true (wb_account_equal (wb_account_store_find (again, wb_account_get_uuid (account)),
                                   emptied));
}

/* A lock is of an open file, so this is like another process that is just saving. */
static void
test_locked (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (WbAccountStore) store = new_loaded (fixture);
  g_autoptr (WbAccount) account = new_account ("A");
  g_autoptr (WbAccount) other = new_account ("B");
  g_autoptr (GError) error = NULL;
  int fd;

  put (store, account);
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);

  g_assert_false (wb_account_store_put (store, other, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
  assert_names (store, "A|");

  g_close (fd, NULL);
  put (store, other);
  assert_names (store, "A|B|");
}

#define N_THREADS 4
#define N_ACCOUNTS 5

static gpointer
put_in_thread (gpointer user_data)
{
  g_autoptr (WbAccountStore) store = wb_account_store_new (user_data);

  for (guint i = 0; i < N_ACCOUNTS; i++)
    {
      g_autoptr (WbAccount) account = wb_account_new ();
      g_autoptr (GError) error = NULL;

      wb_account_set (account, WB_ACCOUNT_NAME, wb_account_get_uuid (account));
      while (!wb_account_store_put (store, account, &error))
        {
          /* The lock was taken for too long. */
          g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
          g_clear_error (&error);
        }
    }

  return NULL;
}

static void
test_at_once (Fixture      *fixture,
              gconstpointer data)
{
  GThread *threads[N_THREADS];
  g_autoptr (WbAccountStore) store = NULL;

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("put", put_in_thread, fixture->path);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);

  store = new_loaded (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, N_THREADS * N_ACCOUNTS);
}

static void
test_last_used (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (WbAccountStore) store = new_loaded (fixture);
  g_autoptr (WbAccount) account = new_account ("A");
  g_autoptr (WbAccount) changed = NULL;
  g_autoptr (WbAccount) transient = new_account ("T");
  g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  g_autoptr (WbWorkspace) first = wb_workspace_new ("First", "w1");
  g_autoptr (WbWorkspace) second = wb_workspace_new ("Second", "w2");
  g_autoptr (GError) error = NULL;
  const char *id = NULL;

  g_assert_null (wb_account_store_get_last_used (store, &id));
  g_assert_cmpstr (id, ==, "");

  g_list_store_append (workspaces, first);
  g_list_store_append (workspaces, second);
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));
  put (store, account);

  g_assert_true (wb_account_store_set_last_used (store, account, "w2", &error));
  g_assert_no_error (error);
  g_assert_true (wb_account_store_get_last_used (store, &id) == account);
  g_assert_cmpstr (id, ==, "w2");

  {
    g_autoptr (WbAccountStore) again = new_loaded (fixture);

    g_assert_cmpstr (wb_account_get (wb_account_store_get_last_used (again, &id),
                                     WB_ACCOUNT_NAME),
                     ==, "A");
    g_assert_cmpstr (id, ==, "w2");
  }

  /* A transient account is not remembered. */
  wb_account_set_transient (transient, TRUE);
  put (store, transient);
  g_assert_true (wb_account_store_set_last_used (store, transient, "w9", &error));
  g_assert_true (wb_account_store_get_last_used (store, &id) == account);

  /* The workspace is gone: the first one stands for it. */
  g_list_store_remove (workspaces, 1);
  changed = wb_account_copy (account);
  wb_account_set_workspaces (changed, G_LIST_MODEL (workspaces));
  put (store, changed);
  g_assert_true (wb_account_store_get_last_used (store, &id) == changed);
  g_assert_cmpstr (id, ==, "w1");

  /* So is the account. */
  g_assert_true (wb_account_store_remove (store, wb_account_get_uuid (account), &error));
  g_assert_null (wb_account_store_get_last_used (store, &id));
  g_assert_cmpstr (id, ==, "");

  /* And it comes back with an undo. */
  put (store, changed);
  g_assert_true (wb_account_store_get_last_used (store, &id) == changed);
}

static void
test_transient (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (WbAccountStore) store = new_loaded (fixture);
  g_autoptr (WbAccount) transient = new_account ("Sample data");
  g_autoptr (WbAccount) stored = new_account ("Stored");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  wb_account_set_transient (transient, TRUE);
  put (store, transient);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  put (store, stored);
  assert_names (store, "Sample data|Stored|");
  g_assert_true (wb_account_store_load (store, &error));
  assert_names (store, "Sample data|Stored|");
  text = dup_text (fixture->path);
  g_assert_null (strstr (text, "Sample"));

  put (store, transient);
  assert_names (store, "Sample data|Stored|");
  g_assert_true (wb_account_store_remove (store, wb_account_get_uuid (transient), &error));
  assert_names (store, "Stored|");
}

static void
test_forward (Fixture      *fixture,
              gconstpointer data)
{
  static const char contents[] = "# a comment\n"
                                 "[waybill]\n"
                                 "future=1\n"
                                 "[" UUID_A "]\n"
                                 "name=Old\n"
                                 "colour=blue\n"
                                 "name[de]=Alt\n"
                                 "sign-in=passkey\n"
                                 "[not-an-account]\n"
                                 "name=x\n"
                                 "[" UUID_B "]\n";
  g_autoptr (WbAccountStore) store = NULL;
  g_autoptr (WbAccount) changed = NULL;
  g_autofree char *text = NULL;

  write_bytes (fixture, contents, -1);
  store = new_loaded (fixture);
  /* One without a name is known by its UUID. */
  assert_names (store, UUID_B "|Old|");

  changed = wb_account_copy (wb_account_store_find (store, UUID_A));
  g_assert_cmpint (wb_account_get_auth_method (changed), ==, WB_AUTH_PASSWORD);
  wb_account_set (changed, WB_ACCOUNT_NAME, "New");
  put (store, changed);

  text = dup_text (fixture->path);
  g_assert_nonnull (strstr (text, "# a comment"));
  g_assert_nonnull (strstr (text, "future=1"));
  g_assert_nonnull (strstr (text, "colour=blue"));
  g_assert_nonnull (strstr (text, "name[de]=Alt"));
  g_assert_nonnull (strstr (text, "[not-an-account]\nname=x"));
  g_assert_nonnull (strstr (text, "name=New"));
  g_assert_null (strstr (text, "name=Old"));
}

/* Wrong in parts: read as far as it goes, without a crash. */
static void
test_lenient (Fixture      *fixture,
              gconstpointer data)
{
  static const char *const contents[] = {
    "",
    "\n\n",
    "[" UUID_A "]\n[" UUID_A "]\n",
    "[" UUID_A "]\nworkspaces=one;\n",
    "[" UUID_A "]\nworkspaces=;;;;;;;\n",
    "[" UUID_A "]\nworkspaces=\\;\\\n",
    "[" UUID_A "]\nname=\\q\nuser=\\\n",
    "[" UUID_A "]\nname=a\nname=b\n",
    "[" UUID_A "]\n[waybill]\nlast-account=" UUID_A "\nlast-workspace=\\q\n",
    "[waybill]\nlast-account=" UUID_A "\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (WbAccountStore) store = NULL;
      g_autoptr (WbAccount) account = new_account ("new");
      const char *id = NULL;

      write_bytes (fixture, contents[i], -1);
      store = new_loaded (fixture);
      wb_account_store_get_last_used (store, &id);
      g_assert_nonnull (id);
      put (store, account);
      g_assert_true (wb_account_store_find (store, wb_account_get_uuid (account)) == account);
    }
}

/* A file as large as is read, and one byte more. */
static void
test_largest (Fixture      *fixture,
              gconstpointer data)
{
  for (gsize beyond = 0; beyond < 2; beyond++)
    {
      static const char end[] = "\n[" UUID_A "]\nname=a\n";
      g_autofree char  *comment = g_strnfill (WB_KEY_FILE_MAX_BYTES + beyond - strlen (end), '#');
      g_autofree char  *text = g_strconcat (comment, end, NULL);
      g_autoptr (WbAccountStore) store = wb_account_store_new (fixture->path);
      g_autoptr (GError) error = NULL;

      write_bytes (fixture, text, -1);
      g_assert_true (wb_account_store_load (store, &error) == (beyond == 0));
      if (beyond == 0)
        g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
      else
        g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
    }
}

static void
test_damaged (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *huge = g_strnfill (2 * 1024 * 1024, '#');
  g_autofree char *aside = g_strconcat (fixture->path, ".broken-1", NULL);
  const struct
  {
    const char *bytes;
    gssize      length;
  } cases[] = {
    { "no key file", -1 },
    { "name=before any group\n", -1 },
    { "[unfinished\n", -1 },
    { "[" UUID_A "]\nname=a\nline\x1b[31m\n", -1 },
    { "[" UUID_A "]\nname=a\0b\n", 46 },
    { "[" UUID_A "]\nname=\xff\n", -1 },
    { "PK\x03\x04", -1 },
    { huge, -1 },
    { "\n[\xf0", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = cases[i].length < 0 ? strlen (cases[i].bytes) : (gsize) cases[i].length;
      g_autoptr (WbAccountStore) store = wb_account_store_new (fixture->path);
      g_autoptr (WbAccountStore) again = NULL;
      g_autoptr (WbAccount) account = new_account ("new");
      g_autoptr (GError) error = NULL;
      g_autofree char *kept = NULL;
      gsize            kept_length;

      write_bytes (fixture, cases[i].bytes, (gssize) length);
      g_assert_false (wb_account_store_load (store, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
      g_assert_nonnull (strstr (error->message, "damaged"));
      g_assert_nonnull (strstr (error->message, fixture->path));
      g_assert_nonnull (strstr (error->message, "“accounts.ini.broken-1”"));
      g_clear_error (&error);

      /* Only a save touches it. */
      g_assert_false (wb_account_store_set_last_used (store, account, "", &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
      g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));

      put (store, account);
      g_assert_true (g_file_get_contents (aside, &kept, &kept_length, NULL));
      g_assert_cmpmem (kept, kept_length, cases[i].bytes, length);
      g_assert_cmpint (get_mode (aside), ==, 0600);

      again = new_loaded (fixture);
      assert_names (again, "new|");
      g_assert_cmpint (g_unlink (aside), ==, 0);
    }
}

/* Accounts that were read before the damage are not lost, and no copy takes another's place. */
static void
test_damaged_later (Fixture      *fixture,
                    gconstpointer data)
{
  g_autofree char *first = g_strconcat (fixture->path, ".broken-1", NULL);
  g_autofree char *second = g_strconcat (fixture->path, ".broken-2", NULL);
  g_autoptr (WbAccountStore) store = new_loaded (fixture);
  g_autoptr (WbAccountStore) again = NULL;
  g_autoptr (WbAccount) a = new_account ("A");
  g_autoptr (WbAccount) b = new_account ("B");
  g_autoptr (GError) error = NULL;
  g_autofree char *first_text = NULL;
  g_autofree char *second_text = NULL;

  put (store, a);
  g_assert_true (wb_account_store_set_last_used (store, a, "", &error));
  write_bytes (fixture, "junk one", -1);
  put (store, b);
  write_bytes (fixture, "junk two", -1);
  g_assert_true (wb_account_store_remove (store, wb_account_get_uuid (b), &error));
  g_assert_no_error (error);

  again = new_loaded (fixture);
  assert_names (again, "A|");
  g_assert_nonnull (wb_account_store_get_last_used (again, NULL));
  first_text = dup_text (first);
  second_text = dup_text (second);
  g_assert_cmpstr (first_text, ==, "junk one");
  g_assert_cmpstr (second_text, ==, "junk two");
}

static void
test_not_a_file (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (WbAccountStore) store = wb_account_store_new (fixture->path);
  g_autoptr (WbAccount) account = new_account ("A");
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  /* Reading a named pipe would wait for ever. */
  g_mkdir_with_parents (folder, 0700);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_false (wb_account_store_load (store, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
  g_clear_error (&error);
  g_assert_false (wb_account_store_put (store, account, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
  g_clear_error (&error);
  g_unlink (fixture->path);

  g_mkdir (fixture->path, 0700);
  g_assert_false (wb_account_store_load (store, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
}

/* The path leads through a file, so not even the superuser can save there. */
static void
test_save_fails (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *blocker = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *path = g_build_filename (blocker, "waybill", "accounts.ini", NULL);
  g_autoptr (WbAccountStore) store = wb_account_store_new (path);
  g_autoptr (WbAccount) account = new_account ("A");
  g_autoptr (GError) error = NULL;

  g_file_set_contents (blocker, "", 0, &error);
  g_assert_no_error (error);

  g_assert_false (wb_account_store_put (store, account, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_LOCAL_FILE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  g_clear_error (&error);

  g_assert_false (wb_account_store_remove (store, wb_account_get_uuid (account), &error));
  g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_LOCAL_FILE);
  g_clear_error (&error);

  g_assert_false (wb_account_store_set_last_used (store, account, "", &error));
  g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_LOCAL_FILE);
}

static void
test_invalid_text (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (WbAccountStore) store = new_loaded (fixture);
  g_autoptr (WbAccount) account = new_account ("A");
  g_autoptr (GError) error = NULL;

  wb_account_set (account, WB_ACCOUNT_CA_FILE, "/\xff.pem");
  g_assert_false (wb_account_store_put (store, account, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_default_path (void)
{
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autofree char *expected = g_build_filename (g_get_user_config_dir (), "waybill",
                                                "accounts.ini", NULL);

  g_assert_cmpstr (path, ==, expected);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/account-store/list", test_list);
  ADD ("/account-store/lossless", test_lossless);
  ADD ("/account-store/private", test_private);
  ADD ("/account-store/leaves-nothing", test_leaves_nothing);
  ADD ("/account-store/symlink", test_symlink);
  ADD ("/account-store/names", test_names);
  ADD ("/account-store/free-name", test_free_name);
  ADD ("/account-store/two-processes", test_two_processes);
  ADD ("/account-store/emptied", test_emptied);
  ADD ("/account-store/locked", test_locked);
  ADD ("/account-store/at-once", test_at_once);
  ADD ("/account-store/last-used", test_last_used);
  ADD ("/account-store/transient", test_transient);
  ADD ("/account-store/forward", test_forward);
  ADD ("/account-store/lenient", test_lenient);
  ADD ("/account-store/largest", test_largest);
  ADD ("/account-store/damaged", test_damaged);
  ADD ("/account-store/damaged-later", test_damaged_later);
  ADD ("/account-store/not-a-file", test_not_a_file);
  ADD ("/account-store/save-fails", test_save_fails);
  ADD ("/account-store/invalid-text", test_invalid_text);
#undef ADD
  g_test_add_func ("/account-store/default-path", test_default_path);

  return g_test_run ();
}
