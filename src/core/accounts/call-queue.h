/* call-queue.h: asynchronous calls that wait for each other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WbCallQueue WbCallQueue;

/* Starts what @task stands for, and takes it. */
typedef void (*WbCallFunc) (GTask *task);

WbCallQueue *wb_call_queue_new  (void);
void         wb_call_queue_push (WbCallQueue *queue,
                                 GTask       *task,
                                 WbCallFunc   start);
void         wb_call_queue_next (WbCallQueue *queue);

G_END_DECLS
