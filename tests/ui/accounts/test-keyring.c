/* test-keyring.c: a keyring that fails in each call, in each way, and what the windows do then
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/error.h"
#include "ui/accounts/account-window.h"
#include "ui/accounts/accounts-window.h"
#include "ui/sign-in/open-sign-in.h"

#include "account-fixture.h"
#include "fault-keyring.h"

#define PASSWORD "hunter2 Größe"

static const char *const ways[] = {
  FAULT_KEYRING_IS_SILENT,
  FAULT_KEYRING_LEAVES,
  "org.freedesktop.DBus.Error.NoReply",
  "org.freedesktop.Secret.Error.IsLocked",
};

/* A window, a keyring, and an account whose password it has. */
typedef struct
{
  AccountFixture *fixture;
  FaultKeyring   *keyring; /* (owned) */
  WbAccount      *account; /* (owned) */
  GtkWidget      *window;  /* (nullable): until it is closed */
  const char     *how;
  gboolean        has_failed;
} Try;

static Try *
try_new (AccountFixture *fixture,
         const char     *how,
         guint           at)
{
  g_autoptr (WbCredentials) credentials = wb_credentials_new_password ("OTC-EU-DE-00001", "jane",
                                                                       PASSWORD);
  Try *self = g_new0 (Try, 1);

  g_test_message ("%u: %s", at, how);
  self->fixture = fixture;
  self->how = how;
  self->keyring = fault_keyring_new ();
  self->account = g_object_ref (account_fixture_add (fixture, "Production", credentials));
  fault_keyring_fail (self->keyring, at, how);

  return self;
}

static void
try_show (Try       *self,
          GtkWindow *window)
{
  self->window = GTK_WIDGET (window);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &self->window);
  gtk_window_present (window);
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (window)));
}

static gboolean
try_hangs (Try *self)
{
  return g_str_equal (self->how, FAULT_KEYRING_IS_SILENT)
         && fault_keyring_has_failed (self->keyring);
}

/* After its end: a keyring that works again. */
static void
try_mend (Try *self)
{
  self->has_failed = self->has_failed || fault_keyring_has_failed (self->keyring);
  if (g_str_equal (self->how, FAULT_KEYRING_LEAVES) && fault_keyring_has_failed (self->keyring))
    {
      fault_keyring_free (self->keyring);
      self->keyring = fault_keyring_new ();
    }
  fault_keyring_fail (self->keyring, 0, NULL);
}

/* Returns: whether the call was made that was to fail */
static gboolean
try_free (Try *self)
{
  gboolean has_failed;

  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  WAIT_FOR (self->window == NULL);
  try_mend (self);
  has_failed = self->has_failed;
  wb_account_store_remove (self->fixture->store, wb_account_get_uuid (self->account), NULL);
  g_object_unref (self->account);
  fault_keyring_free (self->keyring);
  g_free (self);

  return has_failed;
}

static void
saved_cb (WbAccountWindow *window,
          WbAccount       *account,
          gboolean        *saved)
{
  *saved = TRUE;
}

static void
close_and_discard (Try *self)
{
  gtk_window_close (GTK_WINDOW (self->window));
  WAIT_FOR (self->window == NULL || find_message_dialog () != NULL);
  if (self->window == NULL)
    return;
  click (find_message_dialog (), "_Discard");
  WAIT_FOR (self->window == NULL);
}

/* A new password: stored or kept for this run, and said which. Where the keyring never answers, the
 * window can be closed, and says before what was not done. */
