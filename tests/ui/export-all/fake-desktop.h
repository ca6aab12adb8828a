/* fake-desktop.h: what a desktop is asked to show and to inhibit
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Before the program is started: GTK looks for a session manager then. */
void   fake_desktop_start             (void);

guint  fake_desktop_get_n_inhibitors  (void);
guint  fake_desktop_get_n_notified    (void);
char  *fake_desktop_dup_notified      (void);
char  *fake_desktop_dup_shown         (void);

G_END_DECLS
