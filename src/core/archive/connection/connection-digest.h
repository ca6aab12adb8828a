/* connection-digest.h: the little that an archive keeps of each connection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/connection/finding-kinds.h"

G_BEGIN_DECLS

/* All texts are escaped. */
typedef struct
{
  char      *name;    /* (owned): the empty string for none; the others likewise */
  char      *type;    /* (owned) */
  char      *address; /* (owned) */
  guint      n_clear_secrets;
  WbFindings findings; /* those that show in one connection alone */
} WbConnectionDigest;

gboolean wb_connection_digest       (WbConnectionDigest *self,
                                     const char         *bytes,
                                     gsize               length,
                                     GString            *haystack);
void     wb_connection_digest_clear (WbConnectionDigest *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbConnectionDigest, wb_connection_digest_clear)

G_END_DECLS
