/* fuzz.c: what the fuzz targets share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "zip-maker.h"

#define SEPARATOR 0x1e

static void
trap_cb (int number)
{
  abort ();
}

/* GLib ends a program by a trap, of which libFuzzer would not keep the input. */
__attribute__ ((constructor)) static void
take_traps (void)
{
  signal (SIGTRAP, trap_cb);
}

GBytes *
fuzz_next_part (const uint8_t **data,
                size_t         *size)
{
  const uint8_t *end = *size > 0 ? memchr (*data, SEPARATOR, *size) : NULL;
  size_t         length = end != NULL ? (size_t) (end - *data) : *size;
  GBytes        *part = g_bytes_new (*data, length);

  *data += length + (end != NULL ? 1 : 0);
  *size -= length + (end != NULL ? 1 : 0);

  return part;
}

/* It ends at a NUL, as every text does that reaches the program. */
char *
fuzz_next_text (const uint8_t **data,
                size_t         *size)
{
  g_autoptr (GBytes) part = fuzz_next_part (data, size);
  gsize       length;
  const char *text = g_bytes_get_data (part, &length);

  return text != NULL ? g_strndup (text, length) : g_strdup ("");
}

WbArchive *
fuzz_open_archive (GBytes *bytes)
{
  g_autoptr (WbSpool) spool = wb_spool_new_take (wb_zip_bytes_to_fd (bytes),
                                                 g_bytes_get_size (bytes), NULL);
  g_autoptr (GError) error = NULL;
  WbArchive *archive = wb_archive_open (spool, NULL, &error);

  fuzz_check ((archive == NULL) == (error != NULL));
  fuzz_check (error == NULL || g_utf8_validate (error->message, -1, NULL));

  return archive;
}

GBytes *
fuzz_make_zip (char *const   *names,
               GBytes *const *contents,
               guint          n)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  for (guint i = 0; i < n; i++)
    {
      gsize       length;
      const void *bytes = g_bytes_get_data (contents[i], &length);
      WbZipItem   item = { .name = names[i], .stored = i % 2 == 0 };

      item.data = length > 0 ? bytes : "";
      item.data_length = length;
      wb_zip_maker_add (maker, &item);
    }

  return wb_zip_maker_finish (maker, NULL);
}
