/* document-open.h: opens a ZIP that was saved earlier as a document
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/document/document.h"

G_BEGIN_DECLS

void        wb_document_open_async  (GFile                *file,
                                     gboolean              names_first,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
WbDocument *wb_document_open_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
