/* test-zip-index.c: which files count as a whole ZIP archive
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"
#include "core/archive/zip/zip-index.h"
#include "core/error.h"
#include "core/input-limits.h"
#include "zip-maker.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static WbZipIndex *
read_bytes (GBytes  *bytes,
            GError **error)
{
  int         fd = wb_zip_bytes_to_fd (bytes);
  WbZipIndex *index = wb_zip_index_read (fd, g_bytes_get_size (bytes), NULL, error);

  close (fd);

  return index;
}

static void
assert_refused (GBytes     *bytes,
                const char *words)
{
  g_autoptr (GError) error = NULL;
  WbZipIndex *index = read_bytes (bytes, &error);

  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_AN_ARCHIVE);
  g_assert_null (index);
  if (words != NULL && strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
assert_text_refused (const char *text,
                     const char *words)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  assert_refused (bytes, words);
}

static WbZipMaker *
make_two (void)
{
  WbZipMaker *maker = wb_zip_maker_new ();

  wb_zip_maker_add_text (maker, "connections/dws.conn", "{\"name\":\"dws\",\"type\":\"DWS\"}");
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "connections/数据.conn",
                                         .data = "{}",
                                         .stored = TRUE,
                                         .flag_bits = 1 << 11 });

  return maker;
}

static void
assert_two (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbZipIndex) index = read_bytes (bytes, &error);
  const WbZipEntry *entry;

  g_assert_no_error (error);
  g_assert_cmpuint (wb_zip_index_get_n (index), ==, 2);

  entry = wb_zip_index_get (index, 0);
  g_assert_cmpmem (entry->name, entry->name_length, "connections/dws.conn", 20);
  g_assert_cmpuint (entry->size_bytes, ==, 27);
  g_assert_cmpuint (entry->compressed_bytes, >, 10);
  g_assert_cmpuint (entry->compressed_bytes, <, 40);
  g_assert_cmpuint (entry->header_offset, ==, 0);
  g_assert_cmpuint (entry->method, ==, 8);
  g_assert_cmpuint (entry->flags, ==, 0);

  entry = wb_zip_index_get (index, 1);
  g_assert_cmpmem (entry->name, entry->name_length,
                   "connections/数据.conn", 23);
  g_assert_cmpuint (entry->size_bytes, ==, 2);
  g_assert_cmpuint (entry->compressed_bytes, ==, 2);
  g_assert_cmpuint (entry->header_offset, >, 30 + 20);
  g_assert_cmpuint (entry->method, ==, 0);
  g_assert_cmpuint (entry->flags, ==, WB_ZIP_ENTRY_UTF8);
  g_assert_cmpuint (wb_zip_index_get_directory_offset (index), ==,
                    entry->header_offset + 30 + 23 + 2);
}

static void
assert_comment (GBytes     *bytes,
                const char *expected)
{
  g_autoptr (WbZipIndex) index = read_bytes (bytes, NULL);
  const char *comment;
  gsize       length;

  g_assert_nonnull (index);
  comment = wb_zip_index_get_comment (index, &length);
  g_assert_cmpmem (comment, length, expected, strlen (expected));
}

static void
test_right (void)
{
  g_autoptr (WbZipMaker) maker = make_two ();
  g_autoptr (GBytes) plain = wb_zip_maker_finish (maker, NULL);
  g_autoptr (GBytes) wide = wb_zip_maker_finish (maker, &(WbZipEnd){ .zip64 = TRUE });
  g_autoptr (GBytes) commented = NULL;
  g_autofree char *comment = g_strnfill (65535, 'x');
  g_autoptr (GBytes) long_comment = wb_zip_maker_finish (maker, &(WbZipEnd){ .comment = comment });

  commented = wb_zip_maker_finish (maker, &(WbZipEnd){ .comment = "from Monday PK\005\006" });
  assert_comment (plain, "");
  assert_comment (wide, "");
  assert_comment (commented, "from Monday PK\005\006");
  assert_comment (long_comment, comment);
  assert_two (plain);
  assert_two (wide);
  assert_two (commented);
  assert_two (long_comment);
}

static void
test_zip64_entry (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WbZipIndex) index = NULL;
  g_autoptr (GError) error = NULL;

  wb_zip_maker_add_text (maker, "a", "first");
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "b",
                                         .data = "second",
                                         .zip64 = TRUE,
                                         .stored = TRUE });
  bytes = wb_zip_maker_finish (maker, &(WbZipEnd){ .zip64 = TRUE });
  index = read_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_zip_index_get (index, 1)->size_bytes, ==, 6);
  g_assert_cmpuint (wb_zip_index_get (index, 1)->compressed_bytes, ==, 6);
  g_assert_cmpuint (wb_zip_index_get (index, 1)->header_offset, ==,
                    30 + 1 + wb_zip_index_get (index, 0)->compressed_bytes);
}

static void
test_empty (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, NULL);
  g_autoptr (GBytes) commented = wb_zip_maker_finish (maker, &(WbZipEnd){ .comment = "nothing" });
  g_autoptr (WbZipIndex) index = NULL;
  g_autoptr (WbZipIndex) commented_index = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 22);
  index = read_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_zip_index_get_n (index), ==, 0);
  commented_index = read_bytes (commented, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_zip_index_get_n (commented_index), ==, 0);
}

static void
test_flags (void)
{
  static const struct
  {
    const char     *name;
    guint32         mode;
    guint16         flag_bits;
    WbZipEntryFlags flags;
  } cases[] = {
    { "file", S_IFREG | 0644, 0, 0 },
    { "folder/", 0, 0, WB_ZIP_ENTRY_FOLDER },
    { "folder/", S_IFDIR | 0755, 0, WB_ZIP_ENTRY_FOLDER },
    { "folder", S_IFDIR | 0755, 0, WB_ZIP_ENTRY_FOLDER },
    { "link", S_IFLNK | 0777, 0, WB_ZIP_ENTRY_SYMLINK },
    { "device", S_IFBLK | 0600, 0, WB_ZIP_ENTRY_SPECIAL },
    { "pipe", S_IFIFO | 0600, 0, WB_ZIP_ENTRY_SPECIAL },
    { "locked", 0, 1, WB_ZIP_ENTRY_ENCRYPTED },
    { "locked", 0, 1 << 6 | 1, WB_ZIP_ENTRY_ENCRYPTED },
    { "masked", 0, 1 << 13, WB_ZIP_ENTRY_ENCRYPTED },
    { "utf8", 0, 1 << 11, WB_ZIP_ENTRY_UTF8 },
  };
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WbZipIndex) index = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    wb_zip_maker_add (maker, &(WbZipItem){ .name = cases[i].name,
                                           .mode = cases[i].mode,
                                           .flag_bits = cases[i].flag_bits });
  bytes = wb_zip_maker_finish (maker, NULL);
  index = read_bytes (bytes, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (wb_zip_index_get (index, i)->flags, ==, cases[i].flags);
}

/* Files that come in an archive's place; the sentence says what they are. */
static void
test_foreign (void)
{
  assert_text_refused ("", "empty");
  assert_text_refused ("P", "cut");
  assert_text_refused ("PK\003", "cut");
  assert_text_refused ("PK\003\004", "cut");
  assert_text_refused ("PK\003\004 and then nothing that ends an archive", "cut");
  assert_text_refused ("<!DOCTYPE html><title>Sign in</title>", "web page");
  assert_text_refused ("\xef\xbb\xbf\r\n <html>", "web page");
  assert_text_refused ("{\"error_code\":\"DLF.6322\"}", "JSON");
  assert_text_refused ("MZ\220 and so on", "program");
  assert_text_refused ("#!/bin/sh\n", "program");
  assert_text_refused ("PK\007\010PK\003\004", "split");
  assert_text_refused ("PK\007\010\001\002", "split");
  assert_text_refused ("<?xml version=\"1.0\"?>\n<!-- from a gateway -->\n<html>", "web page");
  assert_text_refused ("<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code>",
                       "object store (AccessDenied)");
  assert_text_refused ("<Error xmlns=\"x\"><Code>NoSuchKey</Code></Error>",
                       "object store (NoSuchKey)");
  assert_text_refused ("<Error><Code>&lt;b&gt;</Code></Error>", "object store, not");
  assert_text_refused ("<Error/>", "object store, not");
  assert_text_refused ("<Errors><Code>x</Code></Errors>", "web page");
  assert_text_refused ("<?xml version=\"1.0\"?><response><error/></response>", "XML text");
  assert_text_refused ("UEsDBBQAAAAIAHdb", "base64");
  assert_text_refused ("\n UEsFBgAAAAAAAAAA", "base64");
  assert_text_refused ("\x1f\x8b\010", "gzip");
  assert_text_refused ("Rar!\x1a\x07\x01", "RAR");
  assert_text_refused ("some text", "not a ZIP archive");
}

