/* redact-dialog.h: makes a copy without secrets, and shows what stays in it before it is saved
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/archive/copies/redact.h"

G_BEGIN_DECLS

/* A dismissed question gives %G_IO_ERROR_CANCELLED, which is not reported. */
void     wb_redact_dialog_run_async  (GtkWindow            *parent,
                                      WbArchive            *archive,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
WbSpool *wb_redact_dialog_run_finish (GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
