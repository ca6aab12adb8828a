/* secret-lines.h: secrets in lines and sentences, with no mark between a name and its value
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     wb_secret_lines_find         (const char *string,
                                       gsize       length,
                                       GArray     *parts);

gboolean wb_secret_lines_is_statement (const char *value,
                                       gsize       length);

G_END_DECLS
