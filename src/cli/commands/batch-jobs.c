/* batch-jobs.c: the workspaces that an export of several was asked for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/batch-jobs.h"

#include <glib/gi18n-lib.h>

#include "cli/terminal/output.h"
#include "cli/terminal/wait.h"
#include "core/error.h"
#include "core/service/directory/directory.h"
#include "core/text.h"

void
wb_cli_batch_account_free (WbCliBatchAccount *self)
{
  g_clear_pointer (&self->session, wb_cli_session_free);
  g_clear_pointer (&self->workspaces, g_ptr_array_unref);
  g_free (self);
}

static WbWorkspace *
find_stored (WbAccount  *account,
             const char *id)
{
  GListModel *stored = wb_account_get_workspaces (account);

  for (guint i = 0; i < g_list_model_get_n_items (stored); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (stored, i);

      if (g_str_equal (wb_workspace_get_id (workspace), id))
        return g_steal_pointer (&workspace);
    }

  return wb_workspace_new ("", id);
}

/* Of several accounts, each has those that it stores; of one, any ID will do. */
static gboolean
is_meant (WbCliSession *session,
          const char   *typed,
          gboolean      is_only_account)
{
  GListModel *stored = wb_account_get_workspaces (session->source->account);

  for (guint i = 0; !is_only_account && i < g_list_model_get_n_items (stored); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (stored, i);

      if (g_str_equal (wb_workspace_get_id (workspace), typed)
          || g_str_equal (wb_workspace_get_name (workspace), typed))
        return TRUE;
    }

  return is_only_account;
}

static void
add_once (GPtrArray   *workspaces,
          WbWorkspace *workspace)
{
  for (guint i = 0; i < workspaces->len; i++)
    {
      if (g_str_equal (wb_workspace_get_id (g_ptr_array_index (workspaces, i)),
                       wb_workspace_get_id (workspace)))
        {
          g_object_unref (workspace);
          return;
        }
    }
  g_ptr_array_add (workspaces, workspace);
}

static gboolean
choose_workspaces (WbCliBatchAccount        *self,
                   const WbCliExportOptions *options,
                   gboolean                  is_only_account,
                   GError                  **error)
{
  WbAccount   *account = self->session->source->account;
  char **const typed = options->batch.workspaces;

  if (options->batch.all_workspaces)
    return TRUE;

  self->workspaces = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; typed != NULL && typed[i] != NULL; i++)
    {
      g_autofree char *id = NULL;

      if (!is_meant (self->session, typed[i], is_only_account))
        continue;
      id = wb_cli_session_find_workspace (self->session, typed[i], error);
      if (id == NULL)
        return FALSE;
      add_once (self->workspaces, find_stored (account, id));
    }
  if (typed == NULL)
    add_once (self->workspaces, find_stored (account, self->session->source->workspace_id));

  if (self->workspaces->len == 0)
    {
      g_autofree char *name = wb_text_escape (wb_account_get (account, WB_ACCOUNT_NAME), -1);

      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: an account's name; the option is typed as it is. */
                   _ ("The account “%s” stores none of the workspaces that --workspace names."),
                   name);
      return FALSE;
    }

  return TRUE;
}

/* Each that was typed is one of some account's. */
static gboolean
check_workspaces (GPtrArray                *accounts,
                  const WbCliExportOptions *options,
                  GError                  **error)
{
  char **const typed = options->batch.workspaces;

  for (guint i = 0; typed != NULL && accounts->len > 1 && typed[i] != NULL; i++)
    {
      gboolean         is_known = FALSE;
      g_autofree char *escaped = NULL;

      for (guint j = 0; j < accounts->len; j++)
        {
          WbCliBatchAccount *account = g_ptr_array_index (accounts, j);

          is_known |= is_meant (account->session, typed[i], FALSE);
        }
      if (is_known)
        continue;
      escaped = wb_text_escape (typed[i], -1);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: what a person typed. */
                   _ ("None of the accounts stores a workspace “%s”. With several accounts, "
                      "--workspace names stored ones."),
                   escaped);
      return FALSE;
    }

  return TRUE;
}

