/* fuzz-redact.c: no secret of the table survives in a redacted copy, whatever stands beside it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "core/archive/copies/redact.h"

/* The rows of the table, once for all inputs. */
static JsonArray *
get_table (void)
{
  static JsonParser *parser;

  if (parser == NULL)
    {
      const char      *folder = g_getenv ("G_TEST_SRCDIR");
      g_autofree char *path = g_build_filename (folder != NULL ? folder : "tests", "fixtures",
                                                "secrets.json", NULL);

      parser = json_parser_new_immutable ();
      fuzz_check (json_parser_load_from_file (parser, path, NULL));
    }

  return json_node_get_array (json_parser_get_root (parser));
}

static void
put (GString *out,
     char     unit,
     gboolean escaped)
{
  if (escaped && g_ascii_isalnum (unit))
    g_string_append_printf (out, "\\u%04x", unit);
  else
    g_string_append_c (out, unit);
}

/* The same JSON; @spelling says which letters of its strings are written as \uXXXX, and where there
 * is white space between its parts. */
static char *
spell (const char *json,
       guint8      spelling)
{
  GString *out = g_string_new (NULL);
  gboolean in_string = FALSE;
  guint    n = 0;

  for (const char *p = json; *p != '\0'; p++)
    {
      if (*p == '\\')
        {
          g_string_append_len (out, p, 2);
          p++;
          continue;
        }
      if (*p == '"')
        in_string = !in_string;
      put (out, *p, in_string && *p != '"' && (spelling & 1) != 0 && ++n % 3 == spelling % 3);
      if (!in_string && (*p == ':' || *p == ',') && (spelling & 2) != 0)
        g_string_append (out, (spelling & 4) != 0 ? "\r\n\t" : " ");
    }

  return g_string_free (out, FALSE);
}

static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

/* The row's content where @place says. What else the input has stands beside it. */
static char *
embed (const char *json,
       guint8      place,
       const char *beside)
{
  g_autofree char *other = quote (beside);
  g_autofree char *quoted = NULL;

  switch (place % 5)
    {
    case 0:
      return g_strdup (json);
    case 1:
      return g_strdup_printf ("{\"name\":\"a\",\"type\":\"DWS\",\"other\":%s,\"config\":%s}", other,
                              json);
    case 2:
      return g_strdup_printf ("{\"items\":[%s,%s,{}]}", other, json);
    case 3:
      return g_strdup_printf ("{\"config\":{\"deep\":[[{\"x\":%s}]]},\"note\":%s}", json, other);
    default:
      quoted = quote (json);
      return g_strdup_printf ("{\"name\":%s,\"config\":{\"text\":%s}}", other, quoted);
    }
}

static gboolean
holds (const char *bytes,
       gsize       length,
       const char *secret)
{
  return memmem (bytes, length, secret, strlen (secret)) != NULL;
}

/* As if \uXXXX and \/ were never there: a secret must not hide in the copy's own escapes. */
static char *
dup_decoded (const char *bytes,
             gsize       length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (!json_parser_load_from_data (parser, bytes, (gssize) length, NULL))
    return g_strndup (bytes, length);

  return json_to_string (json_parser_get_root (parser), FALSE);
}

static void
check_copy (JsonObject *row,
            const char *text,
            const char *beside)
{
  char *names[] = { (char *) "connections/a.conn" };
  g_autoptr (GBytes) contents = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) zip = fuzz_make_zip (names, &contents, 1);
  g_autoptr (WbArchive) archive = fuzz_open_archive (zip);
  g_autoptr (WbRedaction) redaction = wb_redact (archive, NULL, NULL);
  g_autoptr (WbArchive) copy = NULL;
  JsonArray *hidden = json_object_get_array_member (row, "hidden");

  if (redaction == NULL)
    return;
  copy = wb_archive_open (redaction->spool, NULL, NULL);
  fuzz_check (copy != NULL);
  for (guint node = 1; node < wb_archive_get_n_nodes (copy); node++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *decoded = NULL;

      if (wb_archive_get_kind (copy, node) == WB_NODE_FOLDER)
        continue;
      bytes = wb_archive_read (copy, node, NULL, NULL);
      fuzz_check (bytes != NULL);
      decoded = dup_decoded (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      for (guint i = 0; i < json_array_get_length (hidden); i++)
        {
          const char *secret = json_array_get_string_element (hidden, i);

          if (strstr (beside, secret) == NULL && holds (decoded, strlen (decoded), secret))
            g_error ("“%s” is in the copy of %s: %s", secret, text, decoded);
        }
    }
}

/* Two bytes choose a row, one its spelling, one its place; the rest stands beside it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  JsonArray       *table = get_table ();
  JsonObject      *row;
  g_autofree char *json = NULL;
  g_autofree char *spelled = NULL;
  g_autofree char *beside = NULL;
  g_autofree char *text = NULL;

  if (size < 4)
    return 0;
  row = json_array_get_object_element (table, (data[0] << 8 | data[1])
                                                % json_array_get_length (table));
  json = json_to_string (json_object_get_member (row, "content"), FALSE);
  spelled = spell (json, data[2]);
  beside = g_utf8_make_valid ((const char *) data + 4, (gssize) (size - 4));
  text = embed (spelled, data[3], beside);
  check_copy (row, text, beside);

  return 0;
}
