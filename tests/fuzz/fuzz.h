/* fuzz.h: what the fuzz targets share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

/* Each target defines it. libFuzzer calls it with bytes that it made up, `replay` with those of a
 * file; it returns 0. */
int        LLVMFuzzerTestOneInput (const uint8_t *data,
                                   size_t         size);

/* The input up to a 0x1E (record separator), and then from behind it; an empty part at its end. */
GBytes    *fuzz_next_part         (const uint8_t **data,
                                   size_t         *size);
char      *fuzz_next_text         (const uint8_t **data,
                                   size_t         *size);

/* Stops the target, as a crash does. */
#define fuzz_check(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(condition))                                                                              \
      g_error ("%s:%d: %s", __FILE__, __LINE__, #condition);                                       \
  }                                                                                                \
  G_STMT_END

/* %NULL unless it is opened. */
WbArchive *fuzz_open_archive      (GBytes         *bytes);

/* A ZIP file with these files, in their order; every other is deflated. */
GBytes    *fuzz_make_zip          (char *const    *names,
                                   GBytes *const  *contents,
                                   guint           n);

G_END_DECLS
