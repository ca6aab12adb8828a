/* zip-paths.c: the names in a ZIP file as paths that can be shown
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-paths.h"

#include <string.h>
#include <zlib.h>

#include "core/archive/zip/file-window.h"
#include "core/archive/zip/zip-extra.h"

/* Before the path in its field. */
#define FIELD_FIXED_BYTES 5

/* What a name without a mark can be. */
typedef enum
{
  ENCODING_GBK = 1 << 0,     /* each pair of bytes is a character of GBK */
  ENCODING_COMMON = 1 << 1,  /* one of them is a common one, of GB 2312 */
  ENCODING_LETTERS = 1 << 2, /* in CP437, nothing but letters is beyond ASCII */
  ENCODING_UTF8 = 1 << 3,
  ENCODING_SHORT = 1 << 4, /* UTF-8 of two bytes each, which GBK often is by chance */
} Encodings;

/* How the names of one archive are read. */
typedef struct
{
  Encodings all;         /* what all names without a mark can be */
  Encodings any;         /* and what one of them at least can be */
  gboolean  has_slash;   /* in any name */
  gboolean  backslashes; /* are separators, whatever the system */
} Reading;

static gboolean
is_ascii (const char *text,
          gsize       length)
{
  guchar all = 0;

  for (gsize i = 0; i < length; i++)
    all |= (guchar) text[i];

  return all < 0x80;
}

/* The path in the field for it, any bytes. A program that renames an entry and does not know the
 * field leaves the old path there, which the checksum of the name shows. */
static const char *
find_field (const char   *name,
            gsize         name_length,
            const guint8 *extra,
            gsize         length,
            gsize        *path_length)
{
  const guint8 *field;

  wb_zip_extra_find (extra, length, WB_ZIP_EXTRA_UNICODE, &field, path_length);
  if (*path_length <= FIELD_FIXED_BYTES || field[0] != 1
      || wb_le32 (field + 1) != (guint32) crc32_z (0, (const guint8 *) name, name_length))
    return NULL;
  *path_length -= FIELD_FIXED_BYTES;

  return (const char *) field + FIELD_FIXED_BYTES;
}

/**
 * wb_zip_path_take_field:
 * @entry: (inout): gets its path if the field has one and belongs to its name
 * @extra: the extra fields of its record
 * @length: their size in bytes
 * @paths: where the path is kept
 *
 * The field is for what the plain name cannot say. If that says it and says something else, or if
 * the field holds no text, the entry gets %WB_ZIP_ENTRY_DISAGREES.
 */
void
wb_zip_path_take_field (WbZipEntry   *entry,
                        const guint8 *extra,
                        gsize         length,
                        GStringChunk *paths)
{
  gsize       n;
  const char *path = find_field (entry->name, entry->name_length, extra, length, &n);

  if (path == NULL)
    return;
  if (!g_utf8_validate_len (path, n, NULL))
    {
      entry->flags |= WB_ZIP_ENTRY_DISAGREES;
      return;
    }
  if (((entry->flags & WB_ZIP_ENTRY_UTF8) != 0 || is_ascii (path, n))
      && (n != entry->name_length || memcmp (path, entry->name, n) != 0))
    entry->flags |= WB_ZIP_ENTRY_DISAGREES;
  entry->path = g_string_chunk_insert_len (paths, path, (gssize) n);
  entry->path_length = (guint) n;
}

/* Systems on which a backslash cannot be in a name: FAT, HPFS, NTFS by either number, VFAT. */
static gboolean
has_no_backslash (const WbZipEntry *entry)
{
  return entry->made_on == 0 || entry->made_on == 6 || entry->made_on == 10 || entry->made_on == 11
         || entry->made_on == 14;
}

static gboolean
is_marked (const WbZipEntry *entry)
{
  return entry->path != NULL || (entry->flags & WB_ZIP_ENTRY_UTF8) != 0;
}

static gboolean
is_cp437_letter (guchar c)
{
  return (c >= 0x80 && c <= 0xa5 && (c < 0x9b || c > 0x9f)) || c == 0xe1;
}

static Encodings
guess (const char *name,
       gsize       length)
{
  Encodings        found = ENCODING_LETTERS;
  g_autofree char *decoded = g_convert (name, (gssize) length, "UTF-8", "GBK", NULL, NULL, NULL);

  if (decoded != NULL)
    found |= ENCODING_GBK;
  for (gsize i = 0; i < length; i++)
    {
      const guchar *p = (const guchar *) name + i;

      if (*p < 0x80)
        continue;
      if (!is_cp437_letter (*p) || (i + 1 < length && p[1] >= 0x80 && !is_cp437_letter (p[1])))
        found &= ~(Encodings) ENCODING_LETTERS;
      if (*p >= 0xb0 && *p <= 0xf7 && i + 1 < length && p[1] >= 0xa1)
        found |= ENCODING_COMMON;
      i++;
    }

  if (g_utf8_validate_len (name, length, NULL))
    {
      found |= ENCODING_UTF8 | ENCODING_SHORT;
      for (gsize i = 0; i < length; i++)
        {
          if ((guchar) name[i] >= 0xe0)
            found &= ~(Encodings) ENCODING_SHORT;
        }
    }

  return found;
}

