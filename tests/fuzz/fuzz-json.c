/* fuzz-json.c: any bytes as strict JSON; what is accepted, json-glib reads the same way
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "core/json-scan.h"

static char *
next_string (const char *text,
             WbJsonScan *scan,
             guint       index,
             gsize      *length)
{
  const WbJsonValue *value = wb_json_scan_get (scan, index);

  return wb_json_unescape (text, value->start, value->end, length);
}

/* Compares the value at @index with what json-glib made of it, and goes past it. */
static void
compare_value (const char *text,
               WbJsonScan *scan,
               guint      *index,
               JsonNode   *node)
{
  const WbJsonValue *value = wb_json_scan_get (scan, *index);

  (*index)++;
  switch (value->type)
    {
    case WB_JSON_OBJECT:
      fuzz_check (JSON_NODE_HOLDS_OBJECT (node));
      /* Of members of one name json-glib keeps the last. */
      for (guint i = *index; i < wb_json_scan_get_n (scan)
                             && wb_json_scan_get (scan, i)->start < value->end;
           i++)
        *index = i + 1;
      break;

    case WB_JSON_ARRAY:
      fuzz_check (JSON_NODE_HOLDS_ARRAY (node));
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        compare_value (text, scan, index,
                       json_array_get_element (json_node_get_array (node), i));
      break;

    case WB_JSON_STRING:
      {
        gsize            length;
        g_autofree char *ours = next_string (text, scan, *index - 1, &length);

        fuzz_check (json_node_get_value_type (node) == G_TYPE_STRING);
        fuzz_check (g_utf8_validate_len (ours, length, NULL) || memchr (ours, 0, length) != NULL);
        fuzz_check (strcmp (ours, json_node_get_string (node)) == 0);
        break;
      }

    case WB_JSON_NUMBER:
      fuzz_check (json_node_get_value_type (node) == G_TYPE_INT64
                  || json_node_get_value_type (node) == G_TYPE_DOUBLE);
      break;

    case WB_JSON_TRUE:
    case WB_JSON_FALSE:
      fuzz_check (json_node_get_boolean (node) == (value->type == WB_JSON_TRUE));
      break;

    case WB_JSON_NULL:
      fuzz_check (JSON_NODE_HOLDS_NULL (node));
      break;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbJsonScan) scan = wb_json_scan_new ((const char *) data, size, &error);
  gboolean checked = wb_json_check ((const char *) data, size, NULL);

  fuzz_check ((scan == NULL) == (error != NULL));
  fuzz_check ((scan != NULL) == checked);
  if (scan != NULL)
    {
      g_autoptr (JsonNode) root = wb_json_parse (text, size, &error);
      guint index = 0;

      /* json-glib would cut a string at a NUL, so that is refused. */
      fuzz_check (root != NULL || strstr (text, "\\u0000") != NULL);
      if (root == NULL)
        return 0;
      compare_value (text, scan, &index, root);
      fuzz_check (index == wb_json_scan_get_n (scan));
    }

  return 0;
}
