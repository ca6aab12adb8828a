/* selected-files.h: the files that a selection in an archive's tree stands for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/archive/list/entry-filter.h"

G_BEGIN_DECLS

GArray *wb_selected_files_find (GtkSelectionModel *rows,
                                WbArchive         *archive,
                                WbEntryFilter     *filter);

G_END_DECLS
