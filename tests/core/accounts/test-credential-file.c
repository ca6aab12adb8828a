/* test-credential-file.c: access keys in files, whole, broken and hostile
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/credential-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "await.h"
#include "core/error.h"
#include "core/input-limits.h"

#define HEAD "User Name,Access Key Id,Secret Access Key\n"

static GListModel *
parse (const char *text,
       gssize      length,
       GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return wb_credential_file_parse (bytes, error);
}

static void
assert_key (GListModel *list,
            guint       index,
            const char *name,
            const char *access_key,
            const char *secret_key,
            const char *security_token,
            const char *project_id)
{
  g_autoptr (WbFoundKey) key = g_list_model_get_item (list, index);
  g_autoptr (WbAccount) account = wb_found_key_new_account (key, "New");
  WbCredentials *credentials = wb_found_key_get_credentials (key);

  g_assert_cmpstr (wb_found_key_get_name (key), ==, name);
  g_assert_cmpstr (wb_credentials_get_access_key (credentials), ==, access_key);
  g_assert_cmpstr (wb_credentials_get_secret_key (credentials), ==, secret_key);
  g_assert_cmpstr (wb_credentials_get_security_token (credentials), ==, security_token);
  g_assert_cmpstr (wb_account_get (account, WB_ACCOUNT_PROJECT_ID), ==, project_id);
  g_assert_cmpint (wb_account_get_auth_method (account), ==, WB_AUTH_KEY);
  g_assert_null (strstr (wb_found_key_get_hint (key), access_key));
}

static void
test_csv (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GListModel) odd = NULL;

  list = parse ("\xef\xbb\xbfUser Name,Access Key Id,Secret Access Key\r\n"
                "anna,AKIAANNA,sk1\r\n\r\n\"bäcker \"\"x\"\", 张\",\"AKIABB\",\"s,k\"\r\n",
                -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  assert_key (list, 0, "anna", "AKIAANNA", "sk1", NULL, "");
  assert_key (list, 1, "bäcker \"x\", 张", "AKIABB", "s,k", NULL, "");

  /* Another order, other columns, no user, no line break at the end. */
  odd = parse ("x,secret access key,ACCESS KEY ID\n1,sk,AKIAODD", -1, &error);
  g_assert_no_error (error);
  assert_key (odd, 0, "Access key", "AKIAODD", "sk", NULL, "");
}

