/* test-zip-reader.c: what comes out of entries, with libarchive as the referee
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"
#include "core/error.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <zlib.h>

#define METHOD_DEFLATED 8
#define METHOD_BZIP2 12
#define METHOD_LZMA 14
#define METHOD_PPMD 98

static gboolean no_memory;

/* Takes the place of GLib's. */
gpointer
g_try_malloc (gsize n_bytes)
{
  return no_memory ? NULL : malloc (n_bytes);
}

/* Words in no order: they compress, but not to nothing. */
static char *
make_data (GRand *rand,
           gsize  length)
{
  static const char *const words[] = { "\"host\": ", "10.0.", "dws_sales", "\n", "\xc3\xa4", "}" };
  GString                 *data = g_string_new (NULL);

  while (data->len < length)
    if (g_rand_int_range (rand, 0, 8) == 0)
      g_string_append_c (data, (char) g_rand_int (rand));
    else
      g_string_append (data, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
  g_string_truncate (data, length);

  return g_string_free (data, FALSE);
}

static guint
find_record (WbArchive *archive,
             int        record)
{
  for (guint node = 1; node < wb_archive_get_n_nodes (archive); node++)
    if (wb_archive_get_record (archive, node) == record)
      return node;
  g_error ("there is no record %d", record);
}

/* What libarchive makes of the entry that it stands at, as one piece. */
static GByteArray *
read_all (struct archive *reader)
{
  GByteArray *bytes = g_byte_array_new ();
  const void *block;
  size_t      length;
  la_int64_t  offset;
  int         status;

  while ((status = archive_read_data_block (reader, &block, &length, &offset)) == ARCHIVE_OK)
    {
      g_assert_cmpint (offset, ==, bytes->len);
      g_byte_array_append (bytes, block, (guint) length);
    }
  g_assert_cmpint (status, ==, ARCHIVE_EOF);

  return bytes;
}

/* Names, sizes and bytes are those that libarchive finds in the same file. */
static void
assert_same (GBytes *file)
{
  g_autoptr (WbArchive) archive = archive_open_bytes (file);
  struct archive       *reader = archive_read_new ();
  struct archive_entry *entry;
  int                   n = 0;
  int                   status;

  g_assert_cmphex (wb_archive_get_problems (archive), ==, 0);
  archive_read_support_format_zip (reader);
  status = archive_read_open_memory (reader, g_bytes_get_data (file, NULL),
                                     g_bytes_get_size (file));
  g_assert_cmpint (status, ==, ARCHIVE_OK);
  while (archive_read_next_header (reader, &entry) == ARCHIVE_OK)
    {
      guint            node = find_record (archive, n++);
      g_autofree char *path = wb_archive_dup_path (archive, node);
      g_autoptr (GByteArray) expected = read_all (reader);
      g_autoptr (GBytes) contents = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (path, ==, archive_entry_pathname (entry));
      g_assert_cmpuint (wb_archive_get_size_bytes (archive, node), ==, expected->len);
      contents = wb_archive_read (archive, node, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (contents, NULL), g_bytes_get_size (contents),
                       expected->data, expected->len);
    }
  g_assert_cmpuint (wb_archive_get_n_files (archive), ==, (guint) n);
  archive_read_free (reader);
}

static void
test_referee (void)
{
  /* Around what is read at once, and what is inflated at once. */
  static const gsize sizes[] = { 0, 1, 2, 100, 580, 32767, 32768, 65535, 65536, 65537, 262143,
                                 262144, 262145, 1000000, 4194304 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) file = NULL;

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *name = g_strdup_printf ("c/%u", i);
      gsize            length = i < G_N_ELEMENTS (sizes) ? sizes[i]
                                                         : (gsize) g_rand_int_range (rand, 1, 3000);
      g_autofree char *data = make_data (rand, length);
      gboolean         stored = i % 5 == 0;

      /* A stored entry whose size stands behind it cannot be read from the front. */
      wb_zip_maker_add (maker, &(WbZipItem){ .name = name,
                                             .data = data,
                                             .data_length = length,
                                             .stored = stored,
                                             .descriptor = !stored && i % 3 == 0,
                                             .zip64 = i % 7 == 0 });
    }
  file = wb_zip_maker_finish (maker, NULL);
  assert_same (file);
}

