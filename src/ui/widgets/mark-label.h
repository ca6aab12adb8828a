/* mark-label.h: the mark of an account, a word in a color
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/accounts/account.h"

G_BEGIN_DECLS

void wb_mark_label_set         (GtkLabel   *label,
                                const char *mark,
                                const char *color);
void wb_mark_label_set_account (GtkLabel  *label,
                                WbAccount *account);

G_END_DECLS
