/* rebuild.h: a ZIP of the official layout, made of what the service says of its connections
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/source.h"
#include "core/spool.h"

G_BEGIN_DECLS

typedef struct _WbRebuild WbRebuild;

WbRebuild *wb_rebuild_new      (WbSource       source);
void       wb_rebuild_free     (WbRebuild     *self);
gboolean   wb_rebuild_add      (WbRebuild     *self,
                                GBytes        *connection,
                                GError       **error);
void       wb_rebuild_add_gone (WbRebuild     *self,
                                const char    *name);
WbSpool   *wb_rebuild_write    (WbRebuild     *self,
                                const char    *folder,
                                guint64        max_size_bytes,
                                GCancellable  *cancellable,
                                GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRebuild, wb_rebuild_free)

G_END_DECLS
