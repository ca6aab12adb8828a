/* service-statuses.c: a plain sentence for each status, where nothing else tells more
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/refusal/service-statuses.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  guint       status;
  WbError     meaning;
  const char *sentence;
} Status;

/* The service's API reference, "Status Codes". */
static const Status statuses[] = {
  { 400, WB_ERROR_SERVICE,
    N_ ("The service did not accept the request. Check the project ID and the workspace ID in the "
        "account.") },
  { 403, WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted to export connections. Ask the account’s administrator for "
        "permission on DataArts Studio and for a role in this workspace.") },
  { 404, WB_ERROR_SERVICE,
    N_ ("The service does not offer the export at this address. Check the region, the service "
        "address and the project ID in the account.") },
  { 405, WB_ERROR_SERVICE,
    N_ ("This address does not take exports. Check the service address in the account.") },
  { 406, WB_ERROR_SERVICE,
    N_ ("The service cannot answer in the form that was asked for. Check the service address in "
        "the account.") },
  { 407, WB_ERROR_NETWORK,
    N_ ("The proxy between here and the service wants a sign-in of its own. Set its user and "
        "password in the system’s network settings.") },
  { 408, WB_ERROR_SERVICE,
    N_ ("The service waited too long for the request. Check the network, then try again.") },
  { 409, WB_ERROR_SERVICE,
    N_ ("The request collides with something the service is doing. Try again in some minutes.") },
  { 410, WB_ERROR_SERVICE,
    N_ ("The service has taken the export offline. Check in the cloud’s documentation what "
        "replaces it.") },
  { 411, WB_ERROR_SERVICE,
    N_ ("The length of the request got lost on the way. A proxy may be the cause: ask the "
        "network’s administrator.") },
  { 412, WB_ERROR_SERVICE,
    N_ ("The service does not meet a condition of the request. Try again later.") },
  { 413, WB_ERROR_SERVICE,
    N_ ("The service finds the request too large. Try again later.") },
  { 414, WB_ERROR_SERVICE,
    N_ ("The service finds the address too long. Check the service address in the account.") },
  { 415, WB_ERROR_SERVICE,
    N_ ("The service does not take this kind of request. Check the service address in the "
        "account.") },
  { 416, WB_ERROR_SERVICE,
    N_ ("The service cannot send the part that was asked for. Try again.") },
  { 417, WB_ERROR_SERVICE,
    N_ ("The service cannot meet an expectation of the request. A proxy may be the cause: ask the "
        "network’s administrator.") },
  { 422, WB_ERROR_SERVICE,
    N_ ("The service could not make sense of the request. Check the project ID and the workspace "
        "ID in the account.") },
  { 429, WB_ERROR_SERVICE,
    N_ ("The service gets too many requests at the moment. Wait some minutes, then try again.") },
  { 500, WB_ERROR_SERVICE,
    N_ ("The service has an internal error. Try again in some minutes; if it stays like this, "
        "report the request ID to the cloud’s support.") },
  { 501, WB_ERROR_SERVICE,
    N_ ("The service does not support the export. Check the region and the service address in the "
        "account.") },
  { 502, WB_ERROR_SERVICE,
    N_ ("The service behind the gateway gave no valid answer. Try again in some minutes.") },
  { 503, WB_ERROR_SERVICE,
    N_ ("The service is not available at the moment. Try again in some minutes.") },
  { 504, WB_ERROR_SERVICE,
    N_ ("The service behind the gateway took too long to answer. Try again in some minutes.") },
  { 505, WB_ERROR_SERVICE,
    N_ ("The service does not speak this version of HTTP. A proxy may be the cause: ask the "
        "network’s administrator.") },
};

