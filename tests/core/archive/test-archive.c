/* test-archive.c: a ZIP file as a tree, whatever is in it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"
#include "await.h"

#include "core/archive/tree/archive-private.h"
#include "core/archive/tree/inspection.h"
#include "core/error.h"
#include "core/input-limits.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
  archive = archive_open_maker (maker);

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
/* An archive that is opened for its types alone has the same ones, and the same problems. */
static void
test_types (void)
{
  static const struct
  {
    const char *text;
    const char *type;
  } cases[] = {
    { "{\"name\":\"n\",\"type\":\"SPARK_SQL\",\"password\":\"CANARY\"}", "SPARK_SQL" },
    { "{\"dw_name\":\"n\",\"dw_type\":\"HIVE\"}", "HIVE" },
    { "{\"type\":\"a\\u0009\\u00e4\"}", "a\\x09ä" },
    { "{\"type\":\"password: CANARY\"}", "password: ••••••••" },
    { "{\"type\":17}", "17" },
    { "{\"type\":null}", "" },
    { "{\"type\":\"\"}", "" },
    { "{}", "" },
    { "[]", "" },
    { "{", "" },
  };
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbArchive) types = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.conn", i);

      wb_zip_maker_add_text (maker, name, cases[i].text);
    }
  archive = archive_open_maker (maker);
  types = wb_archive_open_types (archive->spool, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (wb_archive_get_n_nodes (types), ==, wb_archive_get_n_nodes (archive));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.conn", i);
      guint            node = find (types, name);

      g_assert_cmpstr (wb_archive_get_type_name (types, node), ==, cases[i].type);
      g_assert_cmpstr (wb_archive_get_type_name (archive, node), ==, cases[i].type);
      g_assert_cmphex (wb_archive_get_node_problems (types, node), ==,
                       wb_archive_get_node_problems (archive, node));
    }
}

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
      "too short or too long" },
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
      "do not match the archive’s index" },
    { { .name = "x.conn", .data = "{}", .compressed_plus = -100 },
      WB_PROBLEM_UNREADABLE,
      NULL,
      "do not match the archive’s index" },
    { { .name = "x.conn", .data = "\007{}", .stored = TRUE, .method = 8 },
      WB_PROBLEM_UNREADABLE,
      NULL,
      "too short or too long" },
    { { .name = "x.conn", .data = "{}", .local_name = "y.conn" },
      WB_PROBLEM_UNREADABLE,
      NULL,
      "do not match the archive’s index" },
    { { .name = "x.conn", .data = "[]" }, WB_PROBLEM_NOT_JSON, "[]", NULL },
    { { .name = "x.conn", .data = "{'a':1}" }, WB_PROBLEM_NOT_JSON, "{'a':1}", NULL },
    { { .name = "x.conn", .data = large }, WB_PROBLEM_TOO_LARGE, NULL, "large" },
    { { .name = "x.conn", .data = large, .size_plus = -1 },
      WB_PROBLEM_UNREADABLE,
      large + 1,
      NULL },
    { { .name = "x.conn", .data = large + 1 }, WB_PROBLEM_NOT_JSON, large + 1, NULL },
    { { .name = "x", .data = "any" }, 0, "any", NULL },
    { { .name = "x", .data = "any", .mode = S_IFLNK | 0777 }, WB_PROBLEM_LINK, "any", NULL },
    { { .name = "x", .data = "", .mode = S_IFCHR | 0777 }, WB_PROBLEM_LINK, "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (WbArchive) archive = NULL;
      guint node;

      g_test_message ("case %u", i);
      set_up_one (&bytes, &cases[i].item);
      archive = archive_open_bytes (bytes);
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

static char *
join_paths (WbArchive *archive,
            guint      node)
{
  GString     *paths = g_string_new (NULL);
  const guint *children;
  guint        n_children;

  children = wb_archive_get_children (archive, node, &n_children);
  for (guint i = 0; i < n_children; i++)
    {
      g_autofree char *path = wb_archive_dup_path (archive, children[i]);
      g_autofree char *below = join_paths (archive, children[i]);

      g_assert_cmpint (wb_archive_get_parent (archive, children[i]), ==, (int) node);
      g_string_append_printf (paths, "%s|%s", path, below);
    }

  return g_string_free (paths, FALSE);
}

static void
test_folders (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbZipMaker) only = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbArchive) only_archive = NULL;
  g_autofree char *paths = NULL;
  g_autofree char *only_paths = NULL;

  wb_zip_maker_add_text (maker, "b/c/one.conn", "{}");
  wb_zip_maker_add_text (maker, "b.conn", "{}");
  wb_zip_maker_add_text (maker, "b/", "");
  wb_zip_maker_add_text (maker, "b/d/", "");
  wb_zip_maker_add_text (maker, "b/c/", "");
  wb_zip_maker_add_text (maker, "b/two.conn", "{}");
  wb_zip_maker_add_text (maker, "a", "");
  wb_zip_maker_add_text (maker, "b/", "");
  archive = archive_open_maker (maker);
  paths = join_paths (archive, 0);
  g_assert_cmpstr (paths, ==, "a|b.conn|b|b/c|b/c/one.conn|b/d|b/two.conn|");
  g_assert_cmpuint (wb_archive_get_problems (archive), ==, 0);
  g_assert_cmpuint (wb_archive_get_n_files (archive), ==, 4);
  g_assert_cmpuint (wb_archive_get_n_connections (archive), ==, 3);
  g_assert_cmpuint (wb_archive_get_size_bytes (archive, find (archive, "b")), ==, 0);

  wb_zip_maker_add_text (only, "connections/", "");
  only_archive = archive_open_maker (only);
  only_paths = join_paths (only_archive, 0);
  g_assert_cmpstr (only_paths, ==, "connections|");
  g_assert_cmpuint (wb_archive_get_n_files (only_archive), ==, 0);
}

