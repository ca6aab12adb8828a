/* archive-pair.h: two ZIP files that were named on the command line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/commands/archive-file.h"

G_BEGIN_DECLS

gboolean wb_cli_archive_open_pair (char *const *paths,
                                   WbCliOpen   *open,
                                   WbArchive  **first,
                                   WbArchive  **second,
                                   GError     **error);

G_END_DECLS
