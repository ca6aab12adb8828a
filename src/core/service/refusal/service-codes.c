/* service-codes.c: a plain sentence for each of the service's error codes and HTTP statuses
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/refusal/service-codes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A new code is one row here: its number, what it means, and a sentence with the cause and the way
 * out. */
typedef struct
{
  const char      *number;
  WbError          meaning;
  const char      *sentence; /* translated where it is looked up */
  WbServiceSubject subject;
} Answer;

typedef struct
{
  const char   *prefix;
  const Answer *answers;
  gsize         n_answers;
} Table;

/* DataArts Factory. All come with HTTP 400 (the service's API reference, "Error Codes"). The codes
 * of calls that Waybill never makes are not here. */
static const Answer factory_codes[] = {
  { "6322", WB_ERROR_NO_CONNECTIONS,
    N_ ("This workspace has no connections. Choose another workspace, or create a connection in "
        "it first.") },
  { "6888", WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted to export connections. Ask the account’s administrator for "
        "permission on DataArts Studio and for a role in this workspace.") },
  { "3051", WB_ERROR_SERVICE,
    N_ ("The service found a value in the request that is not valid. Check the project ID and the "
        "workspace ID in the account.") },
  { "0802", WB_ERROR_SERVICE,
    N_ ("The service reports a missing parameter. Check the project ID and the workspace ID in "
        "the account.") },
  { "6423", WB_ERROR_SERVICE,
    N_ ("The connection’s agent failed. Check in the console that the agent is running.") },
};

/* The gateway. Its three kinds (APIG, APIGW, APIC) share the numbers (API Gateway's user guide,
 * "Error Codes"). 0301 and 0305 say no more than HTTP 401 does, so the message and the status
 * decide. */
static const Answer gateway_codes[] = {
  { "0101", WB_ERROR_WITHDRAWN,
    N_ ("This address does not offer the export, or no longer does. Check the region and the "
        "service address in the account; some clouds have taken the export offline.") },
  { "0201", WB_ERROR_SERVICE,
    N_ ("The gateway could not pass the request on. Try again; if this keeps happening, report "
        "the request ID to the cloud’s support.") },
  { "0202", WB_ERROR_SERVICE,
    N_ ("The service behind the gateway does not answer. Try again in a few minutes.") },
  { "0203", WB_ERROR_SERVICE,
    N_ ("The service behind the gateway took too long to answer. Try again in a few minutes.") },
  { "0204", WB_ERROR_NETWORK,
    N_ ("The gateway refuses this version of TLS. A proxy between here and the service may have "
        "lowered it: ask the network’s administrator.") },
  { "0302", WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted to use the service. Ask the account’s administrator for "
        "permission on DataArts Studio.") },
  { "0306", WB_ERROR_NOT_PERMITTED,
    N_ ("The gateway denied access. Ask the account’s administrator for permission on DataArts "
        "Studio.") },
  { "0307", WB_ERROR_SIGN_IN,
    N_ ("The token has expired or was withdrawn. Sign in again, or paste a new token in the "
        "account.") },
  { "0308", WB_ERROR_SERVICE,
    N_ ("The service is receiving too many requests right now. Wait a few minutes, then try "
        "again.") },
  { "0310", WB_ERROR_NOT_PERMITTED,
    N_ ("This project is not available. Check the project in the account, and in the console that "
        "it is not suspended."),
    WB_SERVICE_SUBJECT_PROJECT },
  { "0401", WB_ERROR_NOT_PERMITTED,
    N_ ("The gateway could not determine this computer’s address. Ask the network’s "
        "administrator about the proxy."),
    WB_SERVICE_SUBJECT_PLACE },
  { "0402", WB_ERROR_NOT_PERMITTED,
    N_ ("The cloud does not accept requests from this computer’s address. Ask the account’s "
        "administrator about its access control, or use another network."),
    WB_SERVICE_SUBJECT_PLACE },
  { "0601", WB_ERROR_SERVICE,
    N_ ("The gateway has an internal error. Try again in a few minutes.") },
  { "0606", WB_ERROR_SERVICE,
    N_ ("The gateway could not load its configuration. Try again in a few minutes.") },
  { "0613", WB_ERROR_SERVICE,
    N_ ("The gateway cannot reach the identity service. Try again in a few minutes.") },
  { "0802", WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted in this region. Choose another region, or ask the account’s "
        "administrator."),
    WB_SERVICE_SUBJECT_PLACE },
};

