/* zip-foreign.c: what a file is that is no whole ZIP archive
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-foreign.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The fixed part of a local header, whose times and checksums are no text. */
#define HEADER_BYTES 30

#define MAX_CODE_BYTES 64

static gboolean
starts_with (const guint8 *start,
             gsize         length,
             const char   *text,
             gsize         text_length)
{
  return length >= text_length && memcmp (start, text, text_length) == 0;
}

static gboolean
is_program (const guint8 *start,
            gsize         length)
{
  return starts_with (start, length, "MZ", 2) || starts_with (start, length, "#!", 2)
         || starts_with (start, length, "\177ELF", 4);
}

/* Archives of another kind, by their first bytes. */
static const char *
get_other_archive (const guint8 *start,
                   gsize         length)
{
  static const struct
  {
    const char *start;
    gsize       length;
    const char *name;
  } kinds[] = {
    { "\x1f\x8b", 2, "gzip" },
    { "BZh", 3, "bzip2" },
    { "\xfd"
      "7zXZ\0",
      6, "xz" },
    { "\x28\xb5\x2f\xfd", 4, "zstd" },
    { "7z\xbc\xaf\x27\x1c", 6, "7z" },
    { "Rar!\x1a\x07", 6, "RAR" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (starts_with (start, length, kinds[i].start, kinds[i].length))
        return kinds[i].name;
    }
  if (length >= 262 && memcmp (start + 257, "ustar", 5) == 0)
    return "tar";

  return NULL;
}

/* Where the first element's name begins, behind the XML declaration and comments. */
static const char *
skip_prolog (const char *text)
{
  for (;;)
    {
      const char *end = NULL;

      while (g_ascii_isspace (*text))
        text++;
      if (g_str_has_prefix (text, "<?"))
        end = strstr (text, "?>");
      else if (g_str_has_prefix (text, "<!--"))
        end = strstr (text, "-->");
      if (end == NULL)
        return *text == '<' ? text + 1 : text;
      text = strchr (end, '>') + 1;
    }
}

/* The object stores of all clouds answer as Amazon's S3: <Error><Code>AccessDenied</Code>… */
static char *
describe_xml (const char *text)
{
  const char      *element = skip_prolog (text);
  const char      *code = strstr (text, "<Code>");
  gsize            length = code != NULL ? strcspn (code + strlen ("<Code>"), "<") : 0;
  g_autofree char *lower = g_ascii_strdown (text, -1);

  if (g_str_has_prefix (element, "Error") && strchr ("> \t\r\n/", element[5]) != NULL)
    {
      g_autofree char *name = code != NULL ? g_strndup (code + strlen ("<Code>"), length) : NULL;

      for (gsize i = 0; i < length; i++)
        length = g_ascii_isalnum (name[i]) ? length : 0;
      if (length == 0 || length > MAX_CODE_BYTES)
        return g_strdup (_ ("This is an error message of an object store, not a ZIP archive. A "
                            "link that has expired gives one: get the file again."));

      /* Translators: the object store's code, such as AccessDenied. */
      return g_strdup_printf (_ ("This is an error message of an object store (%s), not a ZIP "
                                 "archive. A link that has expired gives one: get the file again."),
                              name);
    }
  if (g_str_has_prefix (lower, "<?xml") && strstr (lower, "<html") == NULL)
    return g_strdup (_ ("This is an XML text, not a ZIP archive. It may be an error message that "
                        "was saved under the archive’s name."));

  return g_strdup (_ ("This is a web page, not a ZIP archive. A proxy or a sign-in page "
                      "probably answered in place of the service."));
}

/**
 * wb_zip_foreign_describe:
 * @start: the first bytes of a file that does not begin as a ZIP archive
 * @length: how many, at most %WB_ZIP_FOREIGN_BYTES
 *
 * Says what the bytes seem to be, since that is what a person can act on.
 *
 * Returns: (transfer full): a translated sentence
 */
char *
wb_zip_foreign_describe (const guint8 *start,
                         gsize         length)
{
  const char      *other = get_other_archive (start, length);
  gboolean         marked = starts_with (start, length, "\xef\xbb\xbf", 3);
  g_autofree char *copy = g_strndup ((const char *) start + (marked ? 3 : 0),
                                     length - (marked ? 3 : 0));
  const char      *text = copy + strspn (copy, " \t\r\n\v\f");

  if (is_program (start, length))
    return g_strdup (_ ("This is a program, not a plain ZIP archive. If it unpacks itself, run "
                        "it where it came from and open the ZIP file."));
  if (wb_zip_foreign_was_text (start, length))
    return g_strdup (_ ("This is a ZIP archive that a program has decoded as text on its way, "
                        "which cannot be undone. Export or copy it again, as a binary file."));
  if (g_str_has_prefix (text, "UEsDB") || g_str_has_prefix (text, "UEsFB"))
    return g_strdup (_ ("This is a ZIP archive in base64, a form for texts. Decode it first, for "
                        "example with “base64 -d”."));
  if (other != NULL)
    /* Translators: the name of a form of archives, such as 7z. */
    return g_strdup_printf (_ ("This is a %s archive, not a ZIP archive. Unpack it and open the "
                               "ZIP file in it, if there is one."),
                            other);
  if (*text == '<')
    return describe_xml (text);
  if (*text == '{' || *text == '[')
    return g_strdup (_ ("This is a JSON text, not a ZIP archive. It may be an error message that "
                        "was saved under the archive’s name."));

  return g_strdup (_ ("This is not a ZIP archive. Choose the file that the export saved."));
}

/* Each line break that a transfer as text makes has a carriage return. Bytes that are compressed
 * have line breaks of all kinds. */
static gboolean
has_dos_lines (const guint8 *start,
               gsize         length)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (start[i] != '\n')
        continue;
      if (i == 0 || start[i - 1] != '\r')
        return FALSE;
      n++;
    }

  return n >= 3;
}

