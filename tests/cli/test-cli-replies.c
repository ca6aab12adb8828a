/* test-cli-replies.c: a reply that is no export, but holds connections, shows none of their secrets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "cli-fixture.h"
#include "core/json-scan.h"
#include "own-folder.h"
#include "zip-maker.h"

static const char *const token[] = { "WAYBILL_TOKEN=cafe", NULL };

typedef enum
{
  ONE,     /* a connection */
  CREATED, /* the same, as after a POST */
  LIST,    /* a page of them */
  QUOTED,  /* a refusal that quotes one */
  FAILED,  /* a refusal that is a ZIP */
  PARTIAL, /* a part of a ZIP */
  BEHIND,  /* a line of text, and then a ZIP */
  N_REPLIES,
} Reply;

static JsonParser *table;

static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

/* Not compressed: its bytes say the secrets. */
static GBytes *
make_zip (const char *row,
          const char *line)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  WbZipItem item = { .name = "connections/row.conn", .data = row, .stored = TRUE };
  g_autoptr (GBytes) zip = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  wb_zip_maker_add (maker, &item);
  zip = wb_zip_maker_finish (maker, NULL);
  g_byte_array_append (bytes, (const guint8 *) line, (guint) strlen (line));
  g_byte_array_append (bytes, g_bytes_get_data (zip, NULL), (guint) g_bytes_get_size (zip));

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
set_reply (ScriptedService *service,
           Reply            reply,
           const char      *row)
{
  g_autofree char *list = g_strdup_printf ("{\"total\":1,\"connections\":[%s]}", row);
  g_autofree char *sentence = g_strdup_printf ("Connection %s is wrong.", row);
  g_autofree char *quoted = quote (sentence);
  g_autofree char *refusal = g_strdup_printf ("{\"error_code\":\"DLF.0100\",\"error_msg\":%s}",
                                              quoted);

  switch (reply)
    {
    case ONE:
      scripted_service_set_text (service, 200, "application/json", row);
      break;
    case CREATED:
      scripted_service_set_text (service, 201, "application/json", row);
      break;
    case LIST:
      scripted_service_set_text (service, 200, "application/json", list);
      break;
    case QUOTED:
      scripted_service_set_text (service, 400, "application/json", refusal);
      break;
    case FAILED:
    case PARTIAL:
    case BEHIND:
    case N_REPLIES:
      scripted_service_set_text (service, reply == PARTIAL ? 206 : reply == FAILED ? 500
                                                                                   : 200,
                                 "application/octet-stream", "");
      g_bytes_unref (service->body);
      service->body = make_zip (row, reply == BEHIND ? "Warning: deprecated\n" : "");
      break;
    }
}

static void
assert_hidden (JsonObject *row,
               Reply       reply,
               const char *text)
{
  JsonArray *hidden = json_object_get_array_member (row, "hidden");

  for (guint i = 0; i < json_array_get_length (hidden); i++)
    {
      if (strstr (text, json_array_get_string_element (hidden, i)) != NULL)
        g_error ("%s, reply %d: “%s” is shown: %s", json_object_get_string_member (row, "id"),
                 reply, json_array_get_string_element (hidden, i), text);
    }
}

/* What the strings of a JSON text say. */
static void
assert_hidden_in_json (JsonObject *row,
                       Reply       reply,
                       const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbJsonScan) scan = wb_json_scan_new (text, strlen (text), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < wb_json_scan_get_n (scan); i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      g_autofree char   *string = NULL;

      if (value->type != WB_JSON_STRING)
        continue;
      string = wb_json_unescape (text, value->start, value->end, NULL);
      assert_hidden (row, reply, string);
    }
}

static void
look_at_reply (CliFixture *fixture,
               JsonObject *row,
               Reply       reply,
               gboolean    json)
{
  const char *const more[] = { "--auth", "token", "-o", "out.zip", json ? "--json" : NULL, NULL };
  g_autoptr (CliRun) run = cli_fixture_start (fixture, fixture->service->url, token, more,
                                              CLI_RUN_DEFAULT);

  cli_end (run);
  g_assert_cmpint (run->status, >, 0);
  g_assert_true (g_utf8_validate_len (run->err->str, run->err->len, NULL));
  g_assert_null (strstr (run->err->str, "PK\003\004"));
  g_assert_null (strstr (run->err->str, "PK\\u0003"));
  assert_hidden (row, reply, run->err->str);
  assert_hidden (row, reply, run->out->str);
  if (json)
    assert_hidden_in_json (row, reply, run->out->str);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
test_reply (CliFixture   *fixture,
            gconstpointer data)
{
  Reply      reply = GPOINTER_TO_UINT (data);
  JsonArray *rows = json_node_get_array (json_parser_get_root (table));

  /* Each is a process, so a row comes by one of the replies, as text or as JSON, and only some rows
   * do unless all are asked for; the table's test in core tries all of them. */
  for (guint i = reply; i < json_array_get_length (rows); i += N_REPLIES * (g_test_slow () ? 1 : 5))
    {
      JsonObject      *row = json_array_get_object_element (rows, i);
      g_autofree char *text = json_to_string (json_object_get_member (row, "content"), FALSE);

      set_reply (fixture->service, reply, text);
      look_at_reply (fixture, row, reply, i / N_REPLIES % 2);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const char *const names[] = { "one", "created", "list", "quoted", "failed", "partial",
                                       "behind" };
  g_autofree char         *path = NULL;
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  table = json_parser_new ();
  path = g_test_build_filename (G_TEST_DIST, "fixtures", "secrets.json", NULL);
  json_parser_load_from_file (table, path, &error);
  g_assert_no_error (error);

  for (Reply reply = ONE; reply < N_REPLIES; reply++)
    {
      g_autofree char *name = g_strconcat ("/cli-replies/", names[reply], NULL);

      g_test_add (name, CliFixture, GUINT_TO_POINTER (reply), cli_fixture_set_up, test_reply,
                  cli_fixture_tear_down);
    }

  return g_test_run ();
}