/* An entry of any method, right or wrong, between two good ones. */
static void
assert_between (const WbZipItem *item,
                WbProblems       problems,
                const char      *contents)
{
  static const char good[] = "{\"type\":\"DLI\"}";
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;

  wb_zip_maker_add_text (maker, "before", good);
  wb_zip_maker_add (maker, item);
  wb_zip_maker_add_text (maker, "behind", good);
  archive = archive_open_maker (maker);

  for (int record = 0; record < 3; record++)
    {
      guint       node = find_record (archive, record);
      const char *expected = record == 1 ? contents : good;
      g_autoptr (GBytes) bytes = wb_archive_read (archive, node, NULL, NULL);

      g_assert_cmphex (wb_archive_get_node_problems (archive, node), ==,
                       record == 1 ? problems : 0);
      if (expected == NULL)
        g_assert_null (bytes);
      else
        g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                         strlen (expected));
    }
}

/* A deflate stream ends by itself. What stands behind it, inside the entry's compressed bytes,
 * contradicts the list, and is not taken for a part of the next entry. */
static void
test_bytes_behind (void)
{
  static const char text[] = "{\"type\":\"RDS\"}";
  const gsize       length = strlen (text);
  guint8            packed[100 + 8] = { 0 };
  z_stream          stream = { .next_in = (guint8 *) text,
                               .avail_in = (guint) length,
                               .next_out = packed,
                               .avail_out = sizeof packed - 8 };
  gsize             n;
  int               status;

  status = deflateInit2 (&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  g_assert_cmpint (status, ==, Z_OK);
  status = deflate (&stream, Z_FINISH);
  g_assert_cmpint (status, ==, Z_STREAM_END);
  n = stream.total_out;
  deflateEnd (&stream);

  for (gsize more = 0; more <= 8; more += 8)
    {
      WbZipItem item = { .name = "x",
                         .data = packed,
                         .data_length = n + more,
                         .stored = TRUE,
                         .method = METHOD_DEFLATED,
                         .size_plus = (int) length - (int) (n + more) };

      item.crc_xor = (guint32) crc32 (0, packed, (guint) (n + more))
                     ^ (guint32) crc32 (0, (const guint8 *) text, (guint) length);
      assert_between (&item, more == 0 ? 0 : WB_PROBLEM_UNREADABLE, text);
    }
}

/* What is wrong is not called unsupported because another library reads it. */
static void
test_other_methods (void)
{
  WbZipItem item = { .name = "x", .stored = TRUE, .method = METHOD_BZIP2 };

  item.data = "BZh9 is the start";
  assert_between (&item, WB_PROBLEM_UNREADABLE, NULL);
  item.data = "\001\002\003";
  assert_between (&item, WB_PROBLEM_UNREADABLE, NULL);
  item.method = 97;
  assert_between (&item, WB_PROBLEM_UNSUPPORTED, NULL);
}

/* bzip2, LZMA and PPMd fail alike for bad data and for too little memory: what they would have
 * needed tells. */
static void
test_memory (void)
{
  static const guint16 methods[] = { METHOD_BZIP2, METHOD_LZMA, METHOD_PPMD };
  static const char    data[] = "\x10\x04\x05\x00\x5d\x00\x00\x80\x00 is none of these";

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      WbZipItem item = {
        .name = "x", .stored = TRUE, .method = methods[i], .data = data, .data_length = sizeof data
      };
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autoptr (WbArchive) archive = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) damage = NULL;

      wb_zip_maker_add (maker, &item);
      archive = archive_open_maker (maker);
      no_memory = TRUE;
      bytes = wb_archive_read (archive, 1, NULL, &error);
      no_memory = FALSE;
      g_assert_null (bytes);
      g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
      g_assert_nonnull (strstr (error->message, "not enough memory"));

      bytes = wb_archive_read (archive, 1, NULL, &damage);
      g_assert_null (bytes);
      g_assert_null (damage != NULL ? strstr (damage->message, "memory") : NULL);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/zip-reader/referee", test_referee);
  g_test_add_func ("/zip-reader/bytes-behind", test_bytes_behind);
  g_test_add_func ("/zip-reader/other-methods", test_other_methods);
  g_test_add_func ("/zip-reader/memory", test_memory);

  return g_test_run ();
}
