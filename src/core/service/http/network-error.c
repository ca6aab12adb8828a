/* network-error.c: failures of the network and of TLS, in plain words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/network-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>
#include <unistd.h>

#include "core/error.h"
#include "core/text.h"

static char *
dup_time (GDateTime *when)
{
  g_autoptr (GDateTime) local = NULL;

  if (when == NULL)
    return g_strdup (_ ("an unknown time"));

  local = g_date_time_to_local (when);

  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

static gboolean
is_after_now (GDateTime *when)
{
  return g_date_time_to_unix (when) > g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * wb_certificate_has_names:
 * @certificate: (nullable): a certificate that a host shows
 *
 * Returns: whether it has a subjectAltName with a host name or an address. Without one, GnuTLS
 *   takes its common name for a host's, which RFC 9525 (section 2) forbids.
 */
gboolean
wb_certificate_has_names (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) addresses = NULL;

  if (certificate == NULL)
    return FALSE;

  names = g_tls_certificate_get_dns_names (certificate);
  addresses = g_tls_certificate_get_ip_addresses (certificate);

  return (names != NULL && names->len > 0) || (addresses != NULL && addresses->len > 0);
}

static char *
describe_no_names (const char *host)
{
  /* Translators: a host's name; subjectAltName is the name of a part of a certificate. */
  return g_strdup_printf (_ ("The certificate of %s does not say which host it is for: it has no "
                             "subjectAltName, so the connection was refused. Ask whoever runs the "
                             "service for a certificate with one."),
                          host);
}

/**
 * wb_network_error_new_no_names:
 * @host: a host that shows a certificate without a subjectAltName
 *
 * Returns: (transfer full): an error in %WB_ERROR
 */
GError *
wb_network_error_new_no_names (const char *host)
{
  g_autofree char *safe_host = wb_text_escape (host, -1);
  g_autofree char *sentence = describe_no_names (safe_host);

  return g_error_new_literal (WB_ERROR, WB_ERROR_NETWORK, sentence);
}

/* The gravest reason first: with an unknown issuer, the others mean nothing. Where the certificate
 * itself is in time, one of those above it is not. */
static char *
describe_certificate (const char          *host,
                      GTlsCertificate     *certificate,
                      GTlsCertificateFlags errors,
                      gboolean             has_own_ca)
{
  if (errors & G_TLS_CERTIFICATE_REVOKED)
    /* Translators: a host's name. */
    return g_strdup_printf (_ ("The certificate of %s has been revoked by its issuer, so the "
                               "connection was refused. Ask whoever runs the service."),
                            host);
  if (errors & G_TLS_CERTIFICATE_UNKNOWN_CA)
    {
      if (has_own_ca)
        /* Translators: a host's name. */
        return g_strdup_printf (_ ("The certificate of %s is not signed by an authority in the "
                                   "account’s CA file, so the connection was refused. Check the CA "
                                   "file."),
                                host);
      /* Translators: a host's name. */
      return g_strdup_printf (_ ("The certificate of %s is signed by an authority that this "
                                 "computer does not know, so the connection was refused. For a "
                                 "private cloud, set its CA file in the account."),
                              host);
    }
  if (errors & G_TLS_CERTIFICATE_BAD_IDENTITY && certificate != NULL
      && !wb_certificate_has_names (certificate))
    return describe_no_names (host);
  if (errors & G_TLS_CERTIFICATE_BAD_IDENTITY)
    /* Translators: a host's name. */
    return g_strdup_printf (_ ("The certificate that %s shows belongs to another name, so the "
                               "connection was refused. Check the address in the account."),
                            host);
  if (errors & G_TLS_CERTIFICATE_EXPIRED)
    {
      g_autoptr (GDateTime) when = NULL;
      g_autofree char *text = NULL;

      when = certificate != NULL ? g_tls_certificate_get_not_valid_after (certificate) : NULL;
      if (when != NULL && is_after_now (when))
        /* Translators: a host's name. */
        return g_strdup_printf (_ ("The certificate of %s is signed by an authority whose own "
                                   "certificate has expired, so the connection was refused. Ask "
                                   "whoever runs the service to renew it, and check this "
                                   "computer’s clock."),
                                host);
      text = dup_time (when);
      /* Translators: the first %s is a host name, the second a date with time */
      return g_strdup_printf (_ ("The certificate of %s expired on %s, so the connection was "
                                 "refused. Ask whoever runs the service to renew it, and check "
                                 "this computer’s clock."),
                              host, text);
    }
  if (errors & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    {
      g_autoptr (GDateTime) when = NULL;
      g_autofree char *text = NULL;

      when = certificate != NULL ? g_tls_certificate_get_not_valid_before (certificate) : NULL;
      if (when != NULL && !is_after_now (when))
        /* Translators: a host's name. */
        return g_strdup_printf (_ ("The certificate of %s is signed by an authority whose own "
                                   "certificate is not valid yet, so the connection was refused. "
                                   "Check this computer’s clock."),
                                host);
      text = dup_time (when);
      /* Translators: the first %s is a host name, the second a date with time */
      return g_strdup_printf (_ ("The certificate of %s is valid from %s on only, so the "
                                 "connection was refused. Check this computer’s clock."),
                              host, text);
    }
  if (errors & G_TLS_CERTIFICATE_INSECURE)
    /* Translators: a host's name. */
    return g_strdup_printf (_ ("The certificate of %s uses a method that is not secure any more, "
                               "so the connection was refused. Ask whoever runs the service to "
                               "renew it."),
                            host);

  /* Translators: a host's name. */
  return g_strdup_printf (_ ("The certificate of %s is not valid, so the connection was refused. "
                             "Ask whoever runs the service."),
                          host);
}

/* A look-up of a name and a secure connection need so many files at once. */
#define DESCRIPTORS_NEEDED 4

/* Without free descriptors names are not found and authorities not known, for want of the files
 * that tell them: the libraries do not say so. */
static gboolean
lacks_descriptors (const GError *error)
{
  int      fds[DESCRIPTORS_NEEDED];
  int      n = 0;
  gboolean lacks;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES))
    return TRUE;
  if (error->domain == G_IO_ERROR || error->domain == SOUP_SESSION_ERROR)
    return FALSE;

  while (n < DESCRIPTORS_NEEDED && (fds[n] = open ("/", O_PATH | O_CLOEXEC)) >= 0)
    n++;
  lacks = n < DESCRIPTORS_NEEDED && (errno == EMFILE || errno == ENFILE);
  while (n > 0)
    close (fds[--n]);

  return lacks;
}