/* Where the identity service means something else by the same status. */
static const Status sign_in_statuses[] = {
  { 400, WB_ERROR_SERVICE,
    N_ ("The identity service did not accept the request. Check the domain, the user name and the "
        "project in the account.") },
  { 401, WB_ERROR_SIGN_IN,
    N_ ("The sign-in was refused: the domain, the user name, the password or the project is wrong, "
        "the user is locked or disabled, or has no role in the project. A HUAWEI ID and a "
        "federated user cannot sign in by password: create an IAM user, or use an access key.") },
  { 403, WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted to sign in to programs. Ask the account’s administrator for "
        "programmatic access.") },
  { 404, WB_ERROR_SERVICE,
    N_ ("There is no identity service at this address, or it does not know the project. Check the "
        "region, the identity address and the project in the account.") },
  { 405, WB_ERROR_SERVICE,
    N_ ("This address does not take sign-ins. Check the identity address in the account.") },
  { 429, WB_ERROR_SERVICE,
    N_ ("The identity service gets too many sign-ins at the moment. Wait some minutes, then try "
        "again.") },
  { 500, WB_ERROR_SERVICE,
    N_ ("The identity service has an internal error. Try again in some minutes.") },
  { 501, WB_ERROR_SERVICE,
    N_ ("This address does not take sign-ins. Check the identity address in the account.") },
  { 503, WB_ERROR_SERVICE,
    N_ ("The identity service is not available at the moment. Try again in some minutes.") },
};

static const Status code_statuses[] = {
  { 401, WB_ERROR_SIGN_IN,
    N_ ("The sign-in was refused: the one-time code, the password, the user name, the domain or "
        "the project is wrong. A code is good for half a minute and for one sign-in: try again "
        "with a new one.") },
};

static const Status scope_statuses[] = {
  { 401, WB_ERROR_NOT_PERMITTED,
    N_ ("The user’s name and password are right, but the project was refused: it does not exist, "
        "or the user has no role in it. Check the project in the account, or ask the account’s "
        "administrator for a role in it.") },
  { 403, WB_ERROR_NOT_PERMITTED,
    N_ ("The user has no role in the project. Check the project in the account, or ask the "
        "account’s administrator for a role in it.") },
  { 404, WB_ERROR_SERVICE,
    N_ ("The identity service does not know the project. Check it in the account, and that it "
        "belongs to this region.") },
};

static const Status agency_statuses[] = {
  { 400, WB_ERROR_SERVICE,
    N_ ("The identity service does not take the agency. Check its name and the account that "
        "delegates it.") },
  { 401, WB_ERROR_SIGN_IN,
    N_ ("The agency was refused: its name, the account that delegates it or the project there is "
        "wrong.") },
  { 403, WB_ERROR_NOT_PERMITTED,
    N_ ("This user may not act for the other account. Ask the account’s administrator for the role "
        "Agent Operator, and the other account’s whether the agency is for this one.") },
  { 404, WB_ERROR_SERVICE,
    N_ ("The identity service does not find the agency. Check its name, the account that delegates "
        "it and the project there.") },
};

static const Status token_statuses[] = {
  { 401, WB_ERROR_SIGN_IN, N_ ("The token is not valid, or not any more. Get a new one.") },
  { 403, WB_ERROR_NOT_PERMITTED,
    N_ ("The identity service does not tell this user about tokens. The token may work all the "
        "same.") },
  /* Of a token that may ask: it is the call that is not known. */
  { 404, WB_ERROR_SERVICE,
    N_ ("The identity service does not tell about tokens. The token may work all the same.") },
};

static const Status project_statuses[] = {
  { 401, WB_ERROR_SIGN_IN,
    N_ ("The identity service did not accept the sign-in. Check the user or the key in the "
        "account.") },
  { 403, WB_ERROR_NOT_PERMITTED,
    N_ ("This user may not list projects. Enter the project’s ID by hand: the console shows it "
        "under My Credentials.") },
  { 404, WB_ERROR_SERVICE,
    N_ ("This identity service does not list projects. Enter the project’s ID by hand: the console "
        "shows it under My Credentials.") },
};

