/* help-section.h: what the help says behind one heading
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/help/help-markdown.h"

G_BEGIN_DECLS

/* Tab stops at each section, which a screen reader then reads; at its links, too. Signal:
 * `go` (const char *): a link to `page#anchor` was followed. */
#define WB_TYPE_HELP_SECTION (wb_help_section_get_type ())
G_DECLARE_FINAL_TYPE (WbHelpSection, wb_help_section, WB, HELP_SECTION, GtkBox)

GtkWidget  *wb_help_section_new        (WbHelpChapter *chapter);
const char *wb_help_section_get_anchor (WbHelpSection *self);

G_END_DECLS