/* As spreadsheets save it again, and with Chinese heads. */
static void
test_csv_forms (void)
{
  static const struct
  {
    const char *text;
    const char *name;
    const char *token;
    const char *project;
  } cases[] = {
    { "User Name;Access Key Id;Secret Access Key\r\nanna;AKIAANNA;s,k\r\n", "anna" },
    { "User Name\tAccess Key Id\tSecret Access Key\nanna\tAKIAANNA\ts,k\n", "anna" },
    { "User Name\tAccess Key Id\tSecret Access Key\n\tAKIAANNA\ts,k\n", "Access key" },
    { "sep=;\r\nUser Name;Access Key Id;Secret Access Key\r\nanna;AKIAANNA;s,k\r\n", "anna" },
    { "\"sep=,\"\n\nUser Name,Access Key Id,Secret Access Key\nanna,AKIAANNA,\"s,k\"", "anna" },
    { "SEP=\t\r\nSecret Access Key\tAccess Key Id\ts\r\ns,k\tAKIAANNA\tx\r\n", "Access key" },
    { "用户名,访问密钥ID,秘密访问密钥\nanna,AKIAANNA,\"s,k\"\n", "anna" },
    { "用户名称;访问密钥 ID (AK);私有访问密钥（SK）\nanna;AKIAANNA;s,k\n", "anna" },
    { "User Name,Access Key ID,Secret Access Key,Security Token,Project ID\n"
      "anna,AKIAANNA,\"s,k\",st,p1\n",
      "anna", "st", "p1" },
    { "ak;sk\nAKIAANNA;s,k", "Access key" },
  };
  static const char *const encodings[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (guint j = 0; j < 2 * G_N_ELEMENTS (encodings); j++)
        {
          const char      *encoding = encodings[j / 2];
          g_autofree char *marked = g_strconcat (j % 2 == 0 ? "" : "\ufeff", cases[i].text, NULL);
          gsize            length;
          g_autofree char *bytes = g_convert (marked, -1, encoding, "UTF-8", NULL, &length, NULL);
          g_autoptr (GListModel) list = NULL;
          g_autoptr (GError) error = NULL;

          /* There is no such file: one in UTF-16 begins with an ASCII letter or a mark. */
          if (j % 2 == 0 && g_str_has_prefix (encoding, "UTF-16") && (cases[i].text[0] & 0x80))
            continue;
          g_test_message ("%s in %s", cases[i].text, encoding);
          list = parse (bytes, (gssize) length, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
          assert_key (list, 0, cases[i].name, "AKIAANNA", "s,k", cases[i].token,
                      cases[i].project != NULL ? cases[i].project : "");
        }
    }
}

/* Broken in ways of their own; nothing of them is repeated. */
static void
test_csv_forms_broken (void)
{
  static const struct
  {
    const char *bytes;
    gsize       length;
    const char *words;
  } cases[] = {
    { "\xff\xfe"
      "c\0a",
      5, "Line 1: this is not text" },
    { "\xff\xfe\0\xd8"
      "c\0",
      6, "Line 1: this is not text" },
    { "\xff\xfe"
      "c\0\0\0",
      6, "Line 1: this is not text" },
    { "\xff\xfe", 2, "no access key" },
    { "sep=;\nsep=,\n", 12, "no access key" },
    { "a;b\ncanary;x", 12, "Line 1: this is not the header" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].bytes, (gssize) cases[i].length, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_null (strstr (error->message, "canary"));
    }
}

static void
test_quoted_sections (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = NULL;

  list = parse ("[double]\nak = \"AKIAONE\"\nsk=\"s'k\"\n[single]\n ak='AKIATWO'\n"
                "\tsk = 's\"k' \nproject_id='p1'\n[half]\nak=\"AKIATHREE\nsk=sk'\n",
                -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 3);
  assert_key (list, 0, "double", "AKIAONE", "s'k", NULL, "");
  assert_key (list, 1, "single", "AKIATWO", "s\"k", NULL, "p1");
  assert_key (list, 2, "half", "\"AKIATHREE", "sk'", NULL, "");
}

static void
test_sections (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = NULL;

  list = parse ("# made by hand\n[basic]\nak = AKIABASIC\nsk=s=k\n; x\nproject_id = p1\n"
                "iam_endpoint=https://evil.example\n\n[federated]\nidp_id=x\n"
                "[temporary]\nAK=AKIATEMP\nSK=sk2\nsecurity_token=st\n",
                -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  assert_key (list, 0, "basic", "AKIABASIC", "s=k", NULL, "p1");
  assert_key (list, 1, "temporary", "AKIATEMP", "sk2", "st", "");
}

/* A sentence with the line, and nothing of what is in it. */
static void
test_broken (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { HEAD "anna,,canary\n", "Line 2: the access key is missing" },
    { HEAD "anna,canary\n", "Line 2: the secret key is missing" },
    { HEAD "\n\nanna\n", "Line 4: " },
    { HEAD "anna,canary,\"can\n", "Line 2: a quote" },
    { HEAD "anna,can\"ary,x\n", "Line 2: a quote" },
    { HEAD "anna,\"canary\"x,y\n", "Line 2: a quote" },
    { HEAD "anna,can ary,x\n", "Line 2: a key contains" },
    { HEAD "anna,canary,\xc3\xa4\n", "Line 2: a key contains" },
    { HEAD "anna,canary,x\n\xff\xfe\n", "Line 3: this is not text" },
    { "canary\n", "Line 1: this is not the header" },
    { "{\"access\":\"canary\"}", "Line 1: " },
    { "<html>canary</html>", "Line 1: this is not the header" },
    { HEAD, "no access key" },
    { "", "no access key" },
    { "\n\n", "no access key" },
    { "[basic]\n", "no access key" },
    { "[basic]\nak=canary\n", "Line 1: the secret key is missing" },
    { "[basic]\nsk=canary\n[x]\n", "Line 1: the access key is missing" },
    { "[basic]\nak=canary\nsk=\n", "Line 1: the secret key is missing" },
    { "[basic\nak=canary\n", "Line 1: the section’s name" },
    { "[]\nak=canary\n", "Line 1: the section’s name" },
    { "# x\nak=canary\n", "Line 2: this setting is not in a section" },
    { "[basic]\ncanary\n", "Line 2: this is neither" },
    { "[basic]\nak=can\x01"
      "ary\nsk=x\n",
      "Line 2: a key contains" },
    { "[one]\nak=canary\nsk=x\n\n[two]\nak=canary\n\nsecurity_token=can ary\nsk=x\n",
      "Line 8: a key contains" },
  };
  g_autoptr (GString) many = g_string_new (HEAD);
  g_autofree char *large = g_strnfill (WB_CREDENTIAL_FILE_MAX_BYTES + 1, ',');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) own = NULL;

      g_assert_null (parse (cases[i].text, -1, &own));
      g_assert_error (own, WB_ERROR, WB_ERROR_INVALID);
      g_test_message ("%s", own->message);
      g_assert_nonnull (strstr (own->message, cases[i].words));
      g_assert_null (strstr (own->message, "canary"));
      g_assert_true (g_utf8_validate (own->message, -1, NULL));
    }

  /* A NUL is not text either. */
  g_assert_null (parse (HEAD "a,b\0,c\n", sizeof HEAD + 7, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Line 2"));
  g_clear_error (&error);

  for (guint i = 0; i < 101; i++)
    g_string_append (many, "n,AKIA,sk\n");
  g_assert_null (parse (many->str, -1, &error));
  g_assert_nonnull (strstr (error->message, "Line 102: there are too many"));
  g_clear_error (&error);

  g_assert_null (parse (large, -1, &error));
  g_assert_nonnull (strstr (error->message, "too large"));
}

/* As many keys as are taken, and as many bytes; one more of each is refused in broken. */
static void
test_largest (void)
{
  g_autoptr (GString) many = g_string_new (HEAD);
  g_autofree char *lines = g_strnfill (WB_CREDENTIAL_FILE_MAX_BYTES, '\n');
  g_autoptr (GListModel) keys = NULL;
  g_autoptr (GListModel) key = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < WB_CREDENTIAL_FILE_MAX_KEYS; i++)
    g_string_append (many, "n,AKIA,sk\n");
  keys = parse (many->str, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (keys), ==, WB_CREDENTIAL_FILE_MAX_KEYS);

  memcpy (lines, HEAD "n,AKIA,sk", strlen (HEAD "n,AKIA,sk"));
  key = parse (lines, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (key), ==, 1);
}

