/* remember-secret.h: puts a secret that has proved right into the secret store
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/application.h"

G_BEGIN_DECLS

void wb_remember_secret (WbApplication *application,
                         WbAccount     *account,
                         WbCredentials *credentials);

G_END_DECLS
