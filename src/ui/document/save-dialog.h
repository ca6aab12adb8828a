/* save-dialog.h: the questions around saving a document or a copy of it, and the saving
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/document/document.h"

G_BEGIN_DECLS

/* A dismissed question gives %G_IO_ERROR_CANCELLED, which is not reported. */
void     wb_save_dialog_save_async   (GtkWindow            *parent,
                                      WbDocument           *document,
                                      GSettings            *settings,
                                      GFile                *target,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean wb_save_dialog_save_finish  (GAsyncResult         *result,
                                      GError              **error);

void     wb_save_dialog_copy_async   (GtkWindow            *parent,
                                      WbDocument           *document,
                                      GSettings            *settings,
                                      WbSpool              *copy,
                                      const char           *name,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GFile   *wb_save_dialog_copy_finish  (GAsyncResult         *result,
                                      GError              **error);

void     wb_save_dialog_offer_async  (GtkWindow            *parent,
                                      WbDocument           *document,
                                      GSettings            *settings,
                                      const char           *reason,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean wb_save_dialog_offer_finish (GAsyncResult         *result,
                                      gboolean             *saved,
                                      GError              **error);

G_END_DECLS
