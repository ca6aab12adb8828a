/* test-compare.c: what changed from one archive to another, and that no secret is told
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"
#include "await.h"

#include "core/archive/compare/compare.h"

#include <string.h>

static WbArchive *
open_one (const char *text)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  wb_zip_maker_add_text (maker, "connections/a.conn", text);

  return archive_open_maker (maker);
}

static WbComparison *
compare (WbArchive *old_archive,
         WbArchive *new_archive)
{
  g_autoptr (GError) error = NULL;
  WbComparison *comparison = wb_comparison_new (old_archive, new_archive, NULL, &error);

  g_assert_no_error (error);
  archive_assert_index (old_archive, new_archive, comparison);

  return comparison;
}

static void
assert_text (WbComparison *comparison,
             const char   *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = wb_comparison_dup_text (comparison, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

/* Differences that do not count, and those that do. */
static void
test_equal (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean    same;
  } cases[] = {
    { "{\"a\":1,\"b\":{\"c\":[1,2]}}", " {\n\"b\" : {\"c\":[ 1,2]} , \"a\":1}\n", TRUE },
    { "{\"a\":\"\\u00e4\\/\"}", "\xef\xbb\xbf{\"a\":\"ä/\"}", TRUE },
    { "{\"a\":[110,1.10e+2,-0,0.0,100e-2]}", "{\"a\":[11E1,110.0,0,0e9,1]}", TRUE },
    { "{\"a\":12345678901234567890123456789}", "{\"a\":12345678901234567890123456788}", FALSE },
    { "{\"a\":1e99999999999999999999}", "{\"a\":1e99999999999999999998}", FALSE },
    { "{\"a\":1}", "{\"a\":\"1\"}", FALSE },
    { "{\"a\":[1,2]}", "{\"a\":[2,1]}", FALSE },
    { "{\"a\":[]}", "{\"a\":{}}", FALSE },
    { "{\"a\":null}", "{}", FALSE },
    { "{\"a\":false}", "{\"a\":true}", FALSE },
    { "{\"a\":{\"b\":1}}", "{\"a\":{\"b\":{}}}", FALSE },
    { "{\"a\":1,\"a\":2}", "{\"a\":2,\"a\":1}", FALSE },
    { "{\"a.b\":1}", "{\"a\":{\"b\":1}}", FALSE },
    { "{\"a\":{\"\\u0000b\":1}}", "{\"a\":{\"\":1}}", FALSE },
    { "{\"a\":-1}", "{\"a\":1}", FALSE },
    { "{\"a\":100}", "{\"a\":10}", FALSE },
    { "{\"password\":\"CANARY-1\"}", "{\"password\":\"CANARY-2\"}", FALSE },
    { "text", "text", TRUE },
    { "text", "text ", FALSE },
    { "[1]", "[1 ]", FALSE },
    { "{}", "[]", FALSE },
    { "", "", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbArchive) a = open_one (cases[i].a);
      g_autoptr (WbArchive) b = open_one (cases[i].b);
      g_autoptr (WbComparison) comparison = compare (a, b);
      g_autoptr (WbComparison) back = compare (b, a);
      g_autofree char *text = wb_comparison_dup_text (comparison, NULL, NULL);

      g_test_message ("case %u", i);
      g_assert_cmpint (wb_comparison_get_n (comparison) == 0, ==, cases[i].same);
      g_assert_cmpint (wb_comparison_get_n (back) == 0, ==, cases[i].same);
      g_assert_null (strstr (text, "CANARY"));
    }
}

static const char first[] =
  "{\"name\":\"rds\",\"type\":\"RDS\",\"config\":{\"ip\":\"10.0.0.1\",\"port\":\"3306\","
  "\"password\":\"CANARY-1\",\"token\":\"CANARY-2\",\"old\":\"x\",\"url\":\"http://u:CANARY-3@h\","
  "\"l\":[{\"k\":1}]}}";
