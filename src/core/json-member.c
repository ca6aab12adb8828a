/* json-member.c: members of a JSON object that may be missing, or something else
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/json-member.h"

/**
 * wb_json_find_object:
 * @object: (nullable): where to look
 * @member: a member's name
 *
 * Returns: (transfer none) (nullable): the object it is; %NULL for anything else
 */
JsonObject *
wb_json_find_object (JsonObject *object,
                     const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * wb_json_find_string:
 * @object: (nullable): where to look
 * @member: a member's name
 *
 * Returns: (transfer none) (nullable): the string it is; %NULL for anything else
 */
const char *
wb_json_find_string (JsonObject *object,
                     const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}
