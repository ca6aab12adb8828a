/* clouds-private.h: clouds and regions as JSON, the program's own and a person's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/accounts/cloud.h"

G_BEGIN_DECLS

/* --- cloud-file: clouds and regions as JSON, the program's own and a person's --- */

gboolean wb_cloud_file_apply        (const char         *text,
                                     gsize               length_bytes,
                                     gboolean            is_own,
                                     GPtrArray          *clouds,
                                     GError            **error);

/* --- file-part: an object in a JSON file that a person wrote, and where it is --- */

/**
 * WbFilePart:
 * @object: (unowned): the object
 * @place: (unowned): where it is, for people: `clouds[1].regions[0]`; empty for the whole file
 */
typedef struct
{
  JsonObject *object;
  const char *place;
} WbFilePart;

gboolean wb_file_part_fail          (const WbFilePart   *self,
                                     const char         *member,
                                     const char         *reason,
                                     GError            **error);
gboolean wb_file_part_check_members (const WbFilePart   *self,
                                     const char *const  *known,
                                     GError            **error);
gboolean wb_file_part_read_text     (const WbFilePart   *self,
                                     const char         *member,
                                     gboolean            is_required,
                                     const char        **value,
                                     GError            **error);
gboolean wb_file_part_read_array    (const WbFilePart   *self,
                                     const char         *member,
                                     guint               max,
                                     JsonArray         **array,
                                     GError            **error);
gboolean wb_file_part_read_element  (const WbFilePart   *self,
                                     const char         *member,
                                     JsonArray          *array,
                                     guint               index,
                                     char              **place,
                                     WbFilePart         *part,
                                     GError            **error);

G_END_DECLS