static const char second[] =
  "{\"name\":\"rds\",\"type\":\"RDS\",\"config\":{\"ip\":\"10.0.0.2\",\"port\":\"3306\","
  "\"password\":\"CANARY-4\",\"token\":\"\",\"new\":\"<b>\\u202e\",\"url\":\"http://u:CANARY-5@h\","
  "\"l\":[{\"k\":2}],\"secret\":\"CANARY-6\"}}";

static const char expected_text[] =
  "1 added, 1 removed, 1 renamed, 1 changed, 1 the same, 1 secret cannot be compared\n"
  "\n"
  "Added\n"
  "  connections/new.conn (DLI)\n"
  "\n"
  "Removed\n"
  "  connections/gone\\u{202E}.conn (HIVE, mrs)\n"
  "\n"
  "Renamed\n"
  "  connections/one.conn → connections/two.conn (DWS, c1)\n"
  "\n"
  "Changed\n"
  "  connections/rds.conn (RDS, 10.0.0.2:3306)\n"
  "    config.ip: 10.0.0.1 → 10.0.0.2\n"
  "    config.l[0].k: 1 → 2\n"
  "    config.new: added, <b>\\u{202E}\n"
  "    config.old: removed, was x\n"
  "    config.password: changed\n"
  "    config.secret: added, ••••••••\n"
  "    config.url: changed\n"
  "\n"
  "Cannot be compared\n"
  "  connections/rds.conn (RDS, 10.0.0.2:3306)\n"
  "    config.token: not included on one side\n";

typedef struct
{
  WbArchive *old_archive;
  WbArchive *new_archive;
} Pair;

/* Between them is one difference of each kind. */
static void
set_up (Pair         *pair,
        gconstpointer data)
{
  g_autoptr (WbZipMaker) a = wb_zip_maker_new ();
  g_autoptr (WbZipMaker) b = wb_zip_maker_new ();

  wb_zip_maker_add_text (a, "connections/rds.conn", first);
  wb_zip_maker_add_text (a, "connections/gone\xe2\x80\xae.conn",
                         "{\"type\":\"HIVE\",\"config\":{\"clusterName\":\"mrs\"}}");
  wb_zip_maker_add_text (a, "connections/one.conn",
                         "{\"name\":\"one\",\"type\":\"DWS\",\"config\":{\"clusterName\":\"c1\"}}");
  wb_zip_maker_add_text (a, "connections/same.conn", "{\"name\":\"same\"}");
  wb_zip_maker_add_text (b, "connections/", "");
  wb_zip_maker_add_text (b, "connections/same.conn", "{ \"name\": \"same\" }");
  wb_zip_maker_add_text (b, "connections/new.conn", "{\"type\":\"DLI\"}");
  wb_zip_maker_add_text (b, "connections/two.conn",
                         "{\"type\":\"DWS\",\"name\":\"two\",\"config\":{\"clusterName\":\"c1\"}}");
  wb_zip_maker_add_text (b, "connections/rds.conn", second);
  pair->old_archive = archive_open_maker (a);
  pair->new_archive = archive_open_maker (b);
}

static void
tear_down (Pair         *pair,
           gconstpointer data)
{
  g_object_unref (pair->old_archive);
  g_object_unref (pair->new_archive);
}

static void
test_kinds (Pair         *pair,
            gconstpointer data)
{
  g_autoptr (WbComparison) comparison = NULL;
  g_autoptr (WbComparison) none = NULL;
  g_autoptr (GArray) changes = NULL;
  const WbDifference *renamed;

  comparison = compare (pair->old_archive, pair->new_archive);
  assert_text (comparison, expected_text);
  g_assert_cmpuint (wb_comparison_get_n (comparison), ==, 4);
  g_assert_cmpuint (wb_comparison_get_n_same (comparison), ==, 1);
  g_assert_cmpuint (wb_comparison_get_n_of (comparison, WB_DIFFERENCE_CHANGED), ==, 1);

  renamed = wb_comparison_get (comparison, 3);
  g_assert_cmpint (renamed->kind, ==, WB_DIFFERENCE_RENAMED);
  g_assert_cmpstr (renamed->path, ==, "connections/two.conn");
  g_assert_cmpstr (renamed->old_path, ==, "connections/one.conn");
  changes = wb_comparison_read_changes (comparison, 3, FALSE, NULL);
  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_cmpstr (g_array_index (changes, WbKeyChange, 0).key, ==, "name");

  none = compare (pair->old_archive, pair->old_archive);
  assert_text (none, "0 added, 0 removed, 0 renamed, 0 changed, 4 the same\n");
}

