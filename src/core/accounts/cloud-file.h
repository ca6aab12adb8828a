/* cloud-file.h: clouds and regions as JSON, the program's own and a person's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/cloud.h"

G_BEGIN_DECLS

gboolean wb_cloud_file_apply (const char   *text,
                              gsize         length_bytes,
                              gboolean      is_own,
                              GPtrArray    *clouds,
                              GError      **error);

G_END_DECLS
