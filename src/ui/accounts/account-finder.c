/* account-finder.c: lets the service complete an account's form, or check it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/account-window-private.h"

#include "core/error.h"
#include "core/service/directory/directory-item.h"
#include "ui/widgets/weak.h"

typedef struct
{
  WbFindWhat what;
  GWeakRef   form;
} Search;

static void
search_free (Search *search)
{
  g_weak_ref_clear (&search->form);
  g_free (search);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static void
enter_by_hand (WbAccountForm *form,
               WbFindWhat     what)
{
  if (what == WB_FIND_WORKSPACES)
    wb_account_form_focus_workspaces (form);
  else
    wb_account_form_focus_project (form);
}

/* Without a secret, the row for it says so and waits for it. */
static void
enter_secret (WbAccountForm *form,
              const GError  *error)
{
  WbSecretGroup *secret = wb_account_form_get_secret (form);

  wb_secret_group_set_hint (secret, error->message);
  wb_secret_group_focus (secret);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Search) search = user_data;
  g_autoptr (WbAccountForm) form = g_weak_ref_get (&search->form);
  g_autofree char *project_id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) items = wb_find_window_ask_finish (result, &project_id, &error);

  if (form == NULL)
    return;
  if (items == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        enter_by_hand (form, search->what);
      else if (g_error_matches (error, WB_ERROR, WB_ERROR_SIGN_IN))
        enter_secret (form, error);
      return;
    }

  if (project_id != NULL)
    wb_account_form_set_project_id (form, project_id);
  if (search->what == WB_FIND_WORKSPACES)
    wb_account_form_add_workspaces (form, items);
  else
    {
      g_autoptr (WbDirectoryItem) item = g_list_model_get_item (items, 0);

      wb_account_form_set_project_id (form, wb_directory_item_get_id (item));
    }
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (WbAccountForm) form = wb_weak_take (user_data);
  g_autoptr (GDateTime) token_expires = NULL;
  g_autoptr (GError) error = NULL;

  wb_check_window_run_finish (result, &token_expires, &error);
  if (form != NULL && token_expires != NULL)
    wb_account_form_set_token_expires (form, token_expires);
  if (form != NULL && g_error_matches (error, WB_ERROR, WB_ERROR_SIGN_IN))
    enter_secret (form, error);
}

static WbCredentials *
dup_typed (WbAccountForm *form,
           WbAccount     *account)
{
  return wb_secret_group_dup_credentials (wb_account_form_get_secret (form),
                                          wb_account_get (account, WB_ACCOUNT_DOMAIN),
                                          wb_account_get (account, WB_ACCOUNT_USER));
}

/**
 * wb_account_finder_find:
 * @context: keeps the secret, if none is typed in
 * @parent: the window of @form
 * @what: what to look for
 * @form: says whom to sign in as, and takes what is chosen
 */
void
wb_account_finder_find (WbContext     *context,
                        GtkWindow     *parent,
                        WbFindWhat     what,
                        WbAccountForm *form)
{
  g_autoptr (WbAccount) account = NULL;
  g_autoptr (WbCredentials) typed = NULL;
  Search *search;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WB_IS_ACCOUNT_FORM (form));

  account = wb_account_form_dup_account (form);
  typed = dup_typed (form, account);
  search = g_new0 (Search, 1);
  search->what = what;
  g_weak_ref_init (&search->form, form);
  wb_find_window_ask_async (context, parent, what, account, typed, chosen_cb, search);
}

/**
 * wb_account_finder_check:
 * @context: keeps the secret, if none is typed in
 * @parent: the window of @form
 * @form: says whom to sign in as
 */
void
wb_account_finder_check (WbContext     *context,
                         GtkWindow     *parent,
                         WbAccountForm *form)
{
  g_autoptr (WbAccount) account = NULL;
  g_autoptr (WbCredentials) typed = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WB_IS_ACCOUNT_FORM (form));

  account = wb_account_form_dup_account (form);
  typed = dup_typed (form, account);
  wb_check_window_run_async (context, parent, account, typed, checked_cb, wb_weak_new (form));
}
