/* account.h: one account's settings, none of them secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/clouds.h"
#include "core/accounts/credentials.h"
#include "core/accounts/endpoints.h"
#include "core/accounts/workspace.h"

G_BEGIN_DECLS

/**
 * WbAccountField:
 *
 * The settings that are one line of text. A stored account has the empty string, never %NULL,
 * where nothing is set.
 */
typedef enum
{
  WB_ACCOUNT_NAME,
  WB_ACCOUNT_CLOUD,          /* a #WbCloud's id */
  WB_ACCOUNT_REGION,         /* a #WbRegion's id; empty with WB_CLOUD_OTHER */
  WB_ACCOUNT_SERVICE_URL,    /* empty: follows from cloud and region */
  WB_ACCOUNT_IDENTITY_URL,   /* likewise */
  WB_ACCOUNT_MANAGEMENT_URL, /* likewise */
  WB_ACCOUNT_DOMAIN,         /* account (domain) name, for password sign-in */
  WB_ACCOUNT_USER,           /* user name, for password sign-in; needs the domain */
  WB_ACCOUNT_PROJECT_ID,
  WB_ACCOUNT_CA_FILE,        /* PEM for a private cloud, or empty */
  WB_ACCOUNT_DOMAIN_ID,      /* instead of the domain's name */
  WB_ACCOUNT_USER_ID,        /* instead of the user's name; needs no domain */
  WB_ACCOUNT_PROJECT_NAME,   /* instead of the project's ID, for password sign-in */
  WB_ACCOUNT_AGENCY_DOMAIN,  /* with a password: the account (domain) name that delegates to us */
  WB_ACCOUNT_AGENCY,         /* the agency's name there; the project is then that account's */
  WB_ACCOUNT_PASSCODE,       /* WB_ACCOUNT_PASSCODE_ASK if each sign-in needs a one-time code */
  WB_ACCOUNT_TOKEN_EXPIRES,  /* when the stored token expires, ISO 8601; empty if unknown */
  WB_ACCOUNT_N_FIELDS
} WbAccountField;

/* The value of WB_ACCOUNT_PASSCODE; otherwise a code is asked for when the service wants one. */
#define WB_ACCOUNT_PASSCODE_ASK "ask"

/* A read-only property: `name`. */
#define WB_TYPE_ACCOUNT (wb_account_get_type ())
G_DECLARE_FINAL_TYPE (WbAccount, wb_account, WB, ACCOUNT, GObject)

/* Immutable once it is in a store: edit a copy and put that in its place. */
WbAccount    *wb_account_new                   (void);
WbAccount    *wb_account_new_with_uuid         (const char      *uuid);
WbAccount    *wb_account_copy                  (WbAccount       *self);
gboolean      wb_account_signs_in_like         (WbAccount       *self,
                                                WbAccount       *other);
gboolean      wb_account_equal                 (WbAccount       *self,
                                                WbAccount       *other);

const char   *wb_account_get_uuid              (WbAccount       *self);
const char   *wb_account_get                   (WbAccount       *self,
                                                WbAccountField   field);
void          wb_account_set                   (WbAccount       *self,
                                                WbAccountField   field,
                                                const char      *value);
WbAuthMethod  wb_account_get_auth_method       (WbAccount       *self);
void          wb_account_set_auth_method       (WbAccount       *self,
                                                WbAuthMethod     method);
GListModel   *wb_account_get_workspaces        (WbAccount       *self);
void          wb_account_set_workspaces        (WbAccount       *self,
                                                GListModel      *workspaces);
gboolean      wb_account_get_transient         (WbAccount       *self);
void          wb_account_set_transient         (WbAccount       *self,
                                                gboolean         transient);

/* A new account with the same settings, under a name of its own; its secret is not copied. */
WbAccount    *wb_account_duplicate             (WbAccount       *self,
                                                const char      *name);

/* Whether the stored token's known time is over. */
gboolean      wb_account_has_expired_token     (WbAccount       *self,
                                                GDateTime       *now);

WbEndpoints  *wb_account_dup_endpoints         (WbAccount       *self,
                                                WbClouds        *clouds,
                                                GError         **error);

/* NULL when well-formed, else a translated reason fit to stand beside the field. */
char         *wb_account_validate              (WbAccount       *self,
                                                WbClouds        *clouds,
                                                WbAccountField   field);
char         *wb_credentials_validate_secret   (const char      *secret); /* a password */
char         *wb_credentials_validate_key      (const char      *key);    /* a key or a token */
char         *wb_credentials_validate_passcode (const char      *passcode);

G_END_DECLS
