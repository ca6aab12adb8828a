/* document-properties.h: what there is to know of a document as a whole, as groups of rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/document/document.h"

G_BEGIN_DECLS

/* Each returns a new widget with what holds now; `file` of the document is notified when that
 * changes. */
GtkWidget *wb_document_create_file_group     (WbDocument *self);
GtkWidget *wb_document_create_contents_group (WbDocument *self);
GtkWidget *wb_document_create_folder_group   (WbDocument *self,
                                              guint       node);

G_END_DECLS
