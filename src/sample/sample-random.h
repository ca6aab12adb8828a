/* sample-random.h: secrets for one run
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  wb_sample_random_fill     (guint8     *bytes,
                                 gsize       length_bytes);
char *wb_sample_random_dup_text (const char *letters,
                                 gsize       length);

G_END_DECLS
