/* secret-assignments.h: values in a string that something in front of them calls a secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  wb_secret_assignments_find (const char *string,
                                  gsize       length,
                                  GArray     *parts);

gsize wb_secret_count_separator  (const char *string,
                                  gsize       at,
                                  gsize       length);

G_END_DECLS
