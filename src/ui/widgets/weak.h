/* weak.h: a window as an asynchronous call's user data, without keeping it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What is under way does not keep a window: it may be gone, with its parent, when that ends, and
 * GTK 4.8 looks for its parent in freed memory when a window outlives that. */
GWeakRef *wb_weak_new  (gpointer  object);
gpointer  wb_weak_take (GWeakRef *weak);

G_END_DECLS
