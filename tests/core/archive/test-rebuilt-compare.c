/* test-rebuilt-compare.c: archives of the same connections from different sources
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"

#include "core/archive/compare/compare.h"
#include "core/archive/rebuilt/rebuild.h"

#include <string.h>

/* A made-up connection, and what each source says of it. */
typedef struct
{
  const char *type;
  const char *management_type;
  const char *prefix; /* of its user name and password in Management Center */
  gboolean    has[12];
  guint       number;
  gboolean    changed;
} Made;

enum
{
  CLUSTER,
  ADDRESS,
  PORT,
  USER,
  PASSWORD,
  SSL,
  KMS,
  AGENT,
  METHOD,
  DRIVER,
  DESCRIPTION,
  CONFIG,
};

static void
made_init (Made  *made,
           guint  number,
           GRand *rand)
{
  static const char *const types[][3] = {
    { "DWS", "DWS", "" },
    { "HIVE", "MRS_HIVE", "db" },
    { "SparkSQL", "MRS_SPARK", "db" },
    { "DLI", "DLI", "" },
    { "MRS_HBASE", "MRS_HBASE", "ns" },
    { "RDS", "RDS", "db" },
    { "HOST", "HOST", "" },
    { "CloudTable", "CLOUDTABLE", "" },
    { "DORIS", "DORIS", "db" },
  };
  const char *const *type = types[g_rand_int_range (rand, 0, G_N_ELEMENTS (types))];

  *made = (Made){
    .type = type[0],
    .management_type = type[1],
    .prefix = type[2],
    .number = number,
  };
  for (guint i = 0; i < G_N_ELEMENTS (made->has); i++)
    made->has[i] = g_rand_boolean (rand);
}

static void
put (GString    *out,
     gboolean    has,
     const char *format,
     ...) G_GNUC_PRINTF (3, 4);

static void
put (GString    *out,
     gboolean    has,
     const char *format,
     ...)
{
  va_list args;

  if (!has)
    return;
  if (out->str[out->len - 1] != '{')
    g_string_append (out, ", ");
  va_start (args, format);
  g_string_append_vprintf (out, format, args);
  va_end (args);
}

/* As the export and the list have it; the first with a password, stars or nothing, the second with
 * stars. */
static char *
dup_factory (const Made *made,
             gboolean    exported)
{
  static const char *const passwords[] = { "Clear-Word-9", "*********", "" };
  const gboolean          *has = made->has;
  guint                    n = made->number;
  GString                 *out = g_string_new ("{");

  put (out, TRUE, "'name': 'c%u', 'type': '%s'", n, made->type);
  put (out, has[DESCRIPTION], "'description': 'About %u'", n);
  if (has[CONFIG])
    {
      put (out, TRUE, "'config': {");
      put (out, has[CLUSTER], "'clusterName': 'cluster-%u%s'", n, made->changed ? "x" : "");
      put (out, has[ADDRESS], "'ip': '10.0.0.%u'", n);
      put (out, has[PORT], "'port': '%u'", 8000 + n);
      put (out, has[USER], "'userName': 'user-%u'", n);
      put (out, has[PASSWORD], "'password': '%s'", exported ? passwords[n % 3] : "*********");
      put (out, has[SSL], "'sslEnable': true");
      put (out, has[KMS], "'kmsKey': 'key-%u'", n);
      put (out, has[AGENT], "'agentName': 'cdm-%u'", n);
      put (out, has[METHOD], "'connectionMethod': 'agent'");
      put (out, has[DRIVER], "'driverPath': 'obs://b/%u.jar'", n);
      g_string_append (out, "}");
    }
  g_string_append (out, "}");

  return g_string_free (out, FALSE);
}

/* Camel or snake case. */
static const char *
spell (gboolean    snake,
       const char *camel,
       const char *other)
{
  return snake ? other : camel;
}

