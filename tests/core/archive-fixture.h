/* archive-fixture.h: archives made for a test, and what their lists show
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/compare/compare.h"
#include "core/archive/list/entry-list.h"
#include "core/archive/rebuilt/rebuild.h"
#include "zip-maker.h"

G_BEGIN_DECLS

WbArchive *archive_open_spool    (WbSpool     *spool);
WbArchive *archive_open_bytes    (GBytes      *bytes);
WbArchive *archive_open_maker    (WbZipMaker  *maker);

/* Who knows no more than the index of two archives comes to the same differences. */
void       archive_assert_index  (WbArchive    *old_archive,
                                  WbArchive    *new_archive,
                                  WbComparison *comparison);

/* Archives made of replies, which are JSON with single quotes, for that is easier to read. */
#define ARCHIVE_REBUILT_MAX_BYTES ((guint64) 64 * 1024 * 1024)

GBytes    *archive_reply_new     (const char  *json);
void       archive_add_reply     (WbRebuild   *rebuild,
                                  const char  *json);
WbSpool   *archive_write_rebuilt (WbRebuild   *rebuild);
WbArchive *archive_open_rebuilt  (WbRebuild   *rebuild);

void       archive_assert_names  (WbEntryList *list,
                                  const char  *expected);

/* A copy that follows a list by what it says of its changes. */
GPtrArray *archive_follow        (WbEntryList *list);
void       archive_assert_follow (WbEntryList *list,
                                  GPtrArray   *copy);

G_END_DECLS
