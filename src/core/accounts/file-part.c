/* file-part.c: an object in a JSON file that a person wrote, and where it is
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/clouds-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/text.h"

#define MAX_TEXT_BYTES 200

/**
 * wb_file_part_fail:
 * @self: an object
 * @member: the name of a member that is wrong, or missing
 * @reason: what is wrong with it, translated, as the end of a sentence
 * @error: return location
 *
 * Returns: %FALSE, with %WB_ERROR_INVALID that names the place
 */
gboolean
wb_file_part_fail (const WbFilePart *self,
                   const char       *member,
                   const char       *reason,
                   GError          **error)
{
  g_autofree char *safe = wb_text_escape (member, -1);

  /* Translators: a place in a file, such as “clouds[1].regions[0]”; the name of a member there; and
   * a sentence about what is wrong with it */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s: “%s” %s"), self->place, safe, reason);

  return FALSE;
}

/**
 * wb_file_part_check_members:
 * @self: an object
 * @known: (array zero-terminated=1): the members it may have
 * @error: return location
 *
 * Returns: %FALSE if it has another one, which is one that was misspelled
 */
gboolean
wb_file_part_check_members (const WbFilePart  *self,
                            const char *const *known,
                            GError           **error)
{
  g_autoptr (GList) names = json_object_get_members (self->object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      if (!g_strv_contains (known, l->data))
        return wb_file_part_fail (self, l->data,
                                  _ ("is not a known member."), error);
    }

  return TRUE;
}

/**
 * wb_file_part_read_text:
 * @self: an object
 * @member: a member's name
 * @is_required: whether it must be there
 * @value: (out) (transfer none) (nullable): its text, visible and not too long
 * @error: return location
 *
 * Returns: %FALSE if it is anything else
 */
gboolean
wb_file_part_read_text (const WbFilePart *self,
                        const char       *member,
                        gboolean          is_required,
                        const char      **value,
                        GError          **error)
{
  JsonNode   *node = json_object_get_member (self->object, member);
  const char *text;

  *value = NULL;
  if (node == NULL)
    return !is_required || wb_file_part_fail (self, member, _ ("is missing."), error);
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return wb_file_part_fail (self, member, _ ("is not a string."), error);

  text = json_node_get_string (node);
  if (*text == '\0' || strlen (text) > MAX_TEXT_BYTES)
    return wb_file_part_fail (self, member, _ ("is empty or too long."), error);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!g_unichar_isprint (g_utf8_get_char (p)))
        return wb_file_part_fail (self, member, _ ("has an invisible character."), error);
    }
  *value = text;

  return TRUE;
}

/**
 * wb_file_part_read_array:
 * @self: an object
 * @member: a member's name
 * @max: how many elements it may have
 * @array: (out) (transfer none): the array
 * @error: return location
 *
 * Returns: %FALSE if it is anything else
 */
gboolean
wb_file_part_read_array (const WbFilePart *self,
                         const char       *member,
                         guint             max,
                         JsonArray       **array,
                         GError          **error)
{
  JsonNode *node = json_object_get_member (self->object, member);

  if (node == NULL)
    return wb_file_part_fail (self, member, _ ("is missing."), error);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return wb_file_part_fail (self, member, _ ("is not an array."), error);

  *array = json_node_get_array (node);
  if (json_array_get_length (*array) > max)
    return wb_file_part_fail (self, member, _ ("has too many elements."), error);

  return TRUE;
}

/**
 * wb_file_part_read_element:
 * @self: an object
 * @member: the name of its member @array
 * @array: an array
 * @index: which of its elements
 * @place: (out) (transfer full): where the element is, which @part then uses
 * @part: (out caller-allocates): the element, if it is an object
 * @error: return location
 *
 * Returns: %FALSE if it is anything else
 */
gboolean
wb_file_part_read_element (const WbFilePart *self,
                           const char       *member,
                           JsonArray        *array,
                           guint             index,
                           char            **place,
                           WbFilePart       *part,
                           GError          **error)
{
  JsonNode *node = json_array_get_element (array, index);

  *place = *self->place != '\0'
             ? g_strdup_printf ("%s.%s[%u]", self->place, member, index)
             : g_strdup_printf ("%s[%u]", member, index);
  part->place = *place;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      /* Translators: a place in a JSON text, such as “clouds”. */
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s is not an object."), part->place);
      return FALSE;
    }
  part->object = json_node_get_object (node);

  return TRUE;
}