/* The identity service (its API reference, "Error Codes"). 0001 says no more than HTTP 401 does. */
static const Answer identity_codes[] = {
  { "0002", WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted to do this. Ask the account’s administrator.") },
  { "0003", WB_ERROR_NOT_PERMITTED,
    N_ ("A policy of the account forbids this. Ask the account’s administrator.") },
  { "0004", WB_ERROR_SERVICE,
    N_ ("The identity service does not know the project. Check it in the account, and that it "
        "belongs to this region."),
    WB_SERVICE_SUBJECT_PROJECT },
  { "0006", WB_ERROR_SERVICE,
    N_ ("The identity service has an internal error. Try again in a few minutes.") },
  { "0012", WB_ERROR_SERVICE,
    N_ ("The identity service is receiving too many sign-ins right now. Wait a few minutes, then "
        "try again.") },
  { "0061", WB_ERROR_SIGN_IN,
    N_ ("This user is locked after too many wrong passwords. Wait 15 minutes, then try again with "
        "the right one.") },
  { "0062", WB_ERROR_SIGN_IN,
    N_ ("The password is wrong. Enter it again in the account.") },
  { "0063", WB_ERROR_SIGN_IN,
    N_ ("The identity service could not check the token. Get a new one.") },
  { "0064", WB_ERROR_SIGN_IN,
    N_ ("The token lacks the rights for this. Get one for the account’s project.") },
  { "0066", WB_ERROR_SIGN_IN,
    N_ ("The token has expired. Get a new one.") },
  { "0067", WB_ERROR_SIGN_IN,
    N_ ("The token is not valid. Get a new one.") },
  { "0080", WB_ERROR_NOT_PERMITTED,
    N_ ("The user of this access key is disabled. Ask the account’s administrator."),
    WB_SERVICE_SUBJECT_USER },
  { "0081", WB_ERROR_NOT_PERMITTED,
    N_ ("This user may use the console only. Ask the account’s administrator for programmatic "
        "access."),
    WB_SERVICE_SUBJECT_USER },
  { "0082", WB_ERROR_NOT_PERMITTED,
    N_ ("This user is disabled. Ask the account’s administrator."),
    WB_SERVICE_SUBJECT_USER },
  { "0083", WB_ERROR_NOT_PERMITTED,
    N_ ("This user has no right to use this private region. Ask the account’s administrator."),
    WB_SERVICE_SUBJECT_USER },
};

/* Management Center (seen in the clouds' Terraform provider; its API reference has no table). */
static const Answer management_codes[] = {
  { "1005", WB_ERROR_SERVICE, N_ ("Management Center does not have this connection.") },
  { "3601", WB_ERROR_NOT_PERMITTED,
    N_ ("Management Center does not open this workspace to this user. Check the workspace ID in "
        "the account, or ask the account’s administrator for a role in this workspace.") },
};

static const Table code_tables[] = {
  { "DAYU.", management_codes, G_N_ELEMENTS (management_codes) },
  { "DLF.", factory_codes, G_N_ELEMENTS (factory_codes) },
  { "APIG.", gateway_codes, G_N_ELEMENTS (gateway_codes) },
  { "APIGW.", gateway_codes, G_N_ELEMENTS (gateway_codes) },
  { "APIC.", gateway_codes, G_N_ELEMENTS (gateway_codes) },
  { "IAM.", identity_codes, G_N_ELEMENTS (identity_codes) },
};

/* The gateway's 0301, which has many meanings, and refusals without a code go by their words. */
typedef struct
{
  const char *status;
  const char *words; /* all of the words between `*` must be in the message, in this order */
  WbError     meaning;
  const char *sentence;
} Phrase;

static const Phrase phrases[] = {
  { "401", "reach*limit", WB_ERROR_SIGN_IN,
    N_ ("This access key is locked after too many wrong signatures. Wait 5 minutes, and check the "
        "secret key before you try again.") },
  { "401", "signature expired", WB_ERROR_SIGN_IN,
    N_ ("The service considers the signature expired. Check this computer’s clock; if it is "
        "right, a temporary access key has expired: get a new one.") },
  { "401", "ak*not exist", WB_ERROR_SIGN_IN,
    N_ ("The service does not know this access key. Check it in the account, and that it belongs "
        "to this cloud.") },
  { "401", "sign*fail", WB_ERROR_SIGN_IN,
    N_ ("The signature does not match: the secret key is probably wrong. Replace it in the "
        "account. After five wrong signatures the key is locked for 5 minutes.") },
  { "401", "decrypt token", WB_ERROR_SIGN_IN,
    N_ ("The service cannot read the token: it may be incomplete, or from another cloud or region. "
        "Get one from the identity service of the account’s region.") },
  { "401", "token*expires", WB_ERROR_SIGN_IN,
    N_ ("The token has expired. Get a new one.") },
  { "401", "password*expired", WB_ERROR_SIGN_IN,
    N_ ("The password has expired. Change it in the cloud’s console, then replace it in the "
        "account.") },
  { "401", "disabled", WB_ERROR_SIGN_IN,
    N_ ("This user is disabled. Ask the account’s administrator.") },
  { "401", "locked", WB_ERROR_SIGN_IN,
    N_ ("This user is locked after too many wrong passwords. Wait 15 minutes, then try again with "
        "the right one.") },
  { "400", "workspace*not exist", WB_ERROR_SERVICE,
    N_ ("The service does not know this workspace. Check the workspace’s ID and the project in the "
        "account.") },
};

/* The service's API reference, "Status Codes". */
static const Answer statuses[] = {
  { "400", WB_ERROR_SERVICE,
    N_ ("The service did not accept the request. Check the project ID and the workspace ID in the "
        "account.") },
  { "403", WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted to export connections. Ask the account’s administrator for "
        "permission on DataArts Studio and for a role in this workspace.") },
  { "404", WB_ERROR_SERVICE,
    N_ ("The service does not offer the export at this address. Check the region, the service "
        "address and the project ID in the account.") },
  { "405", WB_ERROR_SERVICE,
    N_ ("This address does not accept requests for exports. Check the service address in the "
        "account.") },
  { "406", WB_ERROR_SERVICE,
    N_ ("The service cannot answer in the requested form. Check the service address in the "
        "account.") },
  { "407", WB_ERROR_NETWORK,
    N_ ("The proxy between here and the service requires authentication. Set its user and "
        "password in the system’s network settings.") },
  { "408", WB_ERROR_SERVICE,
    N_ ("The service waited too long for the request. Check the network, then try again.") },
  { "409", WB_ERROR_SERVICE,
    N_ ("The request conflicts with something the service is doing. Try again in a few minutes.") },
  { "410", WB_ERROR_WITHDRAWN,
    N_ ("The service has taken the export offline. See the cloud’s documentation for what "
        "replaces it.") },
  { "411", WB_ERROR_SERVICE,
    N_ ("The length of the request was lost on the way. A proxy may be the cause: ask the "
        "network’s administrator.") },
  { "412", WB_ERROR_SERVICE,
    N_ ("The service does not meet a condition of the request. Try again later.") },
  { "413", WB_ERROR_SERVICE,
    N_ ("The request is too large for the service. Try again later.") },
  { "414", WB_ERROR_SERVICE,
    N_ ("The address is too long for the service. Check the service address in the account.") },
  { "415", WB_ERROR_SERVICE,
    N_ ("The service does not accept this kind of request. Check the service address in the "
        "account.") },
  { "416", WB_ERROR_SERVICE,
    N_ ("The service cannot send the requested part. Try again.") },
  { "417", WB_ERROR_SERVICE,
    N_ ("The service cannot meet an expectation of the request. A proxy may be the cause: ask the "
        "network’s administrator.") },
  { "422", WB_ERROR_SERVICE,
    N_ ("The service could not understand the request. Check the project ID and the workspace ID "
        "in the account.") },
  { "429", WB_ERROR_SERVICE,
    N_ ("The service is receiving too many requests right now. Wait a few minutes, then try "
        "again.") },
  { "500", WB_ERROR_SERVICE,
    N_ ("The service has an internal error. Try again in a few minutes; if this keeps happening, "
        "report the request ID to the cloud’s support.") },
  { "501", WB_ERROR_SERVICE,
    N_ ("The service does not support the export. Check the region and the service address in the "
        "account.") },
  { "502", WB_ERROR_SERVICE,
    N_ ("The service behind the gateway did not give a valid answer. Try again in a few "
        "minutes.") },
  { "503", WB_ERROR_SERVICE,
    N_ ("The service is not available at the moment. Try again in a few minutes.") },
  { "504", WB_ERROR_SERVICE,
    N_ ("The service behind the gateway took too long to answer. Try again in a few minutes.") },
  { "505", WB_ERROR_SERVICE,
    N_ ("The service does not speak this version of HTTP. A proxy may be the cause: ask the "
        "network’s administrator.") },
};

