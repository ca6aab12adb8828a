/* test-redact.c: copies without secrets, and files taken out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"
#include "await.h"

#include "core/archive/copies/encrypted-copy.h"
#include "core/archive/copies/redact.h"
#include "core/archive/copies/selected-copy.h"
#include "core/error.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>

static WbArchive *
open_ending (WbZipMaker     *maker,
             const WbZipEnd *end)
{
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, end);

  return archive_open_bytes (bytes);
}

static GBytes *
read_spool (WbSpool *spool)
{
  gsize            length = (gsize) wb_spool_get_size_bytes (spool);
  char            *bytes = g_malloc (length);
  gssize           n = pread (wb_spool_get_fd (spool), bytes, length, 0);
  g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes,
                                                         length);

  g_assert_cmpint (n, ==, (gssize) length);
  g_assert_cmpstr (sha256, ==, wb_spool_get_sha256 (spool));

  return g_bytes_new_take (bytes, length);
}

static WbRedaction *
redact (WbArchive *archive)
{
  g_autoptr (GError) error = NULL;
  WbRedaction *redaction = wb_redact (archive, NULL, &error);

  g_assert_no_error (error);

  return redaction;
}

/* Gives the copy, opened. */
static WbArchive *
redact_made (WbZipMaker   *maker,
             WbRedaction **redaction)
{
  g_autoptr (WbArchive) archive = archive_open_maker (maker);

  *redaction = redact (archive);

  return archive_open_spool ((*redaction)->spool);
}

static char *
read_entry (WbArchive  *archive,
            const char *path)
{
  for (guint node = 1; node < wb_archive_get_n_nodes (archive); node++)
    {
      g_autofree char *node_path = wb_archive_dup_path (archive, node);
      g_autoptr (GBytes) bytes = NULL;

      if (strcmp (node_path, path) != 0)
        continue;
      bytes = wb_archive_read (archive, node, NULL, NULL);
      g_assert_nonnull (bytes);
      return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }

  return NULL;
}

static void
assert_entry (WbArchive  *archive,
              const char *path,
              const char *expected)
{
  g_autofree char *text = read_entry (archive, path);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_absent (WbSpool    *spool,
               const char *words)
{
  g_autoptr (GBytes) bytes = read_spool (spool);

  if (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), words, strlen (words)))
    g_error ("“%s” is in the copy", words);
}

/* The layout stays to the last space; secrets go wherever they are. */
static void
test_places (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) copy = NULL;
  g_autoptr (WbRedaction) redaction = NULL;
  g_autoptr (GBytes) bytes = NULL;

  wb_zip_maker_add_text (maker, "connections/", "");
  wb_zip_maker_add_text (maker, "connections/a.conn",
                         "{ \"name\" : \"a\",\r\n\t\"config\":{\"password\":\"Can/Ary\\\"1\","
                         "\"short\":\"hat12\",\"pwd\":\"hat12\",\"token\":1234567,"
                         "\"secret\":\"\",\"sk\":\"***\"} }\n");
  wb_zip_maker_add_text (maker, "connections/b.conn",
                         "{\"plain\":\"x Can/Ary\\\"1 y\",\"escaped\":\"\\u0043an\\/Ary\\u00221\","
                         "\"json\":\"{\\\"k\\\":\\\"Can/Ary\\\\\\\"1\\\"}\","
                         "\"url\":\"http://h/?q=Can%2FAry%221&x=Can%2fAry%221\","
                         "\"base64\":\"Q2FuL0FyeSIx\",\"basic\":\"Basic dXNlcjpDYW4vQXJ5IjE=\","
                         "\"Can/Ary\\\"1\":\"key\",\"number\":[1234567,12345678,123456]}");
  wb_zip_maker_add_text (maker, "connections/x1234567y.conn", "{\"hat12\":1}");
  copy = redact_made (maker, &redaction);

  assert_entry (copy, "connections/a.conn",
                "{ \"name\" : \"a\",\r\n\t\"config\":{\"password\":\"*********\","
                "\"short\":\"hat12\",\"pwd\":\"*********\",\"token\":\"*********\","
                "\"secret\":\"\",\"sk\":\"***\"} }\n");
  assert_entry (copy, "connections/b.conn",
                "{\"plain\":\"x ********* y\",\"escaped\":\"*********\","
                "\"json\":\"{\\\"k\\\":\\\"*********\\\"}\","
                "\"url\":\"http://h/?q=*********&x=*********\","
                "\"base64\":\"*********\",\"basic\":\"Basic *********\","
                "\"*********\":\"key\",\"number\":[\"*********\",\"*********\",123456]}");
  /* Shorter ones are replaced in their place only: they would be found where they are none. */
  assert_entry (copy, "connections/x*********y.conn", "{\"hat12\":1}");
  g_assert_cmpuint (redaction->n_connections, ==, 3);
  g_assert_cmpuint (redaction->left_out->len, ==, 0);
  assert_absent (redaction->spool, "Can/Ary");
  assert_absent (redaction->spool, "1234567");
  g_assert_cmpuint (wb_archive_get_n_clear_secrets (copy), ==, 0);
  g_assert_cmpuint (wb_archive_get_problems (copy), ==, 0);
  /* The folder has an entry of its own, in which nothing lies. */
  bytes = read_spool (redaction->spool);
  g_assert_nonnull (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                            "connections/PK", strlen ("connections/PK")));
}