/* All names of an archive were most likely written by one program on one system. So what one of
 * them cannot be, the others are not either, if there is anything that all of them can be. */
static char *
decode (const WbZipEntry *entry,
        const Reading    *reading)
{
  const char *name = entry->name;
  gssize      length = (gssize) entry->name_length;
  Encodings   own = guess (name, entry->name_length);
  gboolean    together = (reading->all & (ENCODING_GBK | ENCODING_LETTERS)) != 0;
  Encodings   all = together ? reading->all : own;
  Encodings   any = together ? reading->any : own;
  gboolean    gbk = (all & ENCODING_GBK) != 0
                 && ((any & ENCODING_COMMON) != 0 || (all & ENCODING_LETTERS) == 0);

  if ((own & ENCODING_UTF8) != 0
      && ((reading->all & ENCODING_UTF8) != 0 || (own & ENCODING_SHORT) == 0 || !together || !gbk))
    return g_strndup (name, (gsize) length);
  if (gbk)
    return g_convert (name, length, "UTF-8", "GBK", NULL, NULL, NULL);
  if ((all & ENCODING_LETTERS) != 0)
    return g_convert (name, length, "UTF-8", "CP437", NULL, NULL, NULL);

  return NULL;
}

/* Nothing of such a name is decoded, for half of it would read as another name. */
static char *
escape (const char *name,
        gsize       length,
        gboolean    backslashes)
{
  GString *out = g_string_sized_new (length * 2);

  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) name[i];

      if (c == '\\' && backslashes && (i == 0 || (guchar) name[i - 1] < 0x80))
        g_string_append_c (out, '/');
      else if (c < 0x20 || c >= 0x7f)
        g_string_append_printf (out, "\\x%02x", c);
      else
        g_string_append_c (out, (char) c);
    }

  return g_string_free (out, FALSE);
}

/* `./a/./b` is the same path as `a/b`. Returns the path's new length. */
static gsize
remove_dots (char *path,
             gsize length)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (path[i] == '.' && (n == 0 || path[n - 1] == '/') && i + 1 < length && path[i + 1] == '/')
        i++;
      else
        path[n++] = path[i];
    }
  path[n] = '\0';

  return n;
}

static gboolean
has_dots (const char *name,
          gsize       length)
{
  return (length >= 2 && name[0] == '.' && name[1] == '/')
         || memmem (name, length, "/./", 3) != NULL;
}

static void
decode_one (WbZipEntry    *entry,
            const Reading *reading,
            GStringChunk  *paths)
{
  gboolean         backslashes = reading->backslashes || has_no_backslash (entry);
  const char      *given = entry->path != NULL ? entry->path : entry->name;
  gsize            length = entry->path != NULL ? entry->path_length : entry->name_length;
  g_autofree char *path = NULL;

  /* Text without a NUL byte and in one encoding, which is nearly every name. */
  if (is_ascii (given, length) && memchr (given, '\0', length) == NULL
      && (!backslashes || memchr (given, '\\', length) == NULL) && !has_dots (given, length))
    {
      entry->path = given;
      entry->path_length = (guint) length;
      return;
    }

  if (is_ascii (given, length) || is_marked (entry))
    path = g_utf8_validate_len (given, length, NULL) ? g_strndup (given, length) : NULL;
  else
    path = decode (entry, reading);
  if (path == NULL)
    path = escape (given, length, backslashes);
  else if (backslashes)
    g_strdelimit (path, "\\", '/');

  length = remove_dots (path, strlen (path));
  entry->path = g_string_chunk_insert_len (paths, path, (gssize) length);
  entry->path_length = (guint) length;
  if (length > 0 && path[length - 1] == '/')
    entry->flags |= WB_ZIP_ENTRY_FOLDER;
}

/* On Unix a name may hold a backslash. It separates folders if no slash does, and the names are
 * those of an export, or a folder, or all lie in one. */
