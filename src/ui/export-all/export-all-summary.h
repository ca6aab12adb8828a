/* export-all-summary.h: what has come of the workspaces that are exported together, in numbers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbExportAllCounts:
 * @n: how many there are
 * @n_over: how many are over, however they ended
 * @fraction: how much of all is done, from 0 to 1
 */
typedef struct
{
  guint  n;
  guint  n_over;
  guint  n_saved;
  guint  n_unchanged;
  guint  n_empty;
  guint  n_failed;
  guint  n_cancelled;
  double fraction;
} WbExportAllCounts;

WbExportAllCounts  wb_export_all_count       (GPtrArray               *rows);
char              *wb_export_all_dup_summary (const WbExportAllCounts *counts);

G_END_DECLS