/* Neither of the values that are handed out holds a secret. */
static void
test_secrets (void)
{
  g_autoptr (WbArchive) old_archive = open_one (first);
  g_autoptr (WbArchive) new_archive = open_one (second);
  g_autoptr (WbComparison) comparison = compare (old_archive, new_archive);
  g_autoptr (GArray) changes = wb_comparison_read_changes (comparison, 0, FALSE, NULL);
  guint n_secret = 0;

  g_assert_cmpuint (changes->len, ==, 8);
  for (guint i = 0; i < changes->len; i++)
    {
      const WbKeyChange *change = &g_array_index (changes, WbKeyChange, i);

      g_assert_null (strstr (change->old_value != NULL ? change->old_value : "", "CANARY"));
      g_assert_null (strstr (change->new_value != NULL ? change->new_value : "", "CANARY"));
      n_secret += change->secret;
    }
  g_assert_cmpuint (n_secret, ==, 4);
}

/* What was a password before is not shown as a note now. */
static void
test_moved_secret (void)
{
  g_autoptr (WbArchive) old_archive = open_one ("{\"password\":\"CANARY-1\",\"note\":\"x\"}");
  g_autoptr (WbArchive) new_archive = open_one ("{\"password\":\"CANARY-2\","
                                                "\"note\":\"was CANARY-1\"}");
  g_autoptr (WbComparison) comparison = compare (old_archive, new_archive);
  g_autofree char *text = wb_comparison_dup_text (comparison, NULL, NULL);

  g_assert_nonnull (strstr (text, "note: changed\n"));
  g_assert_null (strstr (text, "CANARY"));
}

static void
test_other_files (void)
{
  g_autoptr (WbZipMaker) a = wb_zip_maker_new ();
  g_autoptr (WbZipMaker) b = wb_zip_maker_new ();
  g_autoptr (WbArchive) old_archive = NULL;
  g_autoptr (WbArchive) new_archive = NULL;
  g_autoptr (WbComparison) comparison = NULL;

  wb_zip_maker_add_text (a, "notes.txt", "one");
  wb_zip_maker_add_text (b, "notes.txt", "two");
  wb_zip_maker_add_text (a, "moved.txt", "three");
  wb_zip_maker_add_text (b, "moved2.txt", "three");
  wb_zip_maker_add_text (a, "twice.conn", "{}");
  wb_zip_maker_add_text (a, "twice.conn", "{\"a\":1}");
  wb_zip_maker_add_text (b, "twice.conn", "{}");
  wb_zip_maker_add (a, &(WbZipItem){ .name = "locked.conn", .data = "{}", .flag_bits = 1 });
  wb_zip_maker_add_text (b, "locked.conn", "{}");
  old_archive = archive_open_maker (a);
  new_archive = archive_open_maker (b);
  comparison = compare (old_archive, new_archive);
  assert_text (comparison,
               "0 added, 1 removed, 1 renamed, 1 changed, 1 the same, 1 not compared\n"
               "\nRemoved\n  twice.conn\n"
               "\nRenamed\n  moved.txt → moved2.txt\n"
               "\nChanged\n  notes.txt\n    The contents are different.\n"
               "\nNot compared, because it cannot be read\n  locked.conn\n");
}

