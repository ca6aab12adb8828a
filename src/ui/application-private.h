/* application-private.h: what the program and its actions share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/token-watch.h"
#include "ui/application.h"
#include "ui/window/window.h"

G_BEGIN_DECLS

struct _WbApplication
{
  AdwApplication parent_instance;

  WbAccountStore  *store;          /* (owned) */
  WbSecrets       *secrets;        /* (owned) */
  WbClouds        *clouds;         /* (owned) */
  char            *clouds_reason;  /* (owned) (nullable): why a person's are not there */
  GSettings       *settings;       /* (owned) (nullable): from the startup on */
  WbSignIns       *sign_ins;       /* (owned) */
  WbTokenWatch    *token_watch;    /* (owned) */
  WbInhibitor     *inhibitor;      /* (owned) */
  WbLastExports   *last_exports;   /* (owned) */
  WbRequestLog    *request_log;    /* (owned) */
  GtkWindow       *log_window;     /* (nullable) (weak): while it is open */
  WbSampleAccount *sample;         /* (owned) */
};

/* The window to work in: one that is empty, or a new one. */
WbWindow *wb_application_get_empty_window (WbApplication *self);

void      wb_application_add_actions      (WbApplication *self);

G_END_DECLS
