/* test-progress.c: how much of a long operation is done, and what the operations say of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"

#include "core/archive/copies/redact.h"
#include "core/archive/tree/verification.h"
#include "core/progress.h"

#define N_FILES 100

static void
test_stages (void)
{
  g_autoptr (WbProgress) progress = wb_progress_new ();
  GCancellable *cancellable = G_CANCELLABLE (progress);

  g_assert_cmpfloat (wb_progress_get_fraction (progress), ==, -1);
  wb_progress_set_stage (cancellable, 0, 0.5);
  g_assert_cmpfloat (wb_progress_get_fraction (progress), ==, -1);
  wb_progress_begin (cancellable, 10);
  g_assert_cmpfloat (wb_progress_get_fraction (progress), ==, 0);
  wb_progress_advance (cancellable, 5);
  g_assert_cmpfloat (wb_progress_get_fraction (progress), ==, 0.25);
  wb_progress_advance (cancellable, 500);
  g_assert_cmpfloat (wb_progress_get_fraction (progress), ==, 0.5);
  wb_progress_set_stage (cancellable, 0.5, 1);
  g_assert_cmpfloat (wb_progress_get_fraction (progress), ==, 0.5);
  wb_progress_begin (cancellable, G_MAXUINT64);
  wb_progress_advance (cancellable, G_MAXUINT64);
  g_assert_cmpfloat (wb_progress_get_fraction (progress), ==, 1);
}

/* What is done twice or estimated wrongly does not move a bar back. */
static void
test_never_less (void)
{
  g_autoptr (WbProgress) progress = wb_progress_new ();

  wb_progress_begin (G_CANCELLABLE (progress), 4);
  wb_progress_advance (G_CANCELLABLE (progress), 2);
  g_assert_cmpfloat (wb_progress_get_fraction (progress), ==, 0.5);
  wb_progress_begin (G_CANCELLABLE (progress), 4);
  g_assert_cmpfloat (wb_progress_get_fraction (progress), ==, 0.5);
}

static void
test_nobody (void)
{
  g_autoptr (GCancellable) plain = g_cancellable_new ();

  wb_progress_set_stage (plain, 0, 1);
  wb_progress_begin (plain, 1);
  wb_progress_advance (plain, 1);
  wb_progress_set_stage (NULL, 0, 1);
  wb_progress_begin (NULL, 1);
  wb_progress_advance (NULL, 1);
}

static WbArchive *
make_archive (const char *address)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("connections/%u.conn", i);
      g_autofree char *text = g_strdup_printf ("{\"name\": \"%u\", \"config\": {\"ip\": \"%s\"}}",
                                               i, address);

      wb_zip_maker_add_text (maker, name, text);
    }

  return archive_open_maker (maker);
}

/* At its end each operation has done all that it had to. */
static void
test_operations (void)
{
  g_autoptr (WbArchive) old_archive = make_archive ("10.0.0.1");
  g_autoptr (WbArchive) new_archive = make_archive ("10.0.0.2");
  g_autoptr (WbProgress) opening = wb_progress_new ();
  g_autoptr (WbProgress) hashing = wb_progress_new ();
  g_autoptr (WbProgress) comparing = wb_progress_new ();
  g_autoptr (WbProgress) redacting = wb_progress_new ();
  g_autoptr (WbProgress) verifying = wb_progress_new ();
  g_autoptr (WbArchive) opened = NULL;
  g_autoptr (WbComparison) comparison = NULL;
  g_autoptr (WbRedaction) redaction = NULL;
  g_autoptr (GArray) faults = NULL;

  comparison = wb_comparison_new (old_archive, new_archive, G_CANCELLABLE (comparing), NULL);
  g_assert_cmpuint (wb_comparison_get_n (comparison), ==, N_FILES);
  g_assert_cmpfloat (wb_progress_get_fraction (comparing), ==, 1);
  redaction = wb_redact (old_archive, G_CANCELLABLE (redacting), NULL);
  g_assert_nonnull (redaction);
  g_assert_cmpfloat (wb_progress_get_fraction (redacting), ==, 1);
  g_assert_true (wb_spool_hash (redaction->spool, G_CANCELLABLE (hashing), NULL));
  g_assert_cmpfloat (wb_progress_get_fraction (hashing), ==, 1);
  opened = wb_archive_open (redaction->spool, G_CANCELLABLE (opening), NULL);
  g_assert_nonnull (opened);
  g_assert_cmpfloat (wb_progress_get_fraction (opening), ==, 1);
  faults = wb_verification_new (old_archive, G_CANCELLABLE (verifying), NULL);
  g_assert_nonnull (faults);
  g_assert_cmpfloat (wb_progress_get_fraction (verifying), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/progress/stages", test_stages);
  g_test_add_func ("/progress/never-less", test_never_less);
  g_test_add_func ("/progress/nobody", test_nobody);
  g_test_add_func ("/progress/operations", test_operations);

  return g_test_run ();
}
