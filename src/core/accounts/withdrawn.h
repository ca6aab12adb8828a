/* withdrawn.h: which services were seen to have withdrawn their export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean wb_withdrawn_is_known (const char *service_url);
void     wb_withdrawn_remember (const char *service_url,
                                gboolean    is_withdrawn);

G_END_DECLS
