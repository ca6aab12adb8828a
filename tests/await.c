/* await.c: the end of an asynchronous call
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "await.h"

void
await_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  g_assert_null (*kept);
  *kept = g_object_ref (result);
}

GAsyncResult *
await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}