/* Where the identity service means something else by the same status. */
static const Answer sign_in_statuses[] = {
  { "400", WB_ERROR_SERVICE,
    N_ ("The identity service did not accept the request. Check the domain, the user name and the "
        "project in the account.") },
  { "401", WB_ERROR_SIGN_IN,
    N_ ("The sign-in was refused: the domain, the user name, the password or the project is wrong, "
        "the user is locked or disabled, or has no role in the project. A HUAWEI ID and a "
        "federated user cannot sign in by password: create an IAM user, or use an access key.") },
  { "403", WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted to sign in with programs. Ask the account’s administrator "
        "for programmatic access.") },
  { "404", WB_ERROR_SERVICE,
    N_ ("There is no identity service at this address, or it does not know the project. Check the "
        "region, the identity address and the project in the account.") },
  { "405", WB_ERROR_SERVICE,
    N_ ("This address does not accept sign-ins. Check the identity address in the account.") },
  { "410", WB_ERROR_SERVICE,
    N_ ("This address does not accept sign-ins. Check the identity address in the account.") },
  { "429", WB_ERROR_SERVICE,
    N_ ("The identity service is receiving too many sign-ins right now. Wait a few minutes, then "
        "try again.") },
  { "500", WB_ERROR_SERVICE,
    N_ ("The identity service has an internal error. Try again in a few minutes.") },
  { "501", WB_ERROR_SERVICE,
    N_ ("This address does not accept sign-ins. Check the identity address in the account.") },
  { "503", WB_ERROR_SERVICE,
    N_ ("The identity service is not available at the moment. Try again in a few minutes.") },
};

