/* test-openstack-cloud.c: clouds.yaml as OpenStack's clients read it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/openstack-cloud.h"

#include <string.h>

#include "core/error.h"
#include "core/input-limits.h"

static GBytes *
new_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static WbOpenstackCloud *
read_cloud (const char *text,
            const char *name)
{
  g_autoptr (WbOpenstackCloud) cloud = wb_openstack_cloud_new ();
  g_autoptr (GBytes) bytes = new_bytes (text);
  g_autofree char *names = NULL;
  g_autoptr (GError) error = NULL;

  wb_openstack_cloud_add (cloud, bytes, "clouds", name, &names, &error);
  g_assert_no_error (error);
  g_assert_null (names);

  return g_steal_pointer (&cloud);
}

/* Each way to write a value, and what is none. */
static void
test_values (void)
{
  static const struct
  {
    const char *yaml; /* of the cloud */
    const char *key;
    const char *value;
  } cases[] = {
    { "{auth: {username: me}}", "username", "me" },
    { "{username: me}", "username", "me" },
    { "{username: outer, auth: {username: me}}", "username", "me" },
    { "{auth: {username: first, username: me}}", "username", "me" },
    { "{auth: {project-name: p}}", "project_name", "p" },
    { "{auth: {password: 0123}}", "password", "0123" },
    { "{auth: {password: 'it''s: #1'}}", "password", "it's: #1" },
    { "{auth: {password: \"\\u5bc6\\n\"}}", "password", "密\n" },
    { "{auth: {password: !!str null}}", "password", NULL },
    { "{auth: {password: 'null'}}", "password", "null" },
    { "{auth: {password: ~}}", "password", NULL },
    { "{auth: {password: }}", "password", NULL },
    { "{auth: {password: ''}}", "password", NULL },
    { "{auth: {password: \"a\\0b\"}}", "password", NULL },
    { "{auth: {password: {a: b}}}", "password", NULL },
    { "{auth: none}", "auth", "none" },
    { "{verify: no}", "verify", "no" },
    { "{regions: [eu-de, {name: eu-nl}, 3, {x: y}]}", "regions", "eu-de,eu-nl,3" },
    { "{auth_methods: [password, totp]}", "auth_methods", "password,totp" },
    { "{regions: []}", "regions", NULL },
    { "{a: &x {username: me, password: p}, auth: *x}", "username", "me" },
    { "{auth: {<<: {username: me, password: p}, password: q}}", "password", "q" },
    { "{auth: {<<: {username: me, password: p}, password: q}}", "username", "me" },
    { "{<<: {auth: {username: me}}}", "username", "me" },
    { "{auth: {<<: [{username: a}, {username: b, password: c}]}}", "username", "a" },
    { "{auth: {<<: [{username: a}, {username: b, password: c}]}}", "password", "c" },
    { "{auth: &x {<<: *x, username: me}}", "username", "me" },
    { "{auth: &x {<<: [*x, *x, *x, *x, *x, *x, *x, *x]}}", "username", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("clouds: {mine: %s}", cases[i].yaml);
      g_autoptr (WbOpenstackCloud) cloud = read_cloud (text, "mine");

      g_test_message ("%s", text);
      g_assert_cmpstr (wb_openstack_cloud_get (cloud, cases[i].key), ==, cases[i].value);
    }
}

/* What comes first stays, as with secure.yaml; and only what stands below `auth` is listed. */
static void
test_layers (void)
{
  g_autoptr (WbOpenstackCloud) cloud = read_cloud ("clouds:\n  mine:\n    auth: {password: p}\n",
                                                   "mine");
  g_autoptr (GBytes) bytes = new_bytes ("\xef\xbb\xbf"
                                        "clouds:\r\n"
                                        "  other: {auth: {username: no}}\r\n"
                                        "  mine:\r\n"
                                        "    region_name: eu-de\r\n"
                                        "    auth:\r\n"
                                        "      auth_url: https://iam.example/v3\r\n"
                                        "      password: other\r\n");
  g_auto (GStrv) keys = NULL;
  g_autofree char *joined = NULL;

  g_assert_true (wb_openstack_cloud_add (cloud, bytes, "clouds", "mine", NULL, NULL));
  g_assert_cmpstr (wb_openstack_cloud_get (cloud, "password"), ==, "p");
  g_assert_cmpstr (wb_openstack_cloud_get (cloud, "auth_url"), ==, "https://iam.example/v3");
  g_assert_cmpstr (wb_openstack_cloud_get (cloud, "region_name"), ==, "eu-de");
  g_assert_null (wb_openstack_cloud_get (cloud, "username"));
  keys = wb_openstack_cloud_list_auth (cloud);
  joined = g_strjoinv (" ", keys);
  g_assert_cmpstr (joined, ==, "auth_url password");
}

static void
test_no_cloud (void)
{
  static const struct
  {
    const char *yaml;
    const char *names;
  } cases[] = {
    { "clouds: {a: {}, b: {x: y}}", "a, b" },
    { "clouds: {mine: text}", "mine" },
    { "clouds: [mine]", "" },
    { "public-clouds: {mine: {}}", "" },
    { "mine", "" },
    { "", "" },
    { "# nothing\n", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbOpenstackCloud) cloud = wb_openstack_cloud_new ();
      g_autoptr (GBytes) bytes = new_bytes (cases[i].yaml);
      g_autofree char *names = NULL;
      g_autoptr (GError) error = NULL;

      wb_openstack_cloud_add (cloud, bytes, "clouds", "mine", &names, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (names, ==, cases[i].names);
    }
}

/* Names the line, and repeats nothing. */
static void
test_broken (void)
{
  g_autofree char *deep = g_strnfill (50000, '[');
  const struct
  {
    const char *yaml;
    const char *words;
  } cases[] = {
    { "clouds:\n  a: {password: CANARY\n", "Line " },
    { "clouds:\n\tCANARY: x\n", "Line 2 " },
    { "clouds: *CANARY\n", "Line 1 " },
    { "a: b\n- CANARY\n", "Line 2 " },
    { "\xff\xfe\xfd", "Line 1 " },
    { "clouds: \x01 CANARY", "Line 1 " },
    { "clouds:\n  a:\n    b: \x01 CANARY", "Line 3 " },
    { "clouds:\n  a: \xe4 CANARY\n", "Line 2 " },
    { deep, "too deeply" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbOpenstackCloud) cloud = wb_openstack_cloud_new ();
      g_autoptr (GBytes) bytes = new_bytes (cases[i].yaml);
      g_autoptr (GError) error = NULL;

      g_assert_false (wb_openstack_cloud_add (cloud, bytes, "clouds", "a", NULL, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_null (strstr (error->message, "CANARY"));
    }
}

/* At the limits of depth and size, and one beyond. */
static void
test_limits (void)
{
  for (gsize beyond = 0; beyond < 2; beyond++)
    {
      /* The braces of two levels are around it. */
      g_autofree char  *open = g_strnfill (WB_OPENSTACK_CLOUD_MAX_DEPTH - 2 + beyond, '[');
      g_autofree char  *closed = g_strnfill (WB_OPENSTACK_CLOUD_MAX_DEPTH - 2 + beyond, ']');
      g_autofree char  *deep = g_strconcat ("clouds: {mine: {x: ", open, closed, "}}\n", NULL);
      g_autofree char  *large = g_strnfill (WB_OPENSTACK_CLOUD_MAX_BYTES + beyond, '\n');
      const char *const texts[] = { deep, large };

      memcpy (large, "clouds: {mine: {x: y}}", strlen ("clouds: {mine: {x: y}}"));
      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        {
          g_autoptr (WbOpenstackCloud) cloud = wb_openstack_cloud_new ();
          g_autoptr (GBytes) bytes = new_bytes (texts[i]);
          g_autoptr (GError) error = NULL;

          wb_openstack_cloud_add (cloud, bytes, "clouds", "mine", NULL, &error);
          if (beyond == 0)
            g_assert_no_error (error);
          else
            g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
        }
    }
}

/* As many mappings in a row are merged as the limit says, and not one more. */
static void
test_merges (void)
{
  for (guint beyond = 0; beyond < 2; beyond++)
    {
      g_autoptr (GString) text = g_string_new ("clouds: {mine: {");
      g_autoptr (WbOpenstackCloud) cloud = NULL;

      for (guint i = 0; i < WB_OPENSTACK_CLOUD_MAX_MERGES + beyond; i++)
        g_string_append (text, "<<: {");
      g_string_append (text, "username: me");
      for (guint i = 0; i < WB_OPENSTACK_CLOUD_MAX_MERGES + beyond; i++)
        g_string_append_c (text, '}');
      g_string_append (text, "}}");
      cloud = read_cloud (text->str, "mine");
      g_assert_cmpstr (wb_openstack_cloud_get (cloud, "username"), ==, beyond == 0 ? "me" : NULL);
    }
}

/* Each beginning of a file is taken or refused, and nothing else happens. */
static void
test_cut_off (void)
{
  static const char text[] = "clouds: &c\n  mine: {<<: *c, auth: {'user-name': \"\\u00e9\", "
                             "p: !!str ~}, r: [a, {name: b}]}\n# end\n...\n";

  for (gsize i = 0; i < sizeof text; i++)
    {
      g_autoptr (WbOpenstackCloud) cloud = wb_openstack_cloud_new ();
      g_autoptr (GBytes) bytes = g_bytes_new (text, i);
      g_autofree char *names = NULL;

      wb_openstack_cloud_add (cloud, bytes, "clouds", "mine", &names, NULL);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/openstack-cloud/values", test_values);
  g_test_add_func ("/openstack-cloud/layers", test_layers);
  g_test_add_func ("/openstack-cloud/no-cloud", test_no_cloud);
  g_test_add_func ("/openstack-cloud/broken", test_broken);
  g_test_add_func ("/openstack-cloud/limits", test_limits);
  g_test_add_func ("/openstack-cloud/merges", test_merges);
  g_test_add_func ("/openstack-cloud/cut-off", test_cut_off);

  return g_test_run ();
}
