/* export-private.h: what an export is made of, for what runs it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/export/export.h"

G_BEGIN_DECLS

struct _WbExport
{
  GObject parent_instance;

  WbSignIn *sign_in;      /* (owned) */
  char     *workspace_id; /* (owned) (nullable): the service's `default` workspace if NULL */
  guint64   max_size_bytes;

  WbExportState state;
  guint64       received_bytes;
  gint64        total_bytes;
  gint64        retry_at;
  GDateTime    *started;  /* (owned) (nullable) */
  GDateTime    *finished; /* (owned) (nullable) */

  SoupMessage  *message; /* (owned) (nullable): the request under way */
  GInputStream *stream;  /* (owned) (nullable): its reply's body */
  guint         n_retries;
  gboolean      has_refreshed; /* the sign-in, after a 401 */
};

void wb_export_set_state          (WbExport      *self,
                                   WbExportState  state);
void wb_export_set_received_bytes (WbExport      *self,
                                   guint64        received_bytes);
void wb_export_set_total_bytes    (WbExport      *self,
                                   gint64         total_bytes);
void wb_export_set_retry_at       (WbExport      *self,
                                   gint64         retry_at);

G_END_DECLS