static void
test_empty (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = archive_open_maker (maker);
  guint n_children;

  wb_archive_get_children (archive, 0, &n_children);
  g_assert_cmpuint (wb_archive_get_n_nodes (archive), ==, 1);
  g_assert_cmpuint (n_children, ==, 0);
  g_assert_cmpuint (wb_archive_get_size_bytes (archive, 0), ==, 22);
}

/* Names that lead elsewhere, or hide what they are, are shown as they are and never followed. */
static void
test_names (void)
{
  static const struct
  {
    const char *name;
    guint       length;
    const char *path; /* as shown */
    const char *shown_name;
    gboolean    is_unsafe;
  } cases[] = {
    { "../up.conn", 0, "../up.conn", "../up.conn", TRUE },
    { "c/../../up.conn", 0, "c/../../up.conn", "c/../../up.conn", TRUE },
    { "/etc/passwd", 0, "/etc/passwd", "/etc/passwd", TRUE },
    { "//host/share", 0, "//host/share", "//host/share", TRUE },
    { "C:/x.conn", 0, "C:/x.conn", "C:/x.conn", TRUE },
    { "D:\\x.conn", 0, "D:/x.conn", "D:/x.conn", TRUE },
    { "..\\x.conn", 0, "../x.conn", "../x.conn", TRUE },
    { "c\\win.conn", 0, "c/win.conn", "win.conn", FALSE },
    { "./here.conn", 0, "here.conn", "here.conn", FALSE },
    { "./c/./there.conn", 0, "c/there.conn", "there.conn", FALSE },
    { "c//twice.conn", 0, "c//twice.conn", "c//twice.conn", TRUE },
    { "..", 0, "..", "..", TRUE },
    { "../", 0, "../", "../", TRUE },
    { "/", 0, "/", "/", TRUE },
    { "nul\0.conn", 9, "nul\\x00.conn", "nul\\x00.conn", TRUE },
    { "...", 0, "...", "...", FALSE },
    { "c/..dots..", 0, "c/..dots..", "..dots..", FALSE },
    { "c/line\nfeed\x1b[2J", 0, "c/line\\x0afeed\\x1b[2J", "line\\x0afeed\\x1b[2J", FALSE },
    { "c/\u202enno\u2066c.", 0, "c/\\u{202E}nno\\u{2066}c.", "\\u{202E}nno\\u{2066}c.", FALSE },
    { "c/\xc1\xac\xbd\xd3.conn", 0, "c/连接.conn", "连接.conn", FALSE },
    { "c/数据.conn", 0, "c/数据.conn", "数据.conn", FALSE },
    { "c/<a href='x'>&.conn", 0, "c/<a href='x'>&.conn", "<a href='x'>&.conn", FALSE },
    { "c/.conn", 0, "c/.conn", ".conn", FALSE },
  };
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autofree char *long_name = g_strnfill (65535, 'n');
  g_autofree char *shown_long_name = NULL;
  guint            n_children;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    wb_zip_maker_add (maker, &(WbZipItem){ .name = cases[i].name, .name_length = cases[i].length });
  wb_zip_maker_add_text (maker, long_name, "{}");
  archive = archive_open_maker (maker);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint            node = find (archive, cases[i].path);
      g_autofree char *name = wb_archive_dup_name (archive, node);
      WbProblems       problems = wb_archive_get_node_problems (archive, node);

      g_assert_cmpstr (name, ==, cases[i].shown_name);
      g_assert_cmpint ((problems & WB_PROBLEM_UNSAFE_PATH) != 0, ==, cases[i].is_unsafe);
      if (cases[i].is_unsafe)
        g_assert_cmpint (wb_archive_get_parent (archive, node), ==, 0);
    }
  assert_contents (archive, find (archive, long_name), "{}");
  shown_long_name = wb_archive_dup_name (archive, find (archive, long_name));
  g_assert_cmpuint (strlen (shown_long_name), ==, 512 + strlen ("…"));
  wb_archive_get_children (archive, find (archive, "c"), &n_children);
  g_assert_cmpuint (n_children, ==, 9);
}

