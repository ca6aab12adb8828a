/* clouds.h: all clouds, the program's own and a person's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/cloud.h"

G_BEGIN_DECLS

/* All clouds, read from the resource clouds.json, and from a person's file of the same form. */
typedef struct _WbClouds WbClouds;

WbClouds      *wb_clouds_new         (void);

/* Call this before the clouds are used: after that they do not change. An error names the file and
 * the place in it, and leaves the clouds as they were; a missing file is not an error. */
gboolean       wb_clouds_load        (WbClouds      *self,
                                      const char    *path,
                                      GError       **error);
char          *wb_clouds_dup_default_path (void);
void           wb_clouds_free        (WbClouds      *self);
guint          wb_clouds_get_n       (WbClouds      *self);
const WbCloud *wb_clouds_get         (WbClouds      *self,
                                      guint          index);
const WbCloud *wb_clouds_find        (WbClouds      *self,
                                      const char    *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbClouds, wb_clouds_free)

G_END_DECLS
