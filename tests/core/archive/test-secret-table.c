/* test-secret-table.c: fixtures/secrets.json, what is hidden and what is shown, through every view
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"
#include "await.h"

#include "core/archive/compare/compare.h"
#include "core/archive/connection/connection-digest.h"
#include "core/archive/connection/connection.h"
#include "core/archive/copies/redact.h"
#include "core/archive/copies/selected-copy.h"
#include "core/archive/secrets/secret-mask.h"
#include "core/archive/tree/findings.h"
#include "core/service/refusal/service-error.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* The kinds whose rows all hold. */
static const char *const kinds[] = {
  "elsewhere",
  "key",
  "name-value",
  "readable",
  "string",
  "value",
};

/* How a file may be written; what it says is the same. */
typedef enum
{
  PLAIN,
  INDENTED,
  ESCAPED, /* every letter of its strings as \uXXXX */
  N_SPELLINGS,
} Spelling;

typedef struct
{
  const char *id;
  JsonNode   *content;
  JsonArray  *hidden;
  JsonArray  *shown;
} Row;

static JsonParser *table;

static char *
escape (const char *text)
{
  g_autofree gunichar2 *units = NULL;
  glong                 n_units;
  GString              *escaped = g_string_new ("");
  gboolean              in_string = FALSE;

  units = g_utf8_to_utf16 (text, -1, NULL, &n_units, NULL);
  for (glong i = 0; i < n_units; i++)
    {
      if (units[i] == '"')
        in_string = !in_string;
      if (units[i] == '\\')
        {
          g_string_append_c (escaped, '\\');
          g_string_append_c (escaped, (char) units[++i]);
        }
      else if (units[i] < 0x80 && !(in_string && g_ascii_isalpha ((char) units[i])))
        g_string_append_c (escaped, (char) units[i]);
      else
        g_string_append_printf (escaped, "\\u%04x", units[i]);
    }

  return g_string_free (escaped, FALSE);
}

static char *
spell (const Row *row,
       Spelling   spelling)
{
  g_autofree char *text = json_to_string (row->content, spelling == INDENTED);

  return spelling == ESCAPED ? escape (text) : g_steal_pointer (&text);
}

static void
assert_hidden (const Row  *row,
               const char *view,
               const char *text)
{
  for (guint i = 0; i < json_array_get_length (row->hidden); i++)
    {
      const char *secret = json_array_get_string_element (row->hidden, i);

      if (strstr (text, secret) != NULL)
        g_error ("%s: %s shows “%s”: %s", row->id, view, secret, text);
    }
}

static void
assert_shown (const Row  *row,
              const char *view,
              const char *text)
{
  assert_hidden (row, view, text);
  for (guint i = 0; i < json_array_get_length (row->shown); i++)
    {
      const char *plain = json_array_get_string_element (row->shown, i);

      if (strstr (text, plain) == NULL)
        g_error ("%s: %s hides “%s”: %s", row->id, view, plain, text);
    }
}

/* As if \uXXXX and \/ were never there. What is shown may have `\u{200B}` in place of a character
 * that cannot be seen, and is not JSON then. */
static char *
dup_decoded (const char *json)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  if (strstr (json, "\\u{") != NULL)
    return g_strdup (json);

  json_parser_load_from_data (parser, json, -1, &error);
  g_assert_no_error (error);

  return json_to_string (json_parser_get_root (parser), FALSE);
}