/* Waybill's own notes stay, and are no connections: the one of an earlier copy is quoted. */
static void
test_notes (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) copy = NULL;
  g_autoptr (WbRedaction) redaction = NULL;
  g_autofree char *note = NULL;

  wb_zip_maker_add_text (maker, "REDACTED.txt", "An earlier note with Canary-1\n");
  wb_zip_maker_add_text (maker, "WAYBILL.json", "{\"left_out\":[\"Canary-1\"]}");
  wb_zip_maker_add_text (maker, "a.conn", "{\"password\":\"Canary-1\"}");
  wb_zip_maker_add_text (maker, "__MACOSX/._a.conn", "Canary-1");
  copy = redact_made (maker, &redaction);

  g_assert_cmpuint (redaction->n_connections, ==, 1);
  g_assert_cmpuint (redaction->left_out->len, ==, 0);
  g_assert_cmpuint (wb_archive_get_n_files (copy), ==, 1);
  assert_entry (copy, "WAYBILL.json", "{\"left_out\":[\"*********\"]}");
  assert_entry (copy, "__MACOSX/._a.conn", NULL);
  note = read_entry (copy, "REDACTED.txt");
  g_assert_nonnull (strstr (note, "Connections: 1\n"));
  g_assert_nonnull (strstr (note, "The note in the source:\n\nAn earlier note with *********\n"));
  assert_absent (redaction->spool, "Canary");
}

/* A file that is not fully understood is left out and named. */
static void
test_left_out (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) copy = NULL;
  g_autoptr (WbRedaction) redaction = NULL;
  g_autofree char *note = NULL;
  g_autofree char *sha256 = NULL;

  wb_zip_maker_add_text (maker, "good.conn", "{\"password\":\"Canary-1\"}");
  wb_zip_maker_add_text (maker, "array.conn", "[{\"password\":\"Canary-2\"}]");
  wb_zip_maker_add_text (maker, "broken.conn", "{\"password\":\"Canary-3\"");
  wb_zip_maker_add_text (maker, "uses.conn", "{\"a\":\"Canary-2 and Canary-1\"}");
  wb_zip_maker_add_text (maker, "notes Canary-1.txt", "password: Canary-4");
  wb_zip_maker_add_text (maker, "also.conn", "{\"a\":\"Canary-4\"}");
  wb_zip_maker_add_text (maker, "../up.conn", "{}");
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "bad.conn", .data = "{}", .crc_xor = 1 });
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "locked.conn", .data = "{}", .flag_bits = 1 });
  /* Whatever is replaced, the pieces of JSON around it would be the secret. */
  wb_zip_maker_add_text (maker, "wicked.conn", "{\"password\":\"\\\":\\\"ip\\\",\\\"\"}");
  wb_zip_maker_add_text (maker, "victim.conn", "{\"a\":\"ip\",\"b\":\":\",\"\":\"ip\",\"\":1}");
  copy = redact_made (maker, &redaction);

  assert_entry (copy, "good.conn", "{\"password\":\"*********\"}");
  assert_entry (copy, "uses.conn", "{\"a\":\"********* and *********\"}");
  assert_entry (copy, "also.conn", "{\"a\":\"*********\"}");
  assert_entry (copy, "broken.conn", NULL);
  assert_entry (copy, "victim.conn", NULL);
  g_assert_cmpuint (redaction->n_connections, ==, 4);
  g_assert_cmpuint (redaction->left_out->len, ==, 7);

  note = read_entry (copy, "REDACTED.txt");
  g_assert_nonnull (strstr (note, "  broken.conn\n"));
  g_assert_nonnull (strstr (note, "  notes *********.txt\n"));
  g_assert_nonnull (strstr (note, "  ../up.conn\n"));
  g_assert_nonnull (strstr (note, "Connections: 4\n"));
  assert_absent (redaction->spool, "Canary");
}

