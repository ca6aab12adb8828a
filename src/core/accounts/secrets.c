/* secrets.c: an account's secret in the keyring, or in memory where there is none
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "core/accounts/secrets-private.h"
#include "core/error.h"
#include "core/wipe.h"

#define ATTRIBUTE_ACCOUNT "account"

struct _WbSecrets
{
  GObject parent_instance;

  GHashTable *in_memory; /* (owned) (element-type utf8 WbCredentials): by the account's UUID */
};

G_DEFINE_FINAL_TYPE (WbSecrets, wb_secrets, G_TYPE_OBJECT)

/* A secret on its way to the store. */
typedef struct
{
  char          *uuid;        /* (owned) */
  char          *label;       /* (owned) */
  WbCredentials *credentials; /* (owned) */
} Storing;

static const SecretSchema schema = {
  APP_ID,
  SECRET_SCHEMA_NONE,
  {
    { ATTRIBUTE_ACCOUNT, SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

/* In this run. One that is gone will come back with what it has. */
static gboolean store_was_there;

/* The whole process makes one call to libsecret at a time. In a sandbox, libsecret 0.21.8 holds a
 * lock from the beginning of a change to its end. Every other call then waits for the lock and
 * blocks the main loop. */
static WbCallQueue *
get_queue (void)
{
  static WbCallQueue *queue;

  if (queue == NULL)
    queue = wb_call_queue_new ();

  return queue;
}

/* Once libsecret has connected to the bus, GDBus would end the program when the bus ends, and lose
 * an export with it. */
static void
outlive_bus (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  if (bus != NULL)
    g_dbus_connection_set_exit_on_close (bus, FALSE);
}

/* Ends @task's call. A keyring that does not answer does not end it even when it is cancelled, so
 * whoever made it may be gone by then.
 * @error: (nullable): what came of it
 * Returns: whether somebody waits for the end */
static gboolean
end_call (GTask        *task,
          const GError *error)
{
  if (error == NULL && !store_was_there)
    outlive_bus ();
  store_was_there = store_was_there || error == NULL;

  return wb_call_queue_next (get_queue (), task);
}

static void
storing_free (Storing *storing)
{
  g_free (storing->uuid);
  g_free (storing->label);
  wb_credentials_unref (storing->credentials);
  g_free (storing);
}

static GHashTable *
new_attributes (const char *uuid)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (gpointer) ATTRIBUTE_ACCOUNT, g_strdup (uuid));

  return attributes;
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  WbSecrets *self = g_task_get_source_object (task);
  Storing   *storing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean stored;

  stored = secret_password_store_finish (result, &error);
  if (stored)
    g_hash_table_remove (self->in_memory, storing->uuid);
  else if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_hash_table_insert (self->in_memory, g_strdup (storing->uuid),
                         wb_credentials_ref (storing->credentials));
  if (!end_call (task, error))
    return;

  if (stored)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;

  g_debug ("The keyring took nothing: %s", error != NULL ? error->message : "dismissed");
  g_task_return_pointer (task, wb_store_failure_dup_reason (error), g_free);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  WbAccount     *account = g_task_get_task_data (task);
  WbCredentials *credentials = NULL;
  g_autoptr (GError) error = NULL;
  gboolean waits;
  char    *text;

  text = secret_password_lookup_nonpageable_finish (result, &error);
  waits = end_call (task, error);
  if (text != NULL && waits)
    credentials = wb_secret_text_parse (text, wb_account_get_auth_method (account),
                                        wb_account_get (account, WB_ACCOUNT_DOMAIN),
                                        wb_account_get (account, WB_ACCOUNT_USER));
  g_clear_pointer (&text, secret_password_free);
  if (!waits)
    return;

  if (error == NULL)
    {
      g_task_return_pointer (task, credentials, (GDestroyNotify) wb_credentials_unref);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;

  g_debug ("The keyring gave nothing: %s", error->message);
  if (wb_store_failure_is_no_store (error) || wb_store_failure_is_dismissed (error))
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_new_error (task, WB_ERROR, WB_ERROR_FAILED,
                             _ ("The keyring did not answer: try again, or enter the secret "
                                "once more."));
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;

  /* One that stays stored is still not used. */
  if (!wb_secrets_clear_finish (WB_SECRETS (source), result, &error) && error != NULL)
    g_debug ("An expired token stays stored: %s", error->message);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, NULL, NULL);
}

static void
return_cleared (GTask  *task,
                GError *error)
{
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else if (!g_task_return_error_if_cancelled (task))
    {
      g_debug ("The keyring kept what it has: %s", error->message);
      g_task_return_error (task, wb_store_failure_new_clear_error (error));
    }
}

static void
cleared_after_unlock_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;

  if (!secret_password_clear_finish (result, &error) && error == NULL)
    error = g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "it is still locked");
  if (end_call (task, error))
    return_cleared (task, error);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GHashTable) attributes = new_attributes (g_task_get_task_data (task));
  g_autoptr (GError) error = NULL;
  g_autolist (GObject) found = NULL;

  found = secret_password_search_finish (result, &error);
  if (found != NULL)
    secret_password_clearv (&schema, attributes, g_task_get_cancellable (task),
                            cleared_after_unlock_cb, g_object_ref (task));
  else if (end_call (task, error))
    return_cleared (task, error);
}