static GListModel *
load (const char *path,
      GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  wb_credential_file_load_async (file, NULL, await_cb, &result);
  await (&result);

  return wb_credential_file_load_finish (result, error);
}

/* A person may choose anything. */
static void
test_load (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "credentials.csv", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *large = g_strnfill (WB_CREDENTIAL_FILE_MAX_BYTES + 1, '\n');
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, HEAD "anna,AKIAANNA,sk1\n", -1, NULL));
  list = load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  assert_key (list, 0, "anna", "AKIAANNA", "sk1", NULL, "");

  g_assert_true (g_file_set_contents (path, HEAD "anna,AKIAANNA,\n", -1, NULL));
  g_assert_null (load (path, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Line 2:"));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, large, -1, NULL));
  g_assert_null (load (path, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "too large"));
  g_clear_error (&error);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_null (load (pipe, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (load (folder, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (load ("/dev/zero", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_null (load (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  g_assert_cmpint (g_unlink (pipe), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/credential-file/csv", test_csv);
  g_test_add_func ("/credential-file/csv-forms", test_csv_forms);
  g_test_add_func ("/credential-file/csv-forms-broken", test_csv_forms_broken);
  g_test_add_func ("/credential-file/sections", test_sections);
  g_test_add_func ("/credential-file/quoted-sections", test_quoted_sections);
  g_test_add_func ("/credential-file/broken", test_broken);
  g_test_add_func ("/credential-file/largest", test_largest);
  g_test_add_func ("/credential-file/load", test_load);

  return g_test_run ();
}