static const Answer code_statuses[] = {
  { "401", WB_ERROR_SIGN_IN,
    N_ ("The sign-in was refused: the one-time code, the password, the user name, the domain or "
        "the project is wrong. A code is good for half a minute and for one sign-in: try again "
        "with a new one.") },
};

static const Answer scope_statuses[] = {
  { "401", WB_ERROR_NOT_PERMITTED,
    N_ ("The user’s name and password are right, but the project was refused: it does not exist, "
        "or the user has no role in it. Check the project in the account, or ask the account’s "
        "administrator for a role in it.") },
  { "403", WB_ERROR_NOT_PERMITTED,
    N_ ("The user has no role in the project. Check the project in the account, or ask the "
        "account’s administrator for a role in it.") },
  { "404", WB_ERROR_SERVICE,
    N_ ("The identity service does not know the project. Check it in the account, and that it "
        "belongs to this region.") },
};

static const Answer agency_statuses[] = {
  { "400", WB_ERROR_SERVICE,
    N_ ("The identity service does not accept the agency. Check its name and the account that "
        "delegates it.") },
  { "401", WB_ERROR_SIGN_IN,
    N_ ("The agency was refused: its name, the account that delegates it or the project there is "
        "wrong.") },
  { "403", WB_ERROR_NOT_PERMITTED,
    N_ ("This user may not act for the other account. Ask this account’s administrator for the "
        "role Agent Operator, and the other account’s administrator whether the agency is for "
        "this account.") },
  { "404", WB_ERROR_SERVICE,
    N_ ("The identity service cannot find the agency. Check its name, the account that delegates "
        "it and the project there.") },
};