static void
test_depth (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GString) path = g_string_new (NULL);
  g_autofree char *fits = NULL;
  g_autofree char *too_deep = NULL;
  g_autofree char *name = NULL;
  g_autofree char *deep_name = NULL;
  g_autoptr (WbArchive) archive = NULL;

  for (guint i = 0; i < 64; i++)
    g_string_append (path, "f/");
  fits = g_strconcat (path->str, "a.conn", NULL);
  too_deep = g_strconcat (path->str, "f/b.conn", NULL);
  for (guint i = 0; i < 32000; i++)
    g_string_append (path, "f/");
  wb_zip_maker_add_text (maker, fits, "{}");
  wb_zip_maker_add_text (maker, too_deep, "{}");
  wb_zip_maker_add_text (maker, path->str, "");
  archive = archive_open_maker (maker);

  g_assert_cmpuint (wb_archive_get_n_nodes (archive), ==, 1 + 64 + 3);
  name = wb_archive_dup_name (archive, find (archive, fits));
  g_assert_cmpstr (name, ==, "a.conn");
  deep_name = wb_archive_dup_name (archive, find (archive, too_deep));
  g_assert_cmpstr (deep_name, ==, too_deep);
  g_assert_cmpint (wb_archive_get_parent (archive, find (archive, too_deep)), ==, 0);
  assert_contents (archive, find (archive, too_deep), "{}");
}

/* A ZIP in the ZIP is a file like others: what is in it is neither listed nor counted. */
static void
test_nested (void)
{
  g_autoptr (WbZipMaker) inner = wb_zip_maker_new ();
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) inner_bytes = NULL;
  g_autoptr (GBytes) read = NULL;
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (GError) error = NULL;

  wb_zip_maker_add_text (inner, "c/a.conn", "{}");
  inner_bytes = wb_zip_maker_finish (inner, NULL);
  wb_zip_maker_add (maker, &(WbZipItem){
                             .name = "c/more.zip",
                             .data = g_bytes_get_data (inner_bytes, NULL),
                             .data_length = g_bytes_get_size (inner_bytes),
                           });
  archive = archive_open_maker (maker);
  g_assert_cmpuint (wb_archive_get_n_nodes (archive), ==, 3);
  g_assert_cmpuint (wb_archive_get_n_connections (archive), ==, 0);
  read = wb_archive_read (archive, find (archive, "c/more.zip"), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, inner_bytes));
}

