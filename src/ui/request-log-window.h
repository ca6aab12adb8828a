/* request-log-window.h: the log of requests and responses, to read and to copy
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

/* Owned by GTK until a person closes it. Actions: log.copy, log.clear. */
#define WB_TYPE_REQUEST_LOG_WINDOW (wb_request_log_window_get_type ())
G_DECLARE_FINAL_TYPE (WbRequestLogWindow, wb_request_log_window, WB, REQUEST_LOG_WINDOW, AdwWindow)

GtkWindow *wb_request_log_window_new (GtkWindow *parent,
                                      WbContext *context);

G_END_DECLS
