/* thread.c: a task in a thread, or an error where the system gives none
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/thread.h"

#include <glib/gi18n-lib.h>
#include <sys/resource.h>

#include "core/error.h"

/* As nice(1) has it by default. */
#define BACKGROUND_PRIORITY 10

typedef struct
{
  GTask          *task; /* (owned) */
  GTaskThreadFunc function;
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->task);
  g_free (run);
}

static gpointer
run_thread (gpointer data)
{
  Run *run = data;

  run->function (run->task, g_task_get_source_object (run->task),
                 g_task_get_task_data (run->task), g_task_get_cancellable (run->task));
  run_free (run);

  return NULL;
}

/**
 * wb_thread_start:
 * @name: for a debugger
 * @function: (scope async): what it does
 * @data: for @function
 * @thread: (out): the thread
 * @error: return location: %WB_ERROR_FAILED
 *
 * GLib ends the program in g_thread_new() where the limit on processes or on memory leaves no
 * room for one more thread. Here that is an error.
 *
 * Returns: whether it runs
 */
gboolean
wb_thread_start (const char *name,
                 GThreadFunc function,
                 gpointer    data,
                 GThread   **thread,
                 GError    **error)
{
  g_return_val_if_fail (thread != NULL, FALSE);

  *thread = g_thread_try_new (name, function, data, NULL);
  if (*thread == NULL)
    g_set_error_literal (error, WB_ERROR, WB_ERROR_FAILED,
                         _ ("The system does not allow another thread: memory or processes have "
                            "run out. Close other programs or raise the limit, then try again."));

  return *thread != NULL;
}

static gpointer
do_nothing (gpointer data)
{
  return data;
}

/**
 * wb_thread_check:
 * @error: return location: %WB_ERROR_FAILED
 *
 * For what GLib does in threads of its own, where it waits for ever without one.
 *
 * Returns: whether the system allows another thread now
 */
gboolean
wb_thread_check (GError **error)
{
  GThread *thread;

  if (!wb_thread_start ("check", do_nothing, NULL, &thread, error))
    return FALSE;
  g_thread_join (thread);

  return TRUE;
}

/**
 * wb_thread_run_task:
 * @task: a task; it returns an error where there is no thread for it
 * @function: (scope async): what it does, and how it returns
 *
 * As g_task_run_in_thread(), which keeps a task waiting for ever where no thread can be made.
 */
void
wb_thread_run_task (GTask          *task,
                    GTaskThreadFunc function)
{
  GThread *thread;
  GError  *error = NULL;
  Run     *run;

  g_return_if_fail (G_IS_TASK (task));

  run = g_new0 (Run, 1);
  run->task = g_object_ref (task);
  run->function = function;

  if (wb_thread_start ("task", run_thread, run, &thread, &error))
    {
      g_thread_unref (thread);
      return;
    }

  g_task_return_error (task, error);
  run_free (run);
}

/**
 * wb_thread_give_way:
 *
 * From now on the calling thread, and what it starts, runs when the processors have nothing more
 * urgent to do: a window can draw while files are read. On Linux each thread has a priority of its
 * own (setpriority(2)). There is no way back.
 */
void
wb_thread_give_way (void)
{
  setpriority (PRIO_PROCESS, 0, MAX (getpriority (PRIO_PROCESS, 0), BACKGROUND_PRIORITY));
}
