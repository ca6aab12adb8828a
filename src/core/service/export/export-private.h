/* export-private.h: what an export is made of, for what runs it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/export/export.h"

G_BEGIN_DECLS

struct _WbExport
{
  GObject parent_instance;

  WbSignIn *sign_in;      /* (owned) */
  WbSource  source;
  char     *workspace_id; /* (owned) (nullable): the service's `default` workspace if NULL */
  guint64   max_size_bytes;
  char     *folder; /* (owned) (nullable): where the spool is to be */
  int       fd;     /* (owned): the file for the spool, or -1 */

  WbExportState state;
  guint64       received_bytes;
  gint64        total_bytes;
  gint64        retry_at;
  guint         n_read;
  guint         n_connections;
  gboolean      is_refused; /* the call itself: it is withdrawn, or not permitted */
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
void wb_export_set_n_read         (WbExport      *self,
                                   guint          n_read,
                                   guint          n_connections);

/* --- export-request.c --- */

SoupMessage *wb_export_request_new (WbSignIn    *sign_in,
                                    const char  *workspace_id,
                                    GError     **error);

/* --- export-reply.c --- */

/* Enough to distinguish a ZIP from everything else. */
#define WB_EXPORT_REPLY_MAGIC_BYTES 4

gboolean wb_export_reply_check_headers (const char          *host,
                                        SoupMessageHeaders  *headers,
                                        gint64              *total_bytes,
                                        GError             **error);
gboolean wb_export_reply_is_zip        (GBytes              *start);
gboolean wb_export_reply_check_length  (const char          *host,
                                        gint64               total_bytes,
                                        guint64              received_bytes,
                                        GError             **error);

/* --- export-rebuild.c --- */

void     wb_export_rebuild_async       (WbExport             *self,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
WbSpool *wb_export_rebuild_finish      (WbExport             *self,
                                        GAsyncResult         *result,
                                        GError              **error);

/* --- prefixed-stream.c --- */

/* Gives @prefix, then what @base still has. To be read asynchronously: @base is then never touched
 * in another thread, which libsoup's streams do not support (nor, then, GBufferedInputStream). */
#define WB_TYPE_PREFIXED_STREAM (wb_prefixed_stream_get_type ())
G_DECLARE_FINAL_TYPE (WbPrefixedStream, wb_prefixed_stream, WB, PREFIXED_STREAM, GFilterInputStream)

GInputStream *wb_prefixed_stream_new (GBytes       *prefix,
                                      GInputStream *base);

G_END_DECLS
