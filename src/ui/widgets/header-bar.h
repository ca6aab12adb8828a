/* header-bar.h: a header bar whose buttons stand below it where they have no room
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* In a template, its children are of type `start` or `end`, as of an AdwHeaderBar. With large text
 * or in a narrow window the title gives way first; then those children that have a label stand
 * below the bar. Properties: `title-widget` (GtkWidget, else the window's title is shown) and
 * `show-title-buttons` (gboolean, TRUE at first), both to write at construction. */
#define WB_TYPE_HEADER_BAR (wb_header_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbHeaderBar, wb_header_bar, WB, HEADER_BAR, GtkWidget)

G_END_DECLS