static const Answer token_statuses[] = {
  { "401", WB_ERROR_SIGN_IN, N_ ("The token is not valid, or no longer valid. Get a new one.") },
  { "403", WB_ERROR_NOT_PERMITTED,
    N_ ("This user may not look up tokens. The token may still work.") },
  /* The token was accepted; the service does not know the call. */
  { "404", WB_ERROR_SERVICE,
    N_ ("The identity service does not look up tokens. The token may still work.") },
};

static const Answer project_statuses[] = {
  { "401", WB_ERROR_SIGN_IN,
    N_ ("The identity service did not accept the sign-in. Check the user or the key in the "
        "account.") },
  { "403", WB_ERROR_NOT_PERMITTED,
    N_ ("This user may not list projects. Enter the project’s ID by hand: the console shows it "
        "under My Credentials.") },
  { "404", WB_ERROR_SERVICE,
    N_ ("This identity service does not list projects. Enter the project’s ID by hand: the console "
        "shows it under My Credentials.") },
};

static const Answer workspace_statuses[] = {
  { "400", WB_ERROR_SERVICE,
    N_ ("The service does not list workspaces for this project. Check the project, or enter the "
        "workspace’s ID by hand: it is in the console’s address.") },
  { "403", WB_ERROR_NOT_PERMITTED,
    N_ ("This user may not list workspaces. Ask the account’s administrator, or enter the "
        "workspace’s ID by hand: it is in the console’s address.") },
  { "404", WB_ERROR_SERVICE,
    N_ ("The service does not list workspaces at this address. Enter the workspace’s ID by hand: "
        "it is in the console’s address.") },
  { "410", WB_ERROR_SERVICE,
    N_ ("The service does not list workspaces at this address. Enter the workspace’s ID by hand: "
        "it is in the console’s address.") },
};

static const Answer connection_statuses[] = {
  { "403", WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted to see connections. Ask the account’s administrator for "
        "permission on DataArts Studio and for a role in this workspace.") },
  { "404", WB_ERROR_SERVICE,
    N_ ("The service does not offer connections at this address. Check the region, the service "
        "address and the project ID in the account.") },
  { "410", WB_ERROR_WITHDRAWN,
    N_ ("This address does not list connections, or no longer does. Check the region and the "
        "service address in the account; some clouds have taken the list offline.") },
};

static const Answer data_connections_statuses[] = {
  { "403", WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted to see connections in Management Center. Ask the account’s "
        "administrator for permission on DataArts Studio and for a role in this workspace.") },
  { "404", WB_ERROR_SERVICE,
    N_ ("Management Center does not offer connections at this address. Check the region, the "
        "Management Center address and the project ID in the account.") },
  { "410", WB_ERROR_WITHDRAWN,
    N_ ("Management Center does not list connections at this address, or no longer does. Check the "
        "region and the Management Center address in the account.") },
};

static const Answer data_connection_statuses[] = {
  { "403", WB_ERROR_NOT_PERMITTED, N_ ("This user is not permitted to see it.") },
  { "404", WB_ERROR_SERVICE, N_ ("Management Center does not have this connection.") },
  { "410", WB_ERROR_SERVICE, N_ ("Management Center does not have this connection.") },
};

static const Table sign_in_table = { "", sign_in_statuses, G_N_ELEMENTS (sign_in_statuses) };
static const Table other_table = { "", statuses, G_N_ELEMENTS (statuses) };

