/* weak.c: a window as an asynchronous call's user data, without keeping it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/weak.h"

/**
 * wb_weak_new:
 * @object: (type GObject): a window
 *
 * Returns: (transfer full): the user data for one callback, to be given to wb_weak_take() there
 */
GWeakRef *
wb_weak_new (gpointer object)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, object);

  return weak;
}

/**
 * wb_weak_take:
 * @weak: (transfer full): what wb_weak_new() gave
 *
 * Returns: (transfer full) (nullable): the window, or %NULL if it is gone
 */
gpointer
wb_weak_take (GWeakRef *weak)
{
  gpointer object = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);

  return object;
}
