/* test-zip-paths.c: how the names of a ZIP file are read
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"
#include "core/archive/compare/compare.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>

/* One archive: its names as stored, and how they are shown. */
typedef struct
{
  const char *about;
  const char *names[4];
  const char *paths[4];
  guint8      made_on;
  guint16     flag_bits;
} Case;

#define UTF8 0x800
#define UNIX 3

static const Case cases[] = {
  {
    "plain",
    { "connections/a.conn" },
    { "connections/a.conn" },
    0,
    0,
  },
  {
    "marked UTF-8",
    { "c/数据.conn" },
    { "c/数据.conn" },
    0,
    UTF8,
  },
  {
    "UTF-8 without a mark, as macOS writes it",
    { "c/数据.conn" },
    { "c/数据.conn" },
    UNIX,
    0,
  },
  {
    "marked, and it is not UTF-8: no half of it is decoded",
    { "c/gr\xc3\xb6\xc3\x9f"
      "e\xff.conn" },
    { "c/gr\\xc3\\xb6\\xc3\\x9fe\\xff.conn" },
    0,
    UTF8,
  },
  {
    "GBK",
    { "c/\xca\xfd\xbe\xdd.conn", "c/\xb2\xd6\xbf\xe2.conn" },
    { "c/数据.conn", "c/仓库.conn" },
    0,
    0,
  },
  {
    "GBK whose second byte is a backslash, and Windows",
    { "\xd5\x5c.conn", "\xca\xfd\xd5\x5c.conn" },
    { "誠.conn", "数誠.conn" },
    0,
    0,
  },
  {
    "GBK whose second byte is a backslash, and one that separates",
    { "c\\\xd5\x5c\xd0\xc5.conn" },
    { "c/誠信.conn" },
    0,
    0,
  },
  {
    "GBK with a name that is also UTF-8",
    { "\xc4\xa3.conn", "\xca\xfd\xbe\xdd.conn" },
    { "模.conn", "数据.conn" },
    0,
    0,
  },
  {
    "GBK and a long UTF-8 name",
    { "数据.conn", "\xb2\xd6\xbf\xe2.conn" },
    { "数据.conn", "仓库.conn" },
    0,
    0,
  },
  {
    "a short UTF-8 name beside one that is nothing",
    { "ü.conn", "\xff\xff.conn" },
    { "ü.conn", "\\xff\\xff.conn" },
    0,
    0,
  },
  {
    "CP437",
    { "M\x81nchen.conn", "Stra\xe1"
                         "e.conn",
      "\x80\xa4"
      "a.conn" },
    { "München.conn", "Straße.conn", "Çña.conn" },
    0,
    0,
  },
  {
    "CP437 before a separator",
    { "men\x81\\x.conn" },
    { "menü/x.conn" },
    0,
    0,
  },
  {
    "neither, escaped as a whole",
    { "gr\xf6\xff\x01.conn" },
    { "gr\\xf6\\xff\\x01.conn" },
    0,
    0,
  },
  {
    "neither, beside one that is GBK",
    { "\xca\xfd\xbe\xdd.conn", "\xff\xff.conn" },
    { "数据.conn", "\\xff\\xff.conn" },
    0,
    0,
  },

  {
    "backslashes from Windows",
    { "connections\\a.conn", "connections\\b\\c.conn" },
    { "connections/a.conn", "connections/b/c.conn" },
    0,
    0,
  },
  {
    "NTFS, beside slashes",
    { "connections\\a.conn", "d/b.conn" },
    { "connections/a.conn", "d/b.conn" },
    10,
    0,
  },
  {
    "Unix, and the folder of an export",
    { "connections\\a.conn" },
    { "connections/a.conn" },
    UNIX,
    0,
  },
  {
    "Unix, and a folder of its own",
    { "x\\", "x\\a.conn" },
    { "x/", "x/a.conn" },
    UNIX,
    0,
  },
  {
    "Unix, and all in one folder",
    { "x\\a.conn", "x\\b.conn" },
    { "x/a.conn", "x/b.conn" },
    UNIX,
    0,
  },
  {
    "Unix, a flat name",
    { "a\\b.conn", "c.conn" },
    { "a\\b.conn", "c.conn" },
    UNIX,
    0,
  },
  {
    "Unix, a name in a folder",
    { "c/a\\b.conn", "c/a\\d.conn" },
    { "c/a\\b.conn", "c/a\\d.conn" },
    UNIX,
    0,
  },

  {
    "dots",
    { "./", "./c/a.conn", "c/./././b.conn", "./.hidden" },
    { "", "c/a.conn", "c/b.conn", ".hidden" },
    UNIX,
    0,
  },
  {
    "joiners",
    { "👨\u200d👩\u200d👧.conn" },
    { "👨\u200d👩\u200d👧.conn" },
    0,
    UTF8,
  },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (WbZipIndex) index = NULL;
      g_autoptr (GError) error = NULL;
      int fd;

      g_test_message ("%s", c->about);
      for (guint j = 0; j < G_N_ELEMENTS (c->names) && c->names[j] != NULL; j++)
        wb_zip_maker_add (maker, &(WbZipItem){ .name = c->names[j],
                                               .made_on = c->made_on,
                                               .flag_bits = c->flag_bits });
      bytes = wb_zip_maker_finish (maker, NULL);
      fd = wb_zip_bytes_to_fd (bytes);
      index = wb_zip_index_read (fd, g_bytes_get_size (bytes), NULL, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < wb_zip_index_get_n (index); j++)
        {
          const WbZipEntry *entry = wb_zip_index_get (index, j);
          g_autofree char  *path = g_strndup (entry->path, entry->path_length);

          g_assert_cmpstr (path, ==, c->paths[j]);
          g_assert_cmpmem (entry->name, entry->name_length, c->names[j], strlen (c->names[j]));
        }
      close (fd);
    }
}