/* All are listed, all are flagged, and each gives its own contents. */
static void
test_duplicates (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  static const char *const flagged[] = {
    "c/x.conn",
    "c/X.conn",
    "c/über.conn",
    "c/Über.conn",
    "c/folder",
    "D",
    "d",
    "d/y.conn",
  };

  wb_zip_maker_add_text (maker, "c/x.conn", "{\"n\":1}");
  wb_zip_maker_add_text (maker, "c/x.conn", "{\"n\":2}");
  wb_zip_maker_add_text (maker, "c/X.conn", "{\"n\":3}");
  wb_zip_maker_add_text (maker, "c/über.conn", "{}");
  wb_zip_maker_add_text (maker, "c/Über.conn", "{}");
  wb_zip_maker_add_text (maker, "c/folder", "");
  wb_zip_maker_add_text (maker, "c/folder/z.conn", "{}");
  wb_zip_maker_add_text (maker, "D/y.conn", "{}");
  wb_zip_maker_add_text (maker, "d/y.conn", "{}");
  wb_zip_maker_add_text (maker, "c/single.conn", "{}");
  wb_zip_maker_add_text (maker, "c/twice.conn", "{\"n\":4}");
  wb_zip_maker_add_again (maker, "c/twice.conn");
  wb_zip_maker_add_text (maker, "c/other.conn", "{\"n\":5}");
  wb_zip_maker_add_again (maker, "c/Other.conn");
  archive = archive_open_maker (maker);

  g_assert_cmpuint (wb_archive_get_n_files (archive), ==, 14);
  for (guint i = 0; i < G_N_ELEMENTS (flagged); i++)
    g_assert_cmphex (wb_archive_get_node_problems (archive, find (archive, flagged[i])), ==,
                     WB_PROBLEM_DUPLICATE);
  g_assert_cmphex (wb_archive_get_node_problems (archive, find (archive, "c/single.conn")), ==, 0);
  g_assert_cmphex (wb_archive_get_node_problems (archive, find (archive, "c")), ==, 0);
  assert_contents (archive, find_nth (archive, "c/x.conn", 0), "{\"n\":1}");
  assert_contents (archive, find_nth (archive, "c/x.conn", 1), "{\"n\":2}");
  assert_contents (archive, find (archive, "c/X.conn"), "{\"n\":3}");

  /* Two records on one header: the same file twice, or a second name that its header denies. */
  for (guint i = 0; i < 2; i++)
    {
      guint node = find_nth (archive, "c/twice.conn", i);

      g_assert_cmphex (wb_archive_get_node_problems (archive, node), ==, WB_PROBLEM_DUPLICATE);
      assert_contents (archive, node, "{\"n\":4}");
    }
  g_assert_cmphex (wb_archive_get_node_problems (archive, find (archive, "c/other.conn")), ==,
                   WB_PROBLEM_DUPLICATE);
  g_assert_cmphex (wb_archive_get_node_problems (archive, find (archive, "c/Other.conn")), ==,
                   WB_PROBLEM_DUPLICATE | WB_PROBLEM_UNREADABLE);
}

/* A file inside another one's data: how small archives pretend to be huge. */
static void
test_overlap (void)
{
  g_autoptr (WbZipMaker) inner = wb_zip_maker_new ();
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) inner_bytes = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) patched = NULL;
  g_autoptr (WbArchive) archive = NULL;
  g_autofree guint8 *data = NULL;
  const guint8      *directory;
  gsize              length;

  wb_zip_maker_add (inner, &(WbZipItem){ .name = "inner", .data = "{}", .stored = TRUE });
  inner_bytes = wb_zip_maker_finish (inner, NULL);
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "outer",
                                         .data = g_bytes_get_data (inner_bytes, NULL),
                                         .data_length = g_bytes_get_size (inner_bytes),
                                         .stored = TRUE });
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "inner", .data = "{}", .stored = TRUE });
  wb_zip_maker_add_text (maker, "after", "text");
  bytes = wb_zip_maker_finish (maker, NULL);

  /* The second record gets the offset of the header inside the first file's data. Then its own is
   * one that no record points to. */
  length = g_bytes_get_size (bytes);
  data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
  directory = memmem (data + 35 + g_bytes_get_size (inner_bytes),
                      length - 35 - g_bytes_get_size (inner_bytes), "PK\001\002", 4);
  data[directory - data + 46 + 5 + 42] = 35;
  patched = g_bytes_new (data, length);
  archive = archive_open_bytes (patched);

  g_assert_cmphex (wb_archive_get_node_problems (archive, find (archive, "outer")), ==,
                   WB_PROBLEM_UNREADABLE);
  g_assert_cmphex (wb_archive_get_node_problems (archive, find (archive, "inner")), ==,
                   WB_PROBLEM_UNREADABLE);
  g_assert_cmphex (wb_archive_get_node_problems (archive, find (archive, "after")), ==,
                   WB_PROBLEM_UNLISTED);
  assert_contents (archive, find (archive, "after"), "text");
}

