/* wipe.h: memory that held a secret, given back empty
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void wb_wipe_and_free (gpointer text);

G_END_DECLS
