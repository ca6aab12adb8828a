/* service-codes.c: a plain sentence for each documented refusal
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/refusal/service-codes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/service/refusal/service-statuses.h"

typedef struct
{
  const char *number;
  WbError     meaning;
  const char *sentence; /* translated where it is looked up */
} Code;

/* DataArts Factory. All come with HTTP 400 (the service's API reference, "Error Codes"). */
static const Code factory_codes[] = {
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
    N_ ("The service misses a parameter. Check the project ID and the workspace ID in the "
        "account.") },
  { "0803", WB_ERROR_SERVICE,
    N_ ("The service does not accept this path in the object storage. Check the bucket and the "
        "folder.") },
  { "0810", WB_ERROR_SERVICE,
    N_ ("The service does not find one of its own tasks. Try again later; if it stays like this, "
        "report the request ID to the cloud’s support.") },
  { "0815", WB_ERROR_SERVICE,
    N_ ("The service could not read the file in the object storage. Check that it is there and "
        "that the service may read it.") },
  { "1242", WB_ERROR_SERVICE,
    N_ ("The bucket in the object storage does not exist. Check its name and its region.") },
  { "6271", WB_ERROR_SERVICE,
    N_ ("Each user can have a single DLI connection. Delete the other one first.") },
  { "6309", WB_ERROR_SERVICE,
    N_ ("Another connection has this name already. Choose another name.") },
  { "6323", WB_ERROR_SERVICE,
    N_ ("The type of a connection cannot be changed. Create a new connection.") },
  { "6416", WB_ERROR_SERVICE,
    N_ ("Another connection uses this cluster already. Choose another cluster.") },
  { "6418", WB_ERROR_SERVICE,
    N_ ("A DWS connection needs the cluster’s name, or an address and a port. Fill in one of "
        "them.") },
  { "6423", WB_ERROR_SERVICE,
    N_ ("The connection’s agent failed. Check in the console that the agent is running.") },
  { "20810", WB_ERROR_SERVICE,
    N_ ("The task does not exist any more. Start it again.") },
};

/* The gateway. Its three kinds (APIG, APIGW, APIC) share the numbers (API Gateway's user guide,
 * "Error Codes"). */
static const Code gateway_codes[] = {
  { "0101", WB_ERROR_SERVICE,
    N_ ("This address does not offer the export, or not any more. Check the region and the service "
        "address in the account; some clouds have taken the export offline.") },
  { "0201", WB_ERROR_SERVICE,
    N_ ("The gateway could not pass the request on. Try again; if it stays like this, report the "
        "request ID to the cloud’s support.") },
  { "0202", WB_ERROR_SERVICE,
    N_ ("The service behind the gateway does not answer. Try again in some minutes.") },
  { "0203", WB_ERROR_SERVICE,
    N_ ("The service behind the gateway took too long to answer. Try again in some minutes.") },
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
    N_ ("The service gets too many requests at the moment. Wait some minutes, then try again.") },
  { "0310", WB_ERROR_NOT_PERMITTED,
    N_ ("This project is not available. Check the project in the account, and in the console that "
        "it is not suspended.") },
  { "0401", WB_ERROR_NOT_PERMITTED,
    N_ ("The gateway could not tell this computer’s address. Ask the network’s administrator about "
        "the proxy.") },
  { "0402", WB_ERROR_NOT_PERMITTED,
    N_ ("The cloud does not let requests in from this computer’s address. Ask the account’s "
        "administrator about its access control, or use another network.") },
  { "0601", WB_ERROR_SERVICE,
    N_ ("The gateway has an internal error. Try again in some minutes.") },
  { "0606", WB_ERROR_SERVICE,
    N_ ("The gateway could not load its configuration. Try again in some minutes.") },
  { "0613", WB_ERROR_SERVICE,
    N_ ("The gateway cannot reach the identity service. Try again in some minutes.") },
  { "0802", WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted in this region. Choose another region, or ask the account’s "
        "administrator.") },
};

/* The identity service (its API reference, "Error Codes"). */
static const Code identity_codes[] = {
  { "0002", WB_ERROR_NOT_PERMITTED,
    N_ ("This user is not permitted to do this. Ask the account’s administrator.") },
  { "0003", WB_ERROR_NOT_PERMITTED,
    N_ ("A policy of the account forbids this. Ask the account’s administrator.") },
  { "0004", WB_ERROR_SERVICE,
    N_ ("The identity service does not know the project. Check it in the account, and that it "
        "belongs to this region.") },
  { "0006", WB_ERROR_SERVICE,
    N_ ("The identity service has an internal error. Try again in some minutes.") },
  { "0012", WB_ERROR_SERVICE,
    N_ ("The identity service gets too many sign-ins at the moment. Wait some minutes, then try "
        "again.") },
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
    N_ ("The user of this access key is disabled. Ask the account’s administrator.") },
  { "0081", WB_ERROR_NOT_PERMITTED,
    N_ ("This user may use the console only. Ask the account’s administrator for programmatic "
        "access.") },
  { "0082", WB_ERROR_NOT_PERMITTED,
    N_ ("This user is disabled. Ask the account’s administrator.") },
  { "0083", WB_ERROR_NOT_PERMITTED,
    N_ ("This user has no right to use this private region. Ask the account’s administrator.") },
};

