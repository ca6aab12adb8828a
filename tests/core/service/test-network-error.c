/* test-network-error.c: failures of the network and of TLS, in plain words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/network-error.h"

#include <fcntl.h>
#include <libsoup/soup.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/error.h"

/* Domain and code stay, so that the kind does; the message names the host and a way out. */
static void
test_network (void)
{
  const struct
  {
    GQuark      domain;
    int         code;
    const char *expected;
  } cases[] = {
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
      "Could not reach h.example: text. Check the address" },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "Could not reach h.example: text. Check the" },
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, "Could not reach h.example: text. Check the" },
    { G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, "Check the proxy" },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "h.example did not answer in time" },
    { G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The connection to h.example broke off" },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "The connection to h.example broke off" },
    { SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING,
      "h.example did not answer like a web service: text." },
    { G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE, "No secure connection to h.example: text." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (cases[i].domain, cases[i].code, "text.");

      wb_network_error_explain (&error, "h.example", NULL, G_TLS_CERTIFICATE_NO_FLAGS, FALSE);
      g_assert_error (error, cases[i].domain, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].expected));
      g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_NETWORK);
    }
}

/* A failure that is not of the network is left as it is. */
static void
test_others (void)
{
  const struct
  {
    GQuark domain;
    int    code;
  } cases[] = {
    { G_IO_ERROR, G_IO_ERROR_CANCELLED },
    { WB_ERROR, WB_ERROR_SERVICE },
    { G_FILE_ERROR, G_FILE_ERROR_NOENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (cases[i].domain, cases[i].code, "text");

      wb_network_error_explain (&error, "h.example", NULL, G_TLS_CERTIFICATE_NO_FLAGS, FALSE);
      g_assert_cmpstr (error->message, ==, "text");
    }
}

/* Each reason in plain words, the gravest if there are several. */
static void
test_certificates (void)
{
  static const struct
  {
    GTlsCertificateFlags errors;
    gboolean             has_own_ca;
    const char          *expected;
  } cases[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, FALSE, "set its CA file in the account" },
    { G_TLS_CERTIFICATE_UNKNOWN_CA, TRUE, "Check the CA file" },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, FALSE, "belongs to another name" },
    { G_TLS_CERTIFICATE_EXPIRED, FALSE, "expired on" },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, FALSE, "clock" },
    { G_TLS_CERTIFICATE_REVOKED, FALSE, "revoked" },
    { G_TLS_CERTIFICATE_INSECURE, FALSE, "not secure any more" },
    { G_TLS_CERTIFICATE_GENERIC_ERROR, FALSE, "not valid" },
    { G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_UNKNOWN_CA, FALSE, "does not know" },
    { G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_REVOKED, FALSE, "revoked" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE,
                                                      "Unacceptable TLS certificate");

      wb_network_error_explain (&error, "h.example", NULL, cases[i].errors, cases[i].has_own_ca);
      g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
      g_assert_nonnull (strstr (error->message, cases[i].expected));
      g_assert_nonnull (strstr (error->message, "h.example"));
      g_assert_nonnull (strstr (error->message, "refused"));
    }
}

/* A certificate that is in time did not expire: one above it did. */
static void
test_certificates_above (void)
{
  static const struct
  {
    GTlsCertificateFlags errors;
    const char          *expected;
  } cases[] = {
    { G_TLS_CERTIFICATE_EXPIRED, "authority whose own certificate has expired" },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, "authority whose own certificate is not valid yet" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "tls", "good.pem",
                                                     NULL);
      g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
      g_autoptr (GError) error = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE,
                                                      "Unacceptable TLS certificate");

      g_assert_nonnull (certificate);
      wb_network_error_explain (&error, "h.example", certificate, cases[i].errors, FALSE);
      g_assert_nonnull (strstr (error->message, "h.example"));
      g_assert_nonnull (strstr (error->message, cases[i].expected));
    }
}

/* Text that another library passes on may come from the other side. */
static void
test_escaped (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PROXY_FAILED,
                                                  "proxy says \x1b[2J\n\u202e");

  wb_network_error_explain (&error, "h\n.example", NULL, G_TLS_CERTIFICATE_NO_FLAGS, FALSE);
  g_assert_true (g_str_has_prefix (error->message, "Could not reach h\\x0a.example: proxy says "
                                                   "\\x1b[2J\\x0a\\u{202E}. "));
}

/* Where no more files may be opened, names are not found and authorities not known: that is said,
 * but not of a service that refuses. */
static void
test_descriptors (void)
{
  const struct
  {
    GQuark               domain;
    int                  code;
    GTlsCertificateFlags flags;
    gboolean             told;
  } cases[] = {
    { G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES, G_TLS_CERTIFICATE_NO_FLAGS, TRUE },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, G_TLS_CERTIFICATE_NO_FLAGS, TRUE },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, G_TLS_CERTIFICATE_UNKNOWN_CA, TRUE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, G_TLS_CERTIFICATE_NO_FLAGS, FALSE },
  };
  struct rlimit before;
  struct rlimit few;
  int           lowest = open ("/", O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (lowest, >=, 0);
  g_assert_no_errno (close (lowest));
  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &before));
  few = before;
  few.rlim_cur = (rlim_t) lowest + 2;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (cases[i].domain, cases[i].code, "text.");

      g_assert_no_errno (setrlimit (RLIMIT_NOFILE, &few));
      wb_network_error_explain (&error, "h.example", NULL, cases[i].flags, FALSE);
      g_assert_no_errno (setrlimit (RLIMIT_NOFILE, &before));
      g_assert_error (error, cases[i].domain, cases[i].code);
      g_assert_cmpint (strstr (error->message, "may open no more files") != NULL, ==,
                       cases[i].told);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/network-error/network", test_network);
  g_test_add_func ("/network-error/others", test_others);
  g_test_add_func ("/network-error/certificates", test_certificates);
  g_test_add_func ("/network-error/certificates-above", test_certificates_above);
  g_test_add_func ("/network-error/escaped", test_escaped);
  g_test_add_func ("/network-error/descriptors", test_descriptors);

  return g_test_run ();
}
