/* source.h: which call of the service the connections of an archive come from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbSource:
 * @WB_SOURCE_EXPORT: the export call, whose ZIP is saved byte for byte
 * @WB_SOURCE_LIST: DataArts Factory's list of connections, of which Waybill makes a ZIP
 * @WB_SOURCE_MANAGEMENT: Management Center's list, and its show call for each connection, likewise
 */
typedef enum
{
  WB_SOURCE_EXPORT,
  WB_SOURCE_LIST,
  WB_SOURCE_MANAGEMENT,
  WB_N_SOURCES,
} WbSource;

const char *wb_source_to_string   (WbSource    source);
gboolean    wb_source_from_string (const char *string,
                                   WbSource   *source);

G_END_DECLS