/* An archive that went through a decoder of texts, each in its own way. */
static void
test_was_text (void)
{
  g_autoptr (WbZipMaker) maker = make_two ();
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, NULL);
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GString) replaced = g_string_new (NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GBytes) replaced_bytes = NULL;
  g_autoptr (GBytes) lines_bytes = NULL;
  static const char *const encodings[][2] = {
    { "UTF-8", "ISO-8859-1" },
    { "UTF-8", "CP437" },
    { "UTF-16", "ISO-8859-1" },
    { "UTF-16BE", "ISO-8859-1" },
    { "UTF-16LE", "ISO-8859-1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autofree char *text = NULL;
      gsize            n;
      g_autoptr (GBytes) decoded = NULL;

      text = g_convert ((const char *) data, (gssize) length, encodings[i][0], encodings[i][1],
                        NULL, &n, NULL);
      g_assert_nonnull (text);
      /* UTF-16BE has no mark of its own here. */
      if (i == 3)
        {
          g_autofree char *marked = g_malloc (n + 2);

          memcpy (marked, "\xfe\xff", 2);
          memcpy (marked + 2, text, n);
          decoded = g_bytes_new (marked, n + 2);
        }
      else
        {
          decoded = g_bytes_new (text, n);
        }
      g_test_message ("%s", encodings[i][0]);
      assert_refused (decoded, "as text");
    }

  for (gsize i = 0; i < length; i++)
    if (data[i] < 0x80)
      g_string_append_c (replaced, (char) data[i]);
    else
      g_string_append (replaced, "\xef\xbf\xbd");
  replaced_bytes = g_bytes_new (replaced->str, replaced->len);
  assert_refused (replaced_bytes, "as text");

  g_string_append_len (lines, (const char *) data, (gssize) length - 22);
  g_string_append (lines, "\r\n\r\n\r\n");
  g_string_append_len (lines, (const char *) data + length - 22, 22);
  lines_bytes = g_bytes_new (lines->str, lines->len);
  assert_refused (lines_bytes, "as text");
}

