/* rebuilt-names.h: file names for connections, whatever they call themselves
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *wb_rebuilt_names_new (const char *const *names,
                                 guint              n_names);

G_END_DECLS
