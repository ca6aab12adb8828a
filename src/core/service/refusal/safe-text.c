/* safe-text.c: what a reply says, less what is secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/refusal/service-error-private.h"

#include <string.h>

#include "core/archive/secrets/secret-mask.h"
#include "core/service/http/echo.h"

/**
 * wb_safe_text_dup_limited:
 * @text: a text of a reply, in which the secrets of connections are masked already
 * @max_bytes: how many bytes to keep
 * @secrets: (nullable) (array zero-terminated=1): what was sent
 *
 * Looks for what was sent before it cuts: of half a secret one cannot tell what it is.
 *
 * Returns: (transfer full): valid UTF-8 of at most @max_bytes, cut between characters
 */
char *
wb_safe_text_dup_limited (const char        *text,
                          gsize              max_bytes,
                          const char *const *secrets)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *hidden = wb_echo_hide (valid, secrets);
  const char      *end;

  if (strlen (hidden) <= max_bytes)
    return g_steal_pointer (&hidden);

  end = g_utf8_find_prev_char (hidden, hidden + max_bytes + 1);

  return g_strndup (hidden, (gsize) (end - hidden));
}

/**
 * wb_safe_text_dup:
 * @text: a text of a reply, such as a header; may be anything
 * @max_bytes: how many bytes to keep
 * @secrets: (nullable) (array zero-terminated=1): what was sent
 *
 * Returns: (transfer full): the text likewise, in which what looks like a secret is masked, too
 */
char *
wb_safe_text_dup (const char        *text,
                  gsize              max_bytes,
                  const char *const *secrets)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *masked = wb_secret_mask_dup_text (valid, strlen (valid), secrets);

  return wb_safe_text_dup_limited (masked, max_bytes, secrets);
}
