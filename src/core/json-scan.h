/* json-scan.h: strict JSON, with the place of every value in the text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  WB_JSON_OBJECT,
  WB_JSON_ARRAY,
  WB_JSON_STRING,
  WB_JSON_NUMBER,
  WB_JSON_TRUE,
  WB_JSON_FALSE,
  WB_JSON_NULL,
} WbJsonType;

/**
 * WbJsonValue:
 * @type: what it is
 * @depth: 0 for the outermost value
 * @parent: index of the object or array it is in, or -1
 * @start: offset in bytes of its first byte (a string's opening quote)
 * @end: offset of the byte behind its last one
 * @key_start: offset of its key's opening quote, in an object
 * @key_end: offset of the byte behind the key's closing quote; equal to @key_start without a key
 */
typedef struct
{
  WbJsonType type;
  guint      depth;
  int        parent;
  gsize      start;
  gsize      end;
  gsize      key_start;
  gsize      key_end;
} WbJsonValue;

/**
 * WbJsonScan:
 *
 * The values of one JSON text in document order, containers before their members. Immutable. The
 * text itself is not kept.
 */
typedef struct _WbJsonScan WbJsonScan;

gboolean           wb_json_check            (const char  *text,
                                             gsize        length_bytes,
                                             GError     **error);
JsonNode          *wb_json_parse            (const char  *text,
                                             gsize        length_bytes,
                                             GError     **error);

WbJsonScan        *wb_json_scan_new         (const char  *text,
                                             gsize        length_bytes,
                                             GError     **error);
void               wb_json_scan_free        (WbJsonScan  *self);
/* At least one. */
guint              wb_json_scan_get_n       (WbJsonScan  *self);
const WbJsonValue *wb_json_scan_get         (WbJsonScan  *self,
                                             guint        index);

char              *wb_json_unescape         (const char  *text,
                                             gsize        start,
                                             gsize        end,
                                             gsize       *length_bytes);
gsize             *wb_json_map_string       (const char  *text,
                                             gsize        start,
                                             gsize        end,
                                             gsize        length_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbJsonScan, wb_json_scan_free)

G_END_DECLS