/* Where a call means something else by the same status. */
static const Table status_tables[] = {
  [WB_SERVICE_CALL_SIGN_IN_WITH_CODE] = { "", code_statuses, G_N_ELEMENTS (code_statuses) },
  [WB_SERVICE_CALL_SCOPE] = { "", scope_statuses, G_N_ELEMENTS (scope_statuses) },
  [WB_SERVICE_CALL_AGENCY] = { "", agency_statuses, G_N_ELEMENTS (agency_statuses) },
  [WB_SERVICE_CALL_TOKEN] = { "", token_statuses, G_N_ELEMENTS (token_statuses) },
  [WB_SERVICE_CALL_PROJECTS] = { "", project_statuses, G_N_ELEMENTS (project_statuses) },
  [WB_SERVICE_CALL_WORKSPACES] = { "", workspace_statuses, G_N_ELEMENTS (workspace_statuses) },
  [WB_SERVICE_CALL_CONNECTIONS] = { "", connection_statuses, G_N_ELEMENTS (connection_statuses) },
  [WB_SERVICE_CALL_DATA_CONNECTIONS] = { "", data_connections_statuses,
                                         G_N_ELEMENTS (data_connections_statuses) },
  [WB_SERVICE_CALL_DATA_CONNECTION] = { "", data_connection_statuses,
                                        G_N_ELEMENTS (data_connection_statuses) },
  [WB_SERVICE_CALL_EXPORT] = { "", NULL, 0 },
};

/* A 401 of any other service, for each WbAuthMethod. */
static const char *const service_401_sentences[] = {
  [WB_AUTH_PASSWORD] = N_ ("The service did not accept the token of a new sign-in. Check that the "
                           "service address and the identity address belong to the same cloud and "
                           "region."),
  [WB_AUTH_KEY] = N_ ("The service did not accept the access key. Check the access key, the secret "
                      "key and, for a temporary key, its security token. After five wrong "
                      "signatures the key is locked for 5 minutes."),
  [WB_AUTH_TOKEN] = N_ ("The service did not accept the token: it may have expired, or belong to "
                        "another project or region. Paste a new one in the account."),
};

static const Answer *
find_answer (const Table *table,
             const char  *number)
{
  for (gsize i = 0; i < table->n_answers; i++)
    {
      if (g_str_equal (table->answers[i].number, number))
        return &table->answers[i];
    }

  return NULL;
}

static const Answer *
find_code (const char *code)
{
  const Answer *answer = NULL;

  for (gsize i = 0; answer == NULL && i < G_N_ELEMENTS (code_tables); i++)
    {
      if (g_str_has_prefix (code, code_tables[i].prefix))
        answer = find_answer (&code_tables[i], code + strlen (code_tables[i].prefix));
    }

  return answer;
}

static const Answer *
find_status (WbServiceCall call,
             const char   *status)
{
  const Answer *answer = find_answer (&status_tables[call], status);

  if (answer == NULL && wb_service_call_is_identity (call))
    answer = find_answer (&sign_in_table, status);

  return answer != NULL ? answer : find_answer (&other_table, status);
}

static gboolean
has_words (const char *lower_case_message,
           const char *pattern)
{
  g_auto (GStrv) words = g_strsplit (pattern, "*", -1);
  const char *rest = lower_case_message;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      rest = strstr (rest, words[i]);
      if (rest == NULL)
        return FALSE;
      rest += strlen (words[i]);
    }

  return TRUE;
}

static const Phrase *
find_phrase (const char *status,
             const char *message)
{
  g_autofree char *lower = g_ascii_strdown (message, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      if (g_str_equal (phrases[i].status, status) && has_words (lower, phrases[i].words))
        return &phrases[i];
    }

  return NULL;
}

/**
 * wb_service_call_is_identity:
 * @call: a call
 *
 * Returns: %TRUE if the identity service answers it
 */
gboolean
wb_service_call_is_identity (WbServiceCall call)
{
  return call <= WB_SERVICE_CALL_PROJECTS;
}

