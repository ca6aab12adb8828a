/* openstack-cloud.h: one cloud of OpenStack's clouds.yaml
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is known of one cloud, by the keys of the file. It may hold secrets, which are overwritten
 * when it is freed. */
typedef struct _WbOpenstackCloud WbOpenstackCloud;

WbOpenstackCloud *wb_openstack_cloud_new       (void);
void              wb_openstack_cloud_free      (WbOpenstackCloud  *self);
gboolean          wb_openstack_cloud_add       (WbOpenstackCloud  *self,
                                                GBytes            *bytes,
                                                const char        *section,
                                                const char        *name,
                                                char             **names,
                                                GError           **error);
const char       *wb_openstack_cloud_get       (WbOpenstackCloud  *self,
                                                const char        *key);
GStrv             wb_openstack_cloud_list_auth (WbOpenstackCloud  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOpenstackCloud, wb_openstack_cloud_free)

G_END_DECLS
