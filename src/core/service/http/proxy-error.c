/* proxy-error.c: what a proxy refused or failed at, in plain words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/client-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/service/http/proxy-address.h"
#include "core/text.h"

#define MAX_NAMES 4
#define MAX_NAME_BYTES 32
/* In place of a name that nobody knows, as a proxy could write the password there. */
#define UNKNOWN_NAME "•••"

void
wb_proxy_route_clear (WbProxyRoute *self)
{
  g_clear_pointer (&self->address, g_free);
  self->variable = NULL;
  self->has_user = FALSE;
}

/**
 * wb_proxy_route_dup_text:
 * @self: the way of a request
 *
 * Returns: (transfer full): which proxy and why, for the request log: not translated, without a
 *   user and password
 */
char *
wb_proxy_route_dup_text (const WbProxyRoute *self)
{
  const char *reason = self->variable != NULL ? self->variable
                       : self->is_loopback    ? "loopback address"
                                              : "system settings";

  if (self->address == NULL)
    return g_strdup_printf ("no proxy (%s)", reason);

  return g_strdup_printf ("proxy %s (%s)", self->address, reason);
}

static char *
dup_place (const WbProxyRoute *self)
{
  if (self->variable != NULL)
    /* Translators: the name of an environment variable, in “which is set in the variable …”. */
    return g_strdup_printf (_ ("in the variable %s"), self->variable);

  /* Translators: in “which is set in the system’s network settings”. */
  return g_strdup (_ ("in the system’s network settings"));
}

/* Whether @word, the first of a challenge, names a way to sign in: a parameter has “=”. */
static gboolean
is_scheme (const char *word)
{
  gsize n = strlen (word);

  return n > 0 && n <= MAX_NAME_BYTES && g_ascii_isalpha (*word)
         && strspn (word, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.") == n;
}

/* IANA's registry of authentication schemes, and those that proxies have besides. */
static gboolean
is_known_scheme (const char *word)
{
  static const char *const known[] = {
    "basic", "bearer", "digest", "dpop", "gnap", "hoba", "kerberos", "mutual", "negotiate", "ntlm",
    "oauth", "privatetoken", "scram-sha-1", "scram-sha-256", "vapid", NULL
  };
  g_autofree char *lower = g_ascii_strdown (word, -1);

  return g_strv_contains (known, lower);
}

/* The names of the ways to sign in that `Proxy-Authenticate` offers (RFC 9110, 11.6.1). Several
 * headers come as one, with commas between, as between the parameters of one. */
static GPtrArray *
read_schemes (const char *authenticate)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (authenticate != NULL ? authenticate : "", ",", -1);

  for (guint i = 0; parts[i] != NULL && names->len < MAX_NAMES; i++)
    {
      char       *word = g_strstrip (parts[i]);
      const char *name;

      word[strcspn (word, " \t")] = '\0';
      name = is_known_scheme (word) ? word : UNKNOWN_NAME;
      if (is_scheme (word)
          && !g_ptr_array_find_with_equal_func (names, name, (GEqualFunc) g_str_equal, NULL))
        g_ptr_array_add (names, g_strdup (name));
    }

  return names;
}

static gboolean
offers_basic (GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    {
      if (g_ascii_strcasecmp (names->pdata[i], "Basic") == 0)
        return TRUE;
    }

  return names->len == 0;
}

static char *
join_names (GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? _ (", ") : "", (char *) names->pdata[i]);

  return g_string_free (text, FALSE);
}

