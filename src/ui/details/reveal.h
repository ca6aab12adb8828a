/* reveal.h: whether a widget shows its secrets, which it does not for long
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Each widget that can show secrets makes one and owns it. Properties: `revealed` (boolean, read
 * and write). */
#define WB_TYPE_REVEAL (wb_reveal_get_type ())
G_DECLARE_FINAL_TYPE (WbReveal, wb_reveal, WB, REVEAL, GObject)

WbReveal *wb_reveal_new          (GtkWidget *widget);
void      wb_reveal_set_revealed (WbReveal  *self,
                                  gboolean   revealed);
gboolean  wb_reveal_get_revealed (WbReveal  *self);

G_END_DECLS
