/* wait.c: asynchronous calls, one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/terminal/wait.h"

/**
 * wb_cli_wait_cb:
 * @source: (nullable): where the call was made
 * @result: what came of it
 * @user_data: the #GAsyncResult pointer to fill, given to wb_cli_wait() as well
 *
 * The callback to give to an asynchronous call that wb_cli_wait() is to wait for.
 */
void
wb_cli_wait_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **out = user_data;

  g_return_if_fail (out != NULL && *out == NULL);

  *out = g_object_ref (result);
}

/**
 * wb_cli_wait:
 * @result: (inout): where wb_cli_wait_cb() leaves the result
 *
 * Runs the main context until the call has ended. The sample service and the signal handlers
 * live on that context too, so no call may block it.
 *
 * Returns: (transfer none): the result, for a `_finish` function
 */
GAsyncResult *
wb_cli_wait (GAsyncResult **result)
{
  g_return_val_if_fail (result != NULL, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}
