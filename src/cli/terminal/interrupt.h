/* interrupt.h: what Ctrl+C and a request to end do
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GCancellable *wb_cli_interrupt_new  (void);
void          wb_cli_interrupt_exit (void);

G_END_DECLS
