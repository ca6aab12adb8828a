/* secret-forms.c: secrets that are known by their own form, whatever names them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-forms.h"

#include <string.h>

/* The length of an access key's ID and of its secret, at AWS (whose IDs begin with AKIA or ASIA)
 * and at Huawei Cloud. */
#define KEY_ID_BYTES 20
#define KEY_TEXT_BYTES 40

#define MIN_TOKEN_BYTES 20

/* In base64. */
#define MIN_LOGIN_BYTES 12
#define MAX_LOGIN_BYTES 400

static void
add_part (GArray *parts,
          gsize   start,
          gsize   end)
{
  WbSpan part = { .start = start, .end = end };

  if (end > start)
    g_array_append_val (parts, part);
}

/* Where @word, in small letters, is in any case; or @length. */
static gsize
find_word (const char *string,
           gsize       from,
           gsize       length,
           const char *word)
{
  gsize n = strlen (word);

  for (gsize i = from; i + n <= length; i++)
    {
      if (g_ascii_tolower (string[i]) == *word && g_ascii_strncasecmp (string + i, word, n) == 0)
        return i;
    }

  return length;
}

static gsize
find_bytes (const char *string,
            gsize       from,
            gsize       length,
            const char *bytes)
{
  const char *found = from < length
                        ? memmem (string + from, length - from, bytes, strlen (bytes))
                        : NULL;

  return found != NULL ? (gsize) (found - string) : length;
}

static gsize
skip_set (const char *string,
          gsize       from,
          gsize       length,
          const char *others)
{
  while (from < length && string[from] != '\0'
         && (g_ascii_isalnum (string[from]) || strchr (others, string[from]) != NULL))
    from++;

  return from;
}

/* A private key in PEM (RFC 7468; RFC 4716 has four dashes), of any kind and with its lines written
 * in any way, up to its end. */
static void
find_pem (const char *string,
          gsize       length,
          GArray     *parts)
{
  gsize i = 0;

  while ((i = find_bytes (string, i, length, "BEGIN ")) < length)
    {
      gsize label_end = find_bytes (string, i, length, "--");
      gsize start = i;

      i = label_end;
      if (label_end == length || label_end - start > 80
          || memmem (string + start, label_end - start, "PRIVATE KEY", 11) == NULL)
        continue;
      while (start > 0 && (string[start - 1] == '-' || string[start - 1] == ' '))
        start--;
      i = find_bytes (string, label_end, length, "END ");
      if (i < length)
        i = find_bytes (string, i, length, "--");
      while (i < length && string[i] == '-')
        i++;
      add_part (parts, start, i);
    }
}

/* Where a token that begins at @start ends, whose first letters end at @run; or @start if it is
 * none. */
typedef gsize (*TokenFunc) (const char *string,
                            gsize       start,
                            gsize       run,
                            gsize       length);

/* A private key in base64. A certificate begins alike. */
static gsize
measure_encoded_pem (const char *string,
                     gsize       start,
                     gsize       run,
                     gsize       length)
{
  g_autofree char   *copy = g_strndup (string + start, run - start);
  gsize              n;
  g_autofree guchar *bytes = g_base64_decode (copy, &n);

  return memmem (bytes, n, "PRIVATE KEY", 11) != NULL ? run : start;
}

/* `eyJ….eyJ….…`: a JSON Web Token (RFC 7519). */
static gsize
measure_web_token (const char *string,
                   gsize       start,
                   gsize       run,
                   gsize       length)
{
  gsize    body = run < length ? skip_set (string, run + 1, length, "_-") : length;
  gsize    end = body < length ? skip_set (string, body + 1, length, "_-") : length;
  gboolean is_token = run + 4 < length && string[run] == '.'
                      && memcmp (string + run + 1, "eyJ", 3) == 0 && body < length
                      && string[body] == '.' && end > body + 1;

  return is_token ? end : start;
}

/* Letters, digits and @others are a token's first part. */
static void
find_tokens (const char *string,
             gsize       length,
             const char *beginning,
             const char *others,
             TokenFunc   measure,
             GArray     *parts)
{
  gsize i = 0;

  while ((i = find_bytes (string, i, length, beginning)) < length)
    {
      gsize run = skip_set (string, i, length, others);
      gsize end = measure (string, i, run, length);

      add_part (parts, i, end);
      i = MAX (run, end);
    }
}