static char *
dup_management (const Made *made,
                gboolean    snake)
{
  const gboolean *has = made->has;
  guint           n = made->number;
  GString        *out = g_string_new ("{");
  const char     *prefix = made->prefix;
  gboolean        plain = *prefix == '\0';

  put (out, TRUE, "'dw_id': 'id-%u', 'dw_name': 'c%u', 'dw_type': '%s'", n, n,
       made->management_type);
  put (out, TRUE, "'%s': 'DB'", n % 2 == 0 ? "dw_catagory" : "dw_category");
  put (out, TRUE, "'qualified_name': 'X@10.0.0.%u-user-%u.p-workspace-w', 'env_type': 0", n, n);
  put (out, TRUE, "'create_time': 1700000000000, 'create_user': 'alice'");
  put (out, has[DESCRIPTION], "'description': 'About %u'", n);
  put (out, !has[DESCRIPTION] && n % 2 == 0, "'description': null");
  put (out, has[CONFIG] && has[AGENT], "'agent_name': 'cdm-%u', 'agent_id': 'a-%u'", n, n);
  put (out, TRUE, "'dw_config': {");
  if (has[CONFIG])
    {
      put (out, has[CLUSTER], "'%s': 'cluster-%u%s', '%s': 'i-%u'",
           spell (snake, "clusterName", "cluster_name"), n, made->changed ? "x" : "",
           spell (snake, "clusterId", "cluster_id"), n);
      put (out, has[ADDRESS], "'ip': '10.0.0.%u'", n);
      put (out, has[PORT], n % 2 == 0 ? "'port': %u" : "'port': '%u'", 8000 + n);
      put (out, has[USER], "'%s%s': 'user-%u'", prefix,
           plain ? spell (snake, "userName", "user_name") : spell (snake, "UserName", "_user_name"),
           n);
      put (out, has[PASSWORD], "'%s%s': '%s'", prefix,
           plain ? "password" : spell (snake, "Password", "_password"), n % 2 == 0 ? "" : "******");
      put (out, has[PASSWORD], "'%s': 'Q0lQSEVS', '%s': 'SVZJVklW'",
           spell (snake, "encryptValue", "encrypt_value"), spell (snake, "iV", "i_v"));
      put (out, has[KMS], "'%s': 'key-%u', '%s': 'k-%u'", spell (snake, "kmsName", "kms_name"), n,
           spell (snake, "kmsId", "kms_id"), n);
      put (out, has[METHOD], "'%s': 'agent'",
           spell (snake, "mrsConnectionType", "mrs_connection_type"));
      put (out, TRUE, "'%s': '3.1', 'update_time': 17",
           spell (snake, "mrsVersion", "mrs_version"));
    }
  g_string_append (out, "}}");

  return g_string_free (out, FALSE);
}

#define N_FORMS 5

/* The same connections from each source: an export, a list, and Management Center in both dialects
 * and mixed. */
static void
make_archives (GArray    *made,
               WbArchive *archives[N_FORMS])
{
  WbRebuild *rebuilds[N_FORMS] = { NULL };
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  for (guint form = 1; form < N_FORMS; form++)
    rebuilds[form] = wb_rebuild_new (form == 1 ? WB_SOURCE_LIST : WB_SOURCE_MANAGEMENT);
  for (guint i = 0; i < made->len; i++)
    {
      const Made      *one = &g_array_index (made, Made, i);
      g_autofree char *path = g_strdup_printf ("connections/c%u.conn", one->number);
      g_autofree char *exported = g_strdelimit (dup_factory (one, TRUE), "'", '"');
      g_autofree char *listed = dup_factory (one, FALSE);
      g_autofree char *camel = dup_management (one, FALSE);
      g_autofree char *snake = dup_management (one, TRUE);

      wb_zip_maker_add_text (maker, path, exported);
      archive_add_reply (rebuilds[1], listed);
      archive_add_reply (rebuilds[2], camel);
      archive_add_reply (rebuilds[3], snake);
      archive_add_reply (rebuilds[4], i % 2 == 0 ? camel : snake);
    }
  archives[0] = archive_open_maker (maker);
  for (guint form = 1; form < N_FORMS; form++)
    {
      archives[form] = archive_open_rebuilt (rebuilds[form]);
      wb_rebuild_free (rebuilds[form]);
    }
}

