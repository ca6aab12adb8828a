/* rebuilt-connection.h: one connection as a reply describes it, in the documented form
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/archive/secrets/secret-search.h"

G_BEGIN_DECLS

/**
 * WbRebuiltConnection:
 * @name: (owned): what it calls itself, without NUL characters
 * @quoted_name: (owned): the same as the reply has it, between its quotes
 * @text: (owned): the file: JSON, the same for the same reply
 * @missing: (owned) (element-type utf8): the keys of passwords that the service did not send, each
 *   as a path such as `config.password`
 * @renamed: (owned) (element-type utf8): for `WAYBILL.json`, what the reply calls a key, and what
 *   it is called in the file
 * @left_out: (owned) (element-type utf8): likewise, a key of the reply, and why it is not there
 * @set_by_service: (owned) (element-type utf8): likewise, what the service found out, and its value
 * @beside: (owned) (element-type utf8): likewise, what has no documented place, and its value
 *
 * What is for `WAYBILL.json` is JSON, and paths have its escapes.
 */
typedef struct
{
  char      *name;
  char      *quoted_name;
  GString   *text;
  GPtrArray *missing;
  GPtrArray *renamed;
  GPtrArray *left_out;
  GPtrArray *set_by_service;
  GPtrArray *beside;
} WbRebuiltConnection;

WbRebuiltConnection *wb_rebuilt_connection_new  (GBytes               *reply,
                                                 WbSecretSearch       *search,
                                                 GError              **error);
void                 wb_rebuilt_connection_free (WbRebuiltConnection  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRebuiltConnection, wb_rebuilt_connection_free)

G_END_DECLS
