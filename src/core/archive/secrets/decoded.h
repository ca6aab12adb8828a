/* decoded.h: bytes as they are meant, and where they come from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  WB_DECODE_BACKSLASHES,
  WB_DECODE_PERCENTS,
  WB_DECODE_PERCENTS_AND_PLUS,
  WB_N_DECODINGS,
} WbDecoding;

/**
 * WbDecoded:
 * @bytes: (owned): the bytes
 * @map: (owned) (nullable): where each of them, and the end, is in the string they were decoded
 *   from, or %NULL if it is the string itself, which is then not owned
 * @length: how many
 */
typedef struct
{
  char  *bytes;
  gsize *map;
  gsize  length;
} WbDecoded;

void     wb_decoded_clear      (WbDecoded       *self);
gsize    wb_decoded_get_offset (const WbDecoded *self,
                                gsize            at);
gboolean wb_decoded_decode     (const WbDecoded *self,
                                WbDecoding       decoding,
                                WbDecoded       *decoded);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbDecoded, wb_decoded_clear)

G_END_DECLS
