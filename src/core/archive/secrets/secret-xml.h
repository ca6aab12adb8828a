/* secret-xml.h: secrets in XML
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/span.h"

G_BEGIN_DECLS

void wb_secret_xml_find (const char *string,
                         gsize       length,
                         GArray     *parts);

G_END_DECLS
