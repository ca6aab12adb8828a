/* proxy-address.c: the address of a proxy as people write it, and as other libraries can read it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/proxy-address.h"

#include <gio/gio.h>
#include <string.h>

#define SCHEME_END "://"
#define HTTPS_PORT 443
#define MAX_PORT 65535

/* What GIO has a proxy for, under the names that curl knows, too. */
static const struct
{
  const char *name;
  const char *scheme;
} schemes[] = {
  { "http", "http" },
  { "https", "https" },
  { "socks", "socks5" },
  { "socks4", "socks4" },
  { "socks4a", "socks4a" },
  { "socks5", "socks5" },
  { "socks5h", "socks5" }, /* GIO's socks5 always lets the proxy look up names */
};

static const char *
find_scheme (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_ascii_strcasecmp (name, schemes[i].name) == 0)
        return schemes[i].scheme;
    }

  return NULL;
}

static gboolean
has_control (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return TRUE;
    }

  return FALSE;
}

/* What it says must still be said after its `%3b` has become `;`. */
static gboolean
is_host (const char *host)
{
  return host != NULL && *host != '\0' && strpbrk (host, " \t!\"#$&'()*+,/;<=>?@[\\]^`{|}") == NULL
         && !has_control (host);
}

/* What is behind the host is of no use. An “@” there means that the user or the password has a
 * character that should have been escaped, and that the host would be a part of it. */
static char *
cut_path (const char *value)
{
  const char *authority = strstr (value, SCHEME_END) + strlen (SCHEME_END);
  const char *end = authority + strcspn (authority, "/?#");

  return strchr (end, '@') == NULL ? g_strndup (value, (gsize) (end - value)) : NULL;
}

/**
 * wb_proxy_address_normalize:
 * @value: a proxy's address as curl takes it: scheme, user and password may be missing
 * @default_port: the port where it names none; an HTTPS proxy has port 443 then
 *
 * GIO and libproxy print an address that they cannot read, with the password in it, so they get
 * none but those that come from here. A user and password that are not escaped are taken as they
 * stand. A user without a password gets an empty one: GIO sends nothing otherwise.
 *
 * Returns: (transfer full) (nullable): the address with scheme, host and port, everything escaped;
 *   %NULL if it is not a proxy's address
 */
char *
wb_proxy_address_normalize (const char *value,
                            guint       default_port)
{
  g_autofree char *stripped = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *name = NULL;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autofree char *host = NULL;
  const char      *scheme;
  int              port = -1;

  g_return_val_if_fail (value != NULL, NULL);

  if (!g_utf8_validate (value, -1, NULL))
    return NULL;

  stripped = g_strchug (g_strdup (value));
  g_strchomp (stripped);
  if (has_control (stripped))
    return NULL;

  whole = strstr (stripped, SCHEME_END) != NULL ? g_strdup (stripped)
                                                : g_strconcat ("http://", stripped, NULL);
  cut = cut_path (whole);
  if (cut == NULL
      || !g_uri_split_with_user (cut, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_PARSE_RELAXED, &name,
                                 &user, &password, NULL, &host, &port, NULL, NULL, NULL, NULL))
    return NULL;

  scheme = name != NULL ? find_scheme (name) : NULL;
  /* An empty port is more likely that of `http:/h:1` than meant. */
  if (scheme == NULL || !is_host (host) || port == 0 || g_str_has_suffix (cut, ":")
      || has_control (user) || has_control (password))
    return NULL;
  if (port < 0)
    port = g_str_equal (scheme, "https") ? HTTPS_PORT : (int) default_port;
  if (user != NULL && password == NULL)
    password = g_strdup ("");
  if (user != NULL && *user == '\0' && *password == '\0')
    {
      g_clear_pointer (&user, g_free);
      g_clear_pointer (&password, g_free);
    }

  return g_uri_join_with_user (G_URI_FLAGS_NONE, scheme, user, password, NULL, host, port, "", NULL,
                               NULL);
}

/**
 * wb_proxy_address_dup_public:
 * @address: an address of wb_proxy_address_normalize()
 *
 * Returns: (transfer full): it without user and password, for a sentence or a log
 */
char *
wb_proxy_address_dup_public (const char *address)
{
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;
  int              port;

  g_return_val_if_fail (address != NULL, NULL);

  /* Not even a part of what is not an address. */
  if (!g_uri_split (address, G_URI_FLAGS_NONE, &scheme, NULL, &host, &port, NULL, NULL, NULL, NULL)
      || scheme == NULL || host == NULL)
    return g_strdup ("?");

  return g_uri_join (G_URI_FLAGS_NONE, scheme, NULL, host, port, "", NULL, NULL);
}

static gboolean
is_port (const char *text)
{
  gsize n = strlen (text);

  return n > 0 && n <= 5 && strspn (text, "0123456789") == n
         && g_ascii_strtoull (text, NULL, 10) - 1 < MAX_PORT;
}

/* Returns: (transfer full) (nullable): an exception in the form of #GSimpleProxyResolver, or NULL
 * for what that would not understand and print */
static char *
normalize_exception (const char *word)
{
  g_autofree char *bare = NULL;
  const char      *colon = strchr (word, ':');
  gsize            length = strlen (word);

  if (*word == '[')
    {
      if (word[length - 1] == ']')
        bare = g_strndup (word + 1, length - 2);
      else if (strstr (word, "]:") != NULL && is_port (strstr (word, "]:") + 2))
        return g_strdup (word);
      else
        return NULL;
    }
  else if (colon != NULL && strchr (colon + 1, ':') == NULL)
    {
      return colon > word && is_port (colon + 1) ? g_strdup (word) : NULL;
    }
  else
    {
      bare = g_strdup (word);
    }

  return *bare != '\0' && strpbrk (bare, "[]") == NULL ? g_steal_pointer (&bare) : NULL;
}

/**
 * wb_proxy_exceptions_parse:
 * @value: `no_proxy`: names, `.domain`, `*.domain`, `name:port`, addresses, masks or `*`, with
 *   commas or spaces between
 *
 * Returns: (transfer full) (nullable): them for a #GSimpleProxyResolver; %NULL for everything,
 *   which is not among what that understands
 */
char **
wb_proxy_exceptions_parse (const char *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (value != NULL, NULL);

  words = g_utf8_validate (value, -1, NULL) ? g_strsplit_set (value, ", \t\r\n", -1) : NULL;
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *exception = NULL;

      if (g_str_equal (words[i], "*"))
        return NULL;
      if (*words[i] != '\0')
        exception = normalize_exception (words[i]);
      if (exception != NULL)
        g_strv_builder_add (builder, exception);
    }

  return g_strv_builder_end (builder);
}
