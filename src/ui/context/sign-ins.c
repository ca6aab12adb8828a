/* sign-ins.c: one sign-in for each account and run, shared by the windows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/context/sign-ins.h"

#include "core/error.h"

struct _WbSignIns
{
  GObject parent_instance;

  WbAccountStore *store; /* (owned) */
  GHashTable     *kept;  /* (owned): UUID → Kept */
};

G_DEFINE_FINAL_TYPE (WbSignIns, wb_sign_ins, G_TYPE_OBJECT)

typedef struct
{
  WbAccount    *account; /* (owned): as it was then; an edited account is another object */
  WbSignIn     *sign_in; /* (owned) (nullable): until it is forgotten */
  WbClockOffset clock;   /* what it had learned by then */
} Kept;

static void
kept_free (Kept *kept)
{
  g_clear_object (&kept->account);
  g_clear_object (&kept->sign_in);
  g_free (kept);
}

static gboolean
is_outdated_cb (gpointer key,
                gpointer value,
                gpointer user_data)
{
  WbSignIns *self = user_data;
  Kept      *kept = value;

  return wb_account_store_find (self->store, key) != kept->account;
}

static void
accounts_changed_cb (WbSignIns *self)
{
  g_hash_table_foreach_remove (self->kept, is_outdated_cb, self);
}

static void
wb_sign_ins_finalize (GObject *object)
{
  WbSignIns *self = WB_SIGN_INS (object);

  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (wb_sign_ins_parent_class)->finalize (object);
}

static void
wb_sign_ins_class_init (WbSignInsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wb_sign_ins_finalize;
}

static void
wb_sign_ins_init (WbSignIns *self)
{
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) kept_free);
}

/**
 * wb_sign_ins_new:
 * @store: the accounts; a change to one ends its sign-in
 *
 * Returns: (transfer full): an empty set of sign-ins
 */
WbSignIns *
wb_sign_ins_new (WbAccountStore *store)
{
  WbSignIns *self;

  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (store), NULL);

  self = g_object_new (WB_TYPE_SIGN_INS, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * wb_sign_ins_find_stored:
 * @self: the sign-ins
 * @draft: settings that are being edited
 *
 * Returns: (transfer none) (nullable): the stored account that signs in exactly like @draft
 */
WbAccount *
wb_sign_ins_find_stored (WbSignIns *self,
                         WbAccount *draft)
{
  WbAccount *stored;

  g_return_val_if_fail (WB_IS_SIGN_INS (self), NULL);
  g_return_val_if_fail (WB_IS_ACCOUNT (draft), NULL);

  stored = wb_account_store_find (self->store, wb_account_get_uuid (draft));

  return stored != NULL && wb_account_signs_in_like (stored, draft) ? stored : NULL;
}

/**
 * wb_sign_ins_get:
 * @self: the sign-ins
 * @account: an account
 *
 * Returns: (transfer none) (nullable): the sign-in that was opened with exactly these settings
 */
WbSignIn *
wb_sign_ins_get (WbSignIns *self,
                 WbAccount *account)
{
  Kept *kept;

  g_return_val_if_fail (WB_IS_SIGN_INS (self), NULL);
  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);

  kept = g_hash_table_lookup (self->kept, wb_account_get_uuid (account));

  return kept != NULL && kept->account == account ? kept->sign_in : NULL;
}

/**
 * wb_sign_ins_keep:
 * @self: the sign-ins
 * @account: its account
 * @sign_in: a sign-in that has sent nothing yet
 */
void
wb_sign_ins_keep (WbSignIns *self,
                  WbAccount *account,
                  WbSignIn  *sign_in)
{
  const Kept *before;
  Kept       *kept;

  g_return_if_fail (WB_IS_SIGN_INS (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (WB_IS_SIGN_IN (sign_in));

  before = g_hash_table_lookup (self->kept, wb_account_get_uuid (account));
  if (before != NULL && before->account == account && before->sign_in == NULL)
    wb_sign_in_set_clock (sign_in, before->clock);

  kept = g_new0 (Kept, 1);
  kept->account = g_object_ref (account);
  kept->sign_in = g_object_ref (sign_in);
  g_hash_table_replace (self->kept, g_strdup (wb_account_get_uuid (account)), kept);
}

/**
 * wb_sign_ins_forget:
 * @self: the sign-ins
 * @uuid: an account's UUID
 *
 * Call it when an account's secret has changed or was refused. The clock offset is kept.
 */
void
wb_sign_ins_forget (WbSignIns  *self,
                    const char *uuid)
{
  Kept *kept;

  g_return_if_fail (WB_IS_SIGN_INS (self));
  g_return_if_fail (uuid != NULL);

  kept = g_hash_table_lookup (self->kept, uuid);
  if (kept == NULL || kept->sign_in == NULL)
    return;

  kept->clock = wb_sign_in_get_clock (kept->sign_in);
  g_clear_object (&kept->sign_in);
}

/**
 * wb_sign_ins_fail:
 * @self: the sign-ins
 * @account: whose sign-in was used
 * @error: the error that its use returned
 *
 * Forgets the sign-in if it was refused, so that no window uses it again.
 */
void
wb_sign_ins_fail (WbSignIns    *self,
                  WbAccount    *account,
                  const GError *error)
{
  g_return_if_fail (WB_IS_SIGN_INS (self));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (error != NULL);

  if (wb_error_get_kind (error) == WB_ERROR_KIND_SIGN_IN)
    wb_sign_ins_forget (self, wb_account_get_uuid (account));
}
