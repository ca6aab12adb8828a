/* help-window.h: the pages of the help, beside a list of what is in them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Owned by GTK until a person closes it. It can be read while another window asks something. */
#define WB_TYPE_HELP_WINDOW (wb_help_window_get_type ())
G_DECLARE_FINAL_TYPE (WbHelpWindow, wb_help_window, WB, HELP_WINDOW, AdwWindow)

GtkWindow  *wb_help_window_new       (GtkApplication *application);
void        wb_help_window_go        (WbHelpWindow   *self,
                                      const char     *place);
const char *wb_help_window_get_page  (WbHelpWindow   *self);

G_END_DECLS
