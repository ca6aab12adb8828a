/* inhibitor.h: asks the session not to log out while something is under way
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_INHIBITOR (wb_inhibitor_get_type ())
G_DECLARE_FINAL_TYPE (WbInhibitor, wb_inhibitor, WB, INHIBITOR, GObject)

WbInhibitor *wb_inhibitor_new       (void);
void         wb_inhibitor_start     (WbInhibitor    *self);
guint        wb_inhibitor_inhibit   (WbInhibitor    *self,
                                     GtkWindow      *window,
                                     const char     *reason);
void         wb_inhibitor_uninhibit (WbInhibitor    *self,
                                     guint           cookie);

G_END_DECLS
