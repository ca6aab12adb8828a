/* export-record.h: an export's record in the history, which never fails the export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/session.h"
#include "core/source.h"
#include "core/spool.h"

G_BEGIN_DECLS

typedef struct _WbCliExportRecord WbCliExportRecord;

WbCliExportRecord *wb_cli_export_record_new     (WbCliSession      *session,
                                                 WbSource           source);
void               wb_cli_export_record_free    (WbCliExportRecord *self);
void               wb_cli_export_record_promise (WbCliExportRecord *self,
                                                 WbSpool           *spool,
                                                 guint              n_connections,
                                                 WbSource           source,
                                                 const char        *path);
void               wb_cli_export_record_end     (WbCliExportRecord *self,
                                                 const GError      *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCliExportRecord, wb_cli_export_record_free)

G_END_DECLS