/* libsecret clears nothing that is locked, and does not say so: only a search unlocks it. */
static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GHashTable) attributes = new_attributes (g_task_get_task_data (task));
  g_autoptr (GError) error = NULL;
  gboolean cleared;

  cleared = secret_password_clear_finish (result, &error);
  if (!cleared && error == NULL)
    {
      secret_password_searchv (&schema, attributes, SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK,
                               g_task_get_cancellable (task), searched_cb, g_object_ref (task));
      return;
    }

  if (error != NULL && wb_store_failure_is_no_store (error) && !store_was_there)
    g_clear_error (&error);
  if (end_call (task, error))
    return_cleared (task, error);
}

/* The secret that is in memory, with what the account says now. */
static WbCredentials *
dup_from_memory (WbSecrets *self,
                 WbAccount *account)
{
  WbCredentials *kept = g_hash_table_lookup (self->in_memory, wb_account_get_uuid (account));

  if (kept == NULL || wb_credentials_get_method (kept) != wb_account_get_auth_method (account))
    return NULL;

  if (wb_credentials_get_method (kept) == WB_AUTH_PASSWORD)
    return wb_credentials_new_password (wb_account_get (account, WB_ACCOUNT_DOMAIN),
                                        wb_account_get (account, WB_ACCOUNT_USER),
                                        wb_credentials_get_password (kept));

  return wb_credentials_ref (kept);
}

/* Returns: whether that is the answer */
static gboolean
return_from_memory (WbSecrets *self,
                    WbAccount *account,
                    GTask     *task)
{
  if (!wb_account_get_transient (account)
      && !g_hash_table_contains (self->in_memory, wb_account_get_uuid (account)))
    return FALSE;

  g_task_return_pointer (task, dup_from_memory (self, account),
                         (GDestroyNotify) wb_credentials_unref);

  return TRUE;
}

static void
start_storing (GTask *task)
{
  Storing *storing = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = new_attributes (storing->uuid);
  char *text = wb_secret_text_new (storing->credentials);

  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, storing->label, text,
                          g_task_get_cancellable (task), stored_cb, task);
  wb_wipe_and_free (text);
}

static void
start_lookup (GTask *task)
{
  WbSecrets *self = g_task_get_source_object (task);
  WbAccount *account = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = new_attributes (wb_account_get_uuid (account));

  /* A store that failed meanwhile may have put it there. */
  if (return_from_memory (self, account, task))
    {
      wb_call_queue_next (get_queue (), task);
      g_object_unref (task);
      return;
    }

  secret_password_lookupv (&schema, attributes, g_task_get_cancellable (task), looked_up_cb, task);
}

static void
start_clearing (GTask *task)
{
  WbSecrets  *self = g_task_get_source_object (task);
  const char *uuid = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = new_attributes (uuid);

  /* Once more: a store that failed meanwhile may have put it there. */
  g_hash_table_remove (self->in_memory, uuid);
  secret_password_clearv (&schema, attributes, g_task_get_cancellable (task), cleared_cb, task);
}

static void
wb_secrets_finalize (GObject *object)
{
  WbSecrets *self = WB_SECRETS (object);

  g_hash_table_unref (self->in_memory);

  G_OBJECT_CLASS (wb_secrets_parent_class)->finalize (object);
}

static void
wb_secrets_class_init (WbSecretsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wb_secrets_finalize;
}

static void
wb_secrets_init (WbSecrets *self)
{
  self->in_memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) wb_credentials_unref);
}

WbSecrets *
wb_secrets_new (void)
{
  return g_object_new (WB_TYPE_SECRETS, NULL);
}

/**
 * wb_secrets_store_async:
 * @self: the secrets
 * @account: the account they are for; a transient one's never leave memory
 * @credentials: what to keep, UTF-8; of a password, the domain and user are not kept
 * @cancellable: (nullable): ends the call; the secret is then kept nowhere new
 * @callback: called when it is kept
 * @user_data: for @callback
 *
 * May ask a person to unlock the keyring, so it may take long. It takes the place of what was kept
 * for the account. A store that does not work is not a failure: the secret is then kept in memory.
 */
