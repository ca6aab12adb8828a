/* thread.h: a task in a thread, or an error where the system gives none
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean wb_thread_start    (const char       *name,
                             GThreadFunc       function,
                             gpointer          data,
                             GThread         **thread,
                             GError          **error);
gboolean wb_thread_check    (GError          **error);
void     wb_thread_run_task (GTask            *task,
                             GTaskThreadFunc   function);
void     wb_thread_give_way (void);

G_END_DECLS
