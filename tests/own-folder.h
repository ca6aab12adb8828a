/* own-folder.h: what is in a folder of a test's own, and its end
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many files it holds, hidden ones and folders too. */
guint count_files   (const char *folder);

/* With the files in it, which are all that may be. */
void  remove_folder (const char *folder);

G_END_DECLS