typedef struct
{
  const char *prefix;
  const Code *codes;
  gsize       n_codes;
} Family;

static const Family families[] = {
  { "DLF.", factory_codes, G_N_ELEMENTS (factory_codes) },
  { "APIG.", gateway_codes, G_N_ELEMENTS (gateway_codes) },
  { "APIGW.", gateway_codes, G_N_ELEMENTS (gateway_codes) },
  { "APIC.", gateway_codes, G_N_ELEMENTS (gateway_codes) },
  { "IAM.", identity_codes, G_N_ELEMENTS (identity_codes) },
};

/* What one code says in many words: the gateway's 0301, and refusals without a code. */
typedef struct
{
  guint       status;
  const char *words; /* all of the words between `*` must be in the message, in this order */
  WbError     meaning;
  const char *sentence;
} Phrase;

static const Phrase phrases[] = {
  { 401, "reach*limit", WB_ERROR_SIGN_IN,
    N_ ("This access key is locked after too many wrong signatures. Wait 5 minutes, and check the "
        "secret key before you try again.") },
  { 401, "signature expired", WB_ERROR_SIGN_IN,
    N_ ("The service counts the signature as expired. Check this computer’s clock; if it is right, "
        "a temporary access key has expired: get a new one.") },
  { 401, "ak*not exist", WB_ERROR_SIGN_IN,
    N_ ("The service does not know this access key. Check it in the account, and that it belongs "
        "to this cloud.") },
  { 401, "sign*fail", WB_ERROR_SIGN_IN,
    N_ ("The signature does not match: the secret key is probably wrong. Replace it in the "
        "account. After five wrong signatures the key is locked for 5 minutes.") },
  { 401, "decrypt token", WB_ERROR_SIGN_IN,
    N_ ("The service cannot read the token: it may be incomplete, or from another cloud or region. "
        "Get one from the identity service of the account’s region.") },
  { 401, "token*expires", WB_ERROR_SIGN_IN,
    N_ ("The token has expired. Get a new one.") },
  { 401, "password*expired", WB_ERROR_SIGN_IN,
    N_ ("The password has expired. Change it in the cloud’s console, then replace it in the "
        "account.") },
  { 401, "disabled", WB_ERROR_SIGN_IN,
    N_ ("This user is disabled. Ask the account’s administrator.") },
  { 401, "locked", WB_ERROR_SIGN_IN,
    N_ ("This user is locked after too many wrong passwords. Wait 15 minutes, then try again with "
        "the right one.") },
  { 400, "workspace*not exist", WB_ERROR_SERVICE,
    N_ ("The service does not know this workspace. Check the workspace’s ID and the project in the "
        "account.") },
};

/* The address does not know the call: which call that was makes the sentence. */
static gboolean
is_no_such_call (const char *code)
{
  return g_str_equal (code, "APIG.0101") || g_str_equal (code, "APIGW.0101")
         || g_str_equal (code, "APIC.0101");
}

/* Codes that say no more than "401": the sentence that knows how one signed in is better. */
static gboolean
is_plain_401 (const char *code)
{
  static const char *const codes[] = {
    "APIG.0301", "APIGW.0301", "APIC.0301", "APIG.0305", "APIGW.0305", "APIC.0305", "IAM.0001"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_strcmp0 (code, codes[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

static const Code *
find_code (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      const char *number;

      if (!g_str_has_prefix (code, families[i].prefix))
        continue;

      number = code + strlen (families[i].prefix);
      for (gsize j = 0; j < families[i].n_codes; j++)
        {
          if (g_str_equal (number, families[i].codes[j].number))
            return &families[i].codes[j];
        }
    }

  return NULL;
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
find_phrase (guint       status,
             const char *message)
{
  g_autofree char *lower = g_ascii_strdown (message, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      if (phrases[i].status == status && has_words (lower, phrases[i].words))
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
  g_return_val_if_fail (meaning != NULL, NULL);

  if (code != NULL && !is_plain_401 (code)
      && (call == WB_SERVICE_CALL_EXPORT || !is_no_such_call (code)))
    {
      const Code *known = find_code (code);

      if (known != NULL)
        {
          *meaning = known->meaning;
          return _ (known->sentence);
        }
    }
  if (message != NULL)
    {
      const Phrase *known = find_phrase (status, message);

      if (known != NULL)
        {
          *meaning = known->meaning;
          return _ (known->sentence);
        }
    }

  return wb_service_statuses_find (call, method, status, meaning);
}
