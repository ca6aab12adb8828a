/* prefixed-stream.h: a stream of which the first bytes have been looked at
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Gives @prefix, then what @base still has. To be read asynchronously: @base is then never touched
 * in another thread, which libsoup's streams do not bear (so GBufferedInputStream will not do). */
#define WB_TYPE_PREFIXED_STREAM (wb_prefixed_stream_get_type ())
G_DECLARE_FINAL_TYPE (WbPrefixedStream, wb_prefixed_stream, WB, PREFIXED_STREAM, GFilterInputStream)

GInputStream *wb_prefixed_stream_new (GBytes       *prefix,
                                      GInputStream *base);

G_END_DECLS
