/* waybill-note-write.c: WAYBILL.json, written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/rebuilt/waybill-note.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "core/archive/rebuilt/rebuilt-connection.h"
#include "core/archive/secrets/secret-elsewhere.h"
#include "core/archive/secrets/secret-keys.h"
#include "core/archive/secrets/secret-mask.h"
#include "core/json-scan.h"

/* Such a file can still be read. */
#define MAX_NOTE_BYTES ((gsize) 3 * 1024 * 1024)

/* All of it is in English whatever the language, and without a time: the same replies must give the
 * same bytes. */
static const char *const calls[WB_N_SOURCES][3] = {
  [WB_SOURCE_LIST] = { "GET /v1/{project_id}/connections" },
  [WB_SOURCE_MANAGEMENT] = { "GET /v1/{project_id}/data-connections",
                             "GET /v1/{project_id}/data-connections/{data_connection_id}" },
};

static const char *const not_included[] = {
  "Passwords that the service does not send, see enter_again.",
  "Connections that a permission policy hides from the user who made this archive.",
  "Connections that exist in DataArts Factory alone, if the source is Management Center.",
};

static char *
dup_quoted (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

static void
append_strings (GString           *out,
                const char        *key,
                const char *const *strings,
                guint              n_strings)
{
  g_string_append_printf (out, "  \"%s\": [", key);
  for (guint i = 0; i < n_strings; i++)
    {
      g_autofree char *quoted = dup_quoted (strings[i]);

      g_string_append_printf (out, "%s\n    %s", i > 0 ? "," : "", quoted);
    }
  g_string_append (out, n_strings > 0 ? "\n  ]" : "]");
}

/* The head of one connection's object. */
static void
append_head (GString    *out,
             gboolean    first,
             const char *path,
             const char *quoted_name)
{
  g_autofree char *quoted_path = dup_quoted (path);

  g_string_append_printf (out, "%s\n    {\n      \"file\": %s,\n      \"connection\": %s",
                          first ? "" : ",", quoted_path, quoted_name);
}

static void
append_missing (GString   *out,
                GPtrArray *connections,
                GPtrArray *paths)
{
  gboolean first = TRUE;

  g_string_append (out, "  \"enter_again\": [");
  for (guint i = 0; i < connections->len; i++)
    {
      const WbRebuiltConnection *connection = g_ptr_array_index (connections, i);

      if (connection->missing->len == 0)
        continue;
      append_head (out, first, g_ptr_array_index (paths, i), connection->quoted_name);
      first = FALSE;
      g_string_append (out, ",\n      \"settings\": [");
      for (guint k = 0; k < connection->missing->len; k++)
        g_string_append_printf (out, "%s\"%s\"", k > 0 ? ", " : "",
                                (const char *) g_ptr_array_index (connection->missing, k));
      g_string_append (out, "]\n    }");
    }
  g_string_append (out, first ? "]" : "\n  ]");
}

static void
append_objects (GString         *out,
                const char      *key,
                const GPtrArray *objects)
{
  if (objects->len == 0)
    return;
  g_string_append_printf (out, ",\n      \"%s\": [", key);
  for (guint i = 0; i < objects->len; i++)
    g_string_append_printf (out, "%s\n        %s", i > 0 ? "," : "",
                            (const char *) g_ptr_array_index (objects, i));
  g_string_append (out, "\n      ]");
}

static int
compare_strings (const void *a,
                 const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What the replies call differently, once for all connections. */
static void
append_renamed (GString   *out,
                GPtrArray *connections)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  const char *last = NULL;

  for (guint i = 0; i < connections->len; i++)
    g_ptr_array_extend (all, ((const WbRebuiltConnection *) connections->pdata[i])->renamed, NULL,
                        NULL);
  g_ptr_array_sort (all, compare_strings);
  g_string_append (out, "  \"renamed\": [");
  for (guint i = 0; i < all->len; i++)
    {
      const char *renamed = g_ptr_array_index (all, i);

      if (last != NULL && strcmp (renamed, last) == 0)
        continue;
      g_string_append_printf (out, "%s\n    %s", last != NULL ? "," : "", renamed);
      last = renamed;
    }
  g_string_append (out, last != NULL ? "\n  ]" : "]");
}

static void
append_connections (GString   *out,
                    GPtrArray *connections,
                    GPtrArray *paths)
{
  g_string_append (out, "  \"connections\": [");
  for (guint i = 0; i < connections->len; i++)
    {
      const WbRebuiltConnection *connection = g_ptr_array_index (connections, i);

      append_head (out, i == 0, g_ptr_array_index (paths, i), connection->quoted_name);
      append_objects (out, "left_out", connection->left_out);
      append_objects (out, "set_by_service", connection->set_by_service);
      append_objects (out, "without_a_place", connection->beside);
      g_string_append (out, "\n    }");
    }
  g_string_append (out, connections->len > 0 ? "\n  ]" : "]");
}

/* What one connection keeps secret may stand in the clear in another one's name for something. */
static GBytes *
hide (GString        *text,
      WbSecretSearch *search,
      GError        **error)
{
  g_autoptr (WbJsonScan) scan = wb_json_scan_new (text->str, text->len, error);
  g_autoptr (WbSecretValues) own = NULL;
  g_autoptr (WbSecretValues) all = NULL;
  char *hidden;

  if (scan == NULL)
    return NULL;
  own = wb_secret_values_new (text->str, scan);
  all = wb_secret_elsewhere_find (search, own, -1);

  hidden = wb_secret_mask_dup_json (all, text->len, WB_SECRET_STARS);

  return g_bytes_new_take (hidden, strlen (hidden));
}

/* An archive of very many connections has no room for what is said of each. */
static GString *
compose (WbSource   source,
         GPtrArray *connections,
         GPtrArray *paths,
         GPtrArray *gone,
         gboolean   each)
{
  GString *out = g_string_new ("{\n  \"waybill\": \"rebuilt\",\n  \"version\": 1,\n");
  guint    n_calls = 0;

  while (calls[source][n_calls] != NULL)
    n_calls++;
  g_string_append_printf (out, "  \"source\": \"%s\",\n", wb_source_to_string (source));
  append_strings (out, "calls", calls[source], n_calls);
  g_string_append (out, ",\n");
  append_strings (out, "not_included", not_included, G_N_ELEMENTS (not_included));
  g_string_append (out, ",\n");
  append_strings (out, "gone_while_reading", (const char *const *) gone->pdata, gone->len);
  g_string_append (out, ",\n");
  append_missing (out, connections, paths);
  g_string_append (out, ",\n");
  append_renamed (out, connections);
  if (each)
    {
      g_string_append (out, ",\n");
      append_connections (out, connections, paths);
    }
  g_string_append (out, "\n}\n");

  return out;
}

/**
 * wb_waybill_note_write:
 * @source: where the replies come from
 * @connections: (element-type WbRebuiltConnection): what was made of them
 * @paths: (element-type utf8): the file of each in the archive
 * @gone: (element-type utf8): the names of those that were listed and gone when they were read
 * @search: the sealed set of their secrets, which stay out of it
 * @error: return location
 *
 * Returns: (transfer full): the text
 */
GBytes *
wb_waybill_note_write (WbSource        source,
                       GPtrArray      *connections,
                       GPtrArray      *paths,
                       GPtrArray      *gone,
                       WbSecretSearch *search,
                       GError        **error)
{
  g_autoptr (GString) text = compose (source, connections, paths, gone, TRUE);

  if (text->len > MAX_NOTE_BYTES)
    {
      g_string_free (text, TRUE);
      text = compose (source, connections, paths, gone, FALSE);
    }

  return hide (text, search, error);
}