static char *
describe_descriptors (const char *host)
{
  /* Translators: a host's name; “ulimit -n” is typed as it is. */
  return g_strdup_printf (_ ("Could not reach %s: this program may open no more files. Raise the "
                             "limit, on a command line with “ulimit -n”, or close other programs, "
                             "then try again."),
                          host);
}

static const char *
find_way_out (const GError *error)
{
  if (error->domain == G_RESOLVER_ERROR
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND))
    return _ ("Check the address in the account, and the network connection.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return _ ("Check the address in the account; the service may also be down.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED))
    return _ ("Check the proxy in the system’s network settings.");

  return _ ("Check the network connection, then try again.");
}

static char *
describe (const GError *error,
          const char   *host)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    /* Translators: a host's name. */
    return g_strdup_printf (_ ("%s did not answer in time. Check the network connection and "
                               "whether a proxy is needed, then try again."),
                            host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    /* Translators: a host's name. */
    return g_strdup_printf (_ ("The connection to %s broke off before the answer was complete. Try "
                               "again."),
                            host);

  /* Other libraries end their sentences in either way. */
  text = wb_text_escape (error->message, -1);
  if (g_str_has_suffix (text, "."))
    text[strlen (text) - 1] = '\0';

  if (error->domain == SOUP_SESSION_ERROR)
    /* Translators: a host's name, and the system's reason. */
    return g_strdup_printf (_ ("%s did not answer like a web service: %s. Check the address in the "
                               "account, and whether a proxy is in between."),
                            host, text);
  if (error->domain == G_TLS_ERROR)
    /* Translators: a host's name, and the system's reason. */
    return g_strdup_printf (_ ("No secure connection to %s: %s. Check the address in the account, "
                               "and whether a proxy is in between."),
                            host, text);

  /* Translators: a host name, what went wrong, and a sentence with the way out */
  return g_strdup_printf (_ ("Could not reach %s: %s. %s"), host, text, find_way_out (error));
}

/**
 * wb_network_error_explain:
 * @error: (inout): an error of GIO, libsoup or TLS; a cancellation and our own are left as they are
 * @host: the host that could not be reached
 * @certificate: (nullable): the certificate it showed
 * @certificate_errors: what is wrong with it
 * @has_own_ca: the account has a CA file, which is trusted instead of the system's authorities
 *
 * Gives the error a message that names the host, the cause and the way out. Domain and code stay.
 */
void
wb_network_error_explain (GError             **error,
                          const char          *host,
                          GTlsCertificate     *certificate,
                          GTlsCertificateFlags certificate_errors,
                          gboolean             has_own_ca)
{
  g_autofree char *safe_host = NULL;
  char            *message;

  g_return_if_fail (error != NULL && *error != NULL);
  g_return_if_fail (host != NULL);

  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if ((*error)->domain != G_IO_ERROR && (*error)->domain != G_RESOLVER_ERROR
      && (*error)->domain != G_TLS_ERROR && (*error)->domain != SOUP_SESSION_ERROR)
    return;

  safe_host = wb_text_escape (host, -1);
  if (lacks_descriptors (*error))
    message = describe_descriptors (safe_host);
  else if ((*error)->domain == G_TLS_ERROR && certificate_errors != G_TLS_CERTIFICATE_NO_FLAGS)
    message = describe_certificate (safe_host, certificate, certificate_errors, has_own_ca);
  else
    message = describe (*error, safe_host);

  g_free ((*error)->message);
  (*error)->message = message;
}
