/* endpoints.c: the addresses an account's credentials may go to
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/endpoints.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/input-limits.h"

#define MAX_HOST_BYTES 253
#define MAX_LABEL_BYTES 63

G_DEFINE_BOXED_TYPE (WbEndpoints, wb_endpoints, wb_endpoints_copy, wb_endpoints_free)

static void
set_invalid (GError    **error,
             const char *message)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, message);
}

static void
set_invalid_host (GError **error)
{
  set_invalid (error, _ ("This is not a valid host name: check it for typing errors."));
}

/* An address contains letters, digits and punctuation only. Invisible characters would make it
 * another address than the one it looks like. */
static gboolean
check_characters (const char *text,
                  GError    **error)
{
  if (strlen (text) > WB_ENDPOINT_MAX_BYTES)
    {
      set_invalid (error, _ ("The address is too long: enter just the host name."));
      return FALSE;
    }
  if (!g_utf8_validate (text, -1, NULL))
    {
      set_invalid (error, _ ("The address contains bytes that are not text. Type it in again."));
      return FALSE;
    }
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || !g_unichar_isgraph (c))
        {
          set_invalid (error, _ ("The address contains a space or an invisible character. "
                                 "Remove it."));
          return FALSE;
        }
    }
  if (strpbrk (text, "?#") != NULL)
    {
      set_invalid (error, _ ("The address must end before “?” or “#”: enter just the host name."));
      return FALSE;
    }
  if (strpbrk (text, "\\<>\"'`{}|^%*!$&()+,;=") != NULL)
    {
      set_invalid (error, _ ("The address contains a character that does not belong there: "
                             "enter just the host name."));
      return FALSE;
    }

  return TRUE;
}

/* A host that ends in a number is an IPv4 address or nothing: resolvers also take forms such as
 * 2130706433 and 0x7f.1 for one, which no person means. */
static gboolean
host_is_valid (const char *host)
{
  g_auto (GStrv) labels = NULL;
  guint n;

  if (strchr (host, ':') != NULL)
    return g_hostname_is_ip_address (host) && strchr (host, '%') == NULL;
  if (strlen (host) > MAX_HOST_BYTES)
    return FALSE;

  labels = g_strsplit (host, ".", -1);
  n = g_strv_length (labels);
  for (guint i = 0; i < n; i++)
    {
      gsize length = strlen (labels[i]);

      if (length == 0 || length > MAX_LABEL_BYTES
          || labels[i][0] == '-' || labels[i][length - 1] == '-'
          || strspn (labels[i], "abcdefghijklmnopqrstuvwxyz0123456789-_") != length)
        return FALSE;
    }

  if (g_ascii_isdigit (labels[n - 1][0]))
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

      return n == 4 && address != NULL;
    }

  return TRUE;
}

/* The length of a path's last segment, with the slash before it, if that is nothing or an API's
 * version, such as `/`, `/v1` and `/v2.0`; else 0. */
static gsize
measure_version (const char *path)
{
  const char *slash = strrchr (path, '/');
  gsize       length;

  if (slash == NULL)
    return 0;
  length = strlen (slash);
  if (length > 1
      && (length < 3 || slash[1] != 'v' || !g_ascii_isdigit (slash[2])
          || strspn (slash + 2, G_CSET_DIGITS ".") != length - 2))
    return 0;

  return length;
}

