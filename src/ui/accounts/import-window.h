/* import-window.h: makes accounts of the access keys in a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

/* Signal `imported` (GListModel of #WbAccount, string or NULL): they are stored; a sentence to show
 * about it. */
#define WB_TYPE_IMPORT_WINDOW (wb_import_window_get_type ())
G_DECLARE_FINAL_TYPE (WbImportWindow, wb_import_window, WB, IMPORT_WINDOW, AdwWindow)

GtkWindow *wb_import_window_new (WbContext *context,
                                 GtkWindow *parent,
                                 GFile     *file);

G_END_DECLS
