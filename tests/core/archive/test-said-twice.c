/* test-said-twice.c: what a ZIP file says in two places
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"

#include "core/archive/tree/archive-private.h"
#include "core/archive/tree/inspection.h"
#include "core/archive/tree/verification.h"

#include <string.h>

#define NAME "x.conn"
#define LOCAL_EXTRA (30 + sizeof NAME - 1)
#define RECORD_EXTRA (46 + sizeof NAME - 1)
#define AGREES 0
#define DISAGREES WB_PROBLEM_DISAGREES
#define UNREADABLE WB_PROBLEM_UNREADABLE

/* Where the central directory begins, as the end record without a comment says. */
static gsize
get_directory (const guint8 *file,
               gsize         length)
{
  return (gsize) file[length - 6] | (gsize) file[length - 5] << 8;
}

static void
set_directory (guint8 *file,
               gsize   length,
               gsize   offset)
{
  file[length - 6] = offset & 0xff;
  file[length - 5] = (guint8) (offset >> 8);
}

/* A file to be changed. */
static guint8 *
make (const WbZipItem *items,
      guint            n_items,
      gsize           *length)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  for (guint i = 0; i < n_items; i++)
    wb_zip_maker_add (maker, &items[i]);

  return g_bytes_unref_to_data (wb_zip_maker_finish (maker, NULL), length);
}

static WbArchive *
open_changed (guint8 *file, /* (transfer full) */
              gsize   length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (file, length);

  return archive_open_bytes (bytes);
}

/* What opening and verifying an archive say of an entry is the same, and its contents are read
 * unless they may be others. */
static void
assert_problems (WbArchive *archive,
                 guint      node,
                 WbProblems problems)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GArray) faults = NULL;

  g_assert_cmphex (wb_archive_get_node_problems (archive, node), ==, problems);
  faults = wb_verification_new (archive, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (faults->len, ==, problems != 0);
  if (problems != 0)
    g_assert_cmphex (g_array_index (faults, WbFault, 0).problems, ==, problems);
  if (!wb_node_is_file (&archive->tree->nodes[node]))
    return;

  contents = wb_archive_read (archive, node, NULL, NULL);
  g_assert_cmpint (contents != NULL, ==, (problems & WB_ARCHIVE_NOT_READABLE) == 0);
}

