/* rebuilt-archive.h: what the commands say of a rebuilt archive
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

void wb_cli_rebuilt_add_source  (JsonBuilder *builder,
                                 WbArchive   *archive);
void wb_cli_rebuilt_add_missing (JsonBuilder *builder,
                                 WbArchive   *archive);
void wb_cli_rebuilt_tell        (WbArchive   *archive);

G_END_DECLS
