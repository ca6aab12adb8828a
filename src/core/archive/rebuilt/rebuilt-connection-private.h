/* rebuilt-connection-private.h: state of a connection that is being made of a reply
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/connection/connection-json.h"
#include "core/archive/rebuilt/documented-form.h"
#include "core/archive/rebuilt/rebuilt-connection.h"

G_BEGIN_DECLS

/* Why a key of the reply is not in the file; in English whatever the language, for the same replies
 * must give the same bytes. */
#define WB_MASKED "The service does not send it."
#define WB_CIPHER "It belongs to the encrypted password, which is of no use elsewhere."
#define WB_REPEATED "The connection has the same key already."
#define WB_SENSITIVE "It may be a secret, and has no place in the documented form."
#define WB_TOO_DEEP "It is nested too deeply."

/**
 * WbRebuilding:
 * @json: (unowned): the reply
 * @result: (unowned): what is made of it
 * @found: of each documented key, the number of its value in the reply, or 0
 * @missed: whether the reply has the key, without a value
 * @kept: (owned) (element-type guint): the numbers of settings that are kept as they came
 */
typedef struct
{
  WbConnectionJson    *json;
  WbRebuiltConnection *result;
  guint                found[WB_N_FORM_KEYS];
  gboolean             missed[WB_N_FORM_KEYS];
  GArray              *kept;
} WbRebuilding;

/* --- rebuilt-connection-missing: what has to be entered again --- */

char    *wb_rebuilding_dup_path     (WbFormKey     key);
void     wb_rebuilding_miss         (WbRebuilding *self,
                                     guint         index);
void     wb_rebuilding_note_missing (WbRebuilding *self);

/* --- rebuilt-connection-write: the file --- */

void     wb_rebuilding_leave_out    (WbRebuilding *self,
                                     guint         index,
                                     const char   *why);
gboolean wb_rebuilding_leaves_out   (WbRebuilding *self,
                                     guint         index);
void     wb_rebuilding_append       (WbRebuilding *self,
                                     guint         index,
                                     GString      *out);
void     wb_rebuilding_write        (WbRebuilding *self);

G_END_DECLS
