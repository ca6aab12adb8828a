/* message-dialog.h: a question in an AdwMessageDialog, with the answer as an asynchronous result
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void  wb_message_dialog_ask_async  (AdwMessageDialog     *dialog,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
char *wb_message_dialog_ask_finish (GAsyncResult         *result);

void  wb_message_dialog_tell       (GtkWindow            *parent,
                                    const char           *heading,
                                    const char           *sentence);

G_END_DECLS