static GBytes *
join (const char *before,
      GBytes     *taken)
{
  g_autoptr (GBytes) bytes = taken;
  GByteArray *joined = g_byte_array_new ();

  g_byte_array_append (joined, (const guint8 *) before, (guint) strlen (before));
  g_byte_array_append (joined, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));

  return g_byte_array_free_to_bytes (joined);
}

/* Bytes before a whole archive that are nothing but a slip are let through, whether its offsets
 * know of them or not. */
static void
test_before (void)
{
  static const char *const befores[] = { "\n", "\r\n\r\n", "\xef\xbb\xbf", "\xef\xbb\xbf\n",
                                         "PK\007\010", "PK00", "\nPK00" };

  for (guint i = 0; i < G_N_ELEMENTS (befores); i++)
    {
      for (guint zip64 = 0; zip64 < 2; zip64++)
        {
          g_autoptr (WbZipMaker) maker = make_two ();
          g_autoptr (WbZipMaker) empty = wb_zip_maker_new ();
          const WbZipEnd end = { .zip64 = zip64 != 0 };
          g_autoptr (GBytes) bytes = join (befores[i], wb_zip_maker_finish (maker, &end));
          g_autoptr (GBytes) nothing = join (befores[i], wb_zip_maker_finish (empty, &end));
          g_autoptr (WbArchive) archive = archive_open_bytes (bytes);
          g_autoptr (WbArchive) empty_archive = archive_open_bytes (nothing);

          g_test_message ("%u, %u", i, zip64);
          g_assert_cmpuint (wb_archive_get_n_files (archive), ==, 2);
          g_assert_cmphex (wb_archive_get_problems (archive), ==, 0);
          g_assert_cmpuint (wb_archive_get_n_files (empty_archive), ==, 0);
        }
    }
}

