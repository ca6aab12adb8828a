/* missing-window.h: the passwords that a rebuilt archive lacks, to copy or print
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/document/document.h"

G_BEGIN_DECLS

/* Made for one rebuilt document, and owned by GTK until a person closes it. */
#define WB_TYPE_MISSING_WINDOW (wb_missing_window_get_type ())
G_DECLARE_FINAL_TYPE (WbMissingWindow, wb_missing_window, WB, MISSING_WINDOW, AdwWindow)

GtkWindow *wb_missing_window_new (GtkWindow  *parent,
                                  WbDocument *document);

G_END_DECLS
