/* zip-password-dialog.h: asks for the password of a ZIP file, an old or a new one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

/* A dismissed question gives %G_IO_ERROR_CANCELLED, which is not reported. */
void       wb_unlock_dialog_run_async   (GtkWindow            *parent,
                                         WbArchive            *archive,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
WbArchive *wb_unlock_dialog_run_finish  (GAsyncResult         *result,
                                         GError              **error);

void       wb_encrypt_dialog_run_async  (GtkWindow            *parent,
                                         WbArchive            *archive,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
WbSpool   *wb_encrypt_dialog_run_finish (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
