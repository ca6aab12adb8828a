/* history-window.h: all exports there were, and what can be done with their files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

/* Owned by GTK until a person closes it. Actions: history.open, history.show-in-files,
 * history.compare, history.remove, history.undo. It stands on a window of WbWindow, whose preview a
 * record's file is compared with (win.compare-file). */
#define WB_TYPE_HISTORY_WINDOW (wb_history_window_get_type ())
G_DECLARE_FINAL_TYPE (WbHistoryWindow, wb_history_window, WB, HISTORY_WINDOW, AdwWindow)

GtkWindow *wb_history_window_new (GtkWindow *parent,
                                  WbContext *context);

G_END_DECLS