/* Where the stars themselves would complete a secret, in plain text or escaped. */
static void
test_arising (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) copy = NULL;
  g_autoptr (WbRedaction) redaction = NULL;

  wb_zip_maker_add_text (maker, "a.conn",
                         "{\"password\":\"ab*********cd\",\"token\":\"Canary-1\"}");
  wb_zip_maker_add_text (maker, "b.conn", "{\"password\":\"ab\\\"*********cd\"}");
  wb_zip_maker_add_text (maker, "plain.conn", "{\"d\":\"abCanary-1cd\"}");
  wb_zip_maker_add_text (maker, "escaped.conn", "{\"d\":\"ab\\u0022Canary-1cd\"}");
  wb_zip_maker_add_text (maker, "good.conn", "{\"d\":\"abCanary-1dc\"}");
  copy = redact_made (maker, &redaction);

  assert_entry (copy, "a.conn", "{\"password\":\"*********\",\"token\":\"*********\"}");
  assert_entry (copy, "b.conn", "{\"password\":\"*********\"}");
  assert_entry (copy, "good.conn", "{\"d\":\"ab*********dc\"}");
  assert_entry (copy, "plain.conn", NULL);
  assert_entry (copy, "escaped.conn", NULL);
  g_assert_cmpuint (redaction->left_out->len, ==, 2);
}

/* Passwords in addresses and in sentences are secrets elsewhere too. */
static void
test_derived (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) copy = NULL;
  g_autoptr (WbRedaction) redaction = NULL;

  wb_zip_maker_add_text (maker, "a.conn",
                         "{\"url\":\"jdbc:x://u:Can%40ary-1@h/db?a=b&password=Canary-2&c=d\","
                         "\"description\":\"the password is: Canary-3 (ask the team)\","
                         "\"ads\":\"Server=h;Pwd={Canary-4};x=1\"}");
  wb_zip_maker_add_text (maker, "b.conn",
                         "{\"a\":\"Can@ary-1\",\"b\":\"Canary-2\",\"c\":\"Canary-3\","
                         "\"d\":\"Canary-4\",\"e\":\"the team\"}");
  copy = redact_made (maker, &redaction);
  assert_entry (copy, "a.conn",
                "{\"url\":\"jdbc:x://u:*********@h/db?a=b&password=*********&c=d\","
                "\"description\":\"the password is: *********\","
                "\"ads\":\"Server=h;Pwd={*********};x=1\"}");
  assert_entry (copy, "b.conn",
                "{\"a\":\"*********\",\"b\":\"*********\",\"c\":\"*********\","
                "\"d\":\"*********\",\"e\":\"the team\"}");
}

/* A secret of any length goes as a whole, and one that begins as another ends goes too. */
static void
test_overlaps (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) copy = NULL;
  g_autoptr (WbRedaction) redaction = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  while (key->len < 5000)
    g_string_append_c (key, (char) g_rand_int_range (rand, 'a', 'z' + 1));
  first = g_strdup_printf ("{\"privateKey\":\"%s\",\"pwd\":\"%.7s\"}", key->str, key->str);
  second = g_strdup_printf ("{\"a\":\"x%sx\",\"b\":\"x%.7sx\"}", key->str, key->str);

  wb_zip_maker_add_text (maker, "a.conn", first);
  wb_zip_maker_add_text (maker, "b.conn", second);
  wb_zip_maker_add_text (maker, "c.conn", "{\"pwd\":\"abcdef\",\"token\":\"defghi\"}");
  wb_zip_maker_add_text (maker, "d.conn", "{\"a\":\"xabcdefghiy\",\"b\":\"abcdeghi\"}");
  copy = redact_made (maker, &redaction);
  assert_entry (copy, "b.conn", "{\"a\":\"x*********x\",\"b\":\"x*********x\"}");
  assert_entry (copy, "d.conn", "{\"a\":\"x*********y\",\"b\":\"abcdeghi\"}");
}

