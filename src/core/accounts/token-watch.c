/* token-watch.c: forgets a stored token when its time is over
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/token-watch.h"

/* A computer that was suspended catches up after this at the latest. */
#define MAX_WAIT_SECONDS (10 * 60)

struct _WbTokenWatch
{
  GObject parent_instance;

  WbAccountStore *store;     /* (owned) */
  WbSecrets      *secrets;   /* (owned) */
  GHashTable     *forgotten; /* (owned): UUID → the expiry that has been dealt with */
  guint           timeout_id;
};

G_DEFINE_FINAL_TYPE (WbTokenWatch, wb_token_watch, G_TYPE_OBJECT)

enum
{
  SIGNAL_EXPIRED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean look_cb (gpointer user_data);

/* Nobody waits for it: one that stays stored is still not used. */
static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wb_secrets_clear_finish (WB_SECRETS (source), result, &error))
    g_debug ("An expired token stays stored: %s", error->message);
}

static void
forget (WbTokenWatch *self,
        WbAccount    *account)
{
  const char *uuid = wb_account_get_uuid (account);
  const char *expires = wb_account_get (account, WB_ACCOUNT_TOKEN_EXPIRES);

  if (g_strcmp0 (g_hash_table_lookup (self->forgotten, uuid), expires) == 0)
    return;

  g_hash_table_replace (self->forgotten, g_strdup (uuid), g_strdup (expires));
  wb_secrets_clear_async (self->secrets, uuid, NULL, cleared_cb, NULL);
  g_signal_emit (self, signals[SIGNAL_EXPIRED], 0, uuid);
}

/* How long until the account's token expires; %G_MAXINT64 where that is not known. */
static gint64
get_seconds_left (WbAccount *account,
                  GDateTime *now)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) expires = NULL;

  if (wb_account_get_auth_method (account) == WB_AUTH_TOKEN)
    expires = g_date_time_new_from_iso8601 (wb_account_get (account, WB_ACCOUNT_TOKEN_EXPIRES),
                                            utc);

  return expires != NULL ? g_date_time_difference (expires, now) / G_USEC_PER_SEC : G_MAXINT64;
}

static void
look (WbTokenWatch *self)
{
  GListModel *accounts = G_LIST_MODEL (self->store);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  gint64 next = G_MAXINT64;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (accounts, i);

      if (wb_account_has_expired_token (account, now))
        forget (self, account);
      else
        next = MIN (next, get_seconds_left (account, now));
    }

  if (next != G_MAXINT64)
    self->timeout_id = g_timeout_add_seconds ((guint) CLAMP (next + 1, 1, MAX_WAIT_SECONDS),
                                              look_cb, self);
}

static gboolean
look_cb (gpointer user_data)
{
  WbTokenWatch *self = user_data;

  self->timeout_id = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

static void
wb_token_watch_dispose (GObject *object)
{
  WbTokenWatch *self = WB_TOKEN_WATCH (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->secrets);

  G_OBJECT_CLASS (wb_token_watch_parent_class)->dispose (object);
}

static void
wb_token_watch_finalize (GObject *object)
{
  WbTokenWatch *self = WB_TOKEN_WATCH (object);

  g_hash_table_unref (self->forgotten);

  G_OBJECT_CLASS (wb_token_watch_parent_class)->finalize (object);
}

static void
wb_token_watch_class_init (WbTokenWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wb_token_watch_dispose;
  object_class->finalize = wb_token_watch_finalize;

  /**
   * WbTokenWatch::expired:
   * @self: the watch
   * @uuid: an account's UUID
   *
   * The account's token is over: it is being removed from the keyring, and whoever has it in
   * memory should drop it.
   */
  signals[SIGNAL_EXPIRED] = g_signal_new ("expired", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wb_token_watch_init (WbTokenWatch *self)
{
  self->forgotten = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

WbTokenWatch *
wb_token_watch_new (WbAccountStore *store,
                    WbSecrets      *secrets)
{
  WbTokenWatch *self;

  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (store), NULL);
  g_return_val_if_fail (WB_IS_SECRETS (secrets), NULL);

  self = g_object_new (WB_TYPE_TOKEN_WATCH, NULL);
  self->store = g_object_ref (store);
  self->secrets = g_object_ref (secrets);

  return self;
}

/**
 * wb_token_watch_start:
 * @self: a watch that has not begun
 *
 * Forgets the tokens that are over (%WB_ACCOUNT_TOKEN_EXPIRES) now, and the others in time.
 */
void
wb_token_watch_start (WbTokenWatch *self)
{
  g_return_if_fail (WB_IS_TOKEN_WATCH (self));

  g_signal_connect_object (self->store, "items-changed", G_CALLBACK (look), self,
                           G_CONNECT_SWAPPED);
  look (self);
}
