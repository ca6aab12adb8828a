/* test-error.c: what an error carries, and the kind it is of
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/error.h"

#include <libsoup/soup.h>

static void
test_service (void)
{
  g_autoptr (GError) copy = NULL;
  g_autoptr (GError) error = wb_error_new_service (WB_ERROR_NOT_PERMITTED, "DLF.6888", "abc123",
                                                   "no permission", "Not permitted: %d", 7);

  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_PERMITTED);
  g_assert_cmpstr (error->message, ==, "Not permitted: 7");

  copy = g_error_copy (error);
  g_clear_error (&error);
  g_assert_cmpstr (wb_error_get_service_code (copy), ==, "DLF.6888");
  g_assert_cmpstr (wb_error_get_request_id (copy), ==, "abc123");
  g_assert_cmpstr (wb_error_get_detail (copy), ==, "no permission");
  g_assert_cmpint (wb_error_get_kind (copy), ==, WB_ERROR_KIND_NOT_PERMITTED);
}

static void
test_foreign (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");

  g_assert_null (wb_error_get_service_code (error));
  g_assert_null (wb_error_get_request_id (error));
  g_assert_null (wb_error_get_detail (error));
}

static void
test_kinds (void)
{
  const struct
  {
    GQuark      domain;
    int         code;
    const char *kind;
  } cases[] = {
    { G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled" },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "network" },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "network" },
    { G_IO_ERROR, G_IO_ERROR_NO_SPACE, "local-file" },
    { G_IO_ERROR, G_IO_ERROR_EXISTS, "local-file" },
    { G_IO_ERROR, G_IO_ERROR_FAILED, "failed" },
    { G_FILE_ERROR, G_FILE_ERROR_ACCES, "local-file" },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "network" },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "network" },
    { SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING, "network" },
    { WB_ERROR, WB_ERROR_INVALID, "invalid" },
    { WB_ERROR, WB_ERROR_SIGN_IN, "sign-in" },
    { WB_ERROR, WB_ERROR_SERVICE, "service" },
    { WB_ERROR, WB_ERROR_WITHDRAWN, "withdrawn" },
    { WB_ERROR, WB_ERROR_NO_CONNECTIONS, "no-connections" },
    { WB_ERROR, WB_ERROR_NOT_AN_ARCHIVE, "not-an-archive" },
    { WB_ERROR, WB_ERROR_LOCAL_FILE, "local-file" },
    { G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "failed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new (cases[i].domain, cases[i].code, "x");

      g_assert_cmpstr (wb_error_kind_to_string (wb_error_get_kind (error)), ==, cases[i].kind);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error/service", test_service);
  g_test_add_func ("/error/foreign", test_foreign);
  g_test_add_func ("/error/kinds", test_kinds);

  return g_test_run ();
}