/* macOS counts modulo 65,536. */
static void
test_wrapped (void)
{
  static const guint counts[] = { 65535, 65536, 65537, 131072, 140000 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (WbZipIndex) index = NULL;
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < counts[i]; j++)
        {
          char name[8];

          g_snprintf (name, sizeof name, "%u", j);
          wb_zip_maker_add (maker, &(WbZipItem){ .name = name });
        }
      bytes = wb_zip_maker_finish (maker, NULL);
      index = read_bytes (bytes, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (wb_zip_index_get_n (index), ==, counts[i]);
    }
}

/* An index that does not fit its file is refused, whatever is wrong. */
static void
test_lies (void)
{
  static const struct
  {
    WbZipEnd    end;
    const char *words;
  } cases[] = {
    { { .count_plus = 1 }, "damaged" },
    { { .count_plus = -1 }, "damaged" },
    { { .count_plus = -2 }, "damaged" },
    { { .count_plus = 60000 }, "damaged" },
    { { .count_plus = 1, .zip64 = TRUE }, "damaged" },
    { { .count_plus = G_MAXINT32, .zip64 = TRUE }, "damaged" },
    { { .directory_bytes_plus = 1 }, "damaged" },
    { { .directory_bytes_plus = -1 }, "damaged" },
    { { .directory_bytes_plus = G_MAXINT32 }, "damaged" },
    { { .directory_bytes_plus = G_MININT32, .zip64 = TRUE }, "damaged" },
    { { .directory_offset_plus = 1 }, "damaged" },
    { { .directory_offset_plus = -1 }, "damaged" },
    { { .directory_offset_plus = G_MAXINT32 }, "damaged" },
    { { .directory_offset_plus = G_MININT32, .zip64 = TRUE }, "damaged" },
    { { .directory_offset_plus = -1, .directory_bytes_plus = 1 }, "damaged" },
    { { .directory_offset_plus = 1, .directory_bytes_plus = -1 }, "damaged" },
    { { .suffix = "\n" }, "follows" },
    { { .suffix = "</html>", .comment = "x" }, "follows" },
    { { .prefix = "#!/bin/sh\nexit\n" }, "program" },
    { { .prefix = "some text\n" }, "not a ZIP archive" },
    { { .prefix = "\n", .directory_offset_plus = -2 }, "damaged" },
    { { .prefix = "PK\007\010", .count_plus = 1 }, "split" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbZipMaker) maker = make_two ();
      g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, &cases[i].end);

      g_test_message ("case %u", i);
      assert_refused (bytes, cases[i].words);
    }
}

/* A header's offset that points outside, a broken ZIP64 field, and a split archive. */
static void
test_patched (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree guint8 *data = NULL;
  gsize              length, end, record;

  wb_zip_maker_add (maker, &(WbZipItem){ .name = "a", .data = "first", .zip64 = TRUE });
  bytes = wb_zip_maker_finish (maker, NULL);
  length = g_bytes_get_size (bytes);
  end = length - 22;
  record = end - (46 + 1 + 28);

  {
    static const struct
    {
      gsize       from_record; /* or else from the end record */
      gsize       from_end;
      guint8      value;
      const char *words;
      gsize       width; /* or 1 */
    } cases[] = {
      { 47 + 4 + 16, 0, 0xff, "damaged" },     /* the offset in the extra field */
      { 47 + 4 + 16 + 7, 0, 0xff, "damaged" }, /* the same, beyond 2⁶³ */
      { 47 + 2, 0, 23, "damaged" },            /* the field too short for all three */
      { 47 + 2, 0, 200, "damaged" },           /* the field longer than the extras */
      { 0, 4, 1, "split" },
      { 0, 8, 0, "split" },
      { 0, 4, 0xff, "damaged", 4 }, /* the disks stand in a record that is missing */
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
        g_autoptr (GBytes) patched = NULL;

        if (cases[i].from_record != 0)
          copy[record + cases[i].from_record] = cases[i].value;
        else
          memset (copy + end + cases[i].from_end, cases[i].value, MAX (cases[i].width, 1));
        patched = g_bytes_new (copy, length);
        g_test_message ("case %u", i);
        assert_refused (patched, cases[i].words);
      }
  }
}