static GByteArray *
make_field (const char *name,
            const char *path,
            guint8      version)
{
  GByteArray  *field = g_byte_array_new ();
  guint32      crc = (guint32) crc32_z (0, (const guint8 *) name, strlen (name));
  guint        length = (guint) strlen (path) + 5;
  const guint8 head[] = { 0x75,
                          0x70,
                          length & 0xff,
                          length >> 8,
                          version,
                          crc & 0xff,
                          crc >> 8 & 0xff,
                          crc >> 16 & 0xff,
                          crc >> 24 };

  g_byte_array_append (field, head, sizeof head);
  g_byte_array_append (field, (const guint8 *) path, (guint) strlen (path));

  return field;
}

/* The Unicode path field counts if it belongs to the name, whatever else the name could be. */
static void
test_field (void)
{
  static const struct
  {
    const char *name;
    const char *of_name;
    const char *path;
    guint8      version;
    const char *expected;
    WbProblems  problems;
  } fields[] = {
    { "c/?.conn", "c/?.conn", "c/数据.conn", 1, "c/数据.conn" },
    { "c/\xca\xfd.conn", "c/\xca\xfd.conn", "c/数.conn", 1, "c/数.conn" },
    { "c/renamed.conn", "c/?.conn", "c/数据.conn", 1, "c/renamed.conn" },
    { "c/?.conn", "c/?.conn", "c/数据.conn", 2, "c/?.conn" },
    { "c/?.conn", "c/?.conn", "c/\xff.conn", 1, "c/?.conn", WB_PROBLEM_DISAGREES },
    { "c/?.conn", "c/?.conn", "", 1, "c/?.conn" },
    { "c/?.conn", "c/?.conn", "c\\数据.conn", 1, "c/数据.conn" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GByteArray) field = make_field (fields[i].of_name, fields[i].path,
                                                 fields[i].version);
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autoptr (WbArchive) archive = NULL;
      gsize       length;
      const char *path;

      g_test_message ("case %u", i);
      wb_zip_maker_add (maker, &(WbZipItem){ .name = fields[i].name,
                                             .data = "{}",
                                             .extra = field->data,
                                             .extra_length = field->len });
      archive = archive_open_maker (maker);
      path = wb_archive_peek_path (archive, wb_archive_get_n_nodes (archive) - 1, &length);
      g_assert_cmpmem (path, length, fields[i].expected, strlen (fields[i].expected));
      g_assert_cmphex (wb_archive_get_problems (archive), ==, fields[i].problems);
    }
}

