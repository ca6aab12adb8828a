/* await.h: the end of an asynchronous call
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For a call that is made once: keeps its result at @user_data, a `GAsyncResult **` to %NULL. */
void          await_cb (GObject       *source,
                        GAsyncResult  *result,
                        gpointer       user_data);

/* Runs the main context until the result is there; gives what is kept. */
GAsyncResult *await    (GAsyncResult **result);

G_END_DECLS