static guint
count_changes (WbArchive *old_archive,
               WbArchive *new_archive,
               guint      n_values[WB_N_CHANGE_KINDS])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbComparison) comparison = wb_comparison_new (old_archive, new_archive, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = wb_comparison_dup_text (comparison, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (text, "Clear-Word-9"));
  g_assert_null (strstr (text, "Q0lQSEVS"));
  archive_assert_index (old_archive, new_archive, comparison);
  if (wb_comparison_get_n_counted (comparison) > 0)
    g_test_message ("%s", text);
  for (guint kind = WB_CHANGE_COUNTED; kind < WB_N_CHANGE_KINDS; kind++)
    n_values[kind] = wb_comparison_get_n_values (comparison, (WbChangeKind) kind);

  return wb_comparison_get_n_counted (comparison);
}

/* Whatever the source and its dialect, the same connections are the same, and one that was changed
 * is changed, from either side. */
static void
test_compare (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint round = 0; round < 6; round++)
    {
      g_autoptr (GArray) made = g_array_new (FALSE, FALSE, sizeof (Made));
      WbArchive *archives[N_FORMS];
      WbArchive *changed[N_FORMS];

      for (guint i = 0; i < 12; i++)
        {
          Made one;

          made_init (&one, i, rand);
          if (i == 0)
            one.has[CONFIG] = one.has[CLUSTER] = TRUE;
          g_array_append_val (made, one);
        }
      make_archives (made, archives);
      g_array_index (made, Made, 0).changed = TRUE;
      make_archives (made, changed);

      for (guint a = 0; a < N_FORMS; a++)
        {
          for (guint b = 0; b < N_FORMS; b++)
            {
              guint there[WB_N_CHANGE_KINDS];
              guint back[WB_N_CHANGE_KINDS];

              g_test_message ("from form %u to form %u", a, b);
              g_assert_cmpuint (count_changes (archives[a], archives[b], there), ==, 0);
              g_assert_cmpuint (count_changes (archives[b], archives[a], back), ==, 0);
              for (guint kind = WB_CHANGE_COUNTED; kind < WB_N_CHANGE_KINDS; kind++)
                g_assert_cmpuint (there[kind], ==, back[kind]);
              g_assert_cmpuint (count_changes (archives[a], changed[b], there), ==, 1);
              g_assert_cmpuint (there[WB_CHANGE_COUNTED], ==, 1);
            }
        }
      for (guint form = 0; form < N_FORMS; form++)
        {
          g_object_unref (archives[form]);
          g_object_unref (changed[form]);
        }
    }
}

