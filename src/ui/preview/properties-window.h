/* properties-window.h: the properties of a document, with its checksum and comment
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/document/document.h"

G_BEGIN_DECLS

/* Made for one document, and owned by GTK until a person closes it. It follows the document's
 * file. */
#define WB_TYPE_PROPERTIES_WINDOW (wb_properties_window_get_type ())
G_DECLARE_FINAL_TYPE (WbPropertiesWindow, wb_properties_window, WB, PROPERTIES_WINDOW, AdwWindow)

GtkWindow *wb_properties_window_new (GtkWindow  *parent,
                                     WbDocument *document);

G_END_DECLS