static gboolean
is_plain_segment (const char *segment)
{
  return *segment != '\0' && !g_str_equal (segment, ".") && !g_str_equal (segment, "..")
         && strspn (segment, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-._~") == strlen (segment);
}

/* Without slashes and versions at its end, in any number and order: they belong to the calls, which
 * add them. NULL if it is not a plain path, or is the address of a call. */
static char *
normalize_path (const char *path,
                GError    **error)
{
  g_autofree char *plain = g_strdup (path);
  g_auto (GStrv) segments = NULL;
  gsize length;

  while ((length = measure_version (plain)) > 0)
    plain[strlen (plain) - length] = '\0';
  if (plain[0] == '\0')
    return g_steal_pointer (&plain);

  segments = g_strsplit (plain + 1, "/", -1);
  for (guint i = 0; segments[i] != NULL; i++)
    {
      g_autofree char *segment = g_strconcat ("/", segments[i], NULL);

      if (!is_plain_segment (segments[i]))
        {
          set_invalid (error, _ ("The part after the host name is not a plain path. Enter just the "
                                 "host name."));
          return NULL;
        }
      if (measure_version (segment) > 0)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       /* Translators: the version of an API, such as “/v1”. */
                       _ ("This is the address of a call. Leave out “%s” and all that follows it."),
                       segment);
          return NULL;
        }
    }

  return g_steal_pointer (&plain);
}

/* The text as a URL of scheme http or https. A person may leave the scheme out. */
static GUri *
parse (const char *text,
       gboolean   *scheme_given,
       GError    **error)
{
  g_autofree char *with_scheme = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *authority;
  const char *scheme_end = strstr (text, "://");

  *scheme_given = scheme_end != NULL;
  if (scheme_end != NULL
      && !g_str_has_prefix (text, "://")
      && g_ascii_strncasecmp (text, "https://", 8) != 0
      && g_ascii_strncasecmp (text, "http://", 7) != 0)
    {
      set_invalid (error, _ ("The address must begin with “https://”, or be just a host name."));
      return NULL;
    }

  with_scheme = *scheme_given ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  authority = strstr (with_scheme, "://") + 3;
  if (memchr (authority, '@', strcspn (authority, "/")) != NULL)
    {
      set_invalid (error, _ ("An address must not contain a user name or password: "
                             "remove all up to the “@”."));
      return NULL;
    }
  if (*authority == '\0' || *authority == '/' || *authority == ':')
    {
      set_invalid (error, _ ("The host name is missing."));
      return NULL;
    }

  /* GUri turns an international host name into its ASCII form. */
  uri = g_uri_parse (with_scheme, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_port (uri) == 0)
    {
      set_invalid (error, _ ("This is not a valid address: enter a host name, such as "
                             "“iam.eu-de.otc.t-systems.com”."));
      return NULL;
    }

  return g_steal_pointer (&uri);
}

/**
 * wb_endpoints_new:
 * @service_url: the address of DataArts Factory, as wb_endpoints_normalize() takes it
 * @identity_url: the address of the identity service, likewise
 * @management_url: (nullable): the address of Management Center, likewise; empty is the same as
 *   %NULL
 * @error: (out) (optional): %WB_ERROR_INVALID with a sentence that names the address
 *
 * Returns: (transfer full) (nullable): the addresses, normalized
 */
WbEndpoints *
wb_endpoints_new (const char *service_url,
                  const char *identity_url,
                  const char *management_url,
                  GError    **error)
{
  g_autoptr (WbEndpoints) self = NULL;

  g_return_val_if_fail (service_url != NULL, NULL);
  g_return_val_if_fail (identity_url != NULL, NULL);

  self = g_new0 (WbEndpoints, 1);

  self->service_url = wb_endpoints_normalize (service_url, error);
  if (self->service_url == NULL)
    {
      /* Translators: put before the sentence that says what is wrong with the address */
      g_prefix_error (error, "%s ", _ ("Service address:"));
      return NULL;
    }

  self->identity_url = wb_endpoints_normalize (identity_url, error);
  if (self->identity_url == NULL)
    {
      /* Translators: put before the sentence that says what is wrong with the address */
      g_prefix_error (error, "%s ", _ ("Identity address:"));
      return NULL;
    }

  if (management_url != NULL && *management_url != '\0')
    {
      self->management_url = wb_endpoints_normalize (management_url, error);
      if (self->management_url == NULL)
        {
          /* Translators: put before the sentence that says what is wrong with the address */
          g_prefix_error (error, "%s ", _ ("Management Center address:"));
          return NULL;
        }
    }

  return g_steal_pointer (&self);
}

