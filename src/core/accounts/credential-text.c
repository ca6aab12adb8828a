/* credential-text.c: the text of a file of access keys, whatever encoding it was saved in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/credential-file-private.h"

#include <errno.h>
#include <string.h>

#include "core/wipe.h"

/* The most bytes of UTF-8 for one byte of GB 18030. */
#define MAX_GROWTH 4

typedef enum
{
  UTF_16_NO,
  UTF_16_LITTLE,
  UTF_16_BIG,
} Utf16;

/* By its mark; or by its first letter, which is an ASCII one in all files of this kind. */
static Utf16
find_utf_16 (const guint8 *bytes,
             gsize         length)
{
  if (length < 2)
    return UTF_16_NO;
  if ((bytes[0] == 0xff && bytes[1] == 0xfe) || (bytes[0] != 0 && bytes[1] == 0))
    return UTF_16_LITTLE;
  if ((bytes[0] == 0xfe && bytes[1] == 0xff) || (bytes[0] == 0 && bytes[1] != 0))
    return UTF_16_BIG;

  return UTF_16_NO;
}

static char *
decode_utf_16 (const guint8 *bytes,
               gsize         length,
               Utf16         form)
{
  gsize      n = length / 2;
  gunichar2 *units = g_new0 (gunichar2, n + 1);
  glong      n_read = 0;
  char      *text;

  for (gsize i = 0; i < n; i++)
    units[i] = form == UTF_16_LITTLE ? (gunichar2) (bytes[2 * i] | bytes[2 * i + 1] << 8)
                                     : (gunichar2) (bytes[2 * i] << 8 | bytes[2 * i + 1]);
  text = length % 2 == 0 ? g_utf16_to_utf8 (units, (glong) n, &n_read, NULL, NULL) : NULL;
  explicit_bzero (units, n * sizeof *units);
  g_free (units);

  /* A NUL within cuts it off. */
  if (text != NULL && (gsize) n_read != n)
    g_clear_pointer (&text, wb_wipe_and_free);

  return text;
}

/* What a spreadsheet saves as CSV where Chinese is spoken. */
static char *
decode_gb_18030 (const char *bytes,
                 gsize       length)
{
  GIConv converter = g_iconv_open ("UTF-8", "GB18030");
  gsize  capacity = length * MAX_GROWTH;
  char  *text;
  char  *in = (char *) bytes;
  char  *out;
  gsize  n_in = length;
  gsize  n_out = capacity;

  if (converter == (GIConv) -1)
    return NULL;

  /* Of one size from the start, for growing would leave a copy behind. */
  text = g_malloc0 (capacity + 1);
  out = text;
  if (memchr (bytes, '\0', length) != NULL
      || g_iconv (converter, &in, &n_in, &out, &n_out) == (gsize) -1 || n_in > 0)
    g_clear_pointer (&text, wb_wipe_and_free);
  g_iconv_close (converter);

  return text;
}

/**
 * wb_credential_text_decode:
 * @bytes: a file, which may be anything
 * @length: how long it is
 *
 * UTF-8 and UTF-16, with and without a mark, and GB 18030.
 *
 * Returns: (transfer full) (nullable): its text without a mark, for wb_wipe_and_free(); %NULL if it
 *   is no text
 */
char *
wb_credential_text_decode (const char *bytes,
                           gsize       length)
{
  Utf16 form = find_utf_16 ((const guint8 *) bytes, length);
  char *text;

  if (form == UTF_16_NO)
    text = g_utf8_validate (bytes, (gssize) length, NULL) ? g_strndup (bytes, length)
                                                          : decode_gb_18030 (bytes, length);
  else
    text = decode_utf_16 ((const guint8 *) bytes, length, form);

  if (text != NULL && g_str_has_prefix (text, "\xef\xbb\xbf"))
    memmove (text, text + 3, strlen (text + 3) + 1);

  return text;
}