/**
 * wb_service_codes_find:
 * @call: which call was refused
 * @method: how one is signed in
 * @status: the HTTP status
 * @code: (nullable): the service's code
 * @message: (nullable): the service's words, in English
 * @meaning: (out): what it means
 *
 * The code decides, then the message where a code or its absence leaves it open, then the status.
 *
 * Returns: (nullable): a translated sentence with the cause and the way out; %NULL if none of them
 *   is known
 */
const char *
wb_service_codes_find (WbServiceCall call,
                       WbAuthMethod  method,
                       guint         status,
                       const char   *code,
                       const char   *message,
                       WbError      *meaning)
{
  g_autofree char *number = g_strdup_printf ("%u", status);
  const Answer    *known;
  const Phrase    *phrase;

  g_return_val_if_fail ((guint) call < G_N_ELEMENTS (status_tables), NULL);
  g_return_val_if_fail ((guint) method < G_N_ELEMENTS (service_401_sentences), NULL);
  g_return_val_if_fail (meaning != NULL, NULL);

  /* The gateway does not know the call, or the user may not make it: the sentence depends on which
   * call that was. */
  known = code != NULL ? find_code (code) : NULL;
  if (known != NULL && call != WB_SERVICE_CALL_EXPORT && g_str_equal (known->number, "0101"))
    known = find_answer (&status_tables[call], "410");
  else if (known != NULL && call >= WB_SERVICE_CALL_WORKSPACES && call != WB_SERVICE_CALL_EXPORT
           && g_str_equal (known->number, "6888"))
    known = find_answer (&status_tables[call], "403");

  phrase = known == NULL && message != NULL ? find_phrase (number, message) : NULL;
  if (phrase != NULL)
    {
      *meaning = phrase->meaning;
      return _ (phrase->sentence);
    }

  if (known == NULL && status == 401 && !wb_service_call_is_identity (call))
    {
      *meaning = WB_ERROR_SIGN_IN;
      return _ (service_401_sentences[method]);
    }

  if (known == NULL)
    known = find_status (call, number);
  if (known == NULL)
    return NULL;

  *meaning = known->meaning;

  return _ (known->sentence);
}

/**
 * wb_service_code_get_subject:
 * @code: (nullable): a service's code
 *
 * Returns: what the service refuses by it
 */
WbServiceSubject
wb_service_code_get_subject (const char *code)
{
  const Answer *known = code != NULL ? find_code (code) : NULL;

  return known != NULL ? known->subject : WB_SERVICE_SUBJECT_OTHER;
}

static void
tell_table (const Table       *table,
            WbServiceCodesFunc func,
            gpointer           user_data)
{
  /* A status has no prefix. */
  const char *prefix = table->prefix != NULL && *table->prefix != '\0' ? table->prefix : "HTTP ";

  for (gsize i = 0; i < table->n_answers; i++)
    {
      g_autofree char *code = g_strconcat (prefix, table->answers[i].number, NULL);

      func (code, table->answers[i].meaning, _ (table->answers[i].sentence), user_data);
    }
}

/**
 * wb_service_codes_foreach:
 * @func: (scope call): is called for each code and status of each call
 * @user_data: passed to @func
 *
 * For the help, which so has the sentences that are shown. A code may come more than once, with
 * another sentence, and so may a sentence, with another code.
 */
void
wb_service_codes_foreach (WbServiceCodesFunc func,
                          gpointer           user_data)
{
  g_return_if_fail (func != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (code_tables); i++)
    tell_table (&code_tables[i], func, user_data);
  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      g_autofree char *code = g_strconcat ("HTTP ", phrases[i].status, NULL);

      func (code, phrases[i].meaning, _ (phrases[i].sentence), user_data);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (service_401_sentences); i++)
    func ("HTTP 401", WB_ERROR_SIGN_IN, _ (service_401_sentences[i]), user_data);
  tell_table (&sign_in_table, func, user_data);
  for (gsize i = 0; i < G_N_ELEMENTS (status_tables); i++)
    tell_table (&status_tables[i], func, user_data);
  tell_table (&other_table, func, user_data);
}
