/* test-rebuilt-secrets.c: fixtures/secrets.json, and what a rebuilt archive makes of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"

#include "core/archive/rebuilt/rebuild.h"
#include "core/input-limits.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* How an encrypted password and what belongs to it are called. */
static const char *const cipher_keys[] = {
  "encrypt_value",
  "encryptValue",
  "ENCRYPT_VALUE",
  "encrypt-value",
  "db_encrypt_value",
  "i_v",
  "iV",
  "IV",
  "iv",
  "ns_i_v",
};

static JsonArray *rows;

static char *
dup_file (WbArchive *archive,
          WbNodeKind kind)
{
  for (guint node = 0; node < wb_archive_get_n_nodes (archive); node++)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (wb_archive_get_kind (archive, node) != kind)
        continue;
      bytes = wb_archive_read (archive, node, NULL, NULL);
      g_assert_nonnull (bytes);
      return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
  g_assert_not_reached ();
}

static void
rebuild (JsonNode *reply,
         char    **text,
         char    **note)
{
  g_autoptr (WbRebuild) self = wb_rebuild_new (WB_SOURCE_MANAGEMENT);
  g_autofree char *json = json_to_string (reply, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (GError) error = NULL;

  wb_rebuild_add (self, bytes, &error);
  g_assert_no_error (error);
  spool = wb_rebuild_write (self, NULL, WB_SPOOL_DEFAULT_MAX_SIZE_BYTES, NULL, &error);
  g_assert_no_error (error);
  archive = archive_open_spool (spool);
  g_assert_true (wb_archive_is_rebuilt (archive));
  *text = dup_file (archive, WB_NODE_CONNECTION);
  *note = dup_file (archive, WB_NODE_NOTE);
}

static void
assert_without (JsonObject *row,
                const char *text)
{
  JsonArray *hidden = json_object_get_array_member (row, "hidden");

  for (guint i = 0; i < json_array_get_length (hidden); i++)
    {
      const char *secret = json_array_get_string_element (hidden, i);

      if (strstr (text, secret) != NULL)
        g_error ("%s: “%s” is in %s", json_object_get_string_member (row, "id"), secret, text);
    }
}

/* A reply with one member beside the settings, or in them. */
static JsonNode *
new_reply (const char *key,
           JsonNode   *value,
           gboolean    in_config)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "dw_name");
  json_builder_add_string_value (builder, "one");
  json_builder_set_member_name (builder, "dw_type");
  json_builder_add_string_value (builder, "DWS");
  json_builder_set_member_name (builder, "dw_config");
  json_builder_begin_object (builder);
  if (!in_config)
    json_builder_end_object (builder);
  json_builder_set_member_name (builder, key);
  json_builder_add_value (builder, json_node_copy (value));
  if (in_config)
    json_builder_end_object (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* What is a secret in the settings is in the file alone. */
static void
test_settings (void)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      JsonNode   *content = json_object_get_member (row, "content");
      g_autoptr (JsonNode) reply = new_reply ("own", content, TRUE);
      g_autofree char *text = NULL;
      g_autofree char *note = NULL;

      rebuild (reply, &text, &note);
      assert_without (row, note);
    }
}

/* What is a secret beside them is nowhere. */
static void
test_beside (void)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      JsonNode   *content = json_object_get_member (row, "content");
      g_autoptr (JsonNode) reply = new_reply ("beside", content, FALSE);
      g_autofree char *text = NULL;
      g_autofree char *note = NULL;

      rebuild (reply, &text, &note);
      assert_without (row, note);
      assert_without (row, text);
    }
}

/* Whatever an encrypted password looks like, it is nowhere. */
static void
test_ciphers (void)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      JsonNode   *content = json_object_get_member (row, "content");
      const char *key = cipher_keys[i % G_N_ELEMENTS (cipher_keys)];

      for (guint in_config = 0; in_config < 2; in_config++)
        {
          g_autoptr (JsonNode) reply = new_reply (key, content, in_config != 0);
          g_autofree char *text = NULL;
          g_autofree char *note = NULL;

          rebuild (reply, &text, &note);
          assert_without (row, text);
          assert_without (row, note);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (JsonParser) table = json_parser_new ();
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  path = g_test_build_filename (G_TEST_DIST, "fixtures", "secrets.json", NULL);
  json_parser_load_from_file (table, path, &error);
  g_assert_no_error (error);
  rows = json_node_get_array (json_parser_get_root (table));

  g_test_add_func ("/rebuilt-secrets/settings", test_settings);
  g_test_add_func ("/rebuilt-secrets/beside", test_beside);
  g_test_add_func ("/rebuilt-secrets/ciphers", test_ciphers);

  return g_test_run ();
}
