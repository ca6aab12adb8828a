/* flat.h: whether a process stays as it is while it does the same again and again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 memory_bytes;
  guint   n_descriptors;
  guint   n_threads;
} Flat;

guint    flat_get_n_rounds (guint       usual);
void     flat_measure      (Flat       *self);
gboolean flat_compare      (const Flat *before,
                            guint       n_rounds,
                            guint       slack_bytes);

G_END_DECLS