/* Nothing but names and contents comes along, and the same input gives the same bytes. */
static void
test_bytes (void)
{
  static const char head[] = "PK\003\004\x14\0\0\0\0\0\0\0\x21\0";
  g_autofree char  *text = g_strdup ("{\"name\":\"数\",\"password\":\"Canary-1\"}");
  g_autoptr (GBytes) first = NULL;

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autoptr (WbArchive) archive = NULL;
      g_autoptr (WbArchive) copy = NULL;
      g_autoptr (WbRedaction) redaction = NULL;
      g_autoptr (GBytes) bytes = NULL;
      WbZipEnd end = { .comment = "made by somebody" };

      wb_zip_maker_add (maker, &(WbZipItem){ .name = "a.conn", .data = text, .zip64 = TRUE });
      wb_zip_maker_add (maker, &(WbZipItem){ .name = "数.conn",
                                             .data = "\xff\xfe{\0}\0",
                                             .data_length = 6,
                                             .flag_bits = 0x800,
                                             .descriptor = TRUE,
                                             .mode = 0100777 });
      archive = open_ending (maker, &end);
      redaction = redact (archive);
      bytes = read_spool (redaction->spool);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 14, head, 14);
      assert_absent (redaction->spool, "somebody");
      copy = archive_open_spool (redaction->spool);
      assert_entry (copy, "a.conn", "{\"name\":\"数\",\"password\":\"*********\"}");
      g_assert_cmpuint (wb_archive_get_n_connections (copy), ==, 2);
      g_assert_cmpuint (wb_archive_get_problems (copy), ==, 0);
      if (round == 0)
        first = g_steal_pointer (&bytes);
      else
        g_assert_true (g_bytes_equal (first, bytes));
    }
}

/* Any secret, in any of the forms, in any place: not in the copy. */
static void
test_random (void)
{
  static const char *const alphabet[] = {
    "a",
    "B",
    "7",
    "\\\"",
    "\\\\",
    "/",
    "%",
    "+",
    "é",
    "数",
    "\\u0001",
    " ",
    "=",
    "&",
    "}",
    ":",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint n_kept = 0;

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GString) raw = g_string_new ("\"Zq");
      g_autoptr (GString) json = g_string_new ("{\"password\":");
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autoptr (WbArchive) archive = NULL;
      g_autoptr (WbRedaction) redaction = NULL;
      g_autofree char *secret = NULL;
      g_autofree char *url = NULL;
      g_autofree char *base64 = NULL;
      g_autoptr (JsonNode) node = NULL;

      for (int n = g_rand_int_range (rand, 6, 30); n > 0; n--)
        g_string_append (raw, alphabet[g_rand_int_range (rand, 0, G_N_ELEMENTS (alphabet))]);
      g_string_append (raw, "\"");
      node = json_from_string (raw->str, NULL);
      secret = g_strdup (json_node_get_string (node));
      url = g_uri_escape_string (secret, NULL, FALSE);
      base64 = g_base64_encode ((const guchar *) secret, strlen (secret));

      g_string_append_printf (json, "%s,\"a\":%s,\"b\":\"%s\",\"c\":\"%s\"}", raw->str, raw->str,
                              url, base64);
      wb_zip_maker_add_text (maker, "a.conn", json->str);
      archive = archive_open_maker (maker);
      redaction = redact (archive);
      n_kept += redaction->n_connections;
      assert_absent (redaction->spool, secret);
      assert_absent (redaction->spool, url);
      assert_absent (redaction->spool, base64);
      raw->str[raw->len - 1] = '\0';
      assert_absent (redaction->spool, raw->str + 1);
    }
  g_assert_cmpuint (n_kept, ==, 300);
}

