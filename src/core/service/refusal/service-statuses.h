/* service-statuses.h: a plain sentence for each status, where nothing else tells more
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/refusal/service-codes.h"

G_BEGIN_DECLS

const char *wb_service_statuses_find (WbServiceCall  call,
                                      WbAuthMethod   method,
                                      guint          status,
                                      WbError       *meaning);

G_END_DECLS
