/* sample-data.h: made-up workspaces and the archives their exports give
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * WbSampleWorkspace:
 * @id: empty for the default workspace
 * @name: for people
 * @connections: (owned): as the official export writes each of them
 * @zip: (nullable): what an export of it gives; %NULL for one without connections
 */
typedef struct
{
  char      *id;
  char      *name;
  JsonArray *connections;
  GBytes    *zip;
} WbSampleWorkspace;

GPtrArray *wb_sample_data_load (GError **error);

G_END_DECLS
