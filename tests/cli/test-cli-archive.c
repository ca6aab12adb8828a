/* test-cli-archive.c: `waybill-cli show`, `compare` and `redact`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cli-run.h"
#include "core/json-scan.h"
#include "zip-maker.h"

typedef struct
{
  char *folder;
} Fixture;

static void
put (Fixture    *fixture,
     const char *name,
     WbZipMaker *maker)
{
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (WbZipMaker) a = wb_zip_maker_new ();
  g_autoptr (WbZipMaker) b = wb_zip_maker_new ();
  g_autoptr (WbZipMaker) c = wb_zip_maker_new ();
  g_autoptr (WbZipMaker) d = wb_zip_maker_new ();

  fixture->folder = cli_make_folder ();
  wb_zip_maker_add_text (a, "connections/dws.conn",
                         "{\"name\":\"dws\",\"type\":\"DWS\",\"description\":\"\\u202eUhr\","
                         "\"config\":{\"ip\":\"10.0.0.1\",\"port\":\"8000\","
                         "\"password\":\"CANARY-1\",\"url\":\"http://u:CANARY-2@h\"}}");
  wb_zip_maker_add_text (a, "connections/bad\x1b.conn", "password CANARY-3");
  put (fixture, "a.zip", a);
  wb_zip_maker_add_text (b, "connections/dws.conn",
                         "{\"name\":\"dws\",\"type\":\"DWS\",\"description\":\"\\u202eUhr\","
                         "\"config\":{\"ip\":\"10.0.0.2\",\"port\":\"8000\","
                         "\"password\":\"CANARY-4\",\"url\":\"http://u:CANARY-2@h\"}}");
  wb_zip_maker_add_text (b, "connections/bad\x1b.conn", "password CANARY-3");
  put (fixture, "b.zip", b);
  wb_zip_maker_add (c, &(WbZipItem){ .name = "bad.conn", .data = "{}", .crc_xor = 1 });
  put (fixture, "damaged.zip", c);
  wb_zip_maker_add_text (d, "all/connections/dws.conn",
                         "{\"name\":\"dws\",\"type\":\"DWS\",\"description\":\"\\u202eUhr\","
                         "\"config\":{\"ip\":\"10.0.0.1\",\"port\":\"8000\",\"update_time\":1,"
                         "\"password\":\"***\",\"url\":\"http://u:CANARY-2@h\"}}");
  wb_zip_maker_add_text (d, "all/connections/bad\x1b.conn", "password CANARY-3");
  put (fixture, "left-out.zip", d);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  cli_remove_folder (fixture->folder);
}

static CliRun *
run (Fixture    *fixture,
     int         status,
     const char *arguments)
{
  return cli_run_line (fixture->folder, status, arguments);
}

static void
assert_no_canary (CliRun *result)
{
  g_assert_null (strstr (result->out->str, "CANARY"));
  g_assert_null (strstr (result->err->str, "CANARY"));
}

static void
test_show (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (CliRun) plain = run (fixture, 0, "show a.zip connections/dws.conn");
  g_autoptr (CliRun) by_name = run (fixture, 0, "show a.zip dws");
  g_autoptr (CliRun) revealed = run (fixture, 0, "show --reveal a.zip dws.conn");
  g_autoptr (CliRun) json = run (fixture, 0, "show a.zip dws --json");
  g_autoptr (CliRun) bad = run (fixture, 0, "show a.zip connections/bad\\x1b.conn");
  g_autoptr (CliRun) bad_json = run (fixture, 0, "show --json a.zip connections/bad\x1b.conn");
  g_autoptr (CliRun) bad_revealed = run (fixture, 0, "show --reveal a.zip bad\\x1b");
  g_autoptr (CliRun) damaged = run (fixture, 0, "show damaged.zip bad");
  g_autoptr (CliRun) missing = run (fixture, 2, "show a.zip \x1bnone");
  g_autoptr (CliRun) no_path = run (fixture, 2, "show a.zip");
  g_autoptr (CliRun) no_file = run (fixture, 8, "show none.zip x");
  g_autoptr (CliRun) too_many = run (fixture, 2, "show a.zip dws more");

  g_assert_cmpstr (plain->out->str, ==,
                   "Path: connections/dws.conn\n"
                   "Name: dws\n"
                   "Type: DWS\n"
                   "Description: \\u{202E}Uhr\n"
                   "Address: 10.0.0.1:8000\n"
                   "2 secrets in clear text\n"
                   "\n"
                   "IP address: 10.0.0.1\n"
                   "Port: 8000\n"
                   "Password: ••••••••\n"
                   "Address: http://u:••••••••@h\n");
  g_assert_cmpstr (by_name->out->str, ==, plain->out->str);
  g_assert_nonnull (strstr (revealed->out->str, "Password: CANARY-1\n"));
  g_assert_nonnull (strstr (revealed->out->str, "http://u:CANARY-2@h\n"));
  assert_no_canary (json);
  g_assert_true (wb_json_check (json->out->str, json->out->len, NULL));
  g_assert_nonnull (strstr (json->out->str, "\"clear_secrets\":2"));
  assert_no_canary (bad);
  g_assert_cmpstr (bad->out->str, ==, "");
  g_assert_nonnull (strstr (bad->err->str, "line 1"));
  assert_no_canary (bad_json);
  g_assert_nonnull (strstr (bad_json->out->str, "\"form\":\"text\""));
  g_assert_nonnull (strstr (bad_revealed->out->str, "CANARY-3"));
  g_assert_nonnull (strstr (damaged->err->str, "bad.conn: The contents do not match"));
  g_assert_null (strchr (missing->err->str, '\x1b'));
}

/* It says what changed, and prints no secret. */
static void
test_compare (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (CliRun) same = run (fixture, 0, "compare a.zip a.zip");
  g_autoptr (CliRun) different = run (fixture, 1, "compare a.zip b.zip");
  g_autoptr (CliRun) json = run (fixture, 1, "compare --json a.zip b.zip");
  g_autoptr (CliRun) verified = run (fixture, 1, "compare --verify a.zip b.zip");
  g_autoptr (CliRun) damaged = run (fixture, 7, "compare --verify a.zip damaged.zip");
  g_autoptr (CliRun) damaged_json = run (fixture, 7, "compare --verify --json a.zip damaged.zip");
  g_autoptr (CliRun) no_file = run (fixture, 8, "compare a.zip none.zip");
  g_autoptr (CliRun) one = run (fixture, 2, "compare a.zip");
  g_autoptr (CliRun) left_out = run (fixture, 0, "compare a.zip left-out.zip");
  g_autoptr (CliRun) left_out_json = run (fixture, 0, "compare --json a.zip left-out.zip");

  g_assert_cmpstr (same->out->str, ==, "0 added, 0 removed, 0 renamed, 0 changed, 2 the same\n");
  g_assert_cmpstr (different->out->str, ==,
                   "0 added, 0 removed, 0 renamed, 1 changed, 1 the same\n"
                   "\n"
                   "Changed\n"
                   "  connections/dws.conn (DWS, 10.0.0.2:8000)\n"
                   "    config.ip: 10.0.0.1 → 10.0.0.2\n"
                   "    config.password: changed\n");
  g_assert_cmpstr (left_out->out->str, ==,
                   "0 added, 0 removed, 0 renamed, 0 changed, 2 the same, 1 secret cannot be "
                   "compared\n"
                   "\n"
                   "Set by the service\n"
                   "  all/connections/dws.conn (DWS, 10.0.0.1:8000)\n"
                   "    config.update_time: added, 1\n"
                   "\n"
                   "Cannot be compared\n"
                   "  all/connections/dws.conn (DWS, 10.0.0.1:8000)\n"
                   "    config.password: not included on one side\n");
  assert_no_canary (left_out_json);
  g_assert_true (g_str_has_prefix (left_out_json->out->str,
                                   "{\"same\":2,\"set_by_service\":1,\"not_compared\":1,"));
  g_assert_nonnull (strstr (left_out_json->out->str,
                            "\"key\":\"config.password\",\"old\":null,\"new\":null,"
                            "\"secret\":true,\"kind\":\"not_compared\""));
  assert_no_canary (json);
  g_assert_true (wb_json_check (json->out->str, json->out->len, NULL));
  g_assert_nonnull (strstr (json->out->str, "\"key\":\"config.password\",\"old\":null,\"new\":null,"
                                            "\"secret\":true"));
  g_assert_cmpstr (verified->out->str, ==, different->out->str);
  g_assert_nonnull (strstr (damaged->err->str, "bad.conn"));
  g_assert_nonnull (strstr (damaged_json->out->str, "\"not-an-archive\""));
}