/* The total that a small file inflates to is limited too. */
static void
test_bomb (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbArchive) by_index = NULL;
  g_autofree char *blank = g_malloc0 (WB_ARCHIVE_MAX_ENTRY_BYTES);
  const guint      n = 2 * WB_ARCHIVE_MAX_TOTAL_BYTES / WB_ARCHIVE_MAX_ENTRY_BYTES;
  guint            n_too_large = 0;

  wb_zip_maker_add (maker, &(WbZipItem){ .name = "bomb",
                                         .data = blank,
                                         .data_length = WB_ARCHIVE_MAX_ENTRY_BYTES });
  for (guint i = 1; i < n; i++)
    wb_zip_maker_add_again (maker, "bomb");
  archive = archive_open_maker (maker);

  g_assert_cmpuint (wb_archive_get_n_files (archive), ==, n);
  for (guint i = 1; i <= n; i++)
    n_too_large += (wb_archive_get_node_problems (archive, i) & WB_PROBLEM_TOO_LARGE) != 0;
  g_assert_cmpuint (n_too_large, ==, n / 2 - 1);

  /* Also where nothing else is asked for than the index. */
  by_index = wb_archive_open_index (archive->spool, NULL, NULL);
  for (guint i = 1; i <= n; i++)
    g_assert_cmpuint (wb_archive_get_node_problems (by_index, i), ==,
                      wb_archive_get_node_problems (archive, i));
}

/* A link is shown as what it is, and never followed. */
static void
test_links (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;

  wb_zip_maker_add (maker, &(WbZipItem){ .name = "c/link.conn",
                                         .data = "/etc/passwd",
                                         .mode = S_IFLNK | 0777 });
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "c/pipe", .mode = S_IFIFO | 0666 });
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "c/slash/", .mode = S_IFLNK | 0777 });
  archive = archive_open_maker (maker);
  g_assert_cmpint (wb_archive_get_kind (archive, find (archive, "c/link.conn")), ==, WB_NODE_LINK);
  g_assert_cmpint (wb_archive_get_kind (archive, find (archive, "c/pipe")), ==, WB_NODE_LINK);
  g_assert_cmphex (wb_archive_get_node_problems (archive, find (archive, "c/slash")), ==,
                   WB_PROBLEM_UNREADABLE);
  g_assert_cmpuint (wb_archive_get_n_connections (archive), ==, 0);
  g_assert_cmpuint (wb_archive_get_n_files (archive), ==, 2);
  assert_contents (archive, find (archive, "c/link.conn"), "/etc/passwd");
}

/* A folder with contents is called that, however it says so. */
static void
test_folder_with_size (void)
{
  static const WbZipItem items[] = {
    { .name = "d/", .data = "contents" },
    { .name = "d", .data = "contents", .mode = S_IFDIR | 0755 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autoptr (WbArchive) archive = NULL;

      wb_zip_maker_add (maker, &items[i]);
      archive = archive_open_maker (maker);
      g_assert_cmphex (wb_archive_get_problems (archive), ==, WB_PROBLEM_FOLDER_SIZE);
    }
}

/* More than one batch of bad entries among good ones. */
static void
test_many_bad (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  const guint n = 1000;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%04u.conn", i);

      wb_zip_maker_add (maker, &(WbZipItem){ .name = name,
                                             .data = i % 3 == 0 ? "\007" : "{\"type\":\"T\"}",
                                             .stored = i % 3 == 0,
                                             .method = i % 3 == 0 ? 8 : (i % 7 == 0 ? 99 : 0) });
    }
  archive = archive_open_maker (maker);
  g_assert_cmpuint (wb_archive_get_n_connections (archive), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%04u.conn", i);
      guint            node = i + 1;
      WbProblems       problems = wb_archive_get_node_problems (archive, node);

      g_assert_cmphex (problems, ==,
                       i % 3 == 0 ? WB_PROBLEM_UNREADABLE
                                  : (i % 7 == 0 ? WB_PROBLEM_UNSUPPORTED : 0));
      if (problems == 0)
        g_assert_cmpstr (wb_archive_get_type_name (archive, node), ==, "T");
    }
}

