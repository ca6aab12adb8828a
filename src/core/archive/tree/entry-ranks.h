/* entry-ranks.h: where each of an archive's nodes stands when they are sorted
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive-facts.h"
#include "core/archive/tree/node-tree.h"

G_BEGIN_DECLS

typedef enum
{
  WB_SORT_NAME, /* of the file */
  WB_SORT_SIZE,
  WB_SORT_TEXTS, /* the first #WbDigestText; the others follow */
  WB_SORT_TYPE = WB_SORT_TEXTS + WB_DIGEST_TYPE,
  WB_SORT_ADDRESS = WB_SORT_TEXTS + WB_DIGEST_ADDRESS,
  WB_N_SORT_KEYS = WB_SORT_TEXTS + WB_N_DIGEST_TEXTS,
} WbSortKey;

/**
 * WbEntryRanks:
 *
 * Sorting by text takes long, sorting by numbers does not. So each order is found once for the
 * whole archive, when a caller first asks for it, and kept. Any thread may ask.
 */
typedef struct _WbEntryRanks WbEntryRanks;

WbEntryRanks  *wb_entry_ranks_new       (const WbNodeTree  *tree,
                                         const WbFacts     *facts,
                                         WbZipIndex        *index);
void           wb_entry_ranks_free      (WbEntryRanks      *self);
const guint32 *wb_entry_ranks_get       (WbEntryRanks      *self,
                                         WbSortKey          key);
const guint32 *wb_entry_ranks_get_names (WbEntryRanks      *self,
                                         const guint32    **nodes);

G_END_DECLS
