/* help-errors.h: what the services say, and the way out, for the help
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *codes;    /* (owned): `IAM.0066, HTTP 401` */
  char    *sentence; /* (owned): the cause and the way out */
} WbHelpError;

GPtrArray *wb_help_errors_list (const char *kind);

G_END_DECLS