static gboolean
are_separators (const WbZipEntry *entries,
                guint             n_entries)
{
  static const char known[] = "connections\\";
  const WbZipEntry *first = NULL;
  guint             n_in_first = 0;
  guint             n = 0;
  gsize             first_length = 0;

  for (guint i = 0; i < n_entries; i++)
    {
      const WbZipEntry *entry = &entries[i];
      const char       *mark = memchr (entry->name, '\\', entry->name_length);
      gsize             length;

      if (mark == NULL)
        continue;
      length = (gsize) (mark - entry->name) + 1;
      if ((length == strlen (known) && g_ascii_strncasecmp (entry->name, known, length) == 0)
          || (entry->name[entry->name_length - 1] == '\\' && entry->size_bytes == 0))
        return TRUE;
      if (first == NULL)
        {
          first = entry;
          first_length = length;
        }
      n_in_first += length == first_length && memcmp (entry->name, first->name, length) == 0;
      n++;
    }

  return n > 1 && n_in_first == n;
}

/**
 * wb_zip_paths_decode:
 * @entries: (inout) (array length=n_entries): get their paths; some may have one from
 *   wb_zip_path_take_field()
 * @n_entries: how many
 * @paths: where paths that are not plain names are kept
 *
 * Finds out how names are meant. A name with the flag for UTF-8 is that. Others should be CP437,
 * but each system writes its own: they are UTF-8 if they can be, else GBK, as Windows writes it in
 * China, or CP437, whichever makes sense for all of them. What is neither is escaped as a whole.
 * Backslashes become slashes where they can mean nothing else.
 */
void
wb_zip_paths_decode (WbZipEntry   *entries,
                     guint         n_entries,
                     GStringChunk *paths)
{
  Reading reading = { .all = ENCODING_GBK | ENCODING_LETTERS | ENCODING_UTF8 };

  for (guint i = 0; i < n_entries; i++)
    {
      const WbZipEntry *entry = &entries[i];

      if (memchr (entry->name, '/', entry->name_length) != NULL)
        reading.has_slash = TRUE;
      if (!is_marked (entry) && !is_ascii (entry->name, entry->name_length))
        {
          Encodings own = guess (entry->name, entry->name_length);

          /* A long name that is UTF-8 is not GBK, and says nothing of the others. */
          if ((own & ENCODING_UTF8) != 0 && (own & ENCODING_SHORT) == 0)
            continue;
          reading.all &= own;
          reading.any |= own;
        }
    }
  reading.backslashes = !reading.has_slash && are_separators (entries, n_entries);

  for (guint i = 0; i < n_entries; i++)
    decode_one (&entries[i], &reading, paths);
}

/**
 * wb_zip_path_field_agrees:
 * @entry: an entry with its path
 * @name: (array length=name_length): the name in its local header
 * @name_length: how many bytes
 * @extra: the extra fields of its local header
 * @length: their size in bytes
 *
 * Returns: whether the local header says no other path in the field for it
 */
gboolean
wb_zip_path_field_agrees (const WbZipEntry *entry,
                          const char       *name,
                          gsize             name_length,
                          const guint8     *extra,
                          gsize             length)
{
  gsize            n;
  const char      *path = find_field (name, name_length, extra, length, &n);
  g_autofree char *copy = NULL;

  if (path == NULL || (n == entry->path_length && memcmp (path, entry->path, n) == 0))
    return TRUE;

  /* The other one may have become a plain path. */
  copy = g_strndup (path, n);
  n = remove_dots (g_strdelimit (copy, "\\", '/'), n);

  return n == entry->path_length && memcmp (copy, entry->path, n) == 0;
}

/**
 * wb_zip_path_is_same_name:
 * @a: a name's bytes
 * @a_length: how many
 * @a_is_utf8: whether it is marked as UTF-8
 * @b: another name's
 * @b_length: how many
 * @b_is_utf8: whether that is marked
 *
 * A name without the mark is one of CP437 (APPNOTE, appendix D), and a program that adds to an
 * archive may write it again in the directory alone, as UTF-8.
 *
 * Returns: whether one of them is the other
 */
gboolean
wb_zip_path_is_same_name (const char *a,
                          gsize       a_length,
                          gboolean    a_is_utf8,
                          const char *b,
                          gsize       b_length,
                          gboolean    b_is_utf8)
{
  g_autofree char *decoded = NULL;
  gsize            n = 0;

  if (a_length == b_length && memcmp (a, b, a_length) == 0)
    return TRUE;
  if (a_is_utf8 == b_is_utf8)
    return FALSE;

  decoded = g_convert (a_is_utf8 ? b : a, (gssize) (a_is_utf8 ? b_length : a_length), "UTF-8",
                       "CP437", NULL, &n, NULL);

  return decoded != NULL && n == (a_is_utf8 ? a_length : b_length)
         && memcmp (decoded, a_is_utf8 ? a : b, n) == 0;
}
