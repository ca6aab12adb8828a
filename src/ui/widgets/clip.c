/* clip.c: a long text cut to what a widget can show
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/clip.h"

#include <string.h>

/**
 * wb_clip_text:
 * @text: a text in UTF-8
 * @max_bytes: the longest result, without the mark
 *
 * Returns: (transfer full): @text, or at most @max_bytes of it, cut between characters, with a mark
 *   at the end
 */
char *
wb_clip_text (const char *text,
              gsize       max_bytes)
{
  const char *end;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) <= max_bytes)
    return g_strdup (text);

  end = g_utf8_find_prev_char (text, text + max_bytes + 1);

  return end != NULL ? g_strdup_printf ("%.*s…", (int) (end - text), text) : g_strdup ("…");
}
