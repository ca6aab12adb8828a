/* libraries.h: what the libraries would write to standard error
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void wb_cli_libraries_quieten (void);

G_END_DECLS
