/* test-cloud.c: clouds, regions and addresses
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/cloud.h"

#include <string.h>

static void
test_clouds (void)
{
  static const char *const ids[] = { "otc", "huawei", "huawei-eu", "other" };
  static const char *const names[] = {
    "Open Telekom Cloud",
    "Huawei Cloud",
    "Huawei Cloud Europe",
    "Other",
  };
  static const guint n_regions[] = { 2, 25, 1, 0 };
  g_autoptr (WbClouds) clouds = wb_clouds_new ();

  g_assert_cmpuint (wb_clouds_get_n (clouds), ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const WbCloud *cloud = wb_clouds_get (clouds, i);

      g_assert_cmpstr (cloud->id, ==, ids[i]);
      g_assert_cmpstr (cloud->name, ==, names[i]);
      g_assert_cmpuint (cloud->regions->len, ==, n_regions[i]);
      g_assert_true (wb_clouds_find (clouds, ids[i]) == cloud);
    }

  g_assert_null (wb_clouds_find (clouds, NULL));
  g_assert_null (wb_clouds_find (clouds, ""));
  g_assert_null (wb_clouds_find (clouds, "OTC"));
}

/* Known answers from the service's API reference. */
static void
test_addresses (void)
{
  static const struct
  {
    const char *cloud;
    const char *region;
    const char *name;
    const char *service_url;
    const char *identity_url;
    const char *management_url;
    gboolean    doubtful;
  } cases[] = {
    { "otc", "eu-de", "Germany (eu-de)", "https://dayu-dlf.eu-de.otc.t-systems.com",
      "https://iam.eu-de.otc.t-systems.com", "https://dayu.eu-de.otc.t-systems.com", FALSE },
    { "otc", "eu-nl", "Netherlands (eu-nl)", "https://dayu-dlf.eu-nl.otc.t-systems.com",
      "https://iam.eu-nl.otc.t-systems.com", "https://dayu.eu-nl.otc.t-systems.com", TRUE },
    { "huawei", "cn-north-4", "Beijing 4 (cn-north-4)",
      "https://dayu-dlf.cn-north-4.myhuaweicloud.com",
      "https://iam.cn-north-4.myhuaweicloud.com", "https://dayu.cn-north-4.myhuaweicloud.com",
      FALSE },
    { "huawei", "cn-east-4", "East China 2 (cn-east-4)",
      "https://dayu-dlf.cn-east-4.myhuaweicloud.com",
      "https://iam.cn-east-4.myhuaweicloud.com", "https://dayu.cn-east-4.myhuaweicloud.com",
      TRUE },
    { "huawei", "cn-north-11", "North China 11 (cn-north-11)",
      "https://dayu-dlf.cn-north-11.myhuaweicloud.com", "https://iam.myhuaweicloud.com",
      "https://dayu.cn-north-11.myhuaweicloud.com", FALSE },
    { "huawei", "ru-northwest-2", "Moscow 2 (ru-northwest-2)",
      "https://dayu-dlf.ru-northwest-2.myhuaweicloud.com", "https://iam.myhuaweicloud.com",
      "https://dayu.ru-northwest-2.myhuaweicloud.com", FALSE },
    { "huawei-eu", "eu-west-101", "Dublin (eu-west-101)",
      "https://dayu-dlf.eu-west-101.myhuaweicloud.eu",
      "https://iam.eu-west-101.myhuaweicloud.eu", "https://dayu.eu-west-101.myhuaweicloud.eu",
      TRUE },
  };
  g_autoptr (WbClouds) clouds = wb_clouds_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const WbCloud  *cloud = wb_clouds_find (clouds, cases[i].cloud);
      const WbRegion *region = wb_cloud_find_region (cloud, cases[i].region);

      g_assert_nonnull (region);
      g_assert_cmpstr (region->name, ==, cases[i].name);
      g_assert_cmpstr (region->service_url, ==, cases[i].service_url);
      g_assert_cmpstr (region->identity_url, ==, cases[i].identity_url);
      g_assert_cmpstr (region->management_url, ==, cases[i].management_url);
      g_assert_cmpint (region->doubtful, ==, cases[i].doubtful);
    }

  g_assert_null (wb_cloud_find_region (wb_clouds_find (clouds, "otc"), "cn-north-4"));
  g_assert_null (wb_cloud_find_region (wb_clouds_find (clouds, "otc"), ""));
  g_assert_null (wb_cloud_find_region (wb_clouds_find (clouds, "other"), NULL));
}

/* The data holds nothing that could not be used: no ID twice, all addresses in normal form. */
static void
test_data (void)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();

  for (guint i = 0; i < wb_clouds_get_n (clouds); i++)
    {
      const WbCloud *cloud = wb_clouds_get (clouds, i);
      g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint j = 0; j < cloud->regions->len; j++)
        {
          const WbRegion *region = g_ptr_array_index (cloud->regions, j);
          g_autoptr (GError) error = NULL;
          g_autoptr (WbEndpoints) endpoints = NULL;

          endpoints = wb_endpoints_new (region->service_url, region->identity_url,
                                        region->management_url, &error);
          g_assert_no_error (error);
          g_assert_cmpstr (endpoints->service_url, ==, region->service_url);
          g_assert_cmpstr (endpoints->identity_url, ==, region->identity_url);
          g_assert_cmpstr (endpoints->management_url, ==, region->management_url);
          g_assert_nonnull (strstr (region->service_url, region->id));
          g_assert_null (strchr (region->service_url, '{'));
          g_assert_true (g_hash_table_add (ids, region->id));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cloud/clouds", test_clouds);
  g_test_add_func ("/cloud/addresses", test_addresses);
  g_test_add_func ("/cloud/data", test_data);

  return g_test_run ();
}
