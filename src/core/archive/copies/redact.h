/* redact.h: a copy of an archive without its secrets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

/**
 * WbRedaction:
 * @spool: (owned): the copy, a ZIP file, with its SHA-256
 * @n_connections: how many connections are in it
 * @n_secrets: in how many places a secret was replaced
 * @left_out: (owned) (element-type utf8): the paths of entries that are not in it, escaped and
 *   without secrets
 */
typedef struct
{
  WbSpool   *spool;
  guint      n_connections;
  guint      n_secrets;
  GPtrArray *left_out;
} WbRedaction;

void         wb_redaction_free (WbRedaction          *self);
WbRedaction *wb_redact         (WbArchive            *archive,
                                GCancellable         *cancellable,
                                GError              **error);
void         wb_redact_async   (WbArchive            *archive,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
WbRedaction *wb_redact_finish  (GAsyncResult         *result,
                                GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRedaction, wb_redaction_free)

G_END_DECLS
