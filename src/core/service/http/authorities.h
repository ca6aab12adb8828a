/* authorities.h: whose certificates an account trusts, from a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GTlsDatabase *wb_authorities_load (const char  *ca_file,
                                   GError     **error);

G_END_DECLS