/* Opens and reads all there is; whatever comes, it ends and stays within its bounds. */
static void
exercise (const guint8 *data,
          gsize         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (GError) error = NULL;
  int              fd = wb_zip_bytes_to_fd (bytes);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);

  spool = wb_spool_open (path, &error);
  g_assert_no_error (error);
  archive = wb_archive_open (spool, NULL, &error);
  g_assert_true ((archive == NULL) == (error != NULL));
  for (guint i = 1; archive != NULL && i < wb_archive_get_n_nodes (archive); i++)
    {
      g_autofree char *node_path = wb_archive_dup_path (archive, i);
      g_autoptr (GBytes) contents = NULL;
      g_autoptr (GError) read_error = NULL;

      g_assert_true (g_utf8_validate (node_path, -1, NULL));
      if (wb_archive_get_kind (archive, i) <= WB_NODE_FOLDER)
        continue;
      contents = wb_archive_read (archive, i, NULL, &read_error);
      g_assert_true ((contents == NULL) == (read_error != NULL));
      if (contents != NULL)
        g_assert_cmpuint (g_bytes_get_size (contents), <=, WB_ARCHIVE_MAX_ENTRY_BYTES);
    }
  close (fd);
}

static GBytes *
make_small (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  wb_zip_maker_add_text (maker, "c/a.conn", "{\"type\":\"DWS\",\"name\":\"aaaaaaaaaaaaaaaaaa\"}");
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "c/b.conn",
                                         .data = "{\"type\":\"HIVE\"}",
                                         .descriptor = TRUE,
                                         .zip64 = TRUE });
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "d/",
                                         .mode = S_IFDIR | 0755 });
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "e",
                                         .data = "x",
                                         .stored = TRUE,
                                         .mode = S_IFREG | 0644 });

  return wb_zip_maker_finish (maker, &(WbZipEnd){ .comment = "c" });
}

static void
test_every_cut (void)
{
  g_autoptr (GBytes) bytes = make_small ();

  for (gsize length = 0; length <= g_bytes_get_size (bytes); length++)
    exercise (g_bytes_get_data (bytes, NULL), length);
}

/* No wrong bit, in any place, makes it crash or go out of bounds. */
static void
test_every_flip (void)
{
  g_autoptr (GBytes) bytes = make_small ();
  gsize              length = g_bytes_get_size (bytes);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

  for (gsize i = 0; i < length; i++)
    for (guint bit = 0; bit < 9; bit++)
      {
        data[i] ^= bit == 8 ? 0xff : 1 << bit;
        exercise (data, length);
        data[i] ^= bit == 8 ? 0xff : 1 << bit;
      }
}

static void
test_random (void)
{
  g_autoptr (GBytes) bytes = make_small ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (99);
  gsize length = g_bytes_get_size (bytes);

  for (guint round = 0; round < 3000; round++)
    {
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

      for (int n = g_rand_int_range (rand, 2, 12); n > 0; n--)
        data[g_rand_int_range (rand, 0, (int) length)] = (guint8) g_rand_int (rand);
      exercise (data, length);
    }
}

/* The small archive, as a file that has a name. */
static WbSpool *
open_small (char **path)
{
  g_autoptr (GBytes) bytes = make_small ();
  g_autoptr (GError) error = NULL;
  WbSpool *spool;

  *path = wb_zip_bytes_to_path (bytes, "small.zip");
  spool = wb_spool_open (*path, &error);
  g_assert_no_error (error);

  return spool;
}

static void
test_shrunk (void)
{
  g_autofree char *path = NULL;
  g_autoptr (WbSpool) spool = open_small (&path);
  g_autoptr (WbArchive) archive = archive_open_spool (spool);
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (truncate (path, 20), ==, 0);
  contents = wb_archive_read (archive, find (archive, "c/a.conn"), NULL, &error);
  g_assert_null (contents);
  g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
}

