/* descriptor.h: names that stand for open files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int wb_cli_descriptor_find (const char *path,
                            int         standard);

G_END_DECLS
