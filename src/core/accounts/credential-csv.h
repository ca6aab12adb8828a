/* credential-csv.h: the table that the console gives with a new access key
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean wb_credential_csv_parse (char       **lines,
                                  GListStore  *list,
                                  GError     **error);

G_END_DECLS