static void
look_at_connection (const Row  *row,
                    const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (WbConnection) connection = wb_connection_new (bytes);
  g_autoptr (GString) details = g_string_new (wb_connection_get_name (connection));
  g_autoptr (GString) haystack = g_string_new ("");
  g_auto (WbConnectionDigest) digest = { 0 };
  g_autofree char *source = wb_connection_dup_text (connection);
  g_autofree char *json = wb_connection_dup_json (connection, FALSE);
  g_autofree char *decoded_source = dup_decoded (source);
  g_autofree char *decoded_json = dup_decoded (json);
  g_autofree char *details_of_error = wb_secret_mask_dup_text (text, strlen (text), NULL);

  g_string_append_printf (details, "\n%s\n%s\n", wb_connection_get_type_name (connection),
                          wb_connection_get_description (connection));
  if (wb_connection_get_address (connection) != NULL)
    g_string_append_printf (details, "%s\n", wb_connection_get_address (connection));
  for (guint i = 0; i < wb_connection_get_n_fields (connection); i++)
    {
      const WbConnectionField *field = wb_connection_get_field (connection, i);
      g_autofree char         *shown = wb_connection_field_dup_shown (field);

      g_string_append_printf (details, "%s %s: %s\n", field->label, field->key, shown);
    }
  wb_connection_digest (&digest, "row.conn", strlen ("row.conn"), text, strlen (text), haystack);

  assert_hidden (row, "details", details->str);
  assert_hidden (row, "source", source);
  assert_shown (row, "source, decoded", decoded_source);
  assert_hidden (row, "JSON", json);
  assert_shown (row, "JSON, decoded", decoded_json);
  assert_hidden (row, "search", haystack->str);
  assert_hidden (row, "error details", details_of_error);
  for (guint i = 0; i < WB_N_DIGEST_TEXTS; i++)
    assert_hidden (row, "list", digest.texts[i]);
}

static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

/* A service that answers with it, whole, within a list, cut off or in its sentence. */
static void
look_at_replies (const Row  *row,
                 const char *text)
{
  g_autofree char *sentence = g_strdup_printf ("Connection %s is wrong.", text);
  g_autofree char *quoted = quote (sentence);
  g_autofree char *half = g_strdup_printf ("%.*s", (int) strlen (text) - 2, text);
  char *const      replies[] = {
         g_strdup (text),
         g_strdup_printf ("{\"total\":1,\"connections\":[%s]}", text),
         g_strdup_printf ("{\"error\":{\"code\":\"X.1\",\"message\":%s}}", quoted),
         g_strdup_printf ("{\"error\":{\"connection\":%s,\"message\":%s}}", text, quoted),
         g_strdup_printf ("[%s", half),
         g_strdup_printf ("Error: %s", half),
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new (replies[i], strlen (replies[i]));
      const WbServiceReply reply = {
        .call = WB_SERVICE_CALL_EXPORT, .host = "h", .status = 400, .body = body
      };
      g_autoptr (GError) error = wb_service_error_new (&reply);
      const char *const said[] = { error->message, wb_error_get_detail (error),
                                   wb_error_get_request_id (error),
                                   wb_error_get_service_code (error) };

      for (guint j = 0; j < G_N_ELEMENTS (said); j++)
        assert_hidden (row, replies[i], said[j] != NULL ? said[j] : "");
      g_free (replies[i]);
    }
}

static WbArchive *
open_row (const char *text)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  wb_zip_maker_add_text (maker, "connections/row.conn", text);

  return archive_open_maker (maker);
}

/* Every secret has changed. */
static void
look_at_comparison (const Row  *row,
                    const char *text,
                    WbArchive  *archive)
{
  g_autoptr (GString) changed = g_string_new (text);
  g_autoptr (WbArchive) other = NULL;
  g_autoptr (WbComparison) comparison = NULL;
  g_autofree char *shown = NULL;

  for (guint i = 0; i < json_array_get_length (row->hidden); i++)
    {
      const char      *secret = json_array_get_string_element (row->hidden, i);
      g_autofree char *longer = g_strconcat (secret, "Q", NULL);

      g_string_replace (changed, secret, longer, 0);
    }
  g_string_replace (changed, "{", "{\"another\":1,", 1);
  other = open_row (changed->str);
  comparison = wb_comparison_new (archive, other, NULL, NULL);
  shown = wb_comparison_dup_text (comparison, NULL, NULL);
  assert_hidden (row, "comparison", shown);
}

static void
look_at_redaction (const Row *row,
                   WbArchive *archive)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRedaction) redaction = wb_redact (archive, NULL, &error);
  g_autoptr (WbArchive) copy = NULL;

  g_assert_no_error (error);
  copy = archive_open_spool (redaction->spool);
  for (guint node = 1; node < wb_archive_get_n_nodes (copy); node++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *text = NULL;
      g_autofree char *decoded = NULL;

      if (wb_archive_get_kind (copy, node) == WB_NODE_FOLDER)
        continue;
      bytes = wb_archive_read (copy, node, NULL, NULL);
      g_assert_nonnull (bytes);
      text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      assert_hidden (row, "redacted copy", text);
      if (*text != '{')
        continue;
      decoded = dup_decoded (text);
      assert_hidden (row, "redacted copy, decoded", decoded);
    }
}

