/* foreign-file.h: a file that only GIO reaches, as on a file server; it is kept in memory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  FOREIGN_FINE,
  FOREIGN_FAILS_TO_OPEN,
  FOREIGN_FAILS_HALFWAY, /* in the middle of the bytes, which are read or written */
  FOREIGN_FAILS_TO_CLOSE,
} ForeignFault;

#define FOREIGN_TYPE_FILE (foreign_file_get_type ())
G_DECLARE_FINAL_TYPE (ForeignFile, foreign_file, FOREIGN, FILE, GObject)

ForeignFile *foreign_file_new         (const char   *contents);
void         foreign_file_set_fault   (ForeignFile  *self,
                                       ForeignFault  fault);
const char  *foreign_file_get_text    (ForeignFile  *self);

G_END_DECLS
