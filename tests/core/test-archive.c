/* test-archive.c: a ZIP file as a tree, whatever is in it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/archive.h"
#include "core/error.h"
#include "zip-maker.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static WbArchive *
try_open (GBytes  *bytes,
          GError **error)
{
  g_autofree char *path = wb_zip_bytes_to_path (bytes, "archive.zip");
  g_autoptr (WbSpool) spool = wb_spool_open (path, error);

  g_assert_nonnull (spool);

  return wb_archive_open (spool, NULL, error);
}

static WbArchive *
open_bytes (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  WbArchive *archive = try_open (bytes, &error);

  g_assert_no_error (error);

  return archive;
}

static WbArchive *
open_maker (WbZipMaker *maker)
{
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, NULL);

  return open_bytes (bytes);
}

/* The first or a later node of this path, counted from 0. */
static guint
find_nth (WbArchive  *archive,
          const char *path,
          guint       nth)
{
  for (guint i = 1; i < wb_archive_get_n_nodes (archive); i++)
    {
      g_autofree char *node_path = wb_archive_dup_path (archive, i);

      if (strcmp (node_path, path) == 0 && nth-- == 0)
        return i;
    }
  g_error ("there is no %s", path);
}

static guint
find (WbArchive  *archive,
      const char *path)
{
  return find_nth (archive, path, 0);
}

static void
assert_contents (WbArchive  *archive,
                 guint       node,
                 const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = wb_archive_read (archive, node, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   expected, strlen (expected));
}

static void
assert_no_contents (WbArchive  *archive,
                    guint       node,
                    const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = wb_archive_read (archive, node, NULL, &error);

  g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_usual (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *root_name = NULL;
  const guint     *children;
  guint            n_children, folder, dws;

  wb_zip_maker_add_text (maker, "connections/dws.conn", "{\"name\":\"dws\",\"type\":\"DWS\"}");
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "connections/hive.CONN",
                                         .data = "\xef\xbb\xbf{\"type\":\"HIVE\"}",
                                         .descriptor = TRUE });
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "connections/rds.conn",
                                         .data = "{\"type\":\"DWS\"}",
                                         .stored = TRUE,
                                         .zip64 = TRUE });
  wb_zip_maker_add_text (maker, "connections/sub/notes.txt", "hello");
  wb_zip_maker_add_text (maker, "connections/empty.conn", "");
  archive = open_maker (maker);

  g_assert_cmpuint (wb_archive_get_n_nodes (archive), ==, 1 + 2 + 5);
  g_assert_cmpuint (wb_archive_get_n_files (archive), ==, 5);
  g_assert_cmpuint (wb_archive_get_n_connections (archive), ==, 4);
  g_assert_cmpuint (wb_archive_get_problems (archive), ==, WB_PROBLEM_NOT_JSON);

  g_assert_cmpuint (wb_archive_get_kind (archive, 0), ==, WB_NODE_ROOT);
  g_assert_cmpint (wb_archive_get_parent (archive, 0), ==, -1);
  root_name = wb_archive_dup_name (archive, 0);
  g_assert_cmpstr (root_name, ==, "");
  g_assert_cmpuint (wb_archive_get_size_bytes (archive, 0), >, 300);
  children = wb_archive_get_children (archive, 0, &n_children);
  g_assert_cmpuint (n_children, ==, 1);
  folder = children[0];
  g_assert_cmpuint (folder, ==, find (archive, "connections"));
  g_assert_cmpuint (wb_archive_get_kind (archive, folder), ==, WB_NODE_FOLDER);
  wb_archive_get_children (archive, folder, &n_children);
  g_assert_cmpuint (n_children, ==, 5);

  dws = find (archive, "connections/dws.conn");
  name = wb_archive_dup_name (archive, dws);
  g_assert_cmpstr (name, ==, "dws.conn");
  g_assert_cmpuint (wb_archive_get_kind (archive, dws), ==, WB_NODE_CONNECTION);
  g_assert_cmpstr (wb_archive_get_type_name (archive, dws), ==, "DWS");
  g_assert_cmpuint (wb_archive_get_size_bytes (archive, dws), ==, 27);
  g_assert_cmpuint (wb_archive_get_node_problems (archive, dws), ==, 0);
  g_assert_cmpint (wb_archive_get_parent (archive, dws), ==, (int) folder);
  g_assert_cmpint (wb_archive_get_record (archive, dws), ==, 0);
  g_assert_cmpint (wb_archive_get_record (archive, find (archive, "connections/empty.conn")), ==,
                   4);
  g_assert_cmpint (wb_archive_get_record (archive, folder), ==, -1);
  g_assert_cmpint (wb_archive_get_record (archive, 0), ==, -1);
  wb_archive_get_children (archive, dws, &n_children);
  g_assert_cmpuint (n_children, ==, 0);
  assert_contents (archive, dws, "{\"name\":\"dws\",\"type\":\"DWS\"}");

  g_assert_cmpstr (wb_archive_get_type_name (archive, find (archive, "connections/hive.CONN")), ==,
                   "HIVE");
  assert_contents (archive, find (archive, "connections/rds.conn"), "{\"type\":\"DWS\"}");
  assert_contents (archive, find (archive, "connections/sub/notes.txt"), "hello");
  assert_contents (archive, find (archive, "connections/empty.conn"), "");
  g_assert_cmpuint (wb_archive_get_kind (archive, find (archive, "connections/sub/notes.txt")), ==,
                    WB_NODE_FILE);
  g_assert_cmpuint (wb_archive_get_node_problems (archive,
                                                  find (archive, "connections/empty.conn")),
                    ==, WB_PROBLEM_NOT_JSON);
}