static void
test_async (void)
{
  g_autofree char *path = NULL;
  g_autoptr (WbSpool) spool = open_small (&path);
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbArchive) none = NULL;
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) cancelled_read = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) cancelled_error = NULL;
  g_autoptr (GError) cancelled_read_error = NULL;

  wb_archive_open_async (spool, FALSE, NULL, await_cb, &opened);
  archive = wb_archive_open_finish (await (&opened), &error);
  g_assert_no_error (error);
  wb_archive_read_async (archive, find (archive, "e"), NULL, await_cb, &read);
  contents = wb_archive_read_finish (archive, await (&read), &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (contents, NULL), g_bytes_get_size (contents), "x", 1);

  g_cancellable_cancel (cancellable);
  wb_archive_open_async (spool, FALSE, cancellable, await_cb, &cancelled);
  none = wb_archive_open_finish (await (&cancelled), &cancelled_error);
  g_assert_null (none);
  g_assert_error (cancelled_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  wb_archive_read_async (archive, find (archive, "e"), cancellable, await_cb, &cancelled_read);
  g_assert_null (wb_archive_read_finish (archive, await (&cancelled_read),
                                         &cancelled_read_error));
  g_assert_error (cancelled_read_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_problem_texts (void)
{
  g_autofree char *none = wb_problems_to_text (WB_PROBLEM_NONE);
  g_autofree char *all = wb_problems_to_text (0x3ff);
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpuint (g_strv_length (lines), ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *text = wb_problems_to_text (1 << i);

      g_assert_cmpstr (text, ==, lines[i]);
      g_assert_true (g_str_has_suffix (text, "."));
    }
}

/* Archives that another program makes are read as it means them, and it reads ours. */
static void
test_peer (void)
{
  static const char *const script = "import sys, zipfile\n"
                                    "z = zipfile.ZipFile(sys.argv[1], 'w')\n"
                                    "for method in (0, 8, 12, 14):\n"
                                    "  z.writestr('c/%d.conn' % method,\n"
                                    "             '{\"type\": \"T%d\"}' % method, method)\n"
                                    "z.writestr('c/\\u6570.conn', '{}', 8)\n"
                                    "z.close()\n"
                                    "assert zipfile.ZipFile(sys.argv[2]).testzip() is None\n"
                                    "assert zipfile.ZipFile(sys.argv[2]).namelist() == \\\n"
                                    "  ['c/a.conn', 'c/b.conn', 'd/', 'e']\n";
  g_autoptr (GBytes) own = make_small ();
  g_autofree char *own_path = wb_zip_bytes_to_path (own, "own.zip");
  g_autofree char *python = g_find_program_in_path ("python3");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "peer.zip", NULL);
  const char      *argv[] = { python, "-c", script, path, own_path, NULL };
  g_autofree char *paths = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (python == NULL)
    {
      g_test_skip ("there is no python3");
      return;
    }

  g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);

  spool = wb_spool_open (path, &error);
  g_assert_no_error (error);
  archive = wb_archive_open (spool, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmphex (wb_archive_get_problems (archive), ==, 0);
  paths = join_paths (archive, 0);
  g_assert_cmpstr (paths, ==, "c|c/0.conn|c/12.conn|c/14.conn|c/8.conn|c/数.conn|");
  g_assert_cmpstr (wb_archive_get_type_name (archive, find (archive, "c/12.conn")), ==, "T12");
  g_assert_cmpstr (wb_archive_get_type_name (archive, find (archive, "c/14.conn")), ==, "T14");
  assert_contents (archive, find (archive, "c/0.conn"), "{\"type\": \"T0\"}");
  assert_contents (archive, find (archive, "c/14.conn"), "{\"type\": \"T14\"}");
}

/* What the archive says of itself, which need not be true or harmless. */
static void
test_totals (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *zip_path = NULL;
  g_autofree char *comment = NULL;
  g_autofree char *nothing = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbArchive) plain = NULL;
  g_autoptr (GError) error = NULL;

  wb_zip_maker_add_text (maker, "connections/", "");
  wb_zip_maker_add_text (maker, "connections/a.conn", "{}");
  wb_zip_maker_add_text (maker, "b", "12345");
  plain = archive_open_maker (maker);
  nothing = wb_archive_dup_comment (plain);
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpuint (wb_archive_get_n_records (plain), ==, 3);
  g_assert_cmpuint (wb_archive_get_unpacked_bytes (plain), ==, 7);

  bytes = wb_zip_maker_finish (
    maker, &(WbZipEnd){ .comment = "from <b>Monday\r\n\xff\x1b[31m\xe2\x80\xae" });
  zip_path = wb_zip_bytes_to_path (bytes, "commented.zip");
  spool = wb_spool_open (zip_path, &error);
  g_assert_no_error (error);
  archive = wb_archive_open (spool, NULL, &error);
  g_assert_no_error (error);
  comment = wb_archive_dup_comment (archive);
  g_assert_cmpstr (comment, ==, "from <b>Monday\n\\xff\\x1b[31m\\u{202E}");
}

