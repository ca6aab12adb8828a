/* screen.h: a window under all conditions that people have, its picture, and what is wrong with it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-test.h"

G_BEGIN_DECLS

/* No window needs more, at any size of text. */
#define SCREEN_LEAST_WIDTH 360
#define SCREEN_LEAST_HEIGHT 294

typedef void (*ScreenPrepare) (gpointer window);

/* Shows a window, or the popover that is open in it, under each condition, and fails the test for
 * all text that is cut or too faint, and for a window that is wider or higher than it must be. The
 * folder `screens` of the tests' build folder keeps a picture of what failed, and any other if the
 * variable SCREENS_KEPT is set. What is to be shown in a narrow window may have to be asked for
 * each time. */
void screen_check_all (gpointer      window,
                       gpointer      shown,
                       const char   *name,
                       ScreenPrepare prepare);

/* The pictures alone, if they are kept: of a window that is all the toolkit's own. */
void screen_take_all (gpointer    window,
                      const char *name);

/* Fails the test for a control of which the focus cannot be seen, in either style. The window must
 * be active. */
void screen_check_focus (gpointer window);

G_END_DECLS