static const Status workspace_statuses[] = {
  { 400, WB_ERROR_SERVICE,
    N_ ("The service does not list workspaces for this project. Check the project, or enter the "
        "workspace’s ID by hand: it is in the console’s address.") },
  { 403, WB_ERROR_NOT_PERMITTED,
    N_ ("This user may not list workspaces. Ask the account’s administrator, or enter the "
        "workspace’s ID by hand: it is in the console’s address.") },
  { 404, WB_ERROR_SERVICE,
    N_ ("The service does not list workspaces at this address. Enter the workspace’s ID by hand: "
        "it is in the console’s address.") },
};

static const Status connection_statuses[] = {
  { 403, WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted to see connections. Ask the account’s administrator for "
        "permission on DataArts Studio and for a role in this workspace.") },
  { 404, WB_ERROR_SERVICE,
    N_ ("The service does not offer connections at this address. Check the region, the service "
        "address and the project ID in the account.") },
};

typedef struct
{
  const Status *rows;
  gsize         n_rows;
} Table;

/* Where a call means something else by the same status. */
static const Table tables[] = {
  [WB_SERVICE_CALL_SIGN_IN] = { NULL, 0 },
  [WB_SERVICE_CALL_SIGN_IN_WITH_CODE] = { code_statuses, G_N_ELEMENTS (code_statuses) },
  [WB_SERVICE_CALL_SCOPE] = { scope_statuses, G_N_ELEMENTS (scope_statuses) },
  [WB_SERVICE_CALL_AGENCY] = { agency_statuses, G_N_ELEMENTS (agency_statuses) },
  [WB_SERVICE_CALL_TOKEN] = { token_statuses, G_N_ELEMENTS (token_statuses) },
  [WB_SERVICE_CALL_PROJECTS] = { project_statuses, G_N_ELEMENTS (project_statuses) },
  [WB_SERVICE_CALL_WORKSPACES] = { workspace_statuses, G_N_ELEMENTS (workspace_statuses) },
  [WB_SERVICE_CALL_CONNECTIONS] = { connection_statuses, G_N_ELEMENTS (connection_statuses) },
  [WB_SERVICE_CALL_EXPORT] = { NULL, 0 },
};

/* A 401 to an export, for each WbAuthMethod. */
static const char *const export_401_sentences[] = {
  [WB_AUTH_PASSWORD] = N_ ("The service did not accept the token of a new sign-in. Check that the "
                           "service address and the identity address belong to the same cloud and "
                           "region."),
  [WB_AUTH_KEY] = N_ ("The service did not accept the access key. Check the access key, the secret "
                      "key and, for a temporary key, its security token. After five wrong "
                      "signatures the key is locked for 5 minutes."),
  [WB_AUTH_TOKEN] = N_ ("The service did not accept the token: it may have expired, or belong to "
                        "another project or region. Paste a new one in the account."),
};

static const Status *
find_status (const Status *table,
             gsize         n_rows,
             guint         status)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      if (table[i].status == status)
        return &table[i];
    }

  return NULL;
}

/**
 * wb_service_statuses_find:
 * @call: which call was refused
 * @method: how one is signed in
 * @status: the HTTP status
 * @meaning: (out): what it means
 *
 * Returns: (nullable): a translated sentence with the cause and the way out
 */
const char *
wb_service_statuses_find (WbServiceCall call,
                          WbAuthMethod  method,
                          guint         status,
                          WbError      *meaning)
{
  const Status *row = NULL;

  g_return_val_if_fail ((guint) call < G_N_ELEMENTS (tables), NULL);
  g_return_val_if_fail ((guint) method < G_N_ELEMENTS (export_401_sentences), NULL);
  g_return_val_if_fail (meaning != NULL, NULL);

  if (!wb_service_call_is_identity (call) && status == 401)
    {
      *meaning = WB_ERROR_SIGN_IN;
      return _ (export_401_sentences[method]);
    }
  row = find_status (tables[call].rows, tables[call].n_rows, status);
  if (row == NULL && wb_service_call_is_identity (call))
    row = find_status (sign_in_statuses, G_N_ELEMENTS (sign_in_statuses), status);
  if (row == NULL)
    row = find_status (statuses, G_N_ELEMENTS (statuses), status);
  if (row == NULL)
    return NULL;

  *meaning = row->meaning;

  return _ (row->sentence);
}