void
wb_secrets_store_async (WbSecrets          *self,
                        WbAccount          *account,
                        WbCredentials      *credentials,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *name = NULL;
  const char      *uuid;
  Storing         *storing;

  g_return_if_fail (WB_IS_SECRETS (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (credentials != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_secrets_store_async);

  uuid = wb_account_get_uuid (account);
  if (wb_account_get_transient (account))
    {
      g_hash_table_insert (self->in_memory, g_strdup (uuid), wb_credentials_ref (credentials));
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  name = g_utf8_make_valid (wb_account_get (account, WB_ACCOUNT_NAME), -1);
  storing = g_new0 (Storing, 1);
  storing->uuid = g_strdup (uuid);
  /* Translators: what the desktop's password manager shows; %s is an account's name */
  storing->label = g_strdup_printf (_ ("Waybill: %s"), name);
  storing->credentials = wb_credentials_ref (credentials);
  g_task_set_task_data (task, storing, (GDestroyNotify) storing_free);
  wb_call_queue_push (get_queue (), g_steal_pointer (&task), start_storing);
}

/**
 * wb_secrets_store_finish:
 * @self: the secrets
 * @result: what the callback got
 * @kept_in_memory_reason: (out) (optional) (nullable): why the secret is kept for this run only, as
 *   a translated sentence; %NULL if it is stored, or if it is a transient account's; free it
 * @error: (out) (optional): %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE if the secret is kept
 */
gboolean
wb_secrets_store_finish (WbSecrets    *self,
                         GAsyncResult *result,
                         char        **kept_in_memory_reason,
                         GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *reason = NULL;

  g_return_val_if_fail (WB_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  reason = g_task_propagate_pointer (G_TASK (result), &local_error);
  if (kept_in_memory_reason != NULL)
    *kept_in_memory_reason = g_steal_pointer (&reason);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/**
 * wb_secrets_lookup_async:
 * @self: the secrets
 * @account: the account they are for
 * @cancellable: (nullable): ends the call
 * @callback: called with the credentials
 * @user_data: for @callback
 *
 * May ask a person to unlock the keyring, so it may take long. A token whose known time is over
 * (%WB_ACCOUNT_TOKEN_EXPIRES) is removed instead.
 */
void
wb_secrets_lookup_async (WbSecrets          *self,
                         WbAccount          *account,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GDateTime) now = NULL;

  g_return_if_fail (WB_IS_SECRETS (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_secrets_lookup_async);

  now = g_date_time_new_now_utc ();
  if (wb_account_has_expired_token (account, now))
    {
      wb_secrets_clear_async (self, wb_account_get_uuid (account), cancellable, forgotten_cb,
                              g_steal_pointer (&task));
      return;
    }
  if (return_from_memory (self, account, task))
    return;

  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  wb_call_queue_push (get_queue (), g_steal_pointer (&task), start_lookup);
}

/**
 * wb_secrets_lookup_finish:
 * @self: the secrets
 * @result: what the callback got
 * @error: (out) (optional): %G_IO_ERROR_CANCELLED, or %WB_ERROR_FAILED if the store fails
 *
 * Returns: (transfer full) (nullable): credentials of the account's domain and user and its secret.
 *   %NULL without an error where none is kept for the account's way to sign in: there is no store,
 *   or a person did not unlock it, or nothing is in it
 */
WbCredentials *
wb_secrets_lookup_finish (WbSecrets    *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (WB_IS_SECRETS (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wb_secrets_is_kept_in_memory:
 * @self: the secrets
 * @uuid: an account's UUID
 *
 * Returns: %TRUE if this run's memory is the only place that has the account's secret
 */
gboolean
wb_secrets_is_kept_in_memory (WbSecrets  *self,
                              const char *uuid)
{
  g_return_val_if_fail (WB_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  return g_hash_table_contains (self->in_memory, uuid);
}

/**
 * wb_secrets_clear_async:
 * @self: the secrets
 * @uuid: an account's UUID
 * @cancellable: (nullable): ends the call
 * @callback: called when memory and store have nothing any more
 * @user_data: for @callback
 *
 * May ask a person to unlock the keyring, so it may take long.
 */
void
wb_secrets_clear_async (WbSecrets          *self,
                        const char         *uuid,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_SECRETS (self));
  g_return_if_fail (uuid != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_secrets_clear_async);

  /* The copy in memory goes even if the rest fails. */
  g_hash_table_remove (self->in_memory, uuid);

  g_task_set_task_data (task, g_strdup (uuid), g_free);
  wb_call_queue_push (get_queue (), g_steal_pointer (&task), start_clearing);
}

/**
 * wb_secrets_clear_finish:
 * @self: the secrets
 * @result: what the callback got
 * @error: (out) (optional): %G_IO_ERROR_CANCELLED, or %WB_ERROR_FAILED if the store still has it
 *
 * Returns: %TRUE if nothing is kept any more, or never was
 */
gboolean
wb_secrets_clear_finish (WbSecrets    *self,
                         GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (WB_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
