/* weak.h: a window as an asynchronous call's user data, without keeping it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* An operation in progress does not keep its window: the window may be gone when the operation
 * ends, and GTK 4.8 looks for the parent in freed memory when a window outlives it. */
GWeakRef *wb_weak_new  (gpointer  object);
gpointer  wb_weak_take (GWeakRef *weak);

G_END_DECLS
