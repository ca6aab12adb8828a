/* secret-hint.h: tells clipboard managers that what is in the clipboard is a secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GdkContentProvider *wb_secret_hint_new    (void);
void                wb_secret_hint_answer (GdkDisplay *display);

G_END_DECLS