static void
look_at_findings (const Row *row,
                  WbArchive *archive)
{
  g_autoptr (GArray) findings = wb_findings_new (archive);

  for (guint i = 0; i < findings->len; i++)
    {
      const WbFinding *finding = &g_array_index (findings, WbFinding, i);
      g_autofree char *path = wb_archive_dup_path (archive, finding->node);

      assert_hidden (row, "findings", path);
      assert_hidden (row, "findings", wb_finding_to_text (finding->kind));
    }
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;

  for (Spelling spelling = 0; spelling < N_SPELLINGS; spelling++)
    {
      g_autofree char *text = spell (row, spelling);
      g_autoptr (WbArchive) archive = open_row (text);

      look_at_connection (row, text);
      if (spelling == PLAIN)
        look_at_replies (row, text);
      look_at_comparison (row, text, archive);
      look_at_redaction (row, archive);
      look_at_findings (row, archive);
    }
}

/* Whatever becomes of a row on its way, it is looked at without harm, and JSON stays JSON. */
static void
test_mutated (void)
{
  JsonArray *rows = json_node_get_array (json_parser_get_root (table));
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);

  for (guint i = 0; i < 4 * json_array_get_length (rows); i++)
    {
      JsonObject      *object = json_array_get_object_element (rows, i / 4);
      g_autofree char *text = json_to_string (json_object_get_member (object, "content"), FALSE);
      gsize            length = strlen (text);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (WbConnection) connection = NULL;
      g_autofree char *json = NULL;
      g_autofree char *shown = NULL;

      if (i % 4 == 0)
        length = (gsize) g_rand_int_range (rand, 0, (gint32) length);
      for (guint n = 0; n < i % 4; n++)
        {
          int at = g_rand_int_range (rand, 0, (gint32) length);

          text[at] ^= (char) (1 << g_rand_int_range (rand, 0, 8));
        }
      bytes = g_bytes_new (text, length);
      connection = wb_connection_new (bytes);
      shown = wb_connection_dup_text (connection);
      json = wb_connection_dup_json (connection, FALSE);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
      if (json != NULL)
        g_assert_true (wb_json_check (json, strlen (json), NULL));
      if (g_utf8_validate_len (text, length, NULL))
        g_free (wb_secret_mask_dup_text (text, length, NULL));
    }
}

/* Both what is hidden and what is shown has its examples. */
static void
test_enough (void)
{
  g_assert_cmpuint (json_array_get_length (json_node_get_array (json_parser_get_root (table))), >,
                    800);
}

static Row *
new_row (JsonObject *object)
{
  Row *row = g_new0 (Row, 1);

  row->id = json_object_get_string_member (object, "id");
  row->content = json_object_get_member (object, "content");
  row->hidden = json_object_get_array_member (object, "hidden");
  row->shown = json_object_get_array_member (object, "shown");

  return row;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *rows;

  g_test_init (&argc, &argv, NULL);
  table = json_parser_new ();
  path = g_test_build_filename (G_TEST_DIST, "fixtures", "secrets.json", NULL);
  json_parser_load_from_file (table, path, &error);
  g_assert_no_error (error);

  g_test_add_func ("/secret-table/enough", test_enough);
  g_test_add_func ("/secret-table/mutated", test_mutated);
  rows = json_node_get_array (json_parser_get_root (table));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject      *object = json_array_get_object_element (rows, i);
      const char      *kind = json_object_get_string_member (object, "kind");
      g_autofree char *name = NULL;

      for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
        {
          if (strcmp (kind, kinds[k]) != 0)
            continue;
          name = g_strdup_printf ("/secret-table/%s/%s", kind,
                                  json_object_get_string_member (object, "id"));
          g_test_add_data_func_full (name, new_row (object), test_row, g_free);
        }
    }

  return g_test_run ();
}
