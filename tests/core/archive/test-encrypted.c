/* test-encrypted.c: encrypted entries, encrypted copies, and the verification of all
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"
#include "core/archive/copies/encrypted-copy.h"
#include "core/archive/tree/verification.h"
#include "core/error.h"
#include "core/progress.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define PASSWORD "right wörds"

static const char a_text[] = "{\"name\":\"a\",\"type\":\"DWS\","
                             "\"password\":\"aaaaaaaaaaaaaaaaaaaa\"}";
static const char b_text[] = "{\"name\":\"b\",\"type\":\"RDS\"}";

/* As libarchive writes it, which other programs read. */
static WbArchive *
make_encrypted (const char *options)
{
  static char           buffer[64 * 1024];
  size_t                used = 0;
  struct archive       *writer = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  const char *const     names[] = { "connections/a.conn", "connections/b.conn" };
  const char *const     texts[] = { a_text, b_text };
  g_autoptr (GBytes) bytes = NULL;

  archive_write_set_format_zip (writer);
  g_assert_cmpint (archive_write_set_options (writer, options), ==, ARCHIVE_OK);
  archive_write_set_passphrase (writer, PASSWORD);
  archive_write_set_bytes_in_last_block (writer, 1);
  archive_write_open_memory (writer, buffer, sizeof buffer, &used);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      archive_entry_clear (entry);
      archive_entry_set_pathname (entry, names[i]);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_size (entry, (la_int64_t) strlen (texts[i]));
      g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (writer, texts[i], strlen (texts[i])), >, 0);
    }
  archive_entry_free (entry);
  archive_write_close (writer);
  archive_write_free (writer);
  bytes = g_bytes_new (buffer, used);

  return archive_open_bytes (bytes);
}

static guint
find (WbArchive  *archive,
      const char *path)
{
  for (guint node = 1; node < wb_archive_get_n_nodes (archive); node++)
    {
      g_autofree char *own = wb_archive_dup_path (archive, node);

      if (strcmp (own, path) == 0)
        return node;
    }
  g_error ("there is no %s", path);
}

static void
assert_contents (WbArchive  *archive,
                 const char *path,
                 const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = wb_archive_read (archive, find (archive, path), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   strlen (expected));
}

static void
test_unlock (void)
{
  static const char *const options[] = {
    "zip:encryption=zipcrypt",
    "zip:encryption=aes128",
    "zip:encryption=aes256",
    "zip:encryption=aes256,compression=store",
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autoptr (WbArchive) locked = make_encrypted (options[i]);
      g_autoptr (WbArchive) archive = NULL;
      g_autoptr (WbArchive) wrong = NULL;
      g_autoptr (GArray) faults = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) wrong_error = NULL;
      guint node = find (locked, "connections/a.conn");

      g_test_message ("%s", options[i]);
      g_assert_true (wb_archive_is_locked (locked));
      g_assert_cmphex (wb_archive_get_node_problems (locked, node), ==, WB_PROBLEM_ENCRYPTED);
      g_assert_null (wb_archive_read (locked, node, NULL, NULL));

      wrong = wb_archive_unlock (locked, "wrong", NULL, &wrong_error);
      g_assert_error (wrong_error, WB_ERROR, WB_ERROR_ZIP_PASSWORD);
      archive = wb_archive_unlock (locked, PASSWORD, NULL, &error);
      g_assert_no_error (error);
      g_assert_false (wb_archive_is_locked (archive));
      g_assert_cmphex (wb_archive_get_problems (archive), ==, 0);
      g_assert_cmpstr (wb_archive_get_type_name (archive, node), ==, "DWS");
      assert_contents (archive, "connections/a.conn", a_text);
      assert_contents (archive, "connections/b.conn", b_text);
      faults = wb_verification_new (archive, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (faults->len, ==, 0);
    }
}