/* Many that begin alike, and text that begins like all of them. */
static void
test_many (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbRedaction) redaction = NULL;
  g_autofree char *filler = g_strnfill (1000000, 'a');
  g_autofree char *long_text = g_strdup_printf ("{\"x\":\"%s\"}", filler);

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u.conn", i);
      g_autofree char *text = g_strdup_printf ("{\"password\":\"%.*sz%u\"}", (int) (i % 400) + 6,
                                               filler, i);

      wb_zip_maker_add (maker, &(WbZipItem){ .name = name, .data = text, .stored = TRUE });
    }
  wb_zip_maker_add_text (maker, "long.conn", long_text);
  archive = archive_open_maker (maker);
  redaction = redact (archive);
  g_assert_cmpuint (redaction->n_connections, ==, 2001);
}

static void
test_async (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbRedaction) redaction = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  wb_zip_maker_add_text (maker, "a.conn", "{\"password\":\"Canary-1\"}");
  archive = archive_open_maker (maker);
  wb_redact_async (archive, NULL, await_cb, &result);
  await (&result);
  redaction = wb_redact_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (redaction->n_secrets, ==, 1);

  g_cancellable_cancel (cancellable);
  wb_redact_async (archive, cancellable, await_cb, &cancelled);
  await (&cancelled);
  g_assert_null (wb_redact_finish (cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static WbSpool *
copy_selected (WbArchive   *archive,
               const guint *nodes,
               guint        n_nodes,
               GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_selected_copy_async (archive, nodes, n_nodes, NULL, await_cb, &result);
  await (&result);

  return wb_selected_copy_finish (result, error);
}

static void
test_selected_copy (void)
{
  static const char text[] = "{\"password\" : \"Canary-1\"}\n";
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbArchive) copy = NULL;
  g_autoptr (WbSpool) file = NULL;
  g_autoptr (WbSpool) zip = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint nodes[4] = { 0 };

  wb_zip_maker_add_text (maker, "connections/a.conn", text);
  wb_zip_maker_add_text (maker, "connections/b.conn", "not JSON");
  wb_zip_maker_add_text (maker, "connections/c.conn", "{}");
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "connections/d.conn",
                                         .data = "{}",
                                         .crc_xor = 1 });
  archive = archive_open_maker (maker);
  for (guint node = 0; node < wb_archive_get_n_nodes (archive); node++)
    if (wb_archive_get_kind (archive, node) == WB_NODE_CONNECTION)
      nodes[wb_archive_get_record (archive, node)] = node;

  file = copy_selected (archive, &nodes[0], 1, &error);
  g_assert_no_error (error);
  bytes = read_spool (file);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));

  zip = copy_selected (archive, nodes, 2, &error);
  g_assert_no_error (error);
  copy = archive_open_spool (zip);
  g_assert_cmpuint (wb_archive_get_n_files (copy), ==, 2);
  assert_entry (copy, "connections/a.conn", text);
  assert_entry (copy, "connections/b.conn", "not JSON");

  g_assert_null (copy_selected (archive, &nodes[3], 1, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (copy_selected (archive, nodes, 4, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
}

/* More entries than a plain end record can count. */
static void
test_zip64 (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbArchive) copy = NULL;
  g_autoptr (WbRedaction) redaction = NULL;
  const guint n = 66000;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.conn", i);

      wb_zip_maker_add (maker, &(WbZipItem){ .name = name, .data = "{}", .stored = TRUE });
    }
  archive = open_ending (maker, &(WbZipEnd){ .zip64 = TRUE });
  redaction = redact (archive);
  copy = archive_open_spool (redaction->spool);
  g_assert_cmpuint (wb_archive_get_n_files (copy), ==, n);
  g_assert_cmpuint (wb_archive_get_problems (copy), ==, 0);
}

/* What Waybill noted of an archive goes along with a part of it. */
static void
test_selected_copy_note (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbArchive) copy = NULL;
  g_autoptr (WbSpool) zip = NULL;
  g_autoptr (GError) error = NULL;
  guint nodes[2];
  guint n = 0;
  guint n_notes = 0;

  wb_zip_maker_add_text (maker, "connections/a.conn", "{}");
  wb_zip_maker_add_text (maker, "connections/b.conn", "{}");
  wb_zip_maker_add_text (maker, "connections/c.conn", "{}");
  wb_zip_maker_add_text (maker, "WAYBILL.json", "{}");
  archive = archive_open_maker (maker);
  for (guint node = 0; node < wb_archive_get_n_nodes (archive) && n < 2; node++)
    {
      if (wb_archive_get_kind (archive, node) == WB_NODE_CONNECTION)
        nodes[n++] = node;
    }
  zip = copy_selected (archive, nodes, n, &error);
  g_assert_no_error (error);

  copy = archive_open_spool (zip);
  g_assert_cmpuint (wb_archive_get_n_connections (copy), ==, 2);
  for (guint node = 0; node < wb_archive_get_n_nodes (copy); node++)
    n_notes += wb_archive_get_kind (copy, node) == WB_NODE_NOTE;
  g_assert_cmpuint (n_notes, ==, 1);
}