/* The sentence for a 407. */
static char *
describe_sign_in (const WbProxyRoute *self,
                  const char         *host,
                  const char         *authenticate)
{
  g_autoptr (GPtrArray) names = read_schemes (authenticate);
  g_autofree char *joined = join_names (names);
  g_autofree char *place = dup_place (self);

  if (!offers_basic (names))
    /* Translators: a proxy’s address, a host’s name, names of protocols such as NTLM, and where the
     * proxy is set, such as “in the variable https_proxy”. */
    return g_strdup_printf (_ ("The proxy %s refused the connection to %s (HTTP status 407): it "
                               "requires a sign-in by %s, which Waybill does not support. Ask the "
                               "network’s administrator for a proxy that accepts a user and "
                               "password (Basic). The proxy is set %s."),
                            self->address, host, joined, place);
  if (self->has_user)
    /* Translators: a proxy’s address, a host’s name, and where the proxy is set, such as “in the
     * variable https_proxy”. */
    return g_strdup_printf (_ ("The proxy %s refused the connection to %s (HTTP status 407): it "
                               "did not accept the user and password. Correct them %s; it was "
                               "asked only once, so that no account is locked."),
                            self->address, host, place);
  if (self->variable != NULL)
    /* Translators: a proxy’s address, a host’s name, and the name of an environment variable. */
    return g_strdup_printf (_ ("The proxy %s refused the connection to %s (HTTP status 407): it "
                               "requires a user and password. Add them to its address in the "
                               "variable %s, as in “http://user:password@proxy.example.com:3128”."),
                            self->address, host, self->variable);

  /* Translators: a proxy’s address, and a host’s name; https_proxy is typed as it is. */
  return g_strdup_printf (_ ("The proxy %s refused the connection to %s (HTTP status 407): it "
                             "requires a user and password, and the system’s network settings, "
                             "where it is set, hold none for it. Ask the network’s administrator. "
                             "The command line also takes them from the variable https_proxy."),
                          self->address, host);
}

/**
 * wb_proxy_error_new_refused:
 * @self: the way of the request
 * @host: the host that was to be reached
 * @status: the proxy's answer to `CONNECT`
 * @authenticate: (nullable): its `Proxy-Authenticate`
 *
 * Returns: (transfer full): an error in %WB_ERROR that names the proxy, the status, what it
 *   requires and where it was set
 */
GError *
wb_proxy_error_new_refused (const WbProxyRoute *self,
                            const char         *host,
                            guint               status,
                            const char         *authenticate)
{
  g_autofree char *safe_host = wb_text_escape (host, -1);
  g_autofree char *place = dup_place (self);
  g_autofree char *sentence = NULL;

  if (status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    sentence = describe_sign_in (self, safe_host, authenticate);
  else if (status >= 500)
    /* Translators: a proxy’s address, where it is set, such as “in the variable https_proxy”, a
     * host’s name, and a number such as 503. */
    sentence = g_strdup_printf (_ ("The proxy %s, which is set %s, could not connect to %s (HTTP "
                                   "status %u). Check the address in the account; the service or "
                                   "the proxy may also be down."),
                                self->address, place, safe_host, status);
  else
    /* Translators: a proxy’s address, where it is set, such as “in the variable https_proxy”, a
     * host’s name, and a number such as 403. */
    sentence = g_strdup_printf (_ ("The proxy %s, which is set %s, refused the connection to %s "
                                   "(HTTP status %u). Ask the network’s administrator to allow "
                                   "it."),
                                self->address, place, safe_host, status);

  return g_error_new_literal (WB_ERROR, WB_ERROR_NETWORK, sentence);
}

/**
 * wb_proxy_error_new_failed:
 * @self: the way of the request
 * @host: the host that was to be reached
 * @cause: an error of GIO, libsoup, TLS or wb_proxy_status_quark(), from before the proxy's tunnel
 *   was there
 *
 * Returns: (transfer full): an error in %WB_ERROR that names the proxy and where it was set
 */
GError *
wb_proxy_error_new_failed (const WbProxyRoute *self,
                           const char         *host,
                           const GError       *cause)
{
  g_autofree char *safe_host = wb_text_escape (host, -1);
  g_autofree char *text = wb_text_escape (cause->message, -1);
  g_autofree char *place = dup_place (self);
  g_autofree char *sentence = NULL;

  if (cause->domain == wb_proxy_status_quark ())
    return wb_proxy_error_new_refused (self, host, (guint) cause->code, cause->message);

  /* Other libraries end their sentences in either way. */
  if (g_str_has_suffix (text, "."))
    text[strlen (text) - 1] = '\0';

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH))
    /* Translators: a proxy’s address, a host’s name, the system’s reason, and where the proxy is
     * set, such as “in the variable https_proxy”. */
    sentence = g_strdup_printf (_ ("The proxy %s refused the connection to %s: %s. Check its user "
                                   "and password %s."),
                                self->address, safe_host, text, place);
  else if (cause->domain == SOUP_SESSION_ERROR
           || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    /* Translators: a proxy’s address, where it is set, such as “in the variable https_proxy”, and
     * the system’s reason. */
    sentence = g_strdup_printf (_ ("The proxy %s, which is set %s, did not answer like a proxy: "
                                   "%s. Check its address there."),
                                self->address, place, text);
  else if (cause->domain == G_TLS_ERROR)
    /* Translators: a proxy’s address, where it is set, such as “in the variable https_proxy”, and
     * the system’s reason. */
    sentence = g_strdup_printf (_ ("No secure connection to the proxy %s, which is set %s: %s. Its "
                                   "certificate must be for this name, and signed by an authority "
                                   "that this computer knows; if the proxy does not speak TLS, its "
                                   "address begins with “http://”."),
                                self->address, place, text);
  else
    /* Translators: a host’s name, a proxy’s address, where it is set, such as “in the variable
     * https_proxy”, and the system’s reason. */
    sentence = g_strdup_printf (_ ("Could not reach %s through the proxy %s, which is set %s: %s. "
                                   "Check its address there, and the network connection."),
                                safe_host, self->address, place, text);

  return g_error_new_literal (WB_ERROR, WB_ERROR_NETWORK, sentence);
}

