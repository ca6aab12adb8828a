/* waybill-note.h: WAYBILL.json, which says what a rebuilt archive was made of
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/archive/secrets/secret-search.h"
#include "core/source.h"

G_BEGIN_DECLS

/* Where it stands in the archive. */
#define WB_NOTE_WAYBILL "WAYBILL.json"

/**
 * WbMissingPassword:
 * @path: (owned): the connection's file in the archive, as bytes of UTF-8
 * @name: (owned): what the connection calls itself, escaped
 * @node: its number in the archive, once that is known
 * @settings: (owned): which of its settings have to be entered again, such as `config.password`,
 *   escaped
 */
typedef struct
{
  char  *path;
  char  *name;
  guint  node;
  char **settings;
} WbMissingPassword;

/**
 * WbWaybillNote:
 * @source: where the connections come from
 * @missing: (owned) (element-type WbMissingPassword): in the order of paths
 */
typedef struct
{
  WbSource   source;
  GPtrArray *missing;
} WbWaybillNote;

GBytes        *wb_waybill_note_write (WbSource        source,
                                      GPtrArray      *connections,
                                      GPtrArray      *paths,
                                      GPtrArray      *gone,
                                      WbSecretSearch *search,
                                      GError        **error);
WbWaybillNote *wb_waybill_note_read  (const char     *bytes,
                                      gsize           length);
void           wb_waybill_note_free  (WbWaybillNote  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbWaybillNote, wb_waybill_note_free)

G_END_DECLS
