/* account-fields.h: the settings of an account that are one line of text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "core/accounts/clouds.h"

G_BEGIN_DECLS

typedef struct _WbAccount WbAccount;

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
  WB_ACCOUNT_AGENCY_DOMAIN,  /* with a password: the account (domain) name that delegates to us */
  WB_ACCOUNT_AGENCY,         /* the agency's name there; the project is then that account's */
  WB_ACCOUNT_PROJECT_ID,
  WB_ACCOUNT_PROJECT_NAME,  /* instead of the project's ID, for password sign-in */
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

const WbAccountFieldInfo *wb_account_field_get_info (WbAccountField field);

G_END_DECLS