/* One byte of a local header, of a record, or behind the data is another. */
static void
test_headers (void)
{
  static const struct
  {
    gsize      local;  /* a place in the local header, or 0 */
    gsize      record; /* a place in the record, or 0 */
    guint8     mask;
    guint16    bits; /* set in both */
    gboolean   descriptor;
    gsize      removed; /* so many bytes of the descriptor's beginning are missing */
    WbProblems problems;
  } cases[] = {
    { .problems = AGREES },
    { .local = 4, .mask = 0x55, .problems = AGREES }, /* version */
    { .record = 6, .mask = 0x55, .problems = AGREES },
    { .local = 6, .mask = 1 << 0, .problems = UNREADABLE }, /* encrypted */
    { .local = 6, .mask = 1 << 1, .problems = AGREES },     /* level */
    { .local = 6, .mask = 1 << 2, .problems = AGREES },
    { .local = 6, .mask = 1 << 3, .problems = DISAGREES }, /* descriptor */
    { .record = 8, .mask = 1 << 3, .problems = DISAGREES },
    { .local = 6, .mask = 1 << 3, .descriptor = TRUE, .problems = UNREADABLE },
    { .record = 8, .mask = 1 << 3, .descriptor = TRUE, .problems = DISAGREES },
    { .local = 6, .mask = 1 << 4, .problems = DISAGREES },
    { .local = 6, .mask = 1 << 5, .problems = DISAGREES },
    { .local = 6, .mask = 1 << 6, .problems = UNREADABLE }, /* strongly encrypted */
    { .local = 6, .mask = 1 << 7, .problems = DISAGREES },
    { .local = 7, .mask = 1 << 3, .problems = DISAGREES }, /* UTF-8 */
    { .record = 9, .mask = 1 << 3, .problems = DISAGREES },
    { .local = 7, .mask = 1 << 4, .problems = DISAGREES },
    { .local = 7, .mask = 1 << 5, .problems = UNREADABLE }, /* masked */
    { .local = 8, .mask = 1, .problems = UNREADABLE },      /* method */
    { .local = 10, .mask = 1, .problems = DISAGREES },      /* time */
    { .local = 11, .mask = 1, .problems = DISAGREES },
    { .local = 12, .mask = 1, .problems = DISAGREES }, /* date */
    { .local = 13, .mask = 0x80, .problems = DISAGREES },
    { .record = 12, .mask = 1, .problems = DISAGREES },
    { .record = 15, .mask = 0x80, .problems = DISAGREES },
    { .local = 14, .mask = 1, .problems = UNREADABLE }, /* checksum and sizes */
    { .local = 18, .mask = 1, .problems = UNREADABLE },
    { .local = 22, .mask = 1, .problems = UNREADABLE },
    { .record = 24, .mask = 1, .problems = UNREADABLE },
    { .local = 26, .mask = 1, .problems = UNREADABLE },    /* the name's length */
    { .local = 28, .mask = 0xff, .problems = UNREADABLE }, /* that of the fields */
    { .local = 30, .mask = 0x20, .problems = UNREADABLE }, /* the name */
    { .record = 34, .mask = 1, .problems = DISAGREES },    /* the disk */
    { .bits = 1 << 3, .problems = DISAGREES },             /* a descriptor is said to be there */
    { .descriptor = TRUE, .problems = AGREES },
    { .descriptor = TRUE, .removed = 4, .problems = AGREES }, /* one without a mark */
    { .descriptor = TRUE, .removed = 8, .problems = DISAGREES },
    { .descriptor = TRUE, .removed = 12, .problems = DISAGREES },
    { .descriptor = TRUE, .removed = 16, .problems = DISAGREES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbArchive) archive = NULL;
      guint8 *copy;
      gsize   length, directory;

      copy = make (&(WbZipItem){ .name = NAME,
                                 .data = "{}",
                                 .flag_bits = cases[i].bits,
                                 .descriptor = cases[i].descriptor },
                   1, &length);
      directory = get_directory (copy, length);
      if (cases[i].local != 0)
        copy[cases[i].local] ^= cases[i].mask;
      if (cases[i].record != 0)
        copy[directory + cases[i].record] ^= cases[i].mask;
      if (cases[i].removed != 0)
        {
          memmove (copy + directory - 16, copy + directory - 16 + cases[i].removed,
                   length - directory + 16 - cases[i].removed);
          length -= cases[i].removed;
          set_directory (copy, length, directory - cases[i].removed);
        }
      archive = open_changed (copy, length);
      g_test_message ("case %u", i);
      assert_problems (archive, 1, cases[i].problems);
    }
}