/**
 * wb_proxy_error_new_again:
 * @self: the way of the request
 * @host: the host that was to be reached
 *
 * Returns: (transfer full): an error in %WB_ERROR for a proxy that refused once and was not asked
 *   again, so that it is not known why
 */
GError *
wb_proxy_error_new_again (const WbProxyRoute *self,
                          const char         *host)
{
  g_autofree char *safe_host = wb_text_escape (host, -1);
  g_autofree char *place = dup_place (self);

  return g_error_new (WB_ERROR, WB_ERROR_NETWORK,
                      /* Translators: a proxy’s address, where it is set, such as “in the variable
                       * https_proxy”, and a host’s name. */
                      _ ("The proxy %s, which is set %s, refused the connection to %s, or the user "
                         "and password. Check them there, or ask the network’s administrator. They "
                         "were sent only once, so that no account is locked."),
                      self->address, place, safe_host);
}

/**
 * wb_proxy_error_new_slow:
 * @self: the way of the request
 * @host: the host that was to be reached
 * @seconds: how long was waited
 *
 * Returns: (transfer full): an error in %WB_ERROR for a proxy that makes no connection in time
 */
GError *
wb_proxy_error_new_slow (const WbProxyRoute *self,
                         const char         *host,
                         guint               seconds)
{
  g_autofree char *safe_host = wb_text_escape (host, -1);
  g_autofree char *place = dup_place (self);

  return g_error_new (WB_ERROR, WB_ERROR_NETWORK,
                      g_dngettext (GETTEXT_PACKAGE,
                                   /* Translators: a proxy’s address, where it is set, such as “in
                                    * the variable https_proxy”, a host’s name, and a number of
                                    * seconds. */
                                   "The proxy %s, which is set %s, made no connection to %s within "
                                   "%u second. Check its address there: whether host and port are "
                                   "right, and whether it begins with “http://” or “https://”.",
                                   "The proxy %s, which is set %s, made no connection to %s within "
                                   "%u seconds. Check its address there: whether host and port are "
                                   "right, and whether it begins with “http://” or “https://”.",
                                   seconds),
                      self->address, place, safe_host, seconds);
}
