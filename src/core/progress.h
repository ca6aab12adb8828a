/* progress.h: how much of a long operation is done, beside the order to stop it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A cancellable that an operation also tells how far it is: whoever wants to show that passes one
 * in place of a plain cancellable. May be used in any thread. */
#define WB_TYPE_PROGRESS (wb_progress_get_type ())
G_DECLARE_FINAL_TYPE (WbProgress, wb_progress, WB, PROGRESS, GCancellable)

WbProgress *wb_progress_new          (void);
double      wb_progress_get_fraction (WbProgress   *self);

/* For operations; a cancellable that is none, or %NULL, is not told. */

void        wb_progress_set_stage    (GCancellable *cancellable,
                                      double        start,
                                      double        end);
void        wb_progress_begin        (GCancellable *cancellable,
                                      guint64       total);
void        wb_progress_advance      (GCancellable *cancellable,
                                      guint64       amount);

G_END_DECLS