/* The ZIP64 end record and its locator, and what the plain record says beside them. */
static void
test_patched_end64 (void)
{
  static const struct
  {
    gsize       from_behind;
    guint8      value;
    const char *words;
  } cases[] = {
    { 22 - 10, 1, NULL },         /* the plain count: 0xff01 */
    { 22 - 12, 7, NULL },         /* the plain size */
    { 22 - 16, 7, NULL },         /* the plain offset */
    { 42 - 4, 1, "split" },       /* the locator's disk */
    { 42 - 8, 0xff, "damaged" },  /* where it points */
    { 42 - 15, 0xff, "damaged" }, /* the same, beyond 2⁶³ */
    { 42 - 16, 2, "split" },      /* how many disks */
    { 98, 'X', "damaged" },       /* the record's signature */
    { 98 - 4, 45, "damaged" },    /* its size */
    { 98 - 16, 1, "split" },      /* its disk */
    { 98 - 24, 1, "split" },      /* the count on this disk */
  };
  g_autoptr (WbZipMaker) maker = make_two ();
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, &(WbZipEnd){ .zip64 = TRUE });
  gsize length = g_bytes_get_size (bytes);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
      g_autoptr (GBytes) patched = NULL;

      copy[length - cases[i].from_behind] = cases[i].value;
      patched = g_bytes_new (copy, length);
      g_test_message ("case %u", i);
      assert_refused (patched, cases[i].words);
    }
}

/* No cut of an archive is taken for a whole one, wherever it is cut. */
static void
test_every_cut (void)
{
  for (guint zip64 = 0; zip64 < 2; zip64++)
    {
      g_autoptr (WbZipMaker) maker = make_two ();
      WbZipEnd end = { .zip64 = zip64 != 0, .comment = "the end" };
      g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, &end);

      for (gsize length = 0; length < g_bytes_get_size (bytes); length++)
        {
          g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, length);

          assert_refused (cut, length == 0 ? "empty" : "cut");
        }
    }
}

/* No single wrong byte crashes; whatever is accepted is inside the file. */
static void
test_every_flip (void)
{
  for (guint zip64 = 0; zip64 < 2; zip64++)
    {
      g_autoptr (WbZipMaker) maker = make_two ();
      g_autoptr (GBytes) bytes = NULL;
      gsize length;

      wb_zip_maker_add (maker, &(WbZipItem){ .name = "wide", .data = "x", .zip64 = TRUE });
      bytes = wb_zip_maker_finish (maker, &(WbZipEnd){ .zip64 = zip64 != 0 });
      length = g_bytes_get_size (bytes);
      for (gsize i = 0; i < length; i++)
        for (guint bit = 0; bit < 9; bit++)
          {
            g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
            g_autoptr (GBytes) flipped = NULL;
            g_autoptr (WbZipIndex) index = NULL;
            g_autoptr (GError) error = NULL;

            copy[i] ^= bit == 8 ? 0xff : 1 << bit;
            flipped = g_bytes_new (copy, length);
            index = read_bytes (flipped, &error);
            g_assert_true ((index == NULL) == (error != NULL));
            if (index == NULL)
              continue;
            for (guint n = 0; n < wb_zip_index_get_n (index); n++)
              g_assert_cmpuint (wb_zip_index_get (index, n)->header_offset, <, length);
          }
    }
}

