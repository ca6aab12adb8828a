/* json-member.h: members of a JSON object that may be missing, or something else
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *wb_json_find_object (JsonObject *object,
                                 const char *member);
const char *wb_json_find_string (JsonObject *object,
                                 const char *member);

G_END_DECLS
