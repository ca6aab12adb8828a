/* cloud.h: one cloud, its regions, and the addresses that follow
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The cloud whose addresses a person types in. */
#define WB_CLOUD_OTHER "other"

/**
 * WbRegion:
 * @id: e.g. `eu-de`; also the name of its main project
 * @name: for people, e.g. “Germany (eu-de)”
 * @service_url: as in #WbEndpoints
 * @identity_url: as in #WbEndpoints
 * @management_url: as in #WbEndpoints
 * @doubtful: the sources disagree on, or only imply, an address that an export needs
 */
typedef struct
{
  char    *id;
  char    *name;
  char    *service_url;
  char    *identity_url;
  char    *management_url;
  gboolean doubtful;
} WbRegion;

/**
 * WbCloud:
 * @id: `otc`, `huawei`, `huawei-eu`, %WB_CLOUD_OTHER, or one of a person's file
 * @name: for people
 * @agency_key: how its identity service calls an agency's name when a role is assumed:
 *   `agency_name` or `xrole_name`
 * @service: (nullable): the service's address in its regions, with `{region}` for the region's ID
 * @identity: (nullable): likewise
 * @management: (nullable): likewise
 * @is_own: a person has added it, so it may have its own ways
 * @regions: (element-type WbRegion): empty for %WB_CLOUD_OTHER
 */
typedef struct
{
  char      *id;
  char      *name;
  char      *agency_key;
  char      *service;
  char      *identity;
  char      *management;
  gboolean   is_own;
  GPtrArray *regions;
} WbCloud;

WbCloud        *wb_cloud_new         (const char    *id,
                                      const char    *name);
void            wb_cloud_free        (WbCloud       *cloud);
void            wb_region_free       (WbRegion      *region);

const WbRegion *wb_cloud_find_region (const WbCloud *cloud,
                                      const char    *id);

G_END_DECLS
