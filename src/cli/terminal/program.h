/* program.h: where the two programs of the command line are
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wb_cli_find_program (const char *name,
                           const char *folder);

G_END_DECLS
