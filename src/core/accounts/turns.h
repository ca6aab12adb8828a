/* turns.h: asynchronous calls that wait for each other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WbTurns WbTurns;

/* Starts what @task stands for, and takes it. */
typedef void (*WbTurnFunc) (GTask *task);

WbTurns *wb_turns_new  (void);
void     wb_turns_take (WbTurns    *turns,
                        GTask      *task,
                        WbTurnFunc  start);
void     wb_turns_pass (WbTurns    *turns);

G_END_DECLS