/* The same files in another order, packed in another way, or with the same fault. */
static void
test_bytes (void)
{
  WbArchive  *archives[4];
  const guint n = 100;

  for (guint i = 0; i < G_N_ELEMENTS (archives); i++)
    {
      g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

      for (guint j = 0; j < n; j++)
        {
          guint            number = i == 1 ? n - 1 - j : j;
          g_autofree char *name = g_strdup_printf ("connections/%u.conn", number);
          g_autofree char *data = g_strdup_printf ("{\"name\":\"%u\"}", number);
          WbZipItem        item = { .name = name, .data = data };

          item.stored = i == 2;
          item.flag_bits = number == 7 ? 0x1 : 0;
          item.crc_xor = number == 8 ? 1 : 0;
          if (i == 3 && number == 9)
            item.data = "{\"name\":\"x\"}";
          wb_zip_maker_add (maker, &item);
        }
      archives[i] = archive_open_maker (maker);
    }

  for (guint i = 0; i < G_N_ELEMENTS (archives); i++)
    {
      g_autoptr (WbComparison) comparison = compare (archives[0], archives[i]);

      /* Of an encrypted entry only the bytes as they lie there can be compared. */
      g_assert_cmpuint (wb_comparison_get_n_of (comparison, WB_DIFFERENCE_UNREADABLE), ==, i == 2);
      g_assert_cmpuint (wb_comparison_get_n_of (comparison, WB_DIFFERENCE_CHANGED), ==, i == 3);
      g_assert_cmpuint (wb_comparison_get_n (comparison), ==, i > 1 ? 1 : 0);
      g_assert_cmpuint (wb_comparison_get_n_same (comparison), ==, i > 1 ? n - 1 : n);
    }

  for (guint i = 0; i < G_N_ELEMENTS (archives); i++)
    g_clear_object (&archives[i]);
}

/* Much below a long key, many changes, deep ones: within bounds. */
static void
test_large (void)
{
  g_autoptr (GString) old_text = g_string_new ("{\"");
  g_autoptr (GString) new_text = NULL;
  g_autofree char *key = g_strnfill (100000, 'k');
  g_autoptr (WbArchive) old_archive = NULL;
  g_autoptr (WbArchive) new_archive = NULL;
  g_autoptr (WbComparison) comparison = NULL;
  g_autoptr (GArray) changes = NULL;

  g_string_append_printf (old_text, "%s\":[", key);
  for (guint i = 0; i < 200000; i++)
    g_string_append (old_text, i == 0 ? "0" : ",[0]");
  for (guint i = 0; i < 100; i++)
    g_string_append (old_text, i == 0 ? ",{\"deep\":[" : "{\"deep\":[");
  for (guint i = 0; i < 100; i++)
    g_string_append (old_text, "]}");
  g_string_append (old_text, "]}");
  new_text = g_string_new (old_text->str);
  for (gsize i = 100000; i < new_text->len; i++)
    if (new_text->str[i] == '0')
      new_text->str[i] = '1';

  old_archive = open_one (old_text->str);
  new_archive = open_one (new_text->str);
  comparison = compare (old_archive, new_archive);
  g_assert_cmpuint (wb_comparison_get_n_of (comparison, WB_DIFFERENCE_CHANGED), ==, 1);
  changes = wb_comparison_read_changes (comparison, 0, FALSE, NULL);
  g_assert_cmpuint (changes->len, ==, 1001);
  g_assert_nonnull (strstr (g_array_index (changes, WbKeyChange, 1000).new_value, "199000"));
}

