/* quoted-json.h: JSON that stands in a text, also where it is cut off
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize  wb_quoted_json_find      (const char *string,
                                 gsize       from,
                                 gsize       length);
gsize  wb_quoted_json_find_end  (const char *string,
                                 gsize       start,
                                 gsize       length);
char  *wb_quoted_json_dup_whole (const char *string,
                                 gsize       length,
                                 gsize      *whole_length);

G_END_DECLS
