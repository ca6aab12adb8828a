/* core-dumps.h: a crash leaves no secret on the disk
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void wb_core_dumps_forbid (void);

G_END_DECLS
