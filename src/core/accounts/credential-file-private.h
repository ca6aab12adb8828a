/* credential-file-private.h: the forms of a file of access keys
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* --- found-entry: what a file says about one access key, and where --- */

typedef struct
{
  char *name;           /* (owned) (nullable) */
  char *access_key;     /* (owned) (nullable) */
  char *secret_key;     /* (owned) (nullable) */
  char *security_token; /* (owned) (nullable) */
  char *project_id;     /* (owned) (nullable) */
  guint line;           /* where it begins, from 1 */
} WbFoundEntry;

void     wb_found_entry_clear         (WbFoundEntry  *self);
gboolean wb_found_entry_check         (const char    *key,
                                       guint          line,
                                       GError       **error);
gboolean wb_found_entry_fail          (GError       **error,
                                       guint          line,
                                       const char    *reason);
gboolean wb_found_entry_add           (WbFoundEntry  *self,
                                       GListStore    *list,
                                       GError       **error);

/* --- credential-text: its text, whatever encoding it was saved in --- */

char    *wb_credential_text_decode    (const char    *bytes,
                                       gsize          length);

/* --- credential-csv: the table that the console gives with a new access key --- */

gboolean wb_credential_csv_parse      (char         **lines,
                                       GListStore    *list,
                                       GError       **error);

/* --- credential-sections: the sections in the software kits' file of access keys --- */

gboolean wb_credential_sections_parse (char         **lines,
                                       GListStore    *list,
                                       GError       **error);

G_END_DECLS
