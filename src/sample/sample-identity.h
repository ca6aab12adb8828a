/* sample-identity.h: a request for a token, judged
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WbSampleIdentity:
 * @domain: the account's name
 * @user: its only user's name
 * @password: that user's password
 * @project_id: its only project
 * @project_name: that project's name
 *
 * The user that may sign in, and the project.
 */
typedef struct
{
  char *domain;
  char *user;
  char *password;
  char *project_id;
  char *project_name;
} WbSampleIdentity;

guint wb_sample_identity_check (const WbSampleIdentity *self,
                                GBytes                 *body,
                                gboolean               *scoped,
                                char                  **message);

G_END_DECLS
