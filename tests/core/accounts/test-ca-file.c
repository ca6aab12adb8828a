/* test-ca-file.c: the copy of a private cloud's certificate authorities
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/ca-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/accounts/account-store.h"
#include "core/error.h"
#include "core/input-limits.h"
#include "core/service/http/client-private.h"

#define KEY "-----BEGIN PRIVATE KEY-----\nbm8ga2V5\n-----END PRIVATE KEY-----\n"

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "waybill", "ca", NULL);
}

static guint
count_copies (void)
{
  g_autofree char *path = dup_folder ();
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

/* A fixture's certificate under a name of its own, as a person has it. */
static char *
make_file (const char *fixture,
           const char *name,
           const char *more)
{
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, "fixtures", "tls", fixture, NULL);
  g_autofree char *text = NULL;
  g_autofree char *both = NULL;
  char            *path = g_build_filename (g_get_home_dir (), name, NULL);

  g_assert_true (g_file_get_contents (from, &text, NULL, NULL));
  both = g_strconcat (more, text, NULL);
  g_assert_true (g_file_set_contents (path, both, -1, NULL));

  return path;
}

static void
assert_mode (const char *path,
             guint       mode)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, mode);
}

/* The certificates, and nothing else. */
static void
test_keep (void)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = make_file ("ca.pem", "our <b> ca.crt", "notes\n" KEY);
  g_autofree char *kept = NULL;
  g_autofree char *again = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  kept = wb_ca_file_keep (path, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (kept, folder));
  g_assert_nonnull (strstr (kept, "/our--b--ca-"));
  g_assert_true (g_str_has_suffix (kept, ".pem"));
  assert_mode (kept, 0600);
  assert_mode (folder, 0700);
  g_assert_true (g_file_get_contents (kept, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "BEGIN CERTIFICATE"));
  g_assert_null (strstr (text, "PRIVATE KEY"));
  g_assert_null (strstr (text, "notes"));

  /* The chosen file may go. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  database = wb_authorities_load (kept, &error);
  g_assert_no_error (error);
  again = wb_ca_file_keep (kept, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, kept);
  g_assert_cmpuint (count_copies (), ==, 1);

  wb_ca_file_drop (kept);
  g_assert_cmpuint (count_copies (), ==, 0);
}

/* Nothing else is ever removed. */
static void
test_drop (void)
{
  g_autofree char *path = make_file ("ca.pem", "mine.pem", "");
  g_autofree char *folder = dup_folder ();
  g_autofree char *around = g_build_filename (folder, "..", "..", "..", "..", "mine.pem", NULL);

  wb_ca_file_drop (path);
  wb_ca_file_drop (around);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
assert_refused (const char *path,
                const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (wb_ca_file_keep (path, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, reason));
  g_clear_error (&error);
  g_assert_null (wb_authorities_load (path, &error));
  g_assert_nonnull (strstr (error->message, reason));
  g_assert_cmpuint (count_copies (), ==, 0);
}

static void
test_hostile (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "hostile.pem", NULL);
  g_autofree char *pipe = g_build_filename (g_get_home_dir (), "pipe.pem", NULL);
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, 'x');

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_refused (pipe, "not a file");
  assert_refused ("/dev/zero", "not a file");
  assert_refused ("/", "not a file");
  assert_refused ("/nonexistent", "No such file");

  g_assert_true (g_file_set_contents (path, "", -1, NULL));
  assert_refused (path, "no certificate");
  g_assert_true (g_file_set_contents (path, KEY, -1, NULL));
  assert_refused (path, "no certificate");
  g_assert_true (g_file_set_contents (path,
                                      "-----BEGIN CERTIFICATE-----\n!!!\n"
                                      "-----END CERTIFICATE-----\n",
                                      -1, NULL));
  assert_refused (path, "no certificate");
  g_assert_true (g_file_set_contents (path, large, -1, NULL));
  assert_refused (path, "too large");
}

/* A file as large as is read, and one byte more. */
static void
test_largest (void)
{
  g_autofree char *plain = make_file ("ca.pem", "plain.pem", "");
  g_autofree char *text = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (plain, &text, &length, NULL));
  for (gsize beyond = 0; beyond < 2; beyond++)
    {
      g_autofree char *lines = g_strnfill (WB_CA_FILE_MAX_BYTES + beyond - length, '\n');
      g_autofree char *path = make_file ("ca.pem", "largest.pem", lines);
      g_autoptr (GTlsDatabase) authorities = NULL;
      g_autoptr (GError) error = NULL;

      authorities = wb_authorities_load (path, &error);
      g_assert_true ((authorities == NULL) == (beyond != 0));
      if (beyond != 0)
        g_assert_nonnull (strstr (error->message, "too large"));
    }
}

static void
put (WbAccountStore *store,
     WbAccount      *account,
     const char     *ca_file)
{
  g_autoptr (WbAccount) copy = wb_account_copy (account);
  g_autoptr (GError) error = NULL;

  wb_account_set (copy, WB_ACCOUNT_CA_FILE, ca_file);
  wb_account_store_put (store, copy, &error);
  g_assert_no_error (error);
}

static const char *
get_ca_file (WbAccountStore *store,
             WbAccount      *account)
{
  return wb_account_get (wb_account_store_find (store, wb_account_get_uuid (account)),
                         WB_ACCOUNT_CA_FILE);
}

/* A copy lives as long as an account names it. */
static void
test_store (void)
{
  g_autofree char *ini = g_build_filename (g_get_home_dir (), "accounts.ini", NULL);
  g_autofree char *one = make_file ("ca.pem", "one.pem", "");
  g_autofree char *two = make_file ("other-ca.pem", "two.pem", "");
  g_autofree char *copy = NULL;
  g_autoptr (WbAccountStore) store = wb_account_store_new (ini);
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (WbAccount) other = wb_account_new ();
  g_autoptr (GError) error = NULL;

  wb_account_set (account, WB_ACCOUNT_NAME, "One");
  wb_account_set (other, WB_ACCOUNT_NAME, "Two");
  put (store, account, one);
  put (store, other, one);
  copy = g_strdup (get_ca_file (store, account));
  g_assert_cmpstr (copy, !=, one);
  g_assert_cmpstr (get_ca_file (store, other), ==, copy);
  g_assert_cmpuint (count_copies (), ==, 1);

  /* Edited: the other still needs the first. */
  put (store, account, two);
  g_assert_cmpuint (count_copies (), ==, 2);
  put (store, other, "");
  g_assert_cmpuint (count_copies (), ==, 1);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));

  /* A file that cannot be read changes nothing. */
  wb_account_set (other, WB_ACCOUNT_CA_FILE, "/dev/null");
  g_assert_false (wb_account_store_put (store, other, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_cmpstr (get_ca_file (store, other), ==, "");
  g_clear_error (&error);

  /* Removed, but it may come back. */
  g_free (copy);
  copy = g_strdup (get_ca_file (store, account));
  g_assert_true (wb_account_store_remove (store, wb_account_get_uuid (account), NULL));
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  wb_account_store_drop_ca_file (store, copy);
  g_assert_cmpuint (count_copies (), ==, 0);

  /* One that lives in memory names the file itself. */
  wb_account_set_transient (account, TRUE);
  put (store, account, one);
  g_assert_cmpuint (count_copies (), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ca-file/keep", test_keep);
  g_test_add_func ("/ca-file/drop", test_drop);
  g_test_add_func ("/ca-file/hostile", test_hostile);
  g_test_add_func ("/ca-file/largest", test_largest);
  g_test_add_func ("/ca-file/store", test_store);

  return g_test_run ();
}
