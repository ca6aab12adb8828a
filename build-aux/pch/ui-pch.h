/* ui-pch.h: what every file of the window reads of libraries, read once with -Db_pch=true
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>
