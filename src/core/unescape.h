/* unescape.h: the escapes of JSON, of addresses and of XML, undone
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/span.h"

G_BEGIN_DECLS

typedef enum
{
  WB_ESCAPES_JSON,
  WB_ESCAPES_PERCENT,
  WB_ESCAPES_FORM, /* as percent, and `+` is a space */
  WB_ESCAPES_XML,
  WB_ESCAPES_UNICODE, /* no escapes: characters that are written in another way, such as `é` as `e`
                         and an accent, or full width ones */
  WB_N_ESCAPES,
} WbEscapes;

/**
 * WbUnescaped:
 * @bytes: (owned): the bytes
 * @map: (owned) (nullable): where each of them, and the end, is in the string they were written in,
 *   or %NULL if it is the string itself, which is then not owned
 * @length: how many
 *
 * Bytes as they are meant, and where they come from.
 */
typedef struct
{
  char  *bytes;
  gsize *map;
  gsize  length;
} WbUnescaped;

int      wb_unescape_percent      (const char        *text,
                                   gsize              length);
GString *wb_unescape_percents     (const char        *text,
                                   gsize              length);
gsize    wb_unescape_unicode      (const char        *text,
                                   gsize              length,
                                   gunichar          *c);
gsize    wb_unescape_json         (const char        *text,
                                   gsize              length,
                                   char              *bytes,
                                   gsize             *n_bytes);

gboolean wb_unescaped_unescape    (const WbUnescaped *self,
                                   WbEscapes          escapes,
                                   WbUnescaped       *unescaped);
gsize    wb_unescaped_get_offset  (const WbUnescaped *self,
                                   gsize              at);
WbSpan   wb_unescaped_get_span    (const WbUnescaped *self,
                                   gsize              start,
                                   gsize              end);
void     wb_unescaped_clear       (WbUnescaped       *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbUnescaped, wb_unescaped_clear)

G_END_DECLS