/* What macOS adds is shown and has no say: not in the counts, not in what is wrong. */
static void
test_extra (void)
{
  static const struct
  {
    const char *path;
    WbNodeKind  kind;
    gboolean    is_extra;
  } kinds[] = {
    { "c/a.conn", WB_NODE_CONNECTION, FALSE },
    { "__MACOSX", WB_NODE_FOLDER, TRUE },
    { "__MACOSX/c", WB_NODE_FOLDER, TRUE },
    { "__MACOSX/c/._a.conn", WB_NODE_EXTRA, TRUE },
    { "__MACOSX/c/b.conn", WB_NODE_EXTRA, TRUE },
    { "c/._a.conn", WB_NODE_EXTRA, TRUE },
    { "c/.DS_Store", WB_NODE_EXTRA, TRUE },
    { "c/._", WB_NODE_FILE, FALSE },
    { "c/__MACOSX.conn", WB_NODE_CONNECTION, FALSE },
    { "REDACTED.txt", WB_NODE_NOTE, FALSE },
    { "WAYBILL.json", WB_NODE_NOTE, FALSE },
    { "c/WAYBILL.json", WB_NODE_FILE, FALSE },
  };
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind != WB_NODE_FOLDER)
      wb_zip_maker_add (maker, &(WbZipItem){ .name = kinds[i].path,
                                             .data = "{}",
                                             .crc_xor = kinds[i].is_extra ? 1 : 0 });
  archive = archive_open_maker (maker);
  g_assert_cmphex (wb_archive_get_problems (archive), ==, 0);
  g_assert_cmpuint (wb_archive_get_n_connections (archive), ==, 2);
  g_assert_cmpuint (wb_archive_get_n_files (archive), ==, 4);
  for (guint node = 1; node < wb_archive_get_n_nodes (archive); node++)
    {
      g_autofree char *path = wb_archive_dup_path (archive, node);
      guint            i = 0;

      if (strcmp (path, "c") == 0)
        continue;
      while (strcmp (kinds[i].path, path) != 0)
        i++;
      g_test_message ("%s", path);
      g_assert_cmpint (wb_archive_get_kind (archive, node), ==, kinds[i].kind);
      g_assert_cmpint (wb_archive_is_extra (archive, node), ==, kinds[i].is_extra);
      g_assert_cmphex (wb_archive_get_node_problems (archive, node), ==, 0);
    }
}

/* Two ZIP files of the same connections are the same, whichever program made them. */
static void
test_compared (void)
{
  g_autoptr (WbZipMaker) windows = wb_zip_maker_new ();
  g_autoptr (WbZipMaker) mac = wb_zip_maker_new ();
  g_autoptr (WbArchive) old_archive = NULL;
  g_autoptr (WbArchive) new_archive = NULL;
  g_autoptr (WbComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;

  wb_zip_maker_add_text (windows, "connections\\\xca\xfd\xbe\xdd.conn", "{}");
  wb_zip_maker_add_text (windows, "REDACTED.txt", "one");
  wb_zip_maker_add_text (mac, "./connections/数据.conn", "{}");
  wb_zip_maker_add_text (mac, "__MACOSX/connections/._数据.conn", "\x05\x16\x07");
  wb_zip_maker_add_text (mac, "WAYBILL.json", "{}");
  old_archive = archive_open_maker (windows);
  new_archive = archive_open_maker (mac);
  comparison = wb_comparison_new (old_archive, new_archive, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_comparison_get_n (comparison), ==, 0);
  g_assert_cmpuint (wb_comparison_get_n_same (comparison), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/zip-paths/table", test_table);
  g_test_add_func ("/zip-paths/field", test_field);
  g_test_add_func ("/zip-paths/extra", test_extra);
  g_test_add_func ("/zip-paths/compared", test_compared);

  return g_test_run ();
}
