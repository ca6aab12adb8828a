/* console-address.h: what the address of a console's page contains, except for its host
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/clouds.h"

G_BEGIN_DECLS

/**
 * WbConsoleAddress:
 * @workspace_id: (nullable): a workspace's ID
 * @instance_id: (nullable): an instance's ID
 * @region: (nullable): a region that is known
 * @cloud: (nullable): the cloud that has @region
 *
 * Each is well-formed, or %NULL. The host is never looked at: a pasted address must not choose
 * where credentials go.
 */
typedef struct
{
  char *workspace_id;
  char *instance_id;
  char *region;
  char *cloud;
} WbConsoleAddress;

gboolean wb_console_address_parse (const char       *text,
                                   WbClouds         *clouds,
                                   const char       *likely_cloud,
                                   WbConsoleAddress *address);
void     wb_console_address_clear (WbConsoleAddress *address);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbConsoleAddress, wb_console_address_clear)

G_END_DECLS
