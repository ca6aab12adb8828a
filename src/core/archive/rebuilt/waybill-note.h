/* waybill-note.h: WAYBILL.json, which says what a rebuilt archive was made of
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/rebuilt/rebuilt-connection.h"
#include "core/source.h"

G_BEGIN_DECLS

/* Where it stands in the archive. */
#define WB_NOTE_WAYBILL "WAYBILL.json"

GBytes *wb_waybill_note_write (WbSource        source,
                               GPtrArray      *connections,
                               GPtrArray      *paths,
                               GPtrArray      *gone,
                               WbSecretSearch *search,
                               GError        **error);

G_END_DECLS
