/* sample-random.c: secrets for one run
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-random.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/**
 * wb_sample_random_fill:
 * @bytes: (out caller-allocates): where to write
 * @length_bytes: how many bytes
 *
 * Takes the system's random numbers, which are fit for secrets; those of GLib are not.
 */
void
wb_sample_random_fill (guint8 *bytes,
                       gsize   length_bytes)
{
  while (length_bytes > 0)
    {
      gsize part = MIN (length_bytes, 256); /* at most, says getentropy() */

      if (getentropy (bytes, part) != 0)
        g_error ("The system gives no random numbers: %s", g_strerror (errno));
      bytes += part;
      length_bytes -= part;
    }
}

/**
 * wb_sample_random_dup_text:
 * @letters: the ASCII characters to choose from
 * @length: how many to choose
 *
 * Returns: (transfer full): a text that nobody can guess
 */
char *
wb_sample_random_dup_text (const char *letters,
                           gsize       length)
{
  gsize   n = strlen (letters);
  char   *text = g_malloc (length + 1);
  guint8 *bytes = (guint8 *) text;

  wb_sample_random_fill (bytes, length);
  for (gsize i = 0; i < length; i++)
    text[i] = letters[bytes[i] % n];
  text[length] = '\0';

  return text;
}