static void
test_redact (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (CliRun) saved = run (fixture, 0, "redact a.zip out.zip");
  g_autoptr (CliRun) again = run (fixture, 8, "redact a.zip out.zip");
  g_autoptr (CliRun) forced = run (fixture, 0, "redact --force a.zip out.zip");
  g_autoptr (CliRun) piped = run (fixture, 0, "redact a.zip -");
  g_autoptr (CliRun) shown = run (fixture, 0, "show --reveal out.zip dws");
  g_autoptr (CliRun) listed = run (fixture, 0, "list --names out.zip");
  g_autoptr (CliRun) one = run (fixture, 2, "redact a.zip");
  g_autoptr (CliRun) no_file = run (fixture, 8, "redact none.zip x.zip");
  g_autoptr (CliRun) nothing = run (fixture, 1, "redact damaged.zip nothing.zip");
  g_autoptr (CliRun) not_saved = run (fixture, 8, "list nothing.zip");
  g_autofree char *path = g_build_filename (fixture->folder, "out.zip", NULL);
  g_autofree char *bytes = NULL;
  gsize            length;

  g_assert_true (g_str_has_prefix (saved->out->str,
                                   "Saved out.zip: 1 connection, 2 secrets replaced, SHA-256 "));
  g_assert_nonnull (strstr (saved->err->str, "Left out: connections/bad\\x1b.conn"));
  g_assert_nonnull (strstr (again->err->str, "--force"));
  g_assert_nonnull (strstr (nothing->err->str, "Left out: bad.conn"));
  g_assert_nonnull (strstr (nothing->err->str, "not saved"));
  g_assert_cmpstr (forced->out->str, ==, saved->out->str);
  assert_no_canary (shown);
  g_assert_cmpstr (listed->out->str, ==, "connections/dws.conn\nREDACTED.txt\n");
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_null (memmem (bytes, length, "CANARY", 6));
  g_assert_cmpmem (piped->out->str, piped->out->len, bytes, length);
}

static void
add (const char *name,
     void (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/cli-archive/show", test_show);
  add ("/cli-archive/compare", test_compare);
  add ("/cli-archive/redact", test_redact);

  return g_test_run ();
}
