/* fuzz-zip-index.c: any bytes as the index of a ZIP file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <unistd.h>

#include "core/archive/zip/zip-index.h"
#include "zip-maker.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  int fd = wb_zip_bytes_to_fd (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbZipIndex) index = wb_zip_index_read (fd, size, NULL, &error);

  fuzz_check ((index == NULL) == (error != NULL));
  if (index != NULL)
    {
      gsize length;

      fuzz_check (wb_zip_index_get_directory_offset (index) <= size);
      wb_zip_index_get_comment (index, &length);
      fuzz_check (length <= size);
      for (guint i = 0; i < wb_zip_index_get_n (index); i++)
        fuzz_check (wb_zip_index_get (index, i) != NULL);
    }
  close (fd);

  return 0;
}
