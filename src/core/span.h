/* span.h: parts of a text, by their offsets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbSpan:
 * @start: offset in bytes of its first byte
 * @end: offset of the byte behind its last one
 */
typedef struct
{
  gsize start;
  gsize end;
} WbSpan;

void wb_spans_join (GArray *spans);

G_END_DECLS
