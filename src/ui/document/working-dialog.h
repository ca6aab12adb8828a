/* working-dialog.h: says what is under way, where it takes long
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _WbWorkingDialog WbWorkingDialog;

WbWorkingDialog *wb_working_dialog_begin           (GtkWindow       *parent,
                                                    const char      *heading,
                                                    GCancellable    *cancellable);
GCancellable    *wb_working_dialog_get_cancellable (WbWorkingDialog *self);
void             wb_working_dialog_end             (WbWorkingDialog *self);

G_END_DECLS
