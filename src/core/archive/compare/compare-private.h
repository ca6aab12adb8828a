/* compare-private.h: what a comparison is made of
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/compare/compare.h"

G_BEGIN_DECLS

struct _WbComparison
{
  GObject parent_instance;

  WbArchive *old_archive; /* (owned) */
  WbArchive *new_archive; /* (owned) */
  gboolean   one_form;     /* one of the two is rebuilt */
  gboolean   other_source; /* they come from different sources */
  GArray    *differences; /* (owned) (element-type WbDifference): in the order of paths */
  guint      n_of[WB_N_DIFFERENCE_KINDS];
  guint      n_values[WB_N_CHANGE_KINDS];
  guint      n_same;
};

G_END_DECLS
