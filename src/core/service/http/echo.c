/* echo.c: what a service repeats of a secret that was sent to it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/echo.h"

#include <string.h>

#include "core/unescape.h"
#include "core/wipe.h"

#define HIDDEN "•••"

/* Texts are cut to their limits before they come here, perhaps in the middle of a secret. A shorter
 * piece of it at the end reveals nothing, and may be there by chance. */
#define MIN_PIECE_CHARS 3

/* Of a secret in digits and letters alone a few may well be there by chance. */
#define MIN_ENCODED_PIECE_CHARS 12

/* In a name or an ID of the service's own, a shorter secret may be there by chance. */
#define MIN_WHOLE_BYTES 6
#define NO_PIECE G_MAXUINT

/* `&#x0001F600;` */
#define MAX_ENTITY_BYTES 12

/* `%F0%9F%98%80` */
#define MAX_PERCENT_BYTES 12

/* `\xf0\x9f\x98\x80` */
#define MAX_BYTES_BYTES 16

/* In the place of a byte that was no UTF-8. */
#define REPLACEMENT 0xfffd
#define HEX_DIGITS G_CSET_DIGITS "abcdefABCDEF"

/* Reads one character of a text that may be written in some other way.
 * Returns: its length in bytes; 0 if the text ends before or within it. */
typedef gsize (*ReadChar) (const char *text,
                           gunichar   *c);

static gsize
read_plain (const char *text,
            gunichar   *c)
{
  if (*text == '\0')
    return 0;

  *c = g_utf8_get_char_validated (text, -1);

  /* A byte that is not text is not part of a secret either. */
  return *c < (gunichar) -2 ? (gsize) (g_utf8_next_char (text) - text) : 1;
}

/* As Python writes bytes, and web servers their logs. */
static gsize
read_bytes (const char *text,
            gunichar   *c)
{
  char  bytes[7] = "";
  gsize length = 0;

  for (guint n = 0; n < 4 && text[length] == '\\' && text[length + 1] == 'x'
                    && g_ascii_isxdigit (text[length + 2]) && g_ascii_isxdigit (text[length + 3]);
       n++)
    {
      bytes[n] = (char) (g_ascii_xdigit_value (text[length + 2]) * 16
                         + g_ascii_xdigit_value (text[length + 3]));
      length += 4;
      if (g_utf8_get_char_validated (bytes, n + 1) < (gunichar) -2)
        {
          *c = g_utf8_get_char (bytes);
          return length;
        }
    }

  length = strnlen (text, MAX_BYTES_BYTES);
  if (length < MAX_BYTES_BYTES && strspn (text, "\\x" HEX_DIGITS) == length)
    return 0;

  return read_plain (text, c);
}

/* As in a JSON string. */
static gsize
read_json (const char *text,
           gunichar   *c)
{
  gsize length;

  if (text[0] != '\\')
    return read_plain (text, c);
  if (text[1] == '\0')
    return 0;
  if (text[1] == 'x')
    return read_bytes (text, c);
  if (text[1] != 'u')
    {
      *c = (guchar) text[1];
      return strchr ("\"\\/'", text[1]) != NULL ? 2 : read_plain (text, c);
    }

  length = wb_unescape_unicode (text, strnlen (text, 12), c);
  if (length == 0)
    return strnlen (text, 6) < 6 ? 0 : read_plain (text, c);
  if (*c >= 0xd800 && *c <= 0xdbff)
    return strnlen (text, 12) < 12 ? 0 : read_plain (text, c);

  return length;
}

/* As in a web page. */
static gsize
read_html (const char *text,
           gunichar   *c)
{
  static const struct
  {
    const char *name;
    char        c;
  } names[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' } };
  const char *end;
  char       *number_end;
  guint64     number;

  if (text[0] != '&')
    return read_plain (text, c);

  end = text + 1;
  while (end - text < MAX_ENTITY_BYTES && (*end == '#' || g_ascii_isalnum (*end)))
    end++;
  if (*end == '\0')
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (*end == ';' && strncmp (text + 1, names[i].name, (gsize) (end - text - 1)) == 0
          && strlen (names[i].name) == (gsize) (end - text - 1))
        {
          *c = (guchar) names[i].c;
          return (gsize) (end - text) + 1;
        }
    }
  if (text[1] != '#')
    return read_plain (text, c);

  number = text[2] == 'x' || text[2] == 'X' ? g_ascii_strtoull (text + 3, &number_end, 16)
                                            : g_ascii_strtoull (text + 2, &number_end, 10);
  if (number_end != end || *end != ';' || number > 0x10ffff)
    return read_plain (text, c);
  *c = (gunichar) number;

  return (gsize) (end - text) + 1;
}