static gboolean
has_digit (const char *string,
           gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isdigit (string[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_basic (const char *string,
          gsize       length)
{
  g_autofree char   *copy = g_strndup (string, length);
  gsize              n;
  g_autofree guchar *bytes = g_base64_decode (copy, &n);

  return n > 2 && memchr (bytes, ':', n) != NULL;
}

/* `user:password` in base64, as Docker and npm keep it: nothing but text, with a colon in it that
 * begins no path of an address and no port. */
static gsize
measure_login (const char *string,
               gsize       start,
               gsize       run,
               gsize       length)
{
  g_autofree char   *copy = NULL;
  g_autofree guchar *bytes = NULL;
  const guchar      *colon;
  gboolean           has_letter = FALSE;
  gsize              n;

  if (run - start < MIN_LOGIN_BYTES || run - start > MAX_LOGIN_BYTES || (run - start) % 4 != 0)
    return start;

  copy = g_strndup (string + start, run - start);
  bytes = g_base64_decode (copy, &n);
  colon = memchr (bytes, ':', n);
  for (gsize i = 0; i < n; i++)
    {
      if (!g_ascii_isgraph (bytes[i]))
        return start;
    }
  if (colon == NULL || colon == bytes || colon + 1 == bytes + n || colon[1] == '/')
    return start;
  for (const guchar *p = colon + 1; p < bytes + n; p++)
    has_letter = has_letter || g_ascii_isalpha (*p);

  return has_letter ? run : start;
}

static void
find_logins (const char *string,
             gsize       length,
             GArray     *parts)
{
  for (gsize i = 0; i < length; i++)
    {
      gsize run = skip_set (string, i, length, "+/");

      while (run > i && run < length && string[run] == '=')
        run++;
      add_part (parts, i, measure_login (string, i, run, length));
      i = run > i ? run - 1 : i;
    }
}

/* `Bearer` and `Basic` with what follows them (RFC 6750, RFC 7617), but not in a sentence. */
static void
find_credentials (const char *string,
                  gsize       length,
                  const char *scheme,
                  gboolean    basic,
                  GArray     *parts)
{
  gsize i = 0;

  while ((i = find_word (string, i, length, scheme)) < length)
    {
      gsize start = i + strlen (scheme);
      gsize end;

      if (i > 0 && g_ascii_isalnum (string[i - 1]))
        {
          i = start;
          continue;
        }
      while (start < length && string[start] == ' ')
        start++;
      end = skip_set (string, start, length, "._~+/=-");
      if (basic ? end - start >= 6 && is_basic (string + start, end - start)
                : end - start >= MIN_TOKEN_BYTES
                    || (end - start >= 6 && has_digit (string + start, end - start)))
        add_part (parts, start, end);
      i = MAX (end, i + 1);
    }
}

/**
 * wb_secret_forms_is_key_id:
 * @string: a word
 * @length: how many bytes
 *
 * Returns: whether it has the form of an access key's ID, which is not secret
 */
gboolean
wb_secret_forms_is_key_id (const char *string,
                           gsize       length)
{
  gsize n_digits = 0;

  if (length != KEY_ID_BYTES)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isupper (string[i]) && !g_ascii_isdigit (string[i]))
        return FALSE;
      n_digits += g_ascii_isdigit (string[i]);
    }

  return n_digits < length;
}

/**
 * wb_secret_forms_is_key_text:
 * @string: a word
 * @length: how many bytes
 *
 * Returns: whether it has the form of an access key's secret; a hash has letters of one case
 */
gboolean
wb_secret_forms_is_key_text (const char *string,
                             gsize       length)
{
  gboolean upper = FALSE;
  gboolean lower = FALSE;

  if (length != KEY_TEXT_BYTES || skip_set (string, 0, length, "/+") != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      upper = upper || g_ascii_isupper (string[i]);
      lower = lower || g_ascii_islower (string[i]);
    }

  return upper && lower && has_digit (string, length);
}

/* An ID and its secret in one string. */
static void
find_key_pairs (const char *string,
                gsize       length,
                GArray     *parts)
{
  gboolean has_id = FALSE;

  for (guint round = 0; round < 2; round++)
    {
      for (gsize i = 0; i < length; i++)
        {
          gsize end = skip_set (string, i, length, "/+");

          has_id = has_id || wb_secret_forms_is_key_id (string + i, end - i);
          if (round == 1 && wb_secret_forms_is_key_text (string + i, end - i))
            add_part (parts, i, end);
          i = end;
        }
      if (!has_id)
        return;
    }
}

/**
 * wb_secret_forms_find:
 * @string: any UTF-8
 * @length: how many bytes
 * @parts: (element-type WbSpan): gets where private keys, tokens and access keys stand
 */
void
wb_secret_forms_find (const char *string,
                      gsize       length,
                      GArray     *parts)
{
  /* The shortest that counts. */
  if (length < 12)
    return;

  find_logins (string, length, parts);
  if (memchr (string, '-', length) != NULL)
    find_pem (string, length, parts);
  if (memchr (string, '.', length) != NULL)
    find_tokens (string, length, "eyJ", "_-", measure_web_token, parts);
  if (length >= KEY_ID_BYTES + KEY_TEXT_BYTES)
    {
      find_tokens (string, length, "LS0tLS1CRUdJTi", "+/=", measure_encoded_pem, parts);
      find_key_pairs (string, length, parts);
    }
  if (memchr (string, ' ', length) != NULL)
    {
      find_credentials (string, length, "bearer ", FALSE, parts);
      find_credentials (string, length, "basic ", TRUE, parts);
    }
}
