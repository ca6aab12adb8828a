/* listed-path.h: the path under which an entry is listed, each one once
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbCliListed:
 * @path: (unowned) (nullable): an entry's path, not NUL-terminated, or %NULL for what is not listed
 * @length: how many bytes
 * @number: 0, or what stands behind the path as `#2` because another entry has the same one
 */
typedef struct
{
  const char *path;
  guint       length;
  guint       number;
} WbCliListed;

void  wb_cli_listed_number   (WbCliListed       *listed,
                              guint              n);
char *wb_cli_listed_dup_path (const WbCliListed *listed);

G_END_DECLS