static WbCliBatchAccount *
open_account (const WbCliExportOptions *options,
              const char               *name,
              WbCliSecrets             *secrets,
              GCancellable             *cancellable,
              GError                  **error)
{
  g_autoptr (WbCliSecrets) own = wb_cli_secrets_copy (secrets);
  WbCliExportOptions one = *options;
  WbCliSession      *session;
  WbCliBatchAccount *self;

  one.account = (char *) name;
  one.workspace = NULL;
  /* Those that were typed are looked for among all accounts. */
  one.is_check = options->batch.all_workspaces || options->batch.workspaces != NULL;
  session = wb_cli_session_new (&one, own, cancellable, error);
  if (session == NULL)
    return NULL;

  self = g_new0 (WbCliBatchAccount, 1);
  self->session = session;

  return self;
}

/* Whether it is one of the first @n. */
static gboolean
is_among (char      **names,
          guint       n,
          const char *name)
{
  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (names[i], name))
        return TRUE;
    }

  return FALSE;
}

/**
 * wb_cli_batch_accounts_open:
 * @options: the options
 * @secrets: what the environment held
 * @cancellable: (nullable): cancels a look-up or a prompt
 * @error: return location
 *
 * Finds the accounts, their secrets, and the workspaces that were named. No request is made.
 *
 * Returns: (transfer full) (element-type WbCliBatchAccount): the accounts
 */
GPtrArray *
wb_cli_batch_accounts_open (const WbCliExportOptions *options,
                            WbCliSecrets             *secrets,
                            GCancellable             *cancellable,
                            GError                  **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) sessions = g_ptr_array_new ();
  char **const names = options->batch.accounts;
  guint        n = names != NULL ? g_strv_length (names) : 1;

  accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_cli_batch_account_free);
  for (guint i = 0; i < n; i++)
    {
      const char        *name = names != NULL ? names[i] : NULL;
      WbCliBatchAccount *account;

      if (is_among (names, i, name))
        continue;
      account = open_account (options, name, secrets, cancellable, error);
      if (account == NULL)
        return NULL;
      g_ptr_array_add (accounts, account);
      g_ptr_array_add (sessions, account->session);
    }

  if (!wb_cli_session_check_secrets (sessions, secrets, error)
      || !check_workspaces (accounts, options, error))
    return NULL;
  for (guint i = 0; i < accounts->len; i++)
    {
      if (!choose_workspaces (g_ptr_array_index (accounts, i), options, accounts->len == 1, error))
        return NULL;
    }

  return g_steal_pointer (&accounts);
}

static void
note (WbAccount  *account,
      const char *sentence)
{
  const char      *name = wb_account_get (account, WB_ACCOUNT_NAME);
  g_autofree char *escaped_name = wb_text_escape (name, -1);
  g_autofree char *escaped = wb_text_escape (sentence, -1);

  if (*name != '\0')
    wb_cli_output_note ("%s: %s", escaped_name, escaped);
  else
    wb_cli_output_note ("%s", escaped);
}

static GListModel *
list (WbCliBatchAccount *self,
      WbCliSecrets      *secrets,
      GCancellable      *cancellable,
      GError           **error)
{
  WbSignIn        *sign_in = self->session->sign_in;
  g_autofree char *some_missing = NULL;
  GListModel      *items = NULL;

  for (guint i = 0; items == NULL && i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      if (i > 0 && !wb_cli_session_add_passcode (self->session, secrets, cancellable, error))
        return NULL;
      wb_directory_list_workspaces_async (sign_in, cancellable, wb_cli_wait_cb, &result);
      items = wb_directory_list_workspaces_finish (sign_in, wb_cli_wait (&result), &some_missing,
                                                   error);
    }
  if (some_missing != NULL)
    note (self->session->source->account, some_missing);

  return items;
}

/* The directory is no part of the export: without it, what the person stored is what there is. */
static gboolean
may_go_on (const GError *error)
{
  switch (wb_error_get_kind (error))
    {
    case WB_ERROR_KIND_INVALID:
    case WB_ERROR_KIND_NOT_PERMITTED:
    case WB_ERROR_KIND_SERVICE:
    case WB_ERROR_KIND_NETWORK:
    case WB_ERROR_KIND_FAILED:
      return TRUE;
    case WB_ERROR_KIND_SIGN_IN:
    case WB_ERROR_KIND_NO_CONNECTIONS:
    case WB_ERROR_KIND_NOT_AN_ARCHIVE:
    case WB_ERROR_KIND_LOCAL_FILE:
    case WB_ERROR_KIND_CANCELLED:
    default:
      return FALSE;
    }
}

