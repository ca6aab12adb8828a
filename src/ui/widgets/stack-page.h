/* stack-page.h: another page of a stack, with the focus if the page before had it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_stack_show_page (GtkStack   *stack,
                         const char *name);

G_END_DECLS
