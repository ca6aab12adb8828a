/* sample-account.c: the sample service of this run, and its account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/context/sample-account.h"

#include "sample/sample-service.h"

struct _WbSampleAccount
{
  WbSampleService *service; /* (owned) (nullable): once it was asked for */
  WbAccount       *account; /* (owned) (nullable): likewise */
};

WbSampleAccount *
wb_sample_account_new (void)
{
  return g_new0 (WbSampleAccount, 1);
}

void
wb_sample_account_free (WbSampleAccount *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->account);
  g_clear_object (&self->service);
  g_free (self);
}

/**
 * wb_sample_account_start:
 * @self: the sample account
 * @store: takes the account
 * @error: return location
 *
 * Starts the service unless it is running.
 *
 * Returns: (transfer none): its account, or %NULL
 */
WbAccount *
wb_sample_account_start (WbSampleAccount *self,
                         WbAccountStore  *store,
                         GError         **error)
{
  g_autoptr (WbSampleService) service = NULL;
  g_autoptr (WbAccount) account = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (store), NULL);

  if (self->service != NULL)
    return self->account;

  service = wb_sample_service_new ();
  if (!wb_sample_service_start (service, 0, error))
    return NULL;

  account = wb_sample_service_dup_account (service, WB_AUTH_PASSWORD);
  if (!wb_account_store_put (store, account, error))
    return NULL;

  self->service = g_steal_pointer (&service);
  self->account = g_steal_pointer (&account);

  return self->account;
}

void
wb_sample_account_stop (WbSampleAccount *self)
{
  g_return_if_fail (self != NULL);

  if (self->service != NULL)
    wb_sample_service_stop (self->service);
}

/**
 * wb_sample_account_dup_credentials:
 * @self: the sample account
 * @account: an account
 *
 * Returns: (transfer full) (nullable): the credentials for the sample service, if @account is
 *   its account
 */
WbCredentials *
wb_sample_account_dup_credentials (WbSampleAccount *self,
                                   WbAccount       *account)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);

  if (self->account == NULL
      || !g_str_equal (wb_account_get_uuid (account), wb_account_get_uuid (self->account)))
    return NULL;

  return wb_sample_service_dup_credentials (self->service, wb_account_get_auth_method (account));
}
