/* ring.h: goes round a window by Tab, and back by Shift+Tab
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Fails unless both ways meet every control that can be used, in reading order, and come back to
 * where they began, which must have the focus. A list is one stop, and so is a setting with its
 * buttons. */
void ring_go_round (gpointer window);

/* Presses a key and waits until the window has had it. */
void ring_press    (gpointer    window,
                    const char *key);

G_END_DECLS
