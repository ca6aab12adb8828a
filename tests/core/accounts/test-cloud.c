/* test-cloud.c: clouds, regions and addresses
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/clouds.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/accounts/account.h"
#include "core/error.h"
#include "core/input-limits.h"

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

static gboolean
load (WbClouds   *clouds,
      const char *text,
      gssize      length,
      GError    **error)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "clouds.json", NULL);

  g_assert_true (g_file_set_contents (path, text, length, NULL));

  return wb_clouds_load (clouds, path, error);
}

/* A person's own cloud, and a region that a known cloud has got since. */
static void
test_own (void)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  const WbCloud   *cloud;
  const WbRegion  *region;

  g_assert_true (wb_clouds_load (clouds, "/nonexistent/clouds.json", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (wb_clouds_get_n (clouds), ==, 4);

  load (clouds,
        "{\"clouds\": [{\"id\": \"partner\", \"name\": \"Part & Ner 云\","
        "  \"service\": \"https://dlf.{region}.example.com/\","
        "  \"identity\": \"https://iam.example.com/v3\","
        "  \"agency\": \"xrole_name\","
        "  \"regions\": [{\"id\": \"a-1\", \"name\": \"A\"},"
        "    {\"id\": \"b-1\", \"name\": \"B\", \"service\": \"http://127.0.0.1:8080\","
        "     \"management\": \"https://dayu.b.example.com\", \"doubtful\": true}]},"
        " {\"id\": \"otc\", \"regions\": [{\"id\": \"eu-xy\", \"name\": \"New\"},"
        "    {\"id\": \"eu-nl\", \"name\": \"Holland\"}]}]}",
        -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_clouds_get_n (clouds), ==, 5);
  g_assert_cmpstr (wb_clouds_get (clouds, 4)->id, ==, WB_CLOUD_OTHER);

  cloud = wb_clouds_get (clouds, 3);
  g_assert_cmpstr (cloud->id, ==, "partner");
  g_assert_cmpstr (cloud->name, ==, "Part & Ner 云");
  g_assert_cmpstr (cloud->agency_key, ==, "xrole_name");
  g_assert_true (cloud->is_own);
  region = wb_cloud_find_region (cloud, "a-1");
  g_assert_cmpstr (region->name, ==, "A (a-1)");
  g_assert_cmpstr (region->service_url, ==, "https://dlf.a-1.example.com");
  g_assert_cmpstr (region->identity_url, ==, "https://iam.example.com");
  g_assert_null (region->management_url);
  g_assert_false (region->doubtful);
  region = wb_cloud_find_region (cloud, "b-1");
  g_assert_cmpstr (region->service_url, ==, "http://127.0.0.1:8080");
  g_assert_true (region->doubtful);

  cloud = wb_clouds_find (clouds, "otc");
  g_assert_false (cloud->is_own);
  g_assert_cmpuint (cloud->regions->len, ==, 3);
  g_assert_cmpstr (wb_cloud_find_region (cloud, "eu-xy")->service_url, ==,
                   "https://dayu-dlf.eu-xy.otc.t-systems.com");
  g_assert_cmpstr (wb_cloud_find_region (cloud, "eu-nl")->name, ==, "Holland (eu-nl)");

  /* An account there, with IDs of another form. */
  wb_account_set (account, WB_ACCOUNT_CLOUD, "partner");
  wb_account_set (account, WB_ACCOUNT_REGION, "a-1");
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, "Project-1");
  reason = wb_account_validate (account, clouds, WB_ACCOUNT_PROJECT_ID);
  g_assert_cmpstr (reason, ==, NULL);
  endpoints = wb_account_dup_endpoints (account, clouds, &error);
  g_assert_no_error (error);
  g_assert_null (endpoints->management_url);
}