/* What each pair of sources makes of one value. */
static void
test_not_in_source (void)
{
  static const struct
  {
    const char *exported;
    const char *listed;
    guint       n_not_in_source;
    guint       n_not_compared;
    guint       n_counted;
  } cases[] = {
    { "", "", 0, 0, 0 },
    { "'sslEnable': true", "", 1, 0, 0 },
    { "", "'clusterId': 'x'", 1, 0, 0 },
    { "", "'kms_id': 'x'", 1, 0, 0 },
    { "'clusterId': 'x'", "'cluster_id': 'x'", 1, 0, 0 },
    { "'clusterId': 'x'", "'cluster_id': 'y'", 0, 0, 1 },
    { "'dbUserName': 'x'", "'userName': 'x'", 1, 0, 0 },
    { "'kmsName': 'x'", "'kms_name': 'x'", 1, 0, 0 },
    { "'kmsName': 'x'", "'kms_name': 'y'", 0, 0, 1 },
    { "'port': 8000", "'port': '8000'", 1, 0, 0 },
    { "'port': 8000", "'port': '8001'", 0, 0, 1 },
    { "'sslEnable': true", "'ssl_enable': 'true'", 1, 0, 0 },
    { "'sslEnable': true", "'ssl_enable': false", 0, 0, 1 },
    { "'x': null", "'x': ''", 1, 0, 0 },
    { "'x': null", "'x': 'y'", 1, 0, 0 },
    { "'x': ''", "'x': 'y'", 0, 0, 1 },
    { "'userName': 'x'", "'userName': 'y'", 0, 0, 1 },
    { "'password': 'x'", "'password': '***'", 0, 1, 0 },
    { "'password': 'x'", "'password': 'y'", 0, 0, 1 },
    { "'password': 'x'", "", 0, 1, 0 },
    { "'password': ''", "'password': '***'", 0, 1, 0 },
    { "'url': 'jdbc:x://u:p4ssw0rd@h'", "'url': 'jdbc:x://u:*****@h'", 1, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbRebuild) rebuild = wb_rebuild_new (WB_SOURCE_MANAGEMENT);
      g_autoptr (WbArchive) exported = NULL;
      g_autoptr (WbArchive) rebuilt = NULL;
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
      g_autofree char *text = g_strdup_printf ("{'name': 'c', 'type': 'X', 'config': {%s}}",
                                               cases[i].exported);
      g_autofree char *listed = g_strdup_printf ("{'dw_name': 'c', 'dw_type': 'X',"
                                                 " 'dw_config': {%s}}",
                                                 cases[i].listed);

      g_strdelimit (text, "'", '"');
      wb_zip_maker_add_text (maker, "connections/c.conn", text);
      exported = archive_open_maker (maker);
      archive_add_reply (rebuild, listed);
      rebuilt = archive_open_rebuilt (rebuild);

      g_test_message ("%s, %s", text, listed);
      for (guint back = 0; back < 2; back++)
        {
          guint n_values[WB_N_CHANGE_KINDS];
          guint n = back ? count_changes (rebuilt, exported, n_values)
                         : count_changes (exported, rebuilt, n_values);

          g_assert_cmpuint (n, ==, cases[i].n_counted);
          g_assert_cmpuint (n_values[WB_CHANGE_COUNTED], ==, cases[i].n_counted);
          g_assert_cmpuint (n_values[WB_CHANGE_NOT_COMPARED], ==, cases[i].n_not_compared);
          g_assert_cmpuint (n_values[WB_CHANGE_NOT_IN_SOURCE], >=, cases[i].n_not_in_source);
        }
    }
}

/* Waybill's names for files are no other names of their connections. */
static void
test_names (void)
{
  static const char *const old_names[] = { "a/b", "same", "x:y" };
  static const char *const new_names[] = { "a-b", "a/b", "same", "x:y" };
  g_autoptr (WbRebuild) old_rebuild = wb_rebuild_new (WB_SOURCE_LIST);
  g_autoptr (WbRebuild) new_rebuild = wb_rebuild_new (WB_SOURCE_LIST);
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) exported = NULL;
  g_autoptr (WbArchive) old_rebuilt = NULL;
  g_autoptr (WbArchive) new_rebuilt = NULL;
  g_autoptr (WbComparison) rebuilt = NULL;
  guint n_values[WB_N_CHANGE_KINDS];

  for (guint i = 0; i < G_N_ELEMENTS (old_names); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"name\": \"%s\", \"type\": \"DLI\"}",
                                               old_names[i]);
      g_autofree char *path = g_strdup_printf ("connections/%s.conn", old_names[i]);

      wb_zip_maker_add_text (maker, path, json);
      archive_add_reply (old_rebuild, json);
    }
  for (guint i = 0; i < G_N_ELEMENTS (new_names); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"name\": \"%s\", \"type\": \"DLI\"}",
                                               new_names[i]);

      archive_add_reply (new_rebuild, json);
    }
  exported = archive_open_maker (maker);
  old_rebuilt = archive_open_rebuilt (old_rebuild);
  new_rebuilt = archive_open_rebuilt (new_rebuild);

  g_assert_cmpuint (count_changes (exported, old_rebuilt, n_values), ==, 0);
  g_assert_cmpuint (count_changes (old_rebuilt, exported, n_values), ==, 0);
  rebuilt = wb_comparison_new (old_rebuilt, new_rebuilt, NULL, NULL);
  g_assert_cmpuint (wb_comparison_get_n_of (rebuilt, WB_DIFFERENCE_ADDED), ==, 1);
  g_assert_cmpuint (wb_comparison_get_n_counted (rebuilt), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rebuilt-compare/sources", test_compare);
  g_test_add_func ("/rebuilt-compare/names", test_names);
  g_test_add_func ("/rebuilt-compare/not-in-source", test_not_in_source);

  return g_test_run ();
}