/* Once escaped, such a name is longer than ZIP has room for. */
static void
test_selected_copy_name (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autofree char *name = g_strnfill (G_MAXUINT16, '\xff');
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (GError) error = NULL;

  wb_zip_maker_add (maker, &(WbZipItem){ .name = name, .data = "{}", .flag_bits = 0x800 });
  wb_zip_maker_add_text (maker, "b.conn", "{}");
  archive = archive_open_maker (maker);
  g_assert_null (copy_selected (archive, (const guint[]){ 1, 2 }, 2, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
}

/* Names that are no text; a backslash would make folders of what stands for their bytes. */
static void
test_escaped_names (void)
{
  static const char *const paths[] = { "_xff_xfe.conn", "_xff.conn", "c.conn" };
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbRedaction) redaction = NULL;
  g_autoptr (WbSpool) selected = NULL;
  g_autoptr (WbSpool) encrypted = NULL;
  g_autoptr (GError) error = NULL;
  WbSpool *copies[3];

  wb_zip_maker_add (maker,
                    &(WbZipItem){ .name = "\xff\xfe.conn", .data = "{}", .flag_bits = 0x800 });
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "\xff.conn", .data = "{}", .flag_bits = 0x800 });
  wb_zip_maker_add_text (maker, "c.conn", "{}");
  archive = archive_open_maker (maker);
  g_assert_cmpuint (wb_archive_get_problems (archive), ==, 0);

  redaction = redact (archive);
  selected = copy_selected (archive, (const guint[]){ 1, 2, 3 }, 3, &error);
  g_assert_no_error (error);
  encrypted = wb_encrypted_copy_new (archive, "a password", NULL, &error);
  g_assert_no_error (error);
  copies[0] = redaction->spool;
  copies[1] = selected;
  copies[2] = encrypted;
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      g_autoptr (WbArchive) copy = archive_open_spool (copies[i]);

      g_assert_cmpuint (wb_archive_get_problems (copy) & WB_PROBLEM_UNSAFE_PATH, ==, 0);
      for (guint k = 0; k < G_N_ELEMENTS (paths); k++)
        {
          gboolean found = FALSE;

          for (guint node = 1; node < wb_archive_get_n_nodes (copy) && !found; node++)
            {
              g_autofree char *path = wb_archive_dup_path (copy, node);

              found = strcmp (path, paths[k]) == 0;
            }
          g_assert_true (found);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/redact/places", test_places);
  g_test_add_func ("/redact/left-out", test_left_out);
  g_test_add_func ("/redact/notes", test_notes);
  g_test_add_func ("/redact/arising", test_arising);
  g_test_add_func ("/redact/derived", test_derived);
  g_test_add_func ("/redact/overlaps", test_overlaps);
  g_test_add_func ("/redact/bytes", test_bytes);
  g_test_add_func ("/redact/random", test_random);
  g_test_add_func ("/redact/many", test_many);
  g_test_add_func ("/redact/async", test_async);
  g_test_add_func ("/redact/selected-copy", test_selected_copy);
  g_test_add_func ("/redact/selected-copy-note", test_selected_copy_note);
  g_test_add_func ("/redact/selected-copy-name", test_selected_copy_name);
  g_test_add_func ("/redact/escaped-names", test_escaped_names);
  g_test_add_func ("/redact/zip64", test_zip64);

  return g_test_run ();
}