#define CLOUD(members) "{\"clouds\":[{\"id\":\"c\",\"name\":\"C\"," members "}]}"
#define REGION(members)                                                                  \
  CLOUD ("\"service\":\"https://s.example.com\",\"identity\":\"https://i.example.com\"," \
         "\"regions\":[{" members "}]")

/* Each with a sentence that names the place, and nothing is taken. */
static void
test_broken (void)
{
  static const struct
  {
    const char *text;
    const char *reason;
  } files[] = {
    { "", "" },
    { "{", "" },
    { "[]", "not a JSON object" },
    { "{}", "“clouds” is missing" },
    { "{\"clouds\":{}}", "“clouds” is not an array" },
    { "{\"cloud\":[]}", "“cloud” is not a known member" },
    { "{\"clouds\":[1]}", "clouds[0] is not an object" },
    { "{\"clouds\":[{}]}", "clouds[0]: “id” is missing" },
    { "{\"clouds\":[{\"id\":1}]}", "clouds[0]: “id” is not a string" },
    { "{\"clouds\":[{\"id\":\"a b\"}]}", "clouds[0]: “id” contains characters other" },
    { "{\"clouds\":[{\"id\":\"other\"}]}", "clouds[0]: “id” is reserved for" },
    { "{\"clouds\":[{\"id\":\"c\"}]}", "clouds[0]: “name” is missing" },
    { CLOUD ("\"x\\u202ey\":1"), "clouds[0]: “x\\u{202E}y” is not a known member" },
    { CLOUD ("\"agency\":\"role\""), "clouds[0]: “agency” is neither" },
    { CLOUD ("\"service\":\"https://s.example.com\""), "clouds[0]: “regions” is missing" },
    { CLOUD ("\"regions\":[]"), "clouds[0]: “regions” is empty" },
    { CLOUD ("\"regions\":[{\"id\":\"r\",\"name\":\"R\"}]"), "regions[0]: “service” is missing" },
    { REGION ("\"name\":\"R\""), "clouds[0].regions[0]: “id” is missing" },
    { REGION ("\"id\":\"r\",\"name\":\"\""), "clouds[0].regions[0]: “name” is empty" },
    { REGION ("\"id\":\"r\",\"name\":\"a\\nb\""), "regions[0]: “name” has an invisible" },
    { REGION ("\"id\":\"r\",\"name\":\"R\",\"doubtful\":1"), "“doubtful” is neither" },
    { REGION ("\"id\":\"r\",\"name\":\"R\",\"service\":\"http://s.example.com\""), "“service”" },
    { REGION ("\"id\":\"r\",\"name\":\"R\",\"identity\":\"https://u:p@h\""), "“identity”" },
    { REGION ("\"id\":\"r\",\"name\":\"R\",\"management\":\"file:///etc\""), "“management”" },
    { REGION ("\"id\":\"r\",\"name\":\"R\",\"service\":\"。\""),
      "“service” The host name is missing" },
    { REGION ("\"id\":\"r\",\"name\":\"R\",\"identity\":\"https://\ufe0e/v3\""),
      "“identity” The host name is missing" },
    { REGION ("\"id\":\"r\",\"name\":\"R\"},{\"id\":\"r\",\"name\":\"R\""),
      "regions[1]: “id” is there twice" },
  };
  g_autoptr (WbClouds) clouds = wb_clouds_new ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (load (clouds, files[i].text, -1, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      if (strstr (error->message, files[i].reason) == NULL)
        g_error ("%s: %s", files[i].text, error->message);
      g_assert_nonnull (strstr (error->message, "Waybill does not use your clouds in “"));
      g_assert_nonnull (strstr (error->message, "/clouds.json”. "));
      g_assert_cmpuint (wb_clouds_get_n (clouds), ==, 4);
    }
}

/* The file's text, with so many clouds, and in the last one so many regions. */
static char *
make_many (guint n_clouds,
           guint n_regions)
{
  GString *text = g_string_new ("{\"clouds\":[");

  for (guint i = 0; i < n_clouds; i++)
    {
      g_string_append_printf (text,
                              "%s{\"id\":\"own-%u\",\"name\":\"Own %u\","
                              "\"service\":\"https://dlf.{region}.example.com\","
                              "\"identity\":\"https://iam.{region}.example.com\",\"regions\":[",
                              i > 0 ? "," : "", i, i);
      for (guint j = 0; j < (i + 1 == n_clouds ? n_regions : 1); j++)
        g_string_append_printf (text, "%s{\"id\":\"r-%u\",\"name\":\"R %u\"}", j > 0 ? "," : "",
                                j, j);
      g_string_append (text, "]}");
    }
  g_string_append (text, "]}");

  return g_string_free (text, FALSE);
}

static void
test_limits (void)
{
  static const struct
  {
    guint    n_clouds;
    guint    n_regions;
    gsize    length_bytes; /* filled up with spaces; 0 for as it is */
    gboolean fits;
  } cases[] = {
    { WB_CLOUD_FILE_MAX_CLOUDS, 1, 0, TRUE },
    { WB_CLOUD_FILE_MAX_CLOUDS + 1, 1, 0, FALSE },
    { 1, WB_CLOUD_FILE_MAX_REGIONS, 0, TRUE },
    { 1, WB_CLOUD_FILE_MAX_REGIONS + 1, 0, FALSE },
    { 1, 1, WB_CLOUD_FILE_MAX_BYTES, TRUE },
    { 1, 1, WB_CLOUD_FILE_MAX_BYTES + 1, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbClouds) clouds = wb_clouds_new ();
      g_autofree char *text = make_many (cases[i].n_clouds, cases[i].n_regions);
      gsize            length = strlen (text);
      gsize            more = MAX (cases[i].length_bytes, length) - length;
      g_autofree char *spaces = g_strnfill (more, ' ');
      g_autofree char *whole = g_strconcat (text, spaces, NULL);
      const guint      n_before = wb_clouds_get_n (clouds);
      g_autoptr (GError) error = NULL;

      g_test_message ("%u", i);
      g_assert_true (load (clouds, whole, -1, &error) == cases[i].fits);
      if (!cases[i].fits)
        g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_cmpuint (wb_clouds_get_n (clouds), ==,
                        n_before + (cases[i].fits ? cases[i].n_clouds : 0));
    }
}

/* Paths that are not files, and the program's own file with a byte wrong. */
static void
test_hostile (void)
{
  g_autofree char *pipe = g_build_filename (g_get_home_dir (), "pipe.json", NULL);
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, ' ');
  const char      *paths[] = { pipe, "/", "/dev/zero" };
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (GBytes) own = NULL;
  g_autofree char *text = NULL;
  gsize            length;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (wb_clouds_load (clouds, paths[i], &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE);
    }
  g_assert_false (load (clouds, large, -1, NULL));
  g_assert_false (load (clouds, "{\"clouds\":[],\0}", 15, NULL));

  own = g_resources_lookup_data ("/io/github/waybill/Waybill/clouds.json",
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  text = g_strndup (g_bytes_get_data (own, &length), g_bytes_get_size (own));
  g_assert_true (load (clouds, text, -1, NULL));
  for (gsize i = 0; i < length; i += 7)
    {
      char right = text[i];

      text[i] = "\"{}[]:,x\xff\n"[i % 10];
      load (clouds, text, (gssize) length, NULL);
      g_assert_cmpuint (wb_clouds_get_n (clouds), >=, 4);
      g_assert_nonnull (wb_clouds_find (clouds, WB_CLOUD_OTHER));
      text[i] = right;
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
  g_test_add_func ("/cloud/own", test_own);
  g_test_add_func ("/cloud/broken", test_broken);
  g_test_add_func ("/cloud/hostile", test_hostile);
  g_test_add_func ("/cloud/limits", test_limits);

  return g_test_run ();
}
