/* account.h: one account's settings, none of them secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/clouds.h"
#include "core/accounts/credentials.h"
#include "core/accounts/endpoints.h"
#include "core/accounts/workspace.h"

G_BEGIN_DECLS

/**
 * WbAccount:
 *
 * An account that a person entered, imported or typed on the command line. Immutable once it is in
 * a store: edit a copy and put that in its place. Neither a transient account nor its secret
 * outlives this run.
 *
 * Its `name` is a property, read-only.
 */
#define WB_TYPE_ACCOUNT (wb_account_get_type ())
G_DECLARE_FINAL_TYPE (WbAccount, wb_account, WB, ACCOUNT, GObject)

/**
 * WbAccountField:
 *
 * A stored account has the empty string, never %NULL, where nothing is set. Each has its line in
 * the table of account-fields.c, from which the file of accounts, the form and the command line
 * take what they do with it, in this order.
 */
typedef enum
{
  WB_ACCOUNT_NAME,
  WB_ACCOUNT_MARK,           /* a word, such as “Production”, that tells it from the others */
  WB_ACCOUNT_MARK_COLOR,     /* a name of wb_account_get_colors(); empty for the first */
  WB_ACCOUNT_CLOUD,          /* a #WbCloud's id */
  WB_ACCOUNT_REGION,         /* a #WbRegion's id; empty with WB_CLOUD_OTHER */
  WB_ACCOUNT_SERVICE_URL,    /* empty: follows from cloud and region */
  WB_ACCOUNT_IDENTITY_URL,   /* likewise */
  WB_ACCOUNT_MANAGEMENT_URL, /* likewise */
  WB_ACCOUNT_CA_FILE,        /* PEM for a private cloud, or empty */
  WB_ACCOUNT_DOMAIN,         /* account (domain) name, for password sign-in */
  WB_ACCOUNT_USER,           /* user name, for password sign-in; needs the domain */
  WB_ACCOUNT_DOMAIN_ID,      /* instead of the domain's name */
  WB_ACCOUNT_USER_ID,        /* instead of the user's name; needs no domain */
  /* An OpenStack application credential, whose secret is the password; it has its project. */
  WB_ACCOUNT_APPLICATION_CREDENTIAL_ID,
  WB_ACCOUNT_APPLICATION_CREDENTIAL, /* its name, which needs the user */
  WB_ACCOUNT_AGENCY_DOMAIN,  /* with a password: the account (domain) name that delegates to us */
  WB_ACCOUNT_AGENCY,         /* the agency's name there; the project is then that account's */
  WB_ACCOUNT_PROJECT_ID,
  WB_ACCOUNT_PROJECT_NAME,   /* instead of the project's ID, for password sign-in */
  WB_ACCOUNT_PROJECT_DOMAIN, /* of a project that is named, if it is not the user's */
  WB_ACCOUNT_PROJECT_DOMAIN_ID,
  WB_ACCOUNT_PASSCODE,      /* WB_ACCOUNT_PASSCODE_ASK if each sign-in needs a one-time code */
  WB_ACCOUNT_TOKEN_EXPIRES, /* when the stored token expires, ISO 8601; empty if unknown */
  WB_ACCOUNT_N_FIELDS
} WbAccountField;

/* The value of WB_ACCOUNT_PASSCODE; otherwise a code is asked for when the service requires one. */
#define WB_ACCOUNT_PASSCODE_ASK "ask"

/**
 * WbAccountFieldUse:
 * @WB_ACCOUNT_FIELD_SIGN_IN: says who signs in where, and to what
 * @WB_ACCOUNT_FIELD_PASSWORD: likewise, with a password; other ways to sign in do not use it
 * @WB_ACCOUNT_FIELD_PROJECT: likewise, but not needed to list projects
 * @WB_ACCOUNT_FIELD_LABEL: for people, and of no use to the service
 * @WB_ACCOUNT_FIELD_SECRET: what is known of the stored secret, so that a duplicate has none
 */
typedef enum
{
  WB_ACCOUNT_FIELD_SIGN_IN,
  WB_ACCOUNT_FIELD_PASSWORD,
  WB_ACCOUNT_FIELD_PROJECT,
  WB_ACCOUNT_FIELD_LABEL,
  WB_ACCOUNT_FIELD_SECRET,
} WbAccountFieldUse;

/**
 * WbAccountFieldInfo:
 * @key: its name in the file of accounts, and on the command line where it is an option
 * @use: what it is for
 * @validate: gives %NULL for a value that is well-formed, else the reason as a translated sentence
 * @option_help: (nullable): what `--help` says of the option, to be translated
 * @option_value: (nullable): the option's value in `--help`; `FILE` for a path
 */
typedef struct
{
  const char       *key;
  WbAccountFieldUse use;
  char           *(*validate) (WbAccount  *account,
                               WbClouds   *clouds,
                               const char *value);
  const char       *option_help;
  const char       *option_value;
} WbAccountFieldInfo;

WbAccount    *wb_account_new                 (void);
WbAccount    *wb_account_new_with_uuid       (const char      *uuid);
WbAccount    *wb_account_copy                (WbAccount       *self);
gboolean      wb_account_signs_in_like       (WbAccount       *self,
                                              WbAccount       *other);
gboolean      wb_account_equal               (WbAccount       *self,
                                              WbAccount       *other);

const char   *wb_account_get_uuid            (WbAccount       *self);
const char   *wb_account_get                 (WbAccount       *self,
                                              WbAccountField   field);
void          wb_account_set                 (WbAccount       *self,
                                              WbAccountField   field,
                                              const char      *value);
WbAuthMethod  wb_account_get_auth_method     (WbAccount       *self);
void          wb_account_set_auth_method     (WbAccount       *self,
                                              WbAuthMethod     method);
GListModel   *wb_account_get_workspaces      (WbAccount       *self);
void          wb_account_set_workspaces      (WbAccount       *self,
                                              GListModel      *workspaces);
gboolean      wb_account_get_transient       (WbAccount       *self);
void          wb_account_set_transient       (WbAccount       *self,
                                              gboolean         transient);

/* Its name with its mark, for wherever one could be mistaken for another. Not escaped. */
char         *wb_account_dup_label           (WbAccount       *self);
const char *const *wb_account_get_colors     (void);
const char   *wb_account_get_color           (WbAccount       *self);

/* A new account with the same settings, under a name of its own; its secret is not copied. */
WbAccount    *wb_account_duplicate           (WbAccount       *self,
                                              const char      *name);

/* Whether the stored token's known time is over. */
gboolean      wb_account_has_expired_token   (WbAccount       *self,
                                              GDateTime       *now);

WbEndpoints  *wb_account_dup_endpoints       (WbAccount       *self,
                                              WbClouds        *clouds,
                                              GError         **error);

const char   *wb_account_get_default_project (WbAccount       *self);

const WbAccountFieldInfo *wb_account_field_get_info (WbAccountField field);

/* NULL when well-formed, else a translated reason to show beside the field. */
char         *wb_account_validate            (WbAccount       *self,
                                              WbClouds        *clouds,
                                              WbAccountField   field);
char         *wb_account_validate_sign_in    (WbAccount       *self,
                                              WbClouds        *clouds,
                                              gboolean         to_project);

G_END_DECLS