WbEndpoints *
wb_endpoints_copy (const WbEndpoints *self)
{
  WbEndpoints *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (WbEndpoints, 1);
  copy->service_url = g_strdup (self->service_url);
  copy->identity_url = g_strdup (self->identity_url);
  copy->management_url = g_strdup (self->management_url);

  return copy;
}

void
wb_endpoints_free (WbEndpoints *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->service_url);
  g_free (self->identity_url);
  g_free (self->management_url);
  g_free (self);
}

/**
 * wb_endpoints_normalize:
 * @url: a host name or a URL, as a person types it
 * @error: (out) (optional): %WB_ERROR_INVALID with a sentence that can be shown beside the field
 *
 * The result is an origin, with a path where a private cloud has one: `https://host[:port][/path]`
 * with a lower-case ASCII host, without the scheme's default port, a trailing slash or the version
 * of an API at its end, such as `/v1` or `/v3`. Without a scheme https is meant, and http on a
 * loopback address. Plain http to any other host is refused, and so are user info, query, fragment
 * and the address of a call. A result is its own result.
 *
 * Returns: (transfer full) (nullable): the address
 */
char *
wb_endpoints_normalize (const char *url,
                        GError    **error)
{
  g_autofree char *text = NULL;
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  g_autofree char *port_text = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *authority;
  const char *scheme;
  gboolean    scheme_given;
  gboolean    is_ipv6;
  int         port;

  g_return_val_if_fail (url != NULL, NULL);

  /* Pasted text often has spaces around it. */
  text = g_strstrip (g_strdup (url));
  if (*text == '\0')
    {
      set_invalid (error, _ ("The address is empty: enter a host name."));
      return NULL;
    }
  if (!check_characters (text, error))
    return NULL;

  uri = parse (text, &scheme_given, error);
  if (uri == NULL)
    return NULL;

  /* From the text: GUri has taken `..` out of its path already. */
  authority = scheme_given ? strstr (text, "://") + 3 : text;

  /* The ASCII form is judged, not what was typed: a lone `。` leaves nothing of a host, and wide
   * colons make an IPv6 address. */
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  is_ipv6 = strchr (host, ':') != NULL;
  if (*host == '\0')
    {
      set_invalid (error, _ ("The host name is missing."));
      return NULL;
    }
  if (!host_is_valid (host) || (is_ipv6 && *authority != '['))
    {
      set_invalid_host (error);
      return NULL;
    }

  scheme = g_uri_get_scheme (uri);
  if (!scheme_given && wb_host_is_loopback (host))
    scheme = "http";
  if (g_str_equal (scheme, "http") && !wb_host_is_loopback (host))
    {
      set_invalid (error, _ ("The address must begin with “https://”: over plain “http://” the "
                             "sign-in could be read on the way."));
      return NULL;
    }

  path = normalize_path (authority + strcspn (authority, "/"), error);
  if (path == NULL)
    return NULL;

  port = g_uri_get_port (uri);
  if (port == (g_str_equal (scheme, "http") ? 80 : 443))
    port = -1;
  port_text = port > 0 ? g_strdup_printf (":%d", port) : g_strdup ("");
  address = g_strconcat (scheme, "://", is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "", port_text,
                         path, NULL);

  /* The scheme may have made it too long. */
  return check_characters (address, error) ? g_steal_pointer (&address) : NULL;
}

/**
 * wb_host_is_loopback:
 * @host: a host as a URL has it; an IPv6 address without its brackets
 *
 * Whether @host is this computer whatever a name server says: a literal 127.0.0.0/8 or ::1, or
 * `localhost`. Other names and other ways to write an address do not count.
 *
 * Returns: %TRUE if it is
 */
gboolean
wb_host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  g_return_val_if_fail (host != NULL, FALSE);

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  if (strchr (host, '%') != NULL)
    return FALSE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}
