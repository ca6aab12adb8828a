/* test-credentials.c: what is kept, and that it is wiped
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/credentials.h"

#include <string.h>

/* Stand before the C library's, so that the test sees what is wiped. */
void __explicit_bzero_chk (void  *memory,
                           size_t length_bytes,
                           size_t known_length_bytes);

static GPtrArray *wiped; /* (owned) (nullable) (element-type utf8) */

/* Not inline: the compiler knows that explicit_bzero() only writes, and would warn. */
G_NO_INLINE static void
record_and_wipe (void  *memory,
                 size_t length_bytes)
{
  volatile char *bytes = memory;

  if (wiped != NULL)
    g_ptr_array_add (wiped, g_strndup (memory, length_bytes));
  for (size_t i = 0; i < length_bytes; i++)
    bytes[i] = 0;
}

void
explicit_bzero (void  *memory,
                size_t length_bytes)
{
  record_and_wipe (memory, length_bytes);
}

void
__explicit_bzero_chk (void  *memory,
                      size_t length_bytes,
                      size_t known_length_bytes)
{
  record_and_wipe (memory, length_bytes);
}

static gboolean
was_wiped (const char *text)
{
  return g_ptr_array_find_with_equal_func (wiped, text, g_str_equal, NULL);
}

static void
test_password (void)
{
  g_autoptr (WbCredentials) credentials = wb_credentials_new_password ("OTC-1", "anna", "pä ss");

  g_assert_cmpint (wb_credentials_get_method (credentials), ==, WB_AUTH_PASSWORD);
  g_assert_cmpstr (wb_credentials_get_domain (credentials), ==, "OTC-1");
  g_assert_cmpstr (wb_credentials_get_user (credentials), ==, "anna");
  g_assert_cmpstr (wb_credentials_get_password (credentials), ==, "pä ss");
  g_assert_null (wb_credentials_get_access_key (credentials));
  g_assert_null (wb_credentials_get_secret_key (credentials));
  g_assert_null (wb_credentials_get_security_token (credentials));
  g_assert_null (wb_credentials_get_token (credentials));
}

static void
test_key (void)
{
  g_autoptr (WbCredentials) permanent = wb_credentials_new_key ("AK", "SK", "");
  g_autoptr (WbCredentials) temporary = wb_credentials_new_key ("AK", "SK", "ST");

  g_assert_cmpint (wb_credentials_get_method (permanent), ==, WB_AUTH_KEY);
  g_assert_cmpstr (wb_credentials_get_access_key (permanent), ==, "AK");
  g_assert_cmpstr (wb_credentials_get_secret_key (permanent), ==, "SK");
  g_assert_null (wb_credentials_get_security_token (permanent));
  g_assert_null (wb_credentials_get_password (permanent));
  g_assert_cmpstr (wb_credentials_get_security_token (temporary), ==, "ST");
}

static void
test_token (void)
{
  g_autoptr (WbCredentials) credentials = wb_credentials_new_token ("MIIF");

  g_assert_cmpint (wb_credentials_get_method (credentials), ==, WB_AUTH_TOKEN);
  g_assert_cmpstr (wb_credentials_get_token (credentials), ==, "MIIF");
  g_assert_null (wb_credentials_get_user (credentials));
}

/* The memory of a secret is overwritten when the last reference goes. */
static void
test_wiped (void)
{
  WbCredentials *password = wb_credentials_new_password ("domain-1", "user-1", "password-1");
  WbCredentials *key = wb_credentials_new_key ("access-1", "secret-1", "security-1");
  WbCredentials *token = wb_credentials_new_token ("token-1");

  wiped = g_ptr_array_new_with_free_func (g_free);

  /* Not before the last reference goes. */
  g_assert_true (wb_credentials_ref (password) == password);
  wb_credentials_unref (password);
  g_assert_cmpuint (wiped->len, ==, 0);
  g_assert_cmpstr (wb_credentials_get_password (password), ==, "password-1");

  wb_credentials_unref (password);
  wb_credentials_unref (key);
  wb_credentials_unref (token);
  g_assert_true (was_wiped ("password-1"));
  g_assert_true (was_wiped ("access-1"));
  g_assert_true (was_wiped ("secret-1"));
  g_assert_true (was_wiped ("security-1"));
  g_assert_true (was_wiped ("token-1"));

  g_clear_pointer (&wiped, g_ptr_array_unref);
}

static void
test_boxed (void)
{
  g_autoptr (WbCredentials) credentials = wb_credentials_new_token ("t");
  WbCredentials *copy = g_boxed_copy (WB_TYPE_CREDENTIALS, credentials);

  g_assert_true (copy == credentials);
  g_boxed_free (WB_TYPE_CREDENTIALS, copy);
}

static void
test_method_names (void)
{
  static const char *const not_names[] = { NULL, "", "Password", "keys", "token " };
  WbAuthMethod             method;

  for (guint i = WB_AUTH_PASSWORD; i <= WB_AUTH_TOKEN; i++)
    {
      g_assert_true (wb_auth_method_from_string (wb_auth_method_to_string ((WbAuthMethod) i),
                                                 &method));
      g_assert_cmpint (method, ==, i);
    }

  method = WB_AUTH_KEY;
  for (guint i = 0; i < G_N_ELEMENTS (not_names); i++)
    g_assert_false (wb_auth_method_from_string (not_names[i], &method));
  g_assert_cmpint (method, ==, WB_AUTH_KEY);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/credentials/password", test_password);
  g_test_add_func ("/credentials/key", test_key);
  g_test_add_func ("/credentials/token", test_token);
  g_test_add_func ("/credentials/wiped", test_wiped);
  g_test_add_func ("/credentials/boxed", test_boxed);
  g_test_add_func ("/credentials/method-names", test_method_names);

  return g_test_run ();
}
