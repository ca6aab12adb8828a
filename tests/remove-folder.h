/* remove-folder.h: what a test leaves of a folder of its own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* With the files in it, which are all that may be. */
void remove_folder (const char *folder);

G_END_DECLS