/* As in an address. */
static gsize
read_percent (const char *text,
              gunichar   *c)
{
  char  bytes[7] = "";
  guint n = 0;
  gsize length;

  if (text[0] == '+')
    {
      *c = ' ';
      return 1;
    }

  /* A character is up to four bytes long. */
  do
    {
      int byte = wb_unescape_percent (text + 3 * n, strnlen (text + 3 * n, 3));

      if (byte <= 0)
        break;
      bytes[n++] = (char) byte;
      if (g_utf8_get_char_validated (bytes, n) < (gunichar) -2)
        {
          *c = g_utf8_get_char (bytes);
          return 3 * n;
        }
    }
  while (n < 4);

  length = strnlen (text, MAX_PERCENT_BYTES);
  if (text[0] == '%' && length < MAX_PERCENT_BYTES && strspn (text, "%" HEX_DIGITS) == length)
    return 0;

  return read_plain (text, c);
}

/* What breaks a long word into lines, and what nobody sees. */
static gboolean
is_gap (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_iszerowidth (c) || c == 0xad;
}

/* A host's name comes back in small letters, and a text in Latin-1 without its umlauts. */
static gboolean
is_same (gunichar c,
         gunichar of_secret)
{
  if (c == REPLACEMENT || c >= (gunichar) -2)
    return of_secret >= 0x80;

  return g_unichar_tolower (c) == g_unichar_tolower (of_secret);
}

/* Returns: how many bytes at the start of @text are @secret, or a piece of it that the end of the
 * text cuts off; 0 if none */
static gsize
match (const char *text,
       const char *secret,
       guint       min_piece,
       ReadChar    read_char)
{
  const char *p = text;
  guint       n_chars = 0;

  for (const char *s = secret; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c;
      gsize    length;

      while ((length = read_char (p, &c)) > 0 && !is_same (c, g_utf8_get_char (s)))
        {
          if (n_chars == 0 || !is_gap (c))
            return 0;
          p += length;
        }
      if (length == 0)
        return n_chars >= min_piece ? strlen (text) : 0;
      p += length;
      n_chars++;
    }

  return (gsize) (p - text);
}

/* In base64, whatever stands before and after it: without the ends, which that makes others of. */
static char *
dup_base64 (const char *secret,
            gsize       offset)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  char *encoded;
  char *middle;
  gsize length;

  g_byte_array_append (bytes, (const guint8 *) "xx", (guint) offset);
  g_byte_array_append (bytes, (const guint8 *) secret, (guint) strlen (secret));
  encoded = g_base64_encode (bytes->data, bytes->len);
  length = bytes->len / 3 * 4;
  middle = length > 4 ? g_strndup (encoded + (offset > 0 ? 4 : 0), length - (offset > 0 ? 4 : 0))
                      : g_strdup ("");
  wb_wipe_and_free (encoded);
  explicit_bzero (bytes->data, bytes->len);

  return middle;
}

static char *
dup_hexadecimal (const char *secret)
{
  GString *text = g_string_new (NULL);

  for (const char *p = secret; *p != '\0'; p++)
    g_string_append_printf (text, "%02x", (guchar) *p);

  return g_string_free (text, FALSE);
}

/* Returns: (transfer full): the secrets as a program may write their bytes */
static GPtrArray *
list_encoded (const char *const *secrets)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (wb_wipe_and_free);

  for (guint i = 0; secrets != NULL && secrets[i] != NULL; i++)
    {
      g_ptr_array_add (list, dup_hexadecimal (secrets[i]));
      for (gsize offset = 0; offset < 3; offset++)
        g_ptr_array_add (list, dup_base64 (secrets[i], offset));
    }

  return list;
}

/* Returns: (transfer container): the secrets that may stand whole in @text, and not by chance. A
 * token of some kilobytes does not, so a list of short names takes no time. */
static const char **
list_fitting (const char        *text,
              const char *const *secrets)
{
  GPtrArray *list = g_ptr_array_new ();
  gsize      length = strlen (text);

  for (guint i = 0; secrets != NULL && secrets[i] != NULL; i++)
    {
      gsize n_bytes = strlen (secrets[i]);

      /* A character is up to four bytes long, and may be written in one. */
      if (n_bytes >= MIN_WHOLE_BYTES && n_bytes / 4 <= length)
        g_ptr_array_add (list, (char *) secrets[i]);
    }
  g_ptr_array_add (list, NULL);

  return (const char **) g_ptr_array_free (list, FALSE);
}

