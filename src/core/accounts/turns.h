/* turns.h: asynchronous calls that wait for each other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Each call is a task of an object that owns the turns, so they outlive it. */
typedef struct _WbTurns WbTurns;

/* Starts what @task stands for, and takes it. */
typedef void (*WbTurnFunc) (GTask *task);

WbTurns *wb_turns_new  (void);
void     wb_turns_free (WbTurns    *turns);
void     wb_turns_take (WbTurns    *turns,
                        GTask      *task,
                        WbTurnFunc  start);
void     wb_turns_pass (WbTurns    *turns);

G_END_DECLS
