/* interrupt.h: what Ctrl+C and a request to end do
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <termios.h>

G_BEGIN_DECLS

GCancellable *wb_cli_interrupt_new          (void);
void          wb_cli_interrupt_set_terminal (int                    fd,
                                             const struct termios  *before);
void          wb_cli_interrupt_exit         (void);

G_END_DECLS