/* Bytes without sense, framed so that they get past the first checks. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260);

  for (guint round = 0; round < 20000; round++)
    {
      guint8 data[400];
      gsize  length = (gsize) g_rand_int_range (rand, 0, sizeof data);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (WbZipIndex) index = NULL;
      g_autoptr (GError) error = NULL;

      for (gsize i = 0; i < length; i++)
        data[i] = g_rand_boolean (rand) ? 0 : (guint8) g_rand_int (rand);
      if (length >= 150)
        {
          gsize directory = (gsize) g_rand_int_range (rand, 30, 50);

          memcpy (data, "PK\003\004", 4);
          memcpy (data + directory, "PK\001\002", 4);
          memcpy (data + length - 22, "PK\005\006\0\0\0\0\1\0\1\0", 12);
          memset (data + length - 10, 0, 10);
          data[length - 10] = (length - 22 - directory) & 0xff;
          data[length - 9] = (length - 22 - directory) >> 8;
          data[length - 6] = (guint8) directory;
        }
      bytes = g_bytes_new (data, length);
      index = read_bytes (bytes, &error);
      g_assert_true ((index == NULL) == (error != NULL));
    }
}

static void
test_many (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WbZipIndex) index = NULL;
  g_autoptr (GError) error = NULL;
  const guint n = 100000;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("connections/connection_%06u.conn", i);

      wb_zip_maker_add (maker, &(WbZipItem){ .name = name, .data = "{}", .stored = TRUE });
    }
  bytes = wb_zip_maker_finish (maker, &(WbZipEnd){ .zip64 = TRUE });
  index = read_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_zip_index_get_n (index), ==, n);
  g_assert_cmpmem (wb_zip_index_get (index, n - 1)->name, 34,
                   "connections/connection_099999.conn", 34);
}

static void
test_long_name (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autofree char *name = g_strnfill (65535, 'n');
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WbZipIndex) index = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20; i++)
    wb_zip_maker_add_text (maker, name, "x");
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "a\0b", .name_length = 3 });
  bytes = wb_zip_maker_finish (maker, NULL);
  index = read_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_zip_index_get_n (index), ==, 21);
  g_assert_cmpmem (wb_zip_index_get (index, 19)->name, wb_zip_index_get (index, 19)->name_length,
                   name, 65535);
  g_assert_cmpmem (wb_zip_index_get (index, 20)->name, wb_zip_index_get (index, 20)->name_length,
                   "a\0b", 3);
}

static void
assert_too_much (GBytes     *bytes,
                 const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_bytes (bytes, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_AN_ARCHIVE);
  g_assert_nonnull (strstr (error->message, words));
}

/* As many records as are read, and one more, which the end record counts as they are or modulo
 * 65,536. */
static void
test_most_records (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  const WbZipEnd zip64 = { .zip64 = TRUE };
  g_autoptr (GBytes) most = NULL;
  g_autoptr (GBytes) too_many = NULL;
  g_autoptr (GBytes) too_many_wrapped = NULL;
  g_autoptr (WbZipIndex) index = NULL;
  g_autoptr (GError) error = NULL;

  wb_zip_maker_add_text (maker, "x", "");
  for (guint i = 1; i < WB_ZIP_MAX_ENTRIES; i++)
    wb_zip_maker_add_again (maker, "x");
  most = wb_zip_maker_finish (maker, &zip64);
  index = read_bytes (most, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_zip_index_get_n (index), ==, WB_ZIP_MAX_ENTRIES);

  wb_zip_maker_add_again (maker, "x");
  too_many = wb_zip_maker_finish (maker, &zip64);
  assert_too_much (too_many, "more than 1000000 files");
  too_many_wrapped = wb_zip_maker_finish (maker, NULL);
  assert_too_much (too_many_wrapped, "more than 1000000 files");
}

