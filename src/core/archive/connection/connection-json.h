/* connection-json.h: a connection file read as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/connection/connection-encoding.h"
#include "core/archive/connection/connection-keys.h"
#include "core/archive/secrets/secret-elsewhere.h"

G_BEGIN_DECLS

/**
 * WbConnectionJson:
 * @bytes: (owned): the file as UTF-8, without a byte order mark
 * @text: (unowned): the same, never %NULL
 * @length: how many bytes
 * @encoding: how the file is written
 * @has_mark: whether a byte order mark stands before it
 * @scan: (owned) (nullable): where the values of @text stand, or %NULL if it is not JSON
 * @is_object: whether it is a JSON object, as each connection is
 * @keys: where the documented keys' values of an object stand
 * @secrets: (owned) (nullable): for wb_connection_json_get_secrets()
 * @search: (owned) (nullable): to look for them elsewhere
 * @hidden: (owned) (nullable): for wb_connection_json_get_hidden()
 *
 * Fields, search, comparison and redaction all start from it.
 */
typedef struct
{
  GBytes          *bytes;
  const char      *text;
  gsize            length;
  WbEncoding       encoding;
  gboolean         has_mark;
  WbJsonScan      *scan;
  gboolean         is_object;
  WbConnectionKeys keys;
  WbSecretValues  *secrets;
  WbSecretSearch  *search;
  WbSecretValues  *hidden;
} WbConnectionJson;

gboolean        wb_connection_json_init        (WbConnectionJson *self,
                                                GBytes           *contents,
                                                GError          **error);
void            wb_connection_json_clear       (WbConnectionJson *self);
WbSecretValues *wb_connection_json_get_secrets (WbConnectionJson *self);
WbSecretValues *wb_connection_json_get_hidden  (WbConnectionJson *self);
void            wb_connection_json_hide_shared (WbConnectionJson *self,
                                                WbConnectionJson *other);
gboolean        wb_connection_json_has_secret  (WbConnectionJson *self,
                                                const char       *text,
                                                gsize             length);
char           *wb_connection_json_dup_value   (WbConnectionJson *self,
                                                WbKey             key,
                                                glong             max_chars);
char           *wb_connection_json_dup_address (WbConnectionJson *self);

char           *wb_connection_escape_capped    (const char       *text,
                                                gsize             length,
                                                glong             max_chars);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbConnectionJson, wb_connection_json_clear)

G_END_DECLS
