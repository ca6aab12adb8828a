/* served.h: the sample service in another process: libsoup keeps a little of each connection there
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"

G_BEGIN_DECLS

typedef struct
{
  GSubprocess   *server; /* ends with this process */
  char          *url;
  char          *project_id;
  char          *workspace_id;
  WbCredentials *credentials; /* a password */
} Served;

/* To call first in main(): does not return in the other process. */
void served_start (Served *self,
                   int     argc,
                   char   *argv[]);
void served_clear (Served *self);

G_END_DECLS
