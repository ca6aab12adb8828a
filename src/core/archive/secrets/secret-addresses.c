/* secret-addresses.c: the passwords of addresses
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-addresses.h"

#include <string.h>

#include "core/archive/secrets/secret-parts.h"

/* In doubt a part is a secret: a person can reveal what is hidden. */

/* An ID has up to 32 digits. */
#define MIN_TOKEN_DIGITS 40

/* Whether it is the token of a service, in place of a user's name. */
static gboolean
is_token (const char *string,
          gsize       from,
          gsize       end)
{
  for (gsize i = from; i < end; i++)
    {
      if (!g_ascii_isxdigit (string[i]))
        return FALSE;
    }

  return end - from >= MIN_TOKEN_DIGITS;
}

/* Whether an `@` stands in a parameter: `?user=me@example.com`, `;principal=hive/host@REALM`. */
static gboolean
is_in_parameter (const char *string,
                 gsize       from,
                 gsize       at)
{
  gsize query = wb_find_last (string, from, at, '?');

  if (query == at)
    query = wb_find_last (string, from, at, ';');

  return query < at && wb_find_any (string, query, at, "=") < at;
}

/* `user:password@host` at @from, behind `://`. The password may hold what should have been encoded:
 * it then reaches to @last_at, the last one up to @end, where the address ends. A quote does not
 * end it: a password may hold one. Digits may be a port, or how a password begins: that reaches to
 * @port_at, if there is one. */
static void
find_user_info (const char *string,
                gsize       from,
                gsize       last_at,
                gsize       port_at,
                gsize       end,
                GArray     *parts)
{
  gsize authority_end = wb_find_any (string, from, end, "/?#");
  gsize at = wb_find_last (string, from, authority_end, '@');
  gsize colon = wb_find_any (string, from, MIN (at, authority_end), ":");
  gsize digits_end = colon + 1;

  if (at < authority_end)
    {
      /* A password with a slash: of two readings the one that hides more. */
      if (colon < at)
        wb_secret_parts_add (parts, string, colon + 1, port_at < end ? MAX (at, port_at) : at);
      if (is_token (string, from, MIN (colon, at)))
        wb_secret_parts_add (parts, string, from, MIN (colon, at));
      return;
    }
  if (colon == authority_end)
    return;

  while (digits_end < end && g_ascii_isdigit (string[digits_end]))
    digits_end++;
  if (digits_end == end || wb_is_one_of (string[digits_end], "\"'<>)]}"))
    return;
  at = wb_is_one_of (string[digits_end], ",/?#") ? port_at : last_at;
  if (at < end && at > colon)
    wb_secret_parts_add (parts, string, colon + 1, at);
}

/* Linear, for a string from outside may be nothing but `://`. */
static void
find_urls (const char *string,
           gsize       length,
           GArray     *parts)
{
  gsize end = 0;
  gsize last_at = 0;
  gsize port_at = 0;

  for (gsize i = 0; i + 3 <= length; i++)
    {
      if (memcmp (string + i, "://", 3) != 0)
        continue;
      if (i + 3 > end)
        {
          end = wb_find_any (string, i + 3, length, " \t\r\n");
          last_at = wb_find_last (string, i + 3, end, '@');
          port_at = is_in_parameter (string, i + 3, last_at) ? end : last_at;
        }
      find_user_info (string, i + 3, last_at, port_at, end, parts);
    }
}

/* `user/password@//host:1521/service`, `user/"p@ss"@db` (Oracle Net, EZCONNECT), but not
 * `hive/host@REALM` nor `image/name@sha256:…`. */
static gboolean
is_oracle (const char *string,
           gsize       from,
           gsize       slash,
           gsize       at,
           gsize       end)
{
  if (slash == from || slash + 1 == at)
    return FALSE;
  if (string[slash + 1] == '"' && string[at - 1] == '"')
    return TRUE;

  return wb_find_any (string, slash + 1, at, "/") == at
         && wb_find_any (string, at, end, ":/") < end
         && !wb_has_prefix (string + at + 1, end - at - 1, "sha256:");
}

/* `jdbc:oracle:thin:user/password@…`, and `user:password@host` as a word of its own. */
static void
find_in_word (const char *string,
              gsize       from,
              gsize       end,
              gboolean    in_sentence,
              GArray     *parts)
{
  const char *word = string + from;
  gsize       length = end - from;
  gsize       at = wb_find_last (string, from, end, '@');
  gsize       start;
  gsize       n_digits = 0;

  if (at == end)
    return;

  if (wb_has_prefix (word, length, "jdbc:oracle:"))
    {
      start = wb_find_any (string, from, at, "/");
      if (start < at)
        wb_secret_parts_add (parts, string, start + 1, at);
      return;
    }
  if (wb_has_prefix (word, length, "mailto:") || wb_has_prefix (word, length, "jdbc:")
      || memmem (word, length, "://", 3) != NULL)
    return;

  /* An address without its scheme, as in a redirect. */
  if (wb_has_prefix (word, length, "//"))
    from += 2;
  start = wb_find_any (string, from, at, ":/");
  if (start < at && string[start] == '/' && is_oracle (string, from, start, at, end))
    {
      wb_secret_parts_add (parts, string, start + 1, at);
      return;
    }
  while (from + n_digits < start && g_ascii_isdigit (string[from + n_digits]))
    n_digits++;
  if (start < at && string[start] == ':' && (!in_sentence || from + n_digits < start))
    wb_secret_parts_add (parts, string, start + 1, at);
}

static void
find_bare_user_info (const char *string,
                     gsize       length,
                     GArray     *parts)
{
  gboolean in_sentence = wb_find_any (string, 0, length, WB_SPACES) < length;

  for (gsize from = 0; from < length;)
    {
      gsize end = wb_find_any (string, from, length, WB_SPACES);

      while (in_sentence && from < end && wb_is_one_of (string[from], "(<[\"'"))
        from++;
      find_in_word (string, from, end, in_sentence, parts);
      from = end + 1;
    }
}

/**
 * wb_secret_addresses_find:
 * @string: any UTF-8
 * @length: how many bytes
 * @parts: (element-type WbSpan): gets where the passwords of addresses stand, and those of
 *   `user:password@host`
 */
void
wb_secret_addresses_find (const char *string,
                          gsize       length,
                          GArray     *parts)
{
  find_urls (string, length, parts);
  find_bare_user_info (string, length, parts);
}
