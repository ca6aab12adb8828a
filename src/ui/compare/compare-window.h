/* compare-window.h: what changed from one ZIP to another
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/document/document.h"

G_BEGIN_DECLS

/* A window of its own, which lives on when those that its documents are in are closed. Actions:
 * compare.copy, compare.swap. */
#define WB_TYPE_COMPARE_WINDOW (wb_compare_window_get_type ())
G_DECLARE_FINAL_TYPE (WbCompareWindow, wb_compare_window, WB, COMPARE_WINDOW, AdwWindow)

WbCompareWindow *wb_compare_window_new          (GtkApplication  *application,
                                                 WbDocument      *document,
                                                 WbDocument      *other);
WbCompareWindow *wb_compare_window_new_for_file (GtkApplication  *application,
                                                 WbDocument      *document,
                                                 GFile           *file);
const char      *wb_compare_window_get_page     (WbCompareWindow *self);

G_END_DECLS
