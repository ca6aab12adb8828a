/* credential-sections.h: the sections in the software kits' file of access keys
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean wb_credential_sections_parse (char       **lines,
                                       GListStore  *list,
                                       GError     **error);

G_END_DECLS