/* Sizes and checksums in the list, in the entry's own header, and behind its data. */
static void
test_sizes (void)
{
  static const struct
  {
    const char *name;
    gboolean    descriptor;
    gboolean    zip64;
    gsize       local;  /* a place in the local header to change, or 0 */
    gsize       behind; /* a place behind the data, or 0 */
    gsize       full;   /* a size in the local header to say that it stands in a field, or 0 */
    WbProblems  problems;
  } places[] = {
    { "x.conn", FALSE, FALSE, 0, 0, 0, AGREES },
    { "x.conn", FALSE, FALSE, 14, 0, 0, UNREADABLE },
    { "x.conn", FALSE, FALSE, 18, 0, 0, UNREADABLE },
    { "x.conn", FALSE, FALSE, 22, 0, 0, UNREADABLE },
    { "x.conn", FALSE, TRUE, 0, 0, 0, AGREES },
    { "x.conn", FALSE, TRUE, 30 + 6 + 4, 0, 0, UNREADABLE },
    { "x.conn", FALSE, TRUE, 30 + 6 + 12, 0, 0, UNREADABLE },
    { "x.conn", TRUE, FALSE, 0, 0, 0, AGREES },
    { "x.conn", TRUE, FALSE, 14, 0, 0, UNREADABLE },
    { "x.conn", TRUE, FALSE, 18, 0, 0, UNREADABLE },
    { "x.conn", TRUE, FALSE, 22, 0, 0, UNREADABLE },
    { "x.conn", TRUE, FALSE, 0, 12, 0, UNREADABLE },
    { "x.conn", TRUE, FALSE, 0, 8, 0, UNREADABLE },
    { "x.conn", TRUE, FALSE, 0, 4, 0, UNREADABLE },
    { "x.conn", TRUE, FALSE, 0, 16, 0, UNREADABLE },
    { "x.conn", TRUE, TRUE, 0, 0, 0, AGREES },
    { "x.conn", TRUE, TRUE, 0, 16, 0, UNREADABLE },
    { "folder/", FALSE, FALSE, 0, 0, 0, AGREES },
    { "folder/", FALSE, FALSE, 14, 0, 0, UNREADABLE },
    { "folder/", FALSE, FALSE, 31, 0, 0, UNREADABLE },
    { "folder/", TRUE, FALSE, 22, 0, 0, UNREADABLE },
    { "x.conn", FALSE, FALSE, 0, 0, 18, UNREADABLE },
    { "x.conn", FALSE, FALSE, 0, 0, 22, UNREADABLE },
    { "x.conn", FALSE, TRUE, 0, 0, 22, AGREES },
    { "x.conn", TRUE, FALSE, 0, 0, 22, AGREES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (WbArchive) archive = NULL;
      guint8 *copy;
      gsize   length;

      copy = make (&(WbZipItem){ .name = places[i].name,
                                 .data = *places[i].name == 'x' ? "{}" : "",
                                 .descriptor = places[i].descriptor,
                                 .zip64 = places[i].zip64 },
                   1, &length);
      if (places[i].local != 0)
        copy[places[i].local] ^= 0x55;
      if (places[i].full != 0)
        memset (copy + places[i].full, 0xff, 4);
      if (places[i].behind != 0)
        copy[get_directory (copy, length) - places[i].behind] ^= 0x55;
      archive = open_changed (copy, length);
      g_test_message ("case %u", i);
      assert_problems (archive, 1, places[i].problems);
    }
}

/* The same for a byte of an extra field. The checksum in the field of the path is that of NAME. */
static void
test_fields (void)
{
#define TIME "UT\005\000\001\001\002\003\004"
#define PATH "up\013\000\001\354\141\056\023" NAME
#define OTHER_PATH "up\013\000\001\354\141\056\023y.conn"
#define FOREIGN_PATH "up\013\000\001\354\141\056\023\303\244.con"
  static const struct
  {
    const char *extra;
    gsize       length;
    gsize       local;  /* a place in the field, or 0 */
    gsize       record; /* likewise */
    guint8      mask;
    WbProblems  problems;
  } cases[] = {
    { TIME, sizeof TIME - 1, 0, 0, 0, AGREES },
    { TIME, sizeof TIME - 1, 5, 0, 1, DISAGREES },
    { TIME, sizeof TIME - 1, 8, 0, 1, DISAGREES },
    { TIME, sizeof TIME - 1, 0, 8, 1, DISAGREES },
    { TIME, sizeof TIME - 1, 4, 0, 1, AGREES }, /* no time of the last change */
    { TIME, sizeof TIME - 1, 0, 4, 1, AGREES },
    { TIME, sizeof TIME - 1, 2, 0, 1, AGREES }, /* no field, for it is cut */
    { PATH, sizeof PATH - 1, 0, 0, 0, AGREES },
    { PATH, sizeof PATH - 1, 9, 0, 1, DISAGREES },
    { PATH, sizeof PATH - 1, 0, 9, 1, DISAGREES },
    { PATH, sizeof PATH - 1, 5, 0, 1, AGREES },      /* left over from another name */
    { PATH, sizeof PATH - 1, 4, 0, 1, AGREES },      /* of another version */
    { PATH, sizeof PATH - 1, 9, 0, 'x', DISAGREES }, /* with a NUL byte */
    { PATH, sizeof PATH - 1, 0, 9, 'x', DISAGREES },
    { PATH, sizeof PATH - 1, 9, 0, 0x80, DISAGREES }, /* no text */
    { PATH, sizeof PATH - 1, 0, 9, 0x80, DISAGREES },
    { OTHER_PATH, sizeof OTHER_PATH - 1, 0, 0, 0, DISAGREES },
    { FOREIGN_PATH, sizeof FOREIGN_PATH - 1, 0, 0, 0, AGREES },
    { FOREIGN_PATH, sizeof FOREIGN_PATH - 1, 10, 0, 1, DISAGREES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbArchive) archive = NULL;
      guint8 *copy;
      gsize   length;

      copy = make (&(WbZipItem){ .name = NAME,
                                 .data = "{}",
                                 .extra = cases[i].extra,
                                 .extra_length = cases[i].length },
                   1, &length);
      if (cases[i].local != 0)
        copy[LOCAL_EXTRA + cases[i].local] ^= cases[i].mask;
      if (cases[i].record != 0)
        copy[get_directory (copy, length) + RECORD_EXTRA + cases[i].record] ^= cases[i].mask;
      archive = open_changed (copy, length);
      g_test_message ("case %u", i);
      assert_problems (archive, 1, cases[i].problems);
    }
}

/* A name that is marked as UTF-8 in one place alone is the same if the other place has it as
 * CP437. Programs that add to an archive write its directory again. */
static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *local_name;
    WbProblems  problems;
  } cases[] = {
    { "\303\204", "\216x", UNREADABLE },
    { "\303\204\303\244", "\216\204xx", UNREADABLE },
    { "\303\204", "\303\204", DISAGREES },
    { "\342\224\234\303\204", "\303\216", DISAGREES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbArchive) archive = NULL;
      gsize   surplus = strlen (cases[i].name) - strlen (cases[i].local_name);
      gsize   length, directory;
      guint8 *copy;

      copy = make (&(WbZipItem){ .name = cases[i].name,
                                 .data = "{}",
                                 .flag_bits = 1 << 11 },
                   1, &length);
      directory = get_directory (copy, length);
      copy[7] = 0;
      copy[26] = (guint8) strlen (cases[i].local_name);
      memcpy (copy + 30, cases[i].local_name, strlen (cases[i].local_name));
      memmove (copy + 30 + strlen (cases[i].local_name), copy + 30 + strlen (cases[i].name),
               length - 30 - strlen (cases[i].name));
      length -= surplus;
      set_directory (copy, length, directory - surplus);
      archive = open_changed (copy, length);
      g_test_message ("case %u", i);
      assert_problems (archive, 1, cases[i].problems);
    }
}