static void
set_up_one (GBytes         **bytes,
            const WbZipItem *item)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  wb_zip_maker_add_text (maker, "before.conn", "{\"type\":\"DLI\"}");
  wb_zip_maker_add (maker, item);
  wb_zip_maker_add_text (maker, "later.conn", "{\"type\":\"RDS\"}");
  *bytes = wb_zip_maker_finish (maker, NULL);
}

/* Whatever is wrong with one entry, its neighbours are read. */
static void
test_problems (void)
{
  g_autofree char *large = g_strnfill (WB_ARCHIVE_MAX_ENTRY_BYTES + 1, ' ');
  const struct
  {
    WbZipItem   item;
    WbProblems  problems;
    const char *contents; /* NULL for none */
    const char *words;
  } cases[] = {
    { { .name = "x.conn", .data = "{}" }, 0, "{}", NULL },
    { { .name = "x.conn", .data = "{}", .crc_xor = 1 }, WB_PROBLEM_BAD_CRC, "{}", NULL },
    { { .name = "x.conn", .data = "{}", .crc_xor = 1, .stored = TRUE },
      WB_PROBLEM_BAD_CRC,
      "{}",
      NULL },
    { { .name = "x.conn", .data = "{}", .crc_xor = 1, .descriptor = TRUE },
      WB_PROBLEM_BAD_CRC,
      "{}",
      NULL },
    { { .name = "x.conn", .data = "{}", .flag_bits = 1 },
      WB_PROBLEM_ENCRYPTED,
      NULL,
      "encrypted" },
    { { .name = "x.conn", .data = "{}", .method = 97 },
      WB_PROBLEM_UNSUPPORTED,
      NULL,
      "not supported" },
    { { .name = "x.conn", .data = "{} and more", .size_plus = -9 },
      WB_PROBLEM_UNREADABLE,
      "{}",
      NULL },
    { { .name = "x.conn", .data = "{} and more", .size_plus = -11 },
      WB_PROBLEM_UNREADABLE,
      NULL,
      "overlong" },
    { { .name = "x.conn", .data = "{}", .size_plus = 1 }, WB_PROBLEM_UNREADABLE, "{}", NULL },
    { { .name = "x.conn", .data = "{}", .size_plus = 1, .stored = TRUE },
      WB_PROBLEM_UNREADABLE,
      "{}",
      NULL },
    { { .name = "x.conn", .data = "{}", .compressed_plus = -1 },
      WB_PROBLEM_UNREADABLE,
      "{}",
      NULL },
    { { .name = "x.conn", .data = "{}", .compressed_plus = 0x100000 },
      WB_PROBLEM_UNREADABLE,
      NULL,
      "contradict" },
    { { .name = "x.conn", .data = "{}", .compressed_plus = -100 },
      WB_PROBLEM_UNREADABLE,
      NULL,
      "contradict" },
    { { .name = "x.conn", .data = "\007{}", .stored = TRUE, .method = 8 },
      WB_PROBLEM_UNREADABLE,
      NULL,
      "cut" },
    { { .name = "x.conn", .data = "{}", .local_name = "y.conn" },
      WB_PROBLEM_UNREADABLE,
      NULL,
      "contradict" },
    { { .name = "x.conn", .data = "[]" }, WB_PROBLEM_NOT_JSON, "[]", NULL },
    { { .name = "x.conn", .data = "{'a':1}" }, WB_PROBLEM_NOT_JSON, "{'a':1}", NULL },
    { { .name = "x.conn", .data = large }, WB_PROBLEM_TOO_LARGE, NULL, "large" },
    { { .name = "x.conn", .data = large, .size_plus = -1 },
      WB_PROBLEM_UNREADABLE,
      large + 1,
      NULL },
    { { .name = "x.conn", .data = large + 1 }, WB_PROBLEM_NOT_JSON, large + 1, NULL },
    { { .name = "x", .data = "any" }, 0, "any", NULL },
    { { .name = "x", .data = "any", .mode = S_IFLNK | 0777 }, 0, "any", NULL },
    { { .name = "x", .data = "", .mode = S_IFCHR | 0777 }, 0, "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (WbArchive) archive = NULL;
      guint node;

      g_test_message ("case %u", i);
      set_up_one (&bytes, &cases[i].item);
      archive = open_bytes (bytes);
      node = find (archive, cases[i].item.name);
      g_assert_cmphex (wb_archive_get_node_problems (archive, node), ==, cases[i].problems);
      g_assert_cmphex (wb_archive_get_problems (archive), ==, cases[i].problems);
      if (cases[i].contents != NULL)
        assert_contents (archive, node, cases[i].contents);
      else
        assert_no_contents (archive, node, cases[i].words);

      node = find (archive, "later.conn");
      g_assert_cmpstr (wb_archive_get_type_name (archive, node), ==, "RDS");
      assert_contents (archive, node, "{\"type\":\"RDS\"}");
      node = find (archive, "before.conn");
      g_assert_cmpstr (wb_archive_get_type_name (archive, node), ==, "DLI");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/archive/usual", test_usual);

  g_test_add_func ("/archive/problems", test_problems);

  return g_test_run ();
}
