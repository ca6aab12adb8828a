/* fuzz-directory.c: any JSON as a page of projects, instances or workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "core/json-scan.h"
#include "core/service/directory/directory-item.h"
#include "core/service/directory/directory-page.h"

static void
check_items (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      WbDirectoryItem *item = g_ptr_array_index (items, i);

      fuzz_check (wb_directory_item_get_id (item) != NULL);
      fuzz_check (g_utf8_validate (wb_directory_item_get_name (item), -1, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (JsonNode) root = wb_json_parse (text, size, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *next = NULL;
  WbDirectoryPage  page = { 0 };

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return 0;
  wb_directory_page_read_projects (root, NULL, items, &next);
  check_items (items);
  wb_directory_page_read_instances (root, NULL, items, &page);
  check_items (items);
  wb_directory_page_read_workspaces (root, "instance", NULL, items, &page);
  check_items (items);
  wb_directory_page_is_last (&page, items->len);

  return 0;
}