/* One wrong password in 256 has the right byte for ZipCrypto. The contents decide. */
static void
test_many_wrong (void)
{
  g_autoptr (WbArchive) locked = make_encrypted ("zip:encryption=zipcrypt");

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *password = g_strdup_printf ("wrong %u", i);
      g_autoptr (GError) error = NULL;

      g_assert_null (wb_archive_unlock (locked, password, NULL, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_ZIP_PASSWORD);
    }
}

/* Encryption that no password of ours opens is not asked for. */
static void
test_strong (void)
{
  static const WbZipItem items[] = {
    { .name = "x.conn", .data = "{}", .flag_bits = 1 << 6 | 1 },
    { .name = "x.conn", .data = "{}", .flag_bits = 1, .method = 99 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autoptr (WbArchive) archive = NULL;

      wb_zip_maker_add (maker, &items[i]);
      archive = archive_open_maker (maker);
      g_assert_cmphex (wb_archive_get_problems (archive), ==, WB_PROBLEM_ENCRYPTED);
      g_assert_false (wb_archive_is_locked (archive));
    }
}

static WbArchive *
make_plain (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  wb_zip_maker_add_text (maker, "connections/", "");
  wb_zip_maker_add_text (maker, "connections/a.conn", a_text);
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "connections/数据.conn",
                                         .data = b_text,
                                         .flag_bits = 0x800 });
  wb_zip_maker_add_text (maker, "empty", "");
  wb_zip_maker_add_text (maker, "REDACTED.txt", "a note");
  wb_zip_maker_add_text (maker, "__MACOSX/._a.conn", "x");

  return archive_open_maker (maker);
}

/* A checksum of what is inside, anywhere in the file, would say whether a guess is right. */
static void
assert_no_checksum (WbSpool    *spool,
                    const char *text)
{
  gsize              length = (gsize) wb_spool_get_size_bytes (spool);
  g_autofree guint8 *bytes = g_malloc (length);
  guint32            crc = (guint32) crc32_z (0, (const guint8 *) text, strlen (text));

  crc = GUINT32_TO_LE (crc);
  g_assert_cmpint (pread (wb_spool_get_fd (spool), bytes, length, 0), ==, (gssize) length);
  g_assert_null (memmem (bytes, length, &crc, sizeof crc));
  g_assert_null (memmem (bytes, length, "password", strlen ("password")));
}

static char *
save (WbSpool    *spool,
      const char *name)
{
  gsize            length = (gsize) wb_spool_get_size_bytes (spool);
  g_autofree char *bytes = g_malloc (length);
  char            *path = g_build_filename (g_get_tmp_dir (), name, NULL);

  g_assert_cmpint (pread (wb_spool_get_fd (spool), bytes, length, 0), ==, (gssize) length);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));

  return path;
}

