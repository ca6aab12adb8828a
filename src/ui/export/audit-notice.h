/* audit-notice.h: tells a person once that the cloud records exports
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

gboolean wb_audit_notice_is_due     (WbContext            *context,
                                     WbAccount            *account);
void     wb_audit_notice_ask_async  (GtkWindow            *parent,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean wb_audit_notice_ask_finish (WbContext            *context,
                                     GAsyncResult         *result);

G_END_DECLS
