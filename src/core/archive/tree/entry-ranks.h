/* entry-ranks.h: where each of an archive's nodes stands when they are sorted
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/list/entry-list.h"

G_BEGIN_DECLS

/**
 * WbEntryRanks:
 *
 * To sort by text takes long, to sort by numbers does not: so each order is found once for the
 * whole archive, when it is first asked for, and kept. Can be asked from any thread.
 */
typedef struct _WbEntryRanks WbEntryRanks;

WbEntryRanks  *wb_entry_ranks_new       (void);
void           wb_entry_ranks_free      (WbEntryRanks   *self);
const guint32 *wb_entry_ranks_get       (WbEntryRanks   *self,
                                         WbArchive      *archive,
                                         WbSortKey       key);
const guint32 *wb_entry_ranks_get_names (WbEntryRanks   *self,
                                         WbArchive      *archive,
                                         const guint32 **nodes);

G_END_DECLS
