/* echo.c: what a service repeats of a secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/refusal/service-error-private.h"

#include <string.h>

#include "core/unescape.h"

#define HIDDEN "•••"

/* Texts are cut to their limits before they come here, perhaps in the middle of a secret. A shorter
 * piece of it at the end reveals nothing, and may be there by chance. */
#define MIN_PIECE_CHARS 3

/* `%F0%9F%98%80` */
#define MAX_PERCENT_BYTES 12
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
  if (text[1] != 'u')
    {
      *c = (guchar) text[1];
      return strchr ("\"\\/'", text[1]) != NULL ? 2 : read_plain (text, c);
    }

  length = wb_unescape_unicode (text, strnlen (text, 12), c);
  if (length == 0)
    return strlen (text) < 6 ? 0 : read_plain (text, c);
  if (*c >= 0xd800 && *c <= 0xdbff)
    return strlen (text) < 12 ? 0 : read_plain (text, c);

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

  end = text + strspn (text, "&#" G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS);
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

  length = strlen (text);
  if (text[0] == '%' && length < MAX_PERCENT_BYTES && strspn (text, "%" HEX_DIGITS) == length)
    return 0;

  return read_plain (text, c);
}

/* Returns: how many bytes at the start of @text are @secret, or a piece of it that the end of the
 * text cuts off; 0 if none */
static gsize
match (const char *text,
       const char *secret,
       ReadChar    read_char)
{
  const char *p = text;
  guint       n_chars = 0;

  for (const char *s = secret; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c;
      gsize    length = read_char (p, &c);

      if (length == 0)
        return n_chars >= MIN_PIECE_CHARS ? strlen (text) : 0;
      if (c != g_utf8_get_char (s))
        return 0;
      p += length;
      n_chars++;
    }

  return (gsize) (p - text);
}

/**
 * wb_echo_hide:
 * @text: what a service said, or the start of it; may be anything
 * @secrets: (nullable) (array zero-terminated=1): what must not be shown
 *
 * Takes the secrets out, also where they are written as in JSON, in a web page or in an address,
 * and where the end of @text cuts one off.
 *
 * Returns: (transfer full): the text with a mark in the place of each
 */
char *
wb_echo_hide (const char        *text,
              const char *const *secrets)
{
  static const ReadChar forms[] = { read_plain, read_json, read_html, read_percent };
  GString              *result;

  g_return_val_if_fail (text != NULL, NULL);

  result = g_string_new (NULL);
  while (*text != '\0')
    {
      gsize    longest = 0;
      gunichar c;
      gsize    length = read_plain (text, &c);

      for (guint i = 0; secrets != NULL && secrets[i] != NULL; i++)
        {
          if (*secrets[i] == '\0' || !g_utf8_validate (secrets[i], -1, NULL))
            continue;
          for (guint j = 0; j < G_N_ELEMENTS (forms); j++)
            longest = MAX (longest, match (text, secrets[i], forms[j]));
        }

      if (longest > 0)
        g_string_append (result, HIDDEN);
      else
        g_string_append_len (result, text, (gssize) length);
      text += longest > 0 ? longest : length;
    }

  return g_string_free (result, FALSE);
}
