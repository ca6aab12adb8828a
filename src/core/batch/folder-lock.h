/* folder-lock.h: one run at a time in a folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  wb_folder_lock   (const char  *folder,
                            int         *fd,
                            GError     **error);

G_END_DECLS