/* How an entry is encrypted stands in a field of both headers. */
static void
test_encryption (void)
{
  static const char aes[] = "\001\231\007\000\002\000AE\003\010\000";

  for (gsize place = 0; place < sizeof aes - 1; place++)
    {
      g_autoptr (WbArchive) archive = NULL;
      guint8 *copy;
      gsize   length;

      copy = make (&(WbZipItem){ .name = NAME,
                                 .data = "thirty bytes, as if encrypted.",
                                 .stored = TRUE,
                                 .flag_bits = 1,
                                 .method = 99,
                                 .extra = aes,
                                 .extra_length = sizeof aes - 1 },
                   1, &length);
      if (place > 0)
        copy[LOCAL_EXTRA + place] ^= 1;
      archive = open_changed (copy, length);
      g_test_message ("place %" G_GSIZE_FORMAT, place);
      assert_problems (archive, 1, WB_PROBLEM_ENCRYPTED | (place > 0 ? UNREADABLE : AGREES));
    }
}

/* A local header that no record points to is an entry to a program that reads from the start. */
static void
test_unlisted (void)
{
  static const char      data[] = "PK\003\004 is no entry here";
  static const WbZipItem items[] = {
    { .name = "a", .data = data, .stored = TRUE },
    { .name = "b", .data = data, .stored = TRUE, .descriptor = TRUE },
    { .name = "c", .data = data, .stored = TRUE },
  };

  for (guint hidden = 0; hidden <= G_N_ELEMENTS (items); hidden++)
    {
      g_autoptr (WbArchive) archive = NULL;
      g_autoptr (GArray) faults = NULL;
      g_autoptr (GError) error = NULL;
      gsize   record = 46 + 1;
      guint8 *copy, *start;
      gsize   length;

      copy = make (items, G_N_ELEMENTS (items), &length);
      if (hidden < G_N_ELEMENTS (items))
        {
          start = copy + get_directory (copy, length) + hidden * record;
          memmove (start, start + record, (gsize) (copy + length - start) - record);
          length -= record;
          copy[length - 14] = copy[length - 12] = G_N_ELEMENTS (items) - 1;
          copy[length - 10] -= (guint8) record;
        }
      archive = open_changed (copy, length);

      g_test_message ("hidden: %u", hidden);
      g_assert_cmphex (wb_archive_get_problems (archive), ==,
                       hidden < G_N_ELEMENTS (items) ? WB_PROBLEM_UNLISTED : 0);
      faults = wb_verification_new (archive, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (faults->len, ==, hidden < G_N_ELEMENTS (items));
      if (faults->len > 0)
        g_assert_cmpuint (g_array_index (faults, WbFault, 0).node, ==, hidden < 2 ? hidden + 1 : 2);
    }
}

/* `./` is no entry of the tree, and a folder may be listed twice. */
static void
test_listed (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;

  wb_zip_maker_add_text (maker, "./", "");
  wb_zip_maker_add_text (maker, "./a", "text");
  wb_zip_maker_add_text (maker, "./", "");
  wb_zip_maker_add_text (maker, "d/", "");
  wb_zip_maker_add_text (maker, "d/", "");
  wb_zip_maker_add_text (maker, "./", "");
  archive = archive_open_maker (maker);
  g_assert_cmphex (wb_archive_get_problems (archive) & WB_PROBLEM_UNLISTED, ==, 0);
}

/* What a program of this machine makes of two files and a folder agrees with itself. Each line
 * writes "out.zip" in a folder that holds "in". */
static void
test_peers (void)
{
  static const struct
  {
    const char *program;
    const char *line;
    const char *password;
  } peers[] = {
    { "zip", "cd in && zip -qr ../out.zip .", NULL },
    { "zip", "cd in && zip -qr - . | cat > ../out.zip", NULL },
    { "zip", "cd in && zip -qr0 - . | cat > ../out.zip", NULL },
    { "zip", "cd in && zip -qr -fz ../out.zip .", NULL },
    { "zip", "cd in && zip -qr -fd ../out.zip .", NULL },
    { "zip", "cd in && zip -qr -Z bzip2 ../out.zip .", NULL },
    { "zip", "cat in/c/a.conn | zip -q - - | cat > out.zip", NULL },
    { "zip", "cd in && zip -qr -P word ../out.zip .", "word" },
    { "zip", "cd in && zip -qr -P word - . | cat > ../out.zip", "word" },
    { "zip", "cd in && zip -qr -P '\316\322' ../out.zip .", "\316\322" }, /* of another encoding */
    { "7zz", "cd in && 7zz a -bd ../out.zip . > /dev/null", NULL },
    { "7zz", "cd in && 7zz a -bd -tzip -so x . 2> /dev/null | cat > ../out.zip", NULL },
    { "7zz", "cd in && 7zz a -bd -mm=LZMA -mtm -mtc ../out.zip . > /dev/null", NULL },
    { "7zz", "cd in && 7zz a -bd -pword ../out.zip . > /dev/null", "word" },
    { "7zz", "cd in && 7zz a -bd -pword -mem=AES256 ../out.zip . > /dev/null", "word" },
    { "7zz", "cat in/c/a.conn | 7zz a -bd -tzip -six.conn out.zip > /dev/null", NULL },
    { "bsdtar", "cd in && bsdtar --format zip -cf ../out.zip .", NULL },
    { "bsdtar", "cd in && bsdtar --format zip --options zip:zip64 -cf ../out.zip .", NULL },
    { "bsdtar", "cd in && bsdtar --format zip --options zip:encryption=zipcrypt --passphrase word"
                " -cf ../out.zip .",
      "word" },
    { "bsdtar", "cd in && bsdtar --format zip --options zip:encryption=aes256 --passphrase word"
                " -cf ../out.zip .",
      "word" },
    { "jar", "cd in && jar cf ../out.zip .", NULL },
    { "jar", "cd in && jar c0Mf ../out.zip . && cd c && jar uMf ../../out.zip a.conn", NULL },
    { "python3", "python3 -m zipfile -c out.zip in/c", NULL },
    { "python3", "python3 -c \"import sys, zipfile\n"
                 "with zipfile.ZipFile(sys.stdout.buffer, 'w', 14) as z:\n"
                 "  z.write('in/c/a.conn')\n"
                 "  z.write('in/c/empty')\" | cat > out.zip",
      NULL },
    { "perl", "perl -MIO::Compress::Zip=:all -e 'zip \"in/c/a.conn\" => \"-\", Stream => 1,"
              " Zip64 => 1' > out.zip",
      NULL },
  };
  static const char make[] = "mkdir -p in/c && echo '{}' > in/c/a.conn && : > in/c/empty"
                             " && echo '{}' > 'in/c/gr\303\266\303\237e.conn'";
  g_autofree char  *folder = g_dir_make_tmp ("peers-XXXXXX", NULL);
  g_autofree char  *path = g_build_filename (folder, "out.zip", NULL);
  guint             n_run = 0;

  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    {
      g_autofree char *program = g_find_program_in_path (peers[i].program);
      g_autofree char *line = g_strdup_printf ("cd '%s' && rm -f out.zip && %s && %s", folder, make,
                                               peers[i].line);
      const char      *argv[] = { "/bin/sh", "-c", line, NULL };
      g_autoptr (WbSpool) spool = NULL;
      g_autoptr (WbArchive) archive = NULL;
      g_autoptr (GArray) faults = NULL;
      g_autoptr (GError) error = NULL;
      int status;

      if (program == NULL)
        continue;
      g_test_message ("line %u, of %s", i, peers[i].program);
      g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error);
      g_assert_no_error (error);
      if (status != 0)
        continue;

      n_run++;
      spool = wb_spool_open (path, &error);
      g_assert_no_error (error);
      archive = wb_archive_open (spool, NULL, &error);
      g_assert_no_error (error);
      if (peers[i].password != NULL)
        {
          WbArchive *unlocked = wb_archive_unlock (archive, peers[i].password, NULL, &error);

          g_assert_no_error (error);
          g_set_object (&archive, unlocked);
          g_object_unref (unlocked);
        }
      faults = wb_verification_new (archive, NULL, &error);
      g_assert_no_error (error);
      /* What comes from a pipe is called one. */
      if (strstr (peers[i].line, "zip -q - -") == NULL && strstr (peers[i].line, "-si") == NULL)
        g_assert_cmpuint (faults->len, ==, 0);
      g_assert_cmphex (wb_archive_get_problems (archive) & ~(guint) WB_PROBLEM_LINK, ==, 0);
    }
  if (n_run == 0)
    g_test_skip ("there is no program that makes ZIP files");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/said-twice/headers", test_headers);
  g_test_add_func ("/said-twice/sizes", test_sizes);
  g_test_add_func ("/said-twice/fields", test_fields);
  g_test_add_func ("/said-twice/names", test_names);
  g_test_add_func ("/said-twice/encryption", test_encryption);
  g_test_add_func ("/said-twice/unlisted", test_unlisted);
  g_test_add_func ("/said-twice/listed", test_listed);
  g_test_add_func ("/said-twice/peers", test_peers);

  return g_test_run ();
}
