/* sample-directory.h: the answers that list projects, instances, workspaces and connections
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "sample/sample-identity.h"

G_BEGIN_DECLS

/* The ID of the only instance. */
#define WB_SAMPLE_INSTANCE_ID "6f1c2b7d9e0a4c53b8d41e7f0a9c5d22"

void wb_sample_directory_reply_projects    (SoupServerMessage      *message,
                                            const WbSampleIdentity *identity);
void wb_sample_directory_reply_instances   (SoupServerMessage      *message,
                                            const WbSampleIdentity *identity,
                                            GHashTable             *query);
void wb_sample_directory_reply_workspaces  (SoupServerMessage      *message,
                                            const WbSampleIdentity *identity,
                                            GPtrArray              *workspaces,
                                            GHashTable             *query);
void wb_sample_directory_reply_connections (SoupServerMessage      *message,
                                            guint                   n_connections);

G_END_DECLS