static char *
dup_stored_sentence (guint n)
{
  /* Translators: how many workspaces. */
  return g_strdup_printf (ngettext ("The service lists no workspaces. Exporting %u stored one.",
                                    "The service lists no workspaces. Exporting %u stored ones.",
                                    n),
                          n);
}

static gboolean
list_all (WbCliBatchAccount *self,
          WbCliSecrets      *secrets,
          GCancellable      *cancellable,
          GError           **error)
{
  WbAccount  *account = self->session->source->account;
  GListModel *stored = wb_account_get_workspaces (account);
  guint       n_stored = g_list_model_get_n_items (stored);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GListModel) items = list (self, secrets, cancellable, &failure);
  guint            n = items != NULL ? g_list_model_get_n_items (items) : 0;
  g_autofree char *sentence = NULL;

  if (items == NULL && (n_stored == 0 || !may_go_on (failure)))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (n == 0 && n_stored == 0)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("The service lists no workspaces, and none is stored. Name one with "
                              "--workspace."));
      return FALSE;
    }

  self->workspaces = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbDirectoryItem) item = g_list_model_get_item (items, i);

      add_once (self->workspaces, wb_workspace_new (wb_directory_item_get_name (item),
                                                    wb_directory_item_get_id (item)));
    }
  for (guint i = 0; n == 0 && i < n_stored; i++)
    add_once (self->workspaces, g_list_model_get_item (stored, i));

  if (n > 0)
    /* Translators: how many workspaces. */
    sentence = g_strdup_printf (ngettext ("Exporting the %u workspace that the service lists.",
                                          "Exporting the %u workspaces that the service lists.", n),
                                n);
  else
    sentence = dup_stored_sentence (n_stored);
  if (failure != NULL)
    note (account, failure->message);
  note (account, sentence);

  return TRUE;
}

/* One sign-in before the jobs share it: for the one-time code, and for the project's ID. What else
 * fails is up to the jobs, which try again.
 * Returns: FALSE if none of the jobs could do anything */
static gboolean
sign_in (WbCliBatchAccount *self,
         WbCliSecrets      *secrets,
         GCancellable      *cancellable,
         GError           **error)
{
  WbSignIn *sign_in = self->session->sign_in;
  g_autoptr (GError) failure = NULL;
  gboolean done = FALSE;

  for (guint i = 0; !done && i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      if (i > 0 && !wb_cli_session_add_passcode (self->session, secrets, cancellable, &failure))
        break;
      wb_sign_in_prepare_async (sign_in, cancellable, wb_cli_wait_cb, &result);
      done = wb_sign_in_prepare_finish (sign_in, wb_cli_wait (&result), &failure);
    }
  if (done
      || (wb_sign_in_get_project_id (sign_in) != NULL
          && (wb_error_get_kind (failure) == WB_ERROR_KIND_NETWORK
              || wb_error_get_kind (failure) == WB_ERROR_KIND_SERVICE)))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/**
 * wb_cli_batch_account_add_jobs:
 * @self: an account
 * @batch: where the jobs go
 * @options: the options
 * @secrets: what the environment held
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Signs in, and asks the service for its workspaces if all are wanted. Says which they are.
 *
 * Returns: %FALSE if nothing can be exported from this account
 */
gboolean
wb_cli_batch_account_add_jobs (WbCliBatchAccount        *self,
                               WbBatch                  *batch,
                               const WbCliExportOptions *options,
                               WbCliSecrets             *secrets,
                               GCancellable             *cancellable,
                               GError                  **error)
{
  WbCliSession *session = self->session;
  const char   *name = wb_account_get (session->source->account, WB_ACCOUNT_NAME);
  gboolean      is_stored = session->source->sample == NULL && *name != '\0';

  wb_client_set_pace (wb_sign_in_get_client (session->sign_in), wb_batch_get_pace (batch));
  if (!sign_in (self, secrets, cancellable, error)
      || (self->workspaces == NULL && !list_all (self, secrets, cancellable, error)))
    {
      wb_cli_session_name_account (session, options, *error);
      return FALSE;
    }

  for (guint i = 0; i < self->workspaces->len; i++)
    {
      WbWorkspace *workspace = g_ptr_array_index (self->workspaces, i);
      g_autoptr (WbBatchJob) job = wb_batch_job_new (session->sign_in, session->source->account,
                                                     is_stored, wb_workspace_get_id (workspace),
                                                     wb_workspace_get_name (workspace));

      wb_batch_add (batch, job);
    }

  return TRUE;
}