static void
test_copy (void)
{
  g_autoptr (WbArchive) plain = make_plain ();
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (WbArchive) locked = NULL;
  g_autoptr (WbArchive) copy = NULL;
  g_autoptr (GError) error = NULL;

  spool = wb_encrypted_copy_new (plain, PASSWORD, NULL, &error);
  g_assert_no_error (error);
  assert_no_checksum (spool, a_text);
  assert_no_checksum (spool, b_text);
  locked = archive_open_spool (spool);
  g_assert_true (wb_archive_is_locked (locked));
  copy = wb_archive_unlock (locked, PASSWORD, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmphex (wb_archive_get_problems (copy), ==, 0);
  g_assert_cmpuint (wb_archive_get_n_files (copy), ==, 3);
  assert_contents (copy, "connections/a.conn", a_text);
  assert_contents (copy, "connections/数据.conn", b_text);
  assert_contents (copy, "empty", "");
  assert_contents (copy, "REDACTED.txt", "a note");
}

/* What cannot be read is missing in no copy, for there is none. */
static void
test_copy_unreadable (void)
{
  static const WbZipItem items[] = {
    { .name = "x.conn", .data = "{}", .crc_xor = 1 },
    { .name = "x.conn", .data = "{}", .size_plus = 1 },
    { .name = "x.conn", .data = "{}", .method = 97 },
    { .name = "x.conn", .data = "{}", .flag_bits = 1 },
    { .name = "x.conn", .data = "{}", .mode = S_IFLNK | 0777 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autoptr (WbArchive) archive = NULL;
      g_autoptr (GError) error = NULL;

      wb_zip_maker_add_text (maker, "good.conn", "{}");
      wb_zip_maker_add (maker, &items[i]);
      archive = archive_open_maker (maker);
      g_assert_null (wb_encrypted_copy_new (archive, PASSWORD, NULL, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_NOT_AN_ARCHIVE);
      g_assert_nonnull (strstr (error->message, "x.conn"));
    }
}

/* A name of bytes that are no text is longer in the copy, where each of them is escaped. */
static void
test_copy_names (void)
{
  static const struct
  {
    char     byte;
    gsize    n;
    gboolean copied;
  } names[] = {
    { 'a', G_MAXUINT16, TRUE },
    { 'a', 0, FALSE },
    { '\xff', G_MAXUINT16 / 4, TRUE },
    { '\xff', G_MAXUINT16 / 4 + 1, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autofree char *name = g_strnfill (names[i].n, names[i].byte);
      g_autoptr (WbArchive) archive = NULL;
      g_autoptr (WbSpool) copy = NULL;
      g_autoptr (GError) error = NULL;

      wb_zip_maker_add (maker, &(WbZipItem){ .name = name, .data = "{}", .flag_bits = 0x800 });
      archive = archive_open_maker (maker);
      copy = wb_encrypted_copy_new (archive, PASSWORD, NULL, &error);
      if (names[i].copied)
        g_assert_no_error (error);
      else
        g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
      g_assert_true ((copy != NULL) == names[i].copied);
    }
}

static int
run_peer (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  int              status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_test_message ("%s", out);

  return status;
}

static char *
find_7zip (void)
{
  static const char *const names[] = { "7zz", "7z", "7za" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *path = g_find_program_in_path (names[i]);

      if (path != NULL)
        return path;
    }

  return NULL;
}

/* 7-Zip opens the copy with its password, and with no other. */
static void
test_7zip (void)
{
  g_autofree char *program = find_7zip ();
  g_autoptr (WbArchive) plain = make_plain ();
  g_autoptr (WbSpool) spool = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    {
      g_test_skip ("there is no 7-Zip");
      return;
    }

  spool = wb_encrypted_copy_new (plain, "plain words", NULL, &error);
  g_assert_no_error (error);
  path = save (spool, "copy.zip");
  {
    const char *const right[] = { program, "t", "-pplain words", path, NULL };
    const char *const wrong[] = { program, "t", "-pother words", path, NULL };

    g_assert_cmpint (run_peer (right), ==, 0);
    g_assert_cmpint (run_peer (wrong), !=, 0);
  }
}

/* Each method and encryption that 7-Zip writes and libarchive can decompress. */
static void
test_from_7zip (void)
{
  static const char *const methods[] = { "-mm=Copy", "-mm=Deflate", "-mm=BZip2", "-mm=LZMA",
                                         "-mm=PPMd" };
  static const char *const encryptions[] = { "-mem=ZipCrypto", "-mem=AES128", "-mem=AES256" };
  g_autofree char         *program = find_7zip ();
  g_autofree char         *input = g_build_filename (g_get_tmp_dir (), "in.conn", NULL);
  g_autofree char         *path = g_build_filename (g_get_tmp_dir (), "from-7zip.zip", NULL);
  g_autofree char         *pad = g_strnfill (5000, ' ');
  g_autofree char         *text = g_strconcat ("{\"type\":\"DLI\"}", pad, NULL);

  if (program == NULL)
    {
      g_test_skip ("there is no 7-Zip");
      return;
    }

  g_assert_true (g_file_set_contents (input, text, -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (methods) * G_N_ELEMENTS (encryptions); i++)
    {
      const char *const argv[] = { program, "a", "-tzip", "-pplain words",
                                   methods[i % G_N_ELEMENTS (methods)],
                                   encryptions[i / G_N_ELEMENTS (methods)], path, input, NULL };
      g_autoptr (WbSpool) spool = NULL;
      g_autoptr (WbArchive) locked = NULL;
      g_autoptr (WbArchive) archive = NULL;
      g_autoptr (GError) error = NULL;

      unlink (path);
      g_assert_cmpint (run_peer (argv), ==, 0);
      spool = wb_spool_open (path, &error);
      g_assert_no_error (error);
      locked = archive_open_spool (spool);
      g_assert_true (wb_archive_is_locked (locked));
      archive = wb_archive_unlock (locked, "plain words", NULL, &error);
      g_assert_no_error (error);
      g_assert_cmphex (wb_archive_get_problems (archive), ==, 0);
      assert_contents (archive, "in.conn", text);
    }
}

/* Nothing is too large to be verified but a connection. */
static void
test_verify (void)
{
  gsize            length = 6 * 1024 * 1024;
  g_autofree char *large = g_strnfill (length, 'x');
  const struct
  {
    WbZipItem  item;
    WbProblems problems;
  } items[] = {
    { { .name = "x.conn", .data = "{}" }, 0 },
    { { .name = "x.conn", .data = "{" }, WB_PROBLEM_NOT_JSON },
    { { .name = "x.conn", .data = "{}", .crc_xor = 1 }, WB_PROBLEM_BAD_CRC },
    { { .name = "x.conn", .data = large }, WB_PROBLEM_TOO_LARGE },
    { { .name = "x", .data = large }, 0 },
    { { .name = "x", .data = large, .stored = TRUE }, 0 },
    { { .name = "x", .data = large, .crc_xor = 1 }, WB_PROBLEM_BAD_CRC },
    { { .name = "x", .data = large, .crc_xor = 1, .stored = TRUE }, WB_PROBLEM_BAD_CRC },
    { { .name = "x", .data = large, .size_plus = 1 }, WB_PROBLEM_UNREADABLE },
    { { .name = "x", .data = large, .size_plus = -1 }, WB_PROBLEM_UNREADABLE },
    { { .name = "x", .data = large, .compressed_plus = -1 }, WB_PROBLEM_UNREADABLE },
    { { .name = "__MACOSX/._x", .data = "x", .crc_xor = 1 }, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autoptr (WbArchive) archive = NULL;
      g_autoptr (GArray) faults = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (WbProgress) progress = wb_progress_new ();

      wb_zip_maker_add (maker, &items[i].item);
      wb_zip_maker_add_text (maker, "good.conn", "{}");
      archive = archive_open_maker (maker);
      faults = wb_verification_new (archive, G_CANCELLABLE (progress), &error);
      g_assert_no_error (error);
      g_test_message ("case %u", i);
      g_assert_cmpuint (faults->len, ==, items[i].problems != 0 ? 1 : 0);
      if (faults->len > 0)
        g_assert_cmphex (g_array_index (faults, WbFault, 0).problems, ==, items[i].problems);
      g_assert_cmpfloat (wb_progress_get_fraction (progress), ==, 1);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/encrypted/unlock", test_unlock);
  g_test_add_func ("/encrypted/many-wrong", test_many_wrong);
  g_test_add_func ("/encrypted/strong", test_strong);
  g_test_add_func ("/encrypted/copy", test_copy);
  g_test_add_func ("/encrypted/copy-unreadable", test_copy_unreadable);
  g_test_add_func ("/encrypted/copy-names", test_copy_names);
  g_test_add_func ("/encrypted/7zip", test_7zip);
  g_test_add_func ("/encrypted/from-7zip", test_from_7zip);
  g_test_add_func ("/encrypted/verify", test_verify);

  return g_test_run ();
}
