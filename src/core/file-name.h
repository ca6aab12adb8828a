/* file-name.h: the name of a file for an export, from a template
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is suggested for an export. Its first word is the name that the service gives every one. */
#define WB_FILE_NAME_TEMPLATE "DLF_All_DataConnections {account} {workspace} {date}.zip"

gboolean  wb_file_name_check      (const char  *pattern,
                                   GError     **error);
char     *wb_file_name_fill       (const char  *pattern,
                                   const char  *account,
                                   const char  *workspace,
                                   GDateTime   *when);
char     *wb_file_name_add_suffix (const char  *name,
                                   const char  *suffix);
gboolean  wb_file_name_is_device  (const char  *name);

G_END_DECLS