/* With an entry too large for threads, the others are read one after the other. */
static WbArchive *
open_many (guint    n,
           gboolean in_threads)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autofree char *large = g_malloc0 (2 * 1024 * 1024);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("connections/c%05u.conn", i);
      g_autofree char *text = g_strdup_printf ("{\"name\":\"%s%u\",\"type\":\"T%u\",\"config\":"
                                               "{\"ip\":\"10.0.0.%u\",\"password\":\"%s\"}}",
                                               i % 7 == 0 ? "other" : "c", i, i % 5, i % 200,
                                               i % 3 == 0 ? "s3cret" : "");

      wb_zip_maker_add (maker, &(WbZipItem){ .name = path,
                                             .data = i % 11 == 0 ? "no JSON" : text,
                                             .crc_xor = i % 13 == 0 });
    }
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "zzz",
                                         .data = large,
                                         .data_length = in_threads ? 1 : 2 * 1024 * 1024 });

  return archive_open_maker (maker);
}

static void
test_threads (void)
{
  g_autoptr (WbArchive) archive = open_many (3000, TRUE);
  g_autoptr (WbArchive) expected = open_many (3000, FALSE);

  g_assert_cmpuint (wb_archive_get_n_nodes (archive), ==, wb_archive_get_n_nodes (expected));
  for (guint i = 0; i < wb_archive_get_n_nodes (archive); i++)
    {
      const WbFact *fact = &archive->facts->facts[i];
      const WbFact *other = &expected->facts->facts[i];

      for (guint text = 0; text < WB_N_DIGEST_TEXTS; text++)
        g_assert_cmpstr (wb_archive_get_text (archive, i, (WbDigestText) text), ==,
                         wb_archive_get_text (expected, i, (WbDigestText) text));
      g_assert_cmpmem (archive->facts->haystack->str + fact->haystack, fact->haystack_length,
                       expected->facts->haystack->str + other->haystack, other->haystack_length);
      g_assert_cmpuint (fact->n_clear_secrets, ==, other->n_clear_secrets);
      g_assert_cmpuint (fact->findings, ==, other->findings);
      g_assert_cmpuint (wb_archive_get_node_problems (archive, i), ==,
                        wb_archive_get_node_problems (expected, i));
    }
  /* A type is kept once, whichever thread met it. */
  g_assert_cmpuint (archive->facts->strings->len, ==, expected->facts->strings->len);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/archive/usual", test_usual);
  g_test_add_func ("/archive/types", test_types);
  g_test_add_func ("/archive/problems", test_problems);
  g_test_add_func ("/archive/totals", test_totals);
  g_test_add_func ("/archive/folders", test_folders);
  g_test_add_func ("/archive/empty", test_empty);
  g_test_add_func ("/archive/names", test_names);
  g_test_add_func ("/archive/depth", test_depth);
  g_test_add_func ("/archive/nested", test_nested);
  g_test_add_func ("/archive/duplicates", test_duplicates);
  g_test_add_func ("/archive/overlap", test_overlap);
  g_test_add_func ("/archive/bomb", test_bomb);
  g_test_add_func ("/archive/links", test_links);
  g_test_add_func ("/archive/folder-with-size", test_folder_with_size);
  g_test_add_func ("/archive/many-bad", test_many_bad);
  g_test_add_func ("/archive/every-cut", test_every_cut);
  g_test_add_func ("/archive/every-flip", test_every_flip);
  g_test_add_func ("/archive/random", test_random);
  g_test_add_func ("/archive/shrunk", test_shrunk);
  g_test_add_func ("/archive/threads", test_threads);
  g_test_add_func ("/archive/async", test_async);
  g_test_add_func ("/archive/problem-texts", test_problem_texts);
  g_test_add_func ("/archive/peer", test_peer);

  return g_test_run ();
}
