/* fuzz-connections.c: any reply as a page of a list of connections
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "core/json-scan.h"
#include "core/service/connections/connection-page.h"
#include "core/service/http/sendable.h"

/* The first byte chooses the source. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  WbSource         source;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (WbConnectionPage) page = NULL;
  g_autoptr (GError) error = NULL;

  if (size == 0)
    return 0;
  source = data[0] % 2 == 0 ? WB_SOURCE_LIST : WB_SOURCE_MANAGEMENT;
  text = g_strndup ((const char *) data + 1, size - 1);
  body = g_bytes_new (data + 1, size - 1);
  root = wb_json_parse (text, size - 1, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return 0;
  page = wb_connection_page_read (source, root, body, &error);
  fuzz_check ((page == NULL) == (error != NULL));
  if (page == NULL)
    {
      fuzz_check (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  fuzz_check (page->total >= -1);
  for (guint i = 0; i < page->entries->len; i++)
    {
      const WbListedConnection *listed = g_ptr_array_index (page->entries, i);
      gsize                     length;
      const char               *json = g_bytes_get_data (listed->json, &length);
      g_autoptr (JsonNode) node = NULL;

      fuzz_check (source == WB_SOURCE_LIST || wb_is_sendable_id (listed->id));
      fuzz_check (g_utf8_validate (listed->name, -1, NULL));
      fuzz_check (memmem (data + 1, size - 1, json, length) != NULL);
      node = wb_json_parse (json, length, NULL);
      fuzz_check (node != NULL && JSON_NODE_HOLDS_OBJECT (node));
    }

  return 0;
}