/* Returns: how many bytes at the start of @text are a secret, a whole one if @is_whole; 0 if none
 * is there */
static gsize
match_any (const char        *text,
           const char *const *secrets,
           GPtrArray         *encoded,
           gboolean           is_whole)
{
  static const ReadChar forms[] = { read_plain, read_json, read_html, read_percent };
  gsize                 longest = 0;

  for (guint i = 0; secrets != NULL && secrets[i] != NULL; i++)
    {
      if (*secrets[i] == '\0' || !g_utf8_validate (secrets[i], -1, NULL))
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (forms); j++)
        longest = MAX (longest, match (text, secrets[i], is_whole ? NO_PIECE : MIN_PIECE_CHARS,
                                       forms[j]));
    }
  for (guint i = 0; i < encoded->len; i++)
    {
      const char *secret = g_ptr_array_index (encoded, i);

      if (strlen (secret) >= MIN_ENCODED_PIECE_CHARS)
        longest = MAX (longest, match (text, secret, is_whole ? NO_PIECE : MIN_ENCODED_PIECE_CHARS,
                                       read_plain));
    }

  return longest;
}

static char *
hide (const char        *text,
      const char *const *secrets,
      gboolean           is_whole)
{
  g_autoptr (GPtrArray) encoded = list_encoded (secrets);
  GString *result = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize    secret_length = match_any (text, secrets, encoded, is_whole);
      gunichar c;
      gsize    length = read_plain (text, &c);

      if (secret_length > 0)
        g_string_append (result, HIDDEN);
      else
        g_string_append_len (result, text, (gssize) length);
      text += secret_length > 0 ? secret_length : length;
    }

  return g_string_free (result, FALSE);
}

/**
 * wb_echo_hide:
 * @text: what a service said, or the start of it; may be anything
 * @secrets: (nullable) (array zero-terminated=1): what must not be shown
 *
 * Takes the secrets out, also where they are written as in JSON, in a web page or in an address, in
 * base64 or hexadecimal, in Latin-1, on several lines, and where the end of @text cuts one off.
 *
 * Returns: (transfer full): the text with a mark in the place of each
 */
char *
wb_echo_hide (const char        *text,
              const char *const *secrets)
{
  g_return_val_if_fail (text != NULL, NULL);

  return hide (text, secrets, FALSE);
}

/**
 * wb_echo_has:
 * @id: a code or an ID, as a service returned it
 * @secrets: (nullable) (array zero-terminated=1): what must not be shown
 *
 * Returns: whether it holds one of the secrets or a piece of one, so that nothing of it may be
 *   shown
 */
gboolean
wb_echo_has (const char        *id,
             const char *const *secrets)
{
  g_autofree char *hidden = NULL;

  g_return_val_if_fail (id != NULL, FALSE);

  for (guint i = 0; secrets != NULL && secrets[i] != NULL; i++)
    {
      if (strlen (id) >= MIN_PIECE_CHARS && strstr (secrets[i], id) != NULL)
        return TRUE;
    }
  hidden = wb_echo_hide (id, secrets);

  return !g_str_equal (hidden, id);
}

/**
 * wb_echo_hide_whole:
 * @text: a name or an address that is not about what was sent, and is not cut
 * @secrets: (nullable) (array zero-terminated=1): what must not be shown
 *
 * Takes the secrets out as wb_echo_hide() does, but neither pieces nor short ones, which may stand
 * in a name by chance.
 *
 * Returns: (transfer full): the text with a mark in the place of each
 */
char *
wb_echo_hide_whole (const char        *text,
                    const char *const *secrets)
{
  g_autofree const char **fitting = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  fitting = list_fitting (text, secrets);

  return hide (text, fitting, TRUE);
}

/**
 * wb_echo_has_whole:
 * @id: an ID that goes into addresses, as a service returned it
 * @secrets: (nullable) (array zero-terminated=1): what must not be shown
 *
 * Returns: whether wb_echo_hide_whole() would take something out of it
 */
gboolean
wb_echo_has_whole (const char        *id,
                   const char *const *secrets)
{
  g_autofree char *hidden = wb_echo_hide_whole (id, secrets);

  return !g_str_equal (hidden, id);
}