static void
test_async (Pair         *pair,
            gconstpointer data)
{
  g_autoptr (WbComparison) comparison = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  wb_comparison_new_async (pair->old_archive, pair->new_archive, NULL, await_cb, &result);
  await (&result);
  comparison = wb_comparison_new_finish (result, &error);
  g_assert_no_error (error);
  assert_text (comparison, expected_text);

  g_cancellable_cancel (cancellable);
  wb_comparison_new_async (pair->old_archive, pair->new_archive, cancellable, await_cb, &cancelled);
  await (&cancelled);
  g_assert_null (wb_comparison_new_finish (cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static guint
find_kind (WbComparison    *comparison,
           WbDifferenceKind kind)
{
  for (guint i = 0; i < wb_comparison_get_n (comparison); i++)
    if (wb_comparison_get (comparison, i)->kind == kind)
      return i;

  g_assert_not_reached ();
}

/* All keys of an added or removed connection are new or gone, and no value shows a secret. */
static void
test_one_sided (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) nothing = archive_open_maker (maker);
  g_autoptr (WbArchive) something = open_one (first);
  g_autoptr (WbComparison) added = compare (nothing, something);
  g_autoptr (WbComparison) removed = compare (something, nothing);
  g_autoptr (GArray) new_values =
    wb_comparison_read_changes (added, find_kind (added, WB_DIFFERENCE_ADDED), FALSE, NULL);
  g_autoptr (GArray) old_values =
    wb_comparison_read_changes (removed, find_kind (removed, WB_DIFFERENCE_REMOVED), FALSE, NULL);

  g_assert_cmpuint (new_values->len, >, 8);
  g_assert_cmpuint (new_values->len, ==, old_values->len);
  for (guint i = 0; i < new_values->len; i++)
    {
      const WbKeyChange *new_value = &g_array_index (new_values, WbKeyChange, i);
      const WbKeyChange *old_value = &g_array_index (old_values, WbKeyChange, i);

      g_assert_null (new_value->old_value);
      g_assert_null (old_value->new_value);
      g_assert_cmpstr (new_value->key, ==, old_value->key);
      g_assert_cmpstr (new_value->new_value, ==, old_value->old_value);
      g_assert_null (strstr (new_value->new_value, "CANARY"));
    }
}

/* The slow parts in a thread, which stops when it is told to. */
static void
test_async_parts (Pair         *pair,
                  gconstpointer data)
{
  g_autoptr (WbComparison) comparison = NULL;
  g_autoptr (GAsyncResult) changes_result = NULL;
  g_autoptr (GAsyncResult) text_result = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  comparison = compare (pair->old_archive, pair->new_archive);
  wb_comparison_read_changes_async (comparison, find_kind (comparison, WB_DIFFERENCE_RENAMED),
                                    FALSE, NULL, await_cb, &changes_result);
  wb_comparison_dup_text_async (comparison, NULL, await_cb, &text_result);
  while (changes_result == NULL || text_result == NULL)
    g_main_context_iteration (NULL, TRUE);
  changes = wb_comparison_read_changes_finish (comparison, changes_result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, 1);
  text = wb_comparison_dup_text_finish (comparison, text_result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected_text);

  g_cancellable_cancel (cancellable);
  wb_comparison_dup_text_async (comparison, cancellable, await_cb, &cancelled);
  await (&cancelled);
  g_assert_null (wb_comparison_dup_text_finish (comparison, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define NOT_INCLUDED(key) key ": not included on one side"

/* What a person reads of one value, and whether it counts. */
static void
test_values (void)
{
  static const struct
  {
    const char *old_value;
    const char *new_value;
    const char *line;
    guint       n_counted;
    guint       n_not_compared;
  } cases[] = {
    /* another type */
    { "\"port\":\"8000\"", "\"port\":8000", "port: \"8000\" → 8000", 1, 0 },
    { "\"sslEnable\":\"true\"", "\"sslEnable\":true", "sslEnable: \"true\" → true", 1, 0 },
    { "\"ip\":\"null\"", "\"ip\":null", "ip: \"null\" → null", 1, 0 },
    { "\"ip\":\"\"", "\"ip\":null", "ip: \"\" → null", 1, 0 },
    { "\"ip\":\"[]\"", "\"ip\":[]", "ip: \"[]\" → []", 1, 0 },
    { "\"ip\":null", "\"ip\":\"10.0.0.1\"", "ip: null → \"10.0.0.1\"", 1, 0 },
    { "\"port\":8000", "\"port\":8000.0", NULL, 0, 0 },
    /* what looks the same */
    { "\"ip\":\"h\"", "\"ip\":\"h \"", "ip: \"h\" → \"h \"", 1, 0 },
    { "\"ip\":\" h\"", "\"ip\":\"h\"", "ip: \" h\" → \"h\"", 1, 0 },
    { "\"ip\":\"a b\"", "\"ip\":\"a\\u00a0b\"", "ip: \"a b\" → \"a\\u{00A0}b\"", 1, 0 },
    { "\"ip\":\"a b\"", "\"ip\":\"a\\tb\"", "ip: \"a b\" → \"a\\x09b\"", 1, 0 },
    { "\"ip\":\"ab\"", "\"ip\":\"a\\u200bb\"", "ip: \"ab\" → \"a\\u{200B}b\"", 1, 0 },
    { "\"ip\":\"\\u00fc\"", "\"ip\":\"u\\u0308\"", "ip: \"\\u{00FC}\" → \"u\\u{0308}\"", 1, 0 },
    { "\"ip\":\"8000\"", "\"ip\":\"\\uff18000\"", "ip: \"8000\" → \"\\u{FF18}000\"", 1, 0 },
    { "\"ip\":\"admin\"", "\"ip\":\"\\u0430dmin\"", "ip: \"admin\" → \"\\u{0430}dmin\"", 1, 0 },
    { "\"ip\":\"M\\u00fcller\"", "\"ip\":\"M\\u00f6ller\"", "ip: Müller → Möller", 1, 0 },
    /* a secret */
    { "\"password\":\"CANARY-1\"", "\"password\":\"CANARY-1\"", NULL, 0, 0 },
    { "\"password\":\"CANARY-1\"", "\"password\":\"CANARY-2\"", "password: changed", 1, 0 },
    { "\"password\":\"CANARY-1\"", "\"password\":\"\"", NOT_INCLUDED ("password"), 0, 1 },
    { "\"password\":\"********\"", "\"password\":\"CANARY-1\"", NOT_INCLUDED ("password"),
      0, 1 },
    { "\"password\":\"********\"", "\"password\":\"\"", NOT_INCLUDED ("password"), 0, 1 },
    { "\"password\":\"********\"", "\"password\":\"********\"", NULL, 0, 0 },
    { "\"password\":null", "\"password\":\"CANARY-1\"", NOT_INCLUDED ("password"), 0, 1 },
    { "\"a\":1", "\"a\":1,\"password\":\"***\"",
      "password: added, Not included by the service", 0, 1 },
    { "\"a\":1", "\"a\":1,\"password\":\"CANARY-1\"", "password: added, ••••••••", 1, 0 },
    /* an address with a secret in it */
    { "\"url\":\"jdbc://u:CANARY-1@a\"", "\"url\":\"jdbc://u:CANARY-1@b\"",
      "url: jdbc://u:••••••••@a → jdbc://u:••••••••@b", 1, 0 },
    { "\"url\":\"jdbc://u:CANARY-1@a\"", "\"url\":\"jdbc://u:CANARY-2@a\"", "url: changed", 1, 0 },
    { "\"url\":\"jdbc://u:CANARY-1@a\"", "\"url\":\"jdbc://u:CANARY-2@b\"",
      "url: jdbc://u:••••••••@a → jdbc://u:••••••••@b, and its secret changed", 1, 0 },
    { "\"url\":\"jdbc://u:CANARY-1@a\"", "\"url\":\"jdbc://u:*****@a\"",
      NOT_INCLUDED ("url"), 0, 1 },
    { "\"url\":\"h?password=CANARY-1\"", "\"url\":\"h?password=\"",
      NOT_INCLUDED ("url"), 0, 1 },
    { "\"url\":\"h?password=CANARY-1\"", "\"url\":\"h\"", "url: h?password=•••••••• → h", 1, 0 },
    /* what the service sets */
    { "\"update_time\":1", "\"update_time\":2", "update_time: 1 → 2", 0, 0 },
    { "\"mrsVersion\":\"3\"", "\"a\":1", "mrsVersion: removed, was 3", 1, 0 },
    { "\"safe_mode\":true,\"master_ip\":\"10.0.0.1\"", "\"safe_mode\":true",
      "master_ip: removed, was 10.0.0.1", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *old_text = g_strdup_printf ("{%s}", cases[i].old_value);
      g_autofree char *new_text = g_strdup_printf ("{%s}", cases[i].new_value);
      g_autoptr (WbArchive) old_archive = open_one (old_text);
      g_autoptr (WbArchive) new_archive = open_one (new_text);
      g_autoptr (WbComparison) comparison = compare (old_archive, new_archive);
      g_autofree char *text = wb_comparison_dup_text (comparison, NULL, NULL);
      g_autofree char *line = g_strdup_printf ("    %s\n", cases[i].line);

      g_test_message ("%s, %s: %s", old_text, new_text, text);
      g_assert_cmpuint (wb_comparison_get_n_counted (comparison), ==, cases[i].n_counted);
      g_assert_cmpuint (wb_comparison_get_n_same (comparison), ==, 1 - cases[i].n_counted);
      g_assert_cmpuint (wb_comparison_get_n_values (comparison, WB_CHANGE_NOT_COMPARED), ==,
                        cases[i].n_not_compared);
      g_assert_cmpuint (wb_comparison_get_n (comparison), ==, cases[i].line != NULL);
      if (cases[i].line != NULL)
        g_assert_nonnull (strstr (text, line));
      g_assert_null (strstr (text, "CANARY"));
    }
}

/* A difference behind what is shown of a long value is what is shown. */
static void
test_long_values (void)
{
  g_autofree char *fill = g_strnfill (5000, 'x');
  g_autofree char *old_text = g_strdup_printf ("{\"a\":\"%sOLD%s\"}", fill, fill);
  g_autofree char *new_text = g_strdup_printf ("{\"a\":\"%sNEW%s\"}", fill, fill);
  g_autoptr (WbArchive) old_archive = open_one (old_text);
  g_autoptr (WbArchive) new_archive = open_one (new_text);
  g_autoptr (WbComparison) comparison = compare (old_archive, new_archive);
  g_autoptr (GArray) changes = wb_comparison_read_changes (comparison, 0, FALSE, NULL);
  const WbKeyChange *change = &g_array_index (changes, WbKeyChange, 0);

  g_assert_true (g_str_has_prefix (change->old_value, "…xxx"));
  g_assert_nonnull (strstr (change->old_value, "xOLDx"));
  g_assert_nonnull (strstr (change->new_value, "xNEWx"));
  g_assert_cmpuint (strlen (change->new_value), <, 2000);
}

/* Which old file and new file are the same connection. */
static void
test_pairs (void)
{
  static const struct
  {
    const char *old_files[3]; /* path, bar, text */
    const char *new_files[3];
    /* added, removed, renamed, changed, the same, and secrets not compared */
    guint n[6];
  } cases[] = {
    /* a wrapper folder on one side, at either */
    { { "connections/a.conn|{}", "connections/b.conn|{\"x\":1}" },
      { "DLF_All/connections/a.conn|{}", "DLF_All/connections/b.conn|{\"x\":2}" },
      { 0, 0, 0, 1, 1, 0 } },
    { { "w/v/connections/a.conn|{\"x\":1}", "w/v/readme.txt|hello" },
      { "connections/a.conn|{\"x\":2}", "readme.txt|hello" },
      { 0, 0, 0, 1, 1, 0 } },
    { { "connections/a.conn|{\"x\":1}" }, { "a.conn|{\"x\":2}" }, { 0, 0, 0, 1, 0, 0 } },
    /* one that was moved, while others stayed */
    { { "connections/a.conn|{\"x\":1}", "connections/b.conn|{}" },
      { "connections/old/a.conn|{\"x\":1}", "connections/b.conn|{}" },
      { 0, 0, 1, 0, 1, 0 } },
    /* backslashes, another normal form, a dot in front */
    { { "connections/a.conn|{\"x\":1}" },
      { "connections\\a.conn|{\"x\":1}" },
      { 0, 0, 0, 0, 1, 0 } },
    { { "connections/\303\274.conn|{}" },
      { "connections/u\314\210.conn|{}" },
      { 0, 0, 0, 0, 1, 0 } },
    { { "connections/a.conn|{}" }, { "./connections/a.conn|{}" }, { 0, 0, 0, 0, 1, 0 } },
    /* renamed, and changed or not to be compared as well */
    { { "one.conn|{\"name\":\"n\",\"x\":1}" },
      { "two.conn|{\"name\":\"n\",\"x\":2}" },
      { 0, 0, 0, 1, 0, 0 } },
    { { "one.conn|{\"name\":\"a\",\"x\":1,\"password\":\"CANARY\",\"update_time\":1}" },
      { "two.conn|{\"name\":\"b\",\"x\":1,\"password\":\"***\",\"update_time\":2}" },
      { 0, 0, 1, 0, 0, 1 } },
    /* two that could be it */
    { { "one.conn|{\"name\":\"n\",\"x\":1}" },
      { "two.conn|{\"name\":\"n\",\"x\":2}", "three.conn|{\"name\":\"n\",\"x\":3}" },
      { 2, 1, 0, 0, 0, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WbArchive *archives[2] = { NULL, NULL };
      g_autoptr (WbComparison) comparison = NULL;
      g_autoptr (WbComparison) back = NULL;
      g_autofree char *text = NULL;

      for (guint side = 0; side < 2; side++)
        {
          const char *const *files = side == 0 ? cases[i].old_files : cases[i].new_files;
          g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

          for (guint j = 0; j < 3 && files[j] != NULL; j++)
            {
              g_auto (GStrv) parts = g_strsplit (files[j], "|", 2);

              wb_zip_maker_add_text (maker, parts[0], parts[1]);
            }
          archives[side] = archive_open_maker (maker);
        }
      comparison = compare (archives[0], archives[1]);
      back = compare (archives[1], archives[0]);
      text = wb_comparison_dup_text (comparison, NULL, NULL);
      g_test_message ("%u: %s", i, text);
      for (guint kind = WB_DIFFERENCE_ADDED; kind <= WB_DIFFERENCE_CHANGED; kind++)
        g_assert_cmpuint (wb_comparison_get_n_of (comparison, kind), ==, cases[i].n[kind]);
      g_assert_cmpuint (wb_comparison_get_n_same (comparison), ==, cases[i].n[4]);
      g_assert_cmpuint (wb_comparison_get_n_values (comparison, WB_CHANGE_NOT_COMPARED), ==,
                        cases[i].n[5]);
      g_assert_cmpuint (wb_comparison_get_n (comparison), ==, wb_comparison_get_n (back));
      g_object_unref (archives[0]);
      g_object_unref (archives[1]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/compare/equal", test_equal);
  g_test_add ("/compare/kinds", Pair, NULL, set_up, test_kinds, tear_down);
  g_test_add_func ("/compare/secrets", test_secrets);
  g_test_add_func ("/compare/moved-secret", test_moved_secret);
  g_test_add_func ("/compare/other-files", test_other_files);
  g_test_add_func ("/compare/bytes", test_bytes);
  g_test_add_func ("/compare/large", test_large);
  g_test_add_func ("/compare/values", test_values);
  g_test_add_func ("/compare/long-values", test_long_values);
  g_test_add_func ("/compare/pairs", test_pairs);
  g_test_add_func ("/compare/one-sided", test_one_sided);
  g_test_add ("/compare/async", Pair, NULL, set_up, test_async, tear_down);
  g_test_add ("/compare/async-parts", Pair, NULL, set_up, test_async_parts, tear_down);

  return g_test_run ();
}
