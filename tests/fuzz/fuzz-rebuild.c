/* fuzz-rebuild.c: any replies as connections: the same replies make the same archive
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "core/archive/rebuilt/rebuild.h"
#include "core/input-limits.h"

#define MAX_REPLIES 4

static WbSpool *
rebuild (WbSource       source,
         const uint8_t *data,
         size_t         size)
{
  g_autoptr (WbRebuild) rebuild = wb_rebuild_new (source);
  g_autoptr (GError) error = NULL;
  WbSpool *spool;

  for (guint i = 0; i < MAX_REPLIES; i++)
    {
      g_autoptr (GBytes) reply = fuzz_next_part (&data, &size);
      g_autoptr (GError) reply_error = NULL;
      gboolean added = wb_rebuild_add (rebuild, reply, &reply_error);

      fuzz_check (added == (reply_error == NULL));
      fuzz_check (added || g_utf8_validate (reply_error->message, -1, NULL));
    }
  spool = wb_rebuild_write (rebuild, NULL, WB_SPOOL_DEFAULT_MAX_SIZE_BYTES, NULL, &error);
  fuzz_check ((spool == NULL) == (error != NULL));

  return spool;
}

/* The first byte chooses the source. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  WbSource source;
  g_autoptr (WbSpool) first = NULL;
  g_autoptr (WbSpool) second = NULL;
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (GError) error = NULL;

  if (size == 0)
    return 0;
  source = data[0] % 2 == 0 ? WB_SOURCE_LIST : WB_SOURCE_MANAGEMENT;
  first = rebuild (source, data + 1, size - 1);
  second = rebuild (source, data + 1, size - 1);
  if (first == NULL)
    return 0;
  fuzz_check (strcmp (wb_spool_get_sha256 (first), wb_spool_get_sha256 (second)) == 0);
  archive = wb_archive_open (first, NULL, &error);
  fuzz_check (archive != NULL);
  fuzz_check (wb_archive_get_problems (archive) == 0);

  return 0;
}