/* The end of what was read can lie within a character. */
static gboolean
is_cut_character (const char *text,
                  const char *end)
{
  return end - text < 4 && g_utf8_get_char_validated (text, end - text) == (gunichar) -2;
}

/**
 * wb_zip_foreign_was_text:
 * @start: the first bytes of a file that is no whole ZIP archive
 * @length: how many
 *
 * A program that takes the bytes for text in some encoding writes UTF-8 or UTF-16, with U+FFFD for
 * what it does not know, or changes the line breaks.
 *
 * Returns: whether the file was a ZIP archive before that
 */
gboolean
wb_zip_foreign_was_text (const guint8 *start,
                         gsize         length)
{
  const char *text = (const char *) start;
  const char *end;

  if (starts_with (start, length, "\xff\xfeP\0K\0", 6)
      || starts_with (start, length, "\xfe\xff\0P\0K", 6)
      || starts_with (start, length, "P\0K\0\3\0\4\0", 8))
    return TRUE;
  if (starts_with (start, length, "\xef\xbb\xbf", 3))
    {
      text += 3;
      length -= 3;
    }
  if (!starts_with ((const guint8 *) text, length, "PK\3\4", 4))
    return FALSE;
  if (has_dos_lines ((const guint8 *) text, length))
    return TRUE;

  /* NUL bytes are as good as any here. */
  end = text;
  while (!g_utf8_validate_len (end, (gsize) (text + length - end), &end)
         && !is_cut_character (end, text + length))
    {
      if (*end != '\0')
        return FALSE;
      end++;
    }

  if (memmem (text, length, "\xef\xbf\xbd", 3) != NULL)
    return TRUE;
  for (gsize i = 0; length > 2 * HEADER_BYTES && i < HEADER_BYTES; i++)
    {
      if ((guchar) text[i] >= 0x80)
        return TRUE;
    }

  return FALSE;
}
