/* show-in-files.h: shows a saved file in the file manager
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     wb_show_in_files_async  (GFile                *file,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean wb_show_in_files_finish (GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
