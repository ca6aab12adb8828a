/* wipe.c: memory that held a secret, given back empty
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wipe.h"

#include <string.h>

/**
 * wb_wipe_and_free:
 * @text: (nullable) (transfer full): a string that was allocated by GLib
 *
 * Overwrites a secret, up to the end of the string, and frees its memory. A #GDestroyNotify.
 */
void
wb_wipe_and_free (gpointer text)
{
  /* The compiler does not remove this, as it removes a memset() before a free(). */
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}