/* The names of all records together fill what is kept of them, and one byte more. */
static void
test_most_names (void)
{
  g_autofree char *name = g_strnfill (65535, 'n');
  const gsize      n_whole = WB_ZIP_MAX_NAMES_BYTES / 65535;
  const gsize      rest = WB_ZIP_MAX_NAMES_BYTES % 65535;

  for (guint beyond = 0; beyond < 2; beyond++)
    {
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (WbZipIndex) index = NULL;
      g_autoptr (GError) error = NULL;

      wb_zip_maker_add_text (maker, name, "");
      for (gsize i = 1; i < n_whole; i++)
        wb_zip_maker_add_again (maker, name);
      wb_zip_maker_add (maker, &(WbZipItem){ .name = name, .name_length = rest + beyond });
      bytes = wb_zip_maker_finish (maker, NULL);
      if (beyond != 0)
        {
          assert_too_much (bytes, "names");
          continue;
        }
      index = read_bytes (bytes, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (wb_zip_index_get_n (index), ==, n_whole + 1);
    }
}

static void
test_shrunk (void)
{
  g_autoptr (WbZipMaker) maker = make_two ();
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, NULL);
  g_autoptr (GError) error = NULL;
  int fd = wb_zip_bytes_to_fd (bytes);

  g_assert_cmpint (ftruncate (fd, 100), ==, 0);
  g_assert_null (wb_zip_index_read (fd, g_bytes_get_size (bytes), NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
  close (fd);
}

static void
test_cancel (void)
{
  g_autoptr (WbZipMaker) maker = make_two ();
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int fd = wb_zip_bytes_to_fd (bytes);

  g_cancellable_cancel (cancellable);
  g_assert_null (wb_zip_index_read (fd, g_bytes_get_size (bytes), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fd);
}

/* An archive that another program made reads the same. */
static void
test_peer (void)
{
  static const char *const script = "import sys, zipfile\n"
                                    "with zipfile.ZipFile(sys.argv[1], 'w', 8) as z:\n"
                                    "  z.comment = b'made elsewhere'\n"
                                    "  z.writestr('connections/', b'')\n"
                                    "  z.writestr('connections/\\u6570.conn', b'x' * 5000)\n"
                                    "  f = z.open('c/big.conn', 'w', force_zip64=True)\n"
                                    "  f.write(b'{}')\n"
                                    "  f.close()\n"
                                    "  for i in range(70000):\n"
                                    "    z.writestr('many/%d' % i, b'')\n";
  g_autofree char         *python = g_find_program_in_path ("python3");
  g_autofree char         *path = g_build_filename (g_get_tmp_dir (), "peer.zip", NULL);
  const char              *argv[] = { python, "-c", script, path, NULL };
  g_autofree char         *contents = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WbZipIndex) index = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  int   status;

  if (python == NULL)
    {
      g_test_skip ("there is no python3");
      return;
    }

  g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (contents, length);

  index = read_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_zip_index_get_n (index), ==, 70003);
  g_assert_cmpuint (wb_zip_index_get (index, 0)->flags, ==, WB_ZIP_ENTRY_FOLDER);
  g_assert_cmpuint (wb_zip_index_get (index, 1)->flags, ==, WB_ZIP_ENTRY_UTF8);
  g_assert_cmpuint (wb_zip_index_get (index, 1)->size_bytes, ==, 5000);
  g_assert_cmpuint (wb_zip_index_get (index, 2)->size_bytes, ==, 2);
  g_assert_cmpmem (wb_zip_index_get (index, 70002)->name, 10, "many/69999", 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/zip-index/right", test_right);
  g_test_add_func ("/zip-index/zip64-entry", test_zip64_entry);
  g_test_add_func ("/zip-index/empty", test_empty);
  g_test_add_func ("/zip-index/flags", test_flags);
  g_test_add_func ("/zip-index/foreign", test_foreign);
  g_test_add_func ("/zip-index/was-text", test_was_text);
  g_test_add_func ("/zip-index/before", test_before);
  g_test_add_func ("/zip-index/wrapped", test_wrapped);
  g_test_add_func ("/zip-index/lies", test_lies);
  g_test_add_func ("/zip-index/patched", test_patched);
  g_test_add_func ("/zip-index/patched-end64", test_patched_end64);
  g_test_add_func ("/zip-index/every-cut", test_every_cut);
  g_test_add_func ("/zip-index/every-flip", test_every_flip);
  g_test_add_func ("/zip-index/random", test_random);
  g_test_add_func ("/zip-index/many", test_many);
  g_test_add_func ("/zip-index/long-name", test_long_name);
  g_test_add_func ("/zip-index/most-records", test_most_records);
  g_test_add_func ("/zip-index/most-names", test_most_names);
  g_test_add_func ("/zip-index/shrunk", test_shrunk);
  g_test_add_func ("/zip-index/cancel", test_cancel);
  g_test_add_func ("/zip-index/peer", test_peer);

  return g_test_run ();
}