static gboolean
try_to_save (AccountFixture *fixture,
             const char     *how,
             guint           at)
{
  Try       *self = try_new (fixture, how, at);
  gboolean   saved = FALSE;
  GtkWidget *replace;
  g_autoptr (WbCredentials) found = NULL;

  try_show (self, wb_account_window_new (fixture->context, NULL, self->account));
  g_signal_connect (self->window, "saved", G_CALLBACK (saved_cb), &saved);
  WAIT_FOR (!shows (self->window, "Looking in the keyring…") || try_hangs (self));
  replace = find_button (self->window, "_Replace…");
  if (replace != NULL && gtk_widget_get_mapped (replace))
    click (self->window, "_Replace…");
  type_into (self->window, "Password", "new " PASSWORD);
  click (self->window, "_Save");
  WAIT_FOR (saved || try_hangs (self));
  if (!saved)
    {
      gtk_window_close (GTK_WINDOW (self->window));
      WAIT_FOR (find_button (self->window, "_Save") != NULL
                && gtk_widget_is_sensitive (find_button (self->window, "_Save")));
      close_and_discard (self);
    }
  else if (self->window != NULL && gtk_widget_get_visible (self->window))
    {
      g_assert_false (shows (self->window, "words"));
      g_assert_false (holds (self->window, "hunter2"));
    }

  try_mend (self);
  if (saved)
    {
      found = account_fixture_dup_secret (fixture, self->account);
      g_assert_nonnull (found);
    }

  return try_free (self);
}

/* Gone with the account, or said that it is still there. */
static gboolean
try_to_remove (AccountFixture *fixture,
               const char     *how,
               guint           at)
{
  Try       *self = try_new (fixture, how, at);
  GtkWidget *undo;

  try_show (self, wb_accounts_window_new (fixture->context, NULL));
  click (self->window, "Remove");
  WAIT_FOR ((undo = find_button (self->window, "_Undo")) != NULL);
  g_signal_emit_by_name (gtk_widget_get_next_sibling (undo), "clicked");
  WAIT_FOR (fault_keyring_get_n_items (self->keyring) == 0
            || shows (self->window, "The keyring did not remove the secret: remove it with your "
                                    "desktop’s password manager.")
            || shows (self->window, "The keyring stayed locked, so the secret is still stored "
                                    "there: remove it with your desktop’s password manager.")
            || try_hangs (self));
  g_assert_false (shows (self->window, "words"));

  return try_free (self);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* An export gets the password, or asks for it; and can be cancelled meanwhile. */
static gboolean
try_to_sign_in (AccountFixture *fixture,
                const char     *how,
                guint           at)
{
  Try *self = try_new (fixture, how, at);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GError) error = NULL;

  try_show (self, GTK_WINDOW (gtk_window_new ()));
  wb_open_sign_in_async (fixture->context, self->account, TRUE, NULL, GTK_WINDOW (self->window),
                         cancellable, opened_cb, &result);
  WAIT_FOR (result != NULL || find_message_dialog () != NULL || try_hangs (self));
  if (result == NULL)
    g_cancellable_cancel (cancellable);
  WAIT_FOR (result != NULL);
  sign_in = wb_open_sign_in_finish (result, NULL, &error);
  if (g_cancellable_is_cancelled (cancellable))
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_no_error (error);
  WAIT_FOR (find_message_dialog () == NULL);
  g_clear_object (&result);

  return try_free (self);
}

typedef gboolean (*TryFunc) (AccountFixture *fixture,
                             const char     *how,
                             guint           at);

static void
try_each (AccountFixture *fixture,
          TryFunc         func)
{
  guint n_faults = 0;

  fault_keyring_bear ();
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      for (guint at = 1; func (fixture, ways[i], at); at++)
        n_faults++;
    }
  g_test_message ("%u faults", n_faults);
  g_assert_cmpuint (n_faults, >=, G_N_ELEMENTS (ways));
}

static void
test_save (AccountFixture *fixture,
           gconstpointer   data)
{
  try_each (fixture, try_to_save);
}

static void
test_remove (AccountFixture *fixture,
             gconstpointer   data)
{
  try_each (fixture, try_to_remove);
}

static void
test_sign_in (AccountFixture *fixture,
              gconstpointer   data)
{
  try_each (fixture, try_to_sign_in);
}

#define ADD(path, func) \
  g_test_add (path, AccountFixture, NULL, account_fixture_set_up, func, account_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_setenv ("SECRET_BACKEND", "service", TRUE);
  account_fixture_init (&argc, &argv);

  ADD ("/keyring-windows/save", test_save);
  ADD ("/keyring-windows/remove", test_remove);
  ADD ("/keyring-windows/sign-in", test_sign_in);

  return g_test_run ();
}
