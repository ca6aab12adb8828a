/* absolute-path.h: a path that leads to the same file from any folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wb_absolute_path_new (const char *path);

G_END_DECLS
