/* test-thread.c: where no thread can be started, each operation says so and none waits
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/thread.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>

#include "archive-fixture.h"
#include "await.h"
#include "client-fixture.h"
#include "core/archive/compare/compare.h"
#include "core/archive/copies/redact.h"
#include "core/archive/list/entry-filter.h"
#include "core/error.h"
#include "core/save.h"
#include "core/service/check/check-private.h"
#include "zip-maker.h"

static gboolean none_left;

/* Takes the place of the C library's, in GLib as well. */
int pthread_create (pthread_t            *thread,
                    const pthread_attr_t *attributes,
                    void *(*function) (void *),
                    void *data);

int
pthread_create (pthread_t            *thread,
                const pthread_attr_t *attributes,
                void *(*function) (void *),
                void *data)
{
  int (*real) (pthread_t *, const pthread_attr_t *, void *(*) (void *), void *);

  if (none_left)
    return EAGAIN;
  *(void **) &real = dlsym (RTLD_NEXT, "pthread_create");

  return real (thread, attributes, function, data);
}

static void
check (const GError *error)
{
  g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "thread"));
}

static WbArchive *
new_archive (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  wb_zip_maker_add_text (maker, "a.conn", "{\"name\":\"a\",\"password\":\"secret1\"}");

  return archive_open_maker (maker);
}

/* GLib's own threads are for TLS, and it does not end what waits for one. */
static void
test_connect (void)
{
  g_autoptr (FaultServer) server = client_new_tls_server ("good.pem");
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new (url, url, NULL, NULL);
  g_autoptr (WbClient) client = NULL;
  g_auto (ClientResult) result = { 0 };

  client = g_object_new (WB_TYPE_CLIENT, "endpoints", endpoints, "connect-timeout-ms", 50, NULL);
  none_left = TRUE;
  client_fetch (&result, client, url);
  none_left = FALSE;
  check (result.error);
}

/* Nor does it end the look-up of a name. */
static void
test_check (void)
{
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new ("https://service.invalid",
                                                        "https://iam.invalid", NULL, NULL);
  g_autoptr (WbClient) client = wb_client_new (endpoints, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  none_left = TRUE;
  wb_host_check_names_async (client, NULL, await_cb, &result);
  g_assert_false (wb_host_check_finish (client, await (&result), &error));
  none_left = FALSE;
  check (error);
}

static void
test_receive (void)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_data ("abc", 3, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int fd = wb_spool_open_unnamed (NULL, &error);

  none_left = TRUE;
  wb_spool_receive_async (fd, source, 3, NULL, NULL, NULL, await_cb, &result);
  g_assert_null (wb_spool_receive_finish (await (&result), &error));
  none_left = FALSE;
  check (error);
}

static void
test_save (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "out.zip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (WbSpool) spool = wb_spool_new_take (wb_spool_open_unnamed (NULL, NULL), 0, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  none_left = TRUE;
  wb_save_async (spool, file, FALSE, NULL, await_cb, &result);
  g_assert_false (wb_save_finish (await (&result), &error));
  none_left = FALSE;
  check (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_archive (void)
{
  g_autoptr (WbArchive) archive = new_archive ();
  g_autoptr (WbSpool) spool = wb_spool_new_take (wb_spool_open_unnamed (NULL, NULL), 0, NULL);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) redacted = NULL;
  g_autoptr (GAsyncResult) compared = NULL;
  g_autoptr (GError) error = NULL;

  none_left = TRUE;
  wb_archive_open_async (spool, FALSE, NULL, await_cb, &opened);
  g_assert_null (wb_archive_open_finish (await (&opened), &error));
  check (error);
  g_clear_error (&error);

  wb_redact_async (archive, NULL, await_cb, &redacted);
  g_assert_null (wb_redact_finish (await (&redacted), &error));
  check (error);
  g_clear_error (&error);

  wb_comparison_new_async (archive, archive, NULL, await_cb, &compared);
  g_assert_null (wb_comparison_new_finish (await (&compared), &error));
  check (error);
  none_left = FALSE;
}

/* The list stays as it was, and is not busy for ever. */
static void
test_search (void)
{
  g_autoptr (WbArchive) archive = new_archive ();
  g_autoptr (WbEntryFilter) filter = wb_entry_filter_new (archive);

  none_left = TRUE;
  wb_entry_filter_set_text (filter, "nothing like it");
  while (wb_entry_filter_get_busy (filter))
    g_main_context_iteration (NULL, TRUE);
  none_left = FALSE;
  g_assert_cmpuint (wb_entry_filter_get_n_matches (filter), ==, 1);
}

static void
priority_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  wb_thread_give_way ();
  g_task_return_int (task, getpriority (PRIO_PROCESS, 0));
}

/* The thread that was asked for it, and no other. */
static void
test_give_way (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, await_cb, &result);
  int before = getpriority (PRIO_PROCESS, 0);

  wb_thread_run_task (task, priority_thread);
  await (&result);
  g_assert_cmpint (g_task_propagate_int (task, NULL), ==, MAX (before, 10));
  g_assert_cmpint (getpriority (PRIO_PROCESS, 0), ==, before);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* GLib starts one of its own with the first task, and ends the program where it cannot. */
  g_type_class_unref (g_type_class_ref (G_TYPE_TASK));

  /* The first ones, as GLib keeps a thread for the next one who needs it. */
  g_test_add_func ("/thread/connect", test_connect);
  g_test_add_func ("/thread/check", test_check);
  g_test_add_func ("/thread/receive", test_receive);
  g_test_add_func ("/thread/save", test_save);
  g_test_add_func ("/thread/archive", test_archive);
  g_test_add_func ("/thread/search", test_search);
  g_test_add_func ("/thread/give-way", test_give_way);

  return g_test_run ();
}
