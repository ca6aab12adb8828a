/* reply.h: what the service says of one connection, as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/connection/connection-json.h"
#include "core/archive/rebuilt/documented-form.h"

G_BEGIN_DECLS

/* Values are known by their numbers in its scan. */
const WbJsonValue *wb_reply_get        (WbConnectionJson *json,
                                        guint             index);
guint              wb_reply_next_child (WbConnectionJson *json,
                                        guint             container,
                                        guint             child);
char              *wb_reply_dup_key    (WbConnectionJson *json,
                                        guint             index,
                                        gsize            *length);
char              *wb_reply_dup_path   (WbConnectionJson *json,
                                        guint             index);
WbFormKey          wb_reply_find_key   (WbConnectionJson *json,
                                        guint             index);
gboolean           wb_reply_is_cipher  (WbConnectionJson *json,
                                        guint             index);
gboolean           wb_reply_is_masked  (WbConnectionJson *json,
                                        guint             index);

G_END_DECLS
