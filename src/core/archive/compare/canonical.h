/* canonical.h: what a connection says, however it is written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/connection/connection-json.h"

G_BEGIN_DECLS

#define WB_CANONICAL_BYTES 32

/**
 * WbCanonical:
 *
 * The values of one file by their keys. Order of keys, white space, escapes and the spelling of
 * numbers do not count. A file that is not a JSON object has no keys, and its bytes count.
 */
typedef struct _WbCanonical WbCanonical;

WbCanonical *wb_canonical_new        (GBytes        *contents,
                                      gboolean       one_form);
void         wb_canonical_free       (WbCanonical   *self);
WbConnectionJson *
             wb_canonical_get_json   (WbCanonical   *self);
void         wb_canonical_digest     (WbCanonical   *self,
                                      guint8        *settings,
                                      guint8        *content,
                                      guint8        *whole);
guint        wb_canonical_get_n      (WbCanonical   *self);
int          wb_canonical_compare    (WbCanonical   *self,
                                      guint          index,
                                      WbCanonical   *other,
                                      guint          other_index);
gboolean     wb_canonical_equal      (WbCanonical   *self,
                                      guint          index,
                                      WbCanonical   *other,
                                      guint          other_index);
guint        wb_canonical_get_value  (WbCanonical   *self,
                                      guint          index);
gboolean     wb_canonical_is_name    (WbCanonical   *self,
                                      guint          index);
gboolean     wb_canonical_spelled_alike
                                     (WbCanonical   *self,
                                      guint          index,
                                      WbCanonical   *other,
                                      guint          other_index);
char        *wb_canonical_dup_key    (WbCanonical   *self,
                                      guint          index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCanonical, wb_canonical_free)

G_END_DECLS
