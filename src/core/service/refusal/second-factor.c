/* second-factor.c: the ways in which identity services ask for a second factor
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/refusal/service-error-private.h"

#include <string.h>

/* A new way is one row here. */
typedef struct
{
  const char    *code;  /* (nullable): the service's code */
  const char    *words; /* (nullable): a word or several of its message, in lower case */
  WbSecondFactor factor;
} Form;

static const Form forms[] = {
  /* Other reasons, whose sentences may speak of codes as well. */
  { NULL, "locked", WB_SECOND_FACTOR_NONE },
  { NULL, "too many", WB_SECOND_FACTOR_NONE },
  { NULL, "limit", WB_SECOND_FACTOR_NONE },
  { NULL, "锁定", WB_SECOND_FACTOR_NONE },
  { NULL, "not bound", WB_SECOND_FACTOR_NONE },
  { NULL, "not been bound", WB_SECOND_FACTOR_NONE },
  { NULL, "bind", WB_SECOND_FACTOR_NONE },
  { NULL, "绑定", WB_SECOND_FACTOR_NONE },

  /* The identity service's API reference, "Error Codes": 400 "Invalid TOTP passcode." It also
   * comes where there was no code at all. */
  { "IAM.1061", NULL, WB_SECOND_FACTOR_CODE },

  /* Login protection, of which programs can pass the virtual device alone (the identity service's
   * API reference, "Modifying the Login Protection Configuration of a User": `vmfa`, `sms` and
   * `email`; its user guide adds security keys). They count beside a word for a code. */
  { NULL, "sms", WB_SECOND_FACTOR_OTHER },
  { NULL, "email", WB_SECOND_FACTOR_OTHER },
  { NULL, "e-mail", WB_SECOND_FACTOR_OTHER },
  { NULL, "短信", WB_SECOND_FACTOR_OTHER },
  { NULL, "邮箱", WB_SECOND_FACTOR_OTHER },
  { NULL, "邮件", WB_SECOND_FACTOR_OTHER },
  { NULL, "security key", WB_SECOND_FACTOR_OTHER },
  { NULL, "webauthn", WB_SECOND_FACTOR_OTHER },
  { NULL, "passkey", WB_SECOND_FACTOR_OTHER },

  /* Open Telekom Cloud: 401 "mfa totp code verify fail", to a password alone as to a wrong code
   * (opentelekomcloud/python-otcextensions#336; clients also expect it with 403). */
  { NULL, "mfa", WB_SECOND_FACTOR_CODE },
  { NULL, "totp", WB_SECOND_FACTOR_CODE },

  /* The members of the request for a token with a virtual device are `totp` and `passcode` (the
   * identity service's API reference, "Obtaining a User Token Through Password and Virtual MFA
   * Authentication"), and the console calls what is entered a verification code. */
  { NULL, "passcode", WB_SECOND_FACTOR_CODE },
  { NULL, "verification code", WB_SECOND_FACTOR_CODE },
  { NULL, "login verification", WB_SECOND_FACTOR_CODE },
  { NULL, "login protection", WB_SECOND_FACTOR_CODE },
  { NULL, "登录保护", WB_SECOND_FACTOR_CODE },
  { NULL, "验证码", WB_SECOND_FACTOR_CODE },
  { NULL, "动态口令", WB_SECOND_FACTOR_CODE },

  /* Keystone: "Additional authentications steps required." (Identity API v3, "Multi-Step
   * Authentication"); its receipt, which says more, goes before it. */
  { NULL, "authentications steps required", WB_SECOND_FACTOR_CODE },
  { NULL, "authentication steps required", WB_SECOND_FACTOR_CODE },

  /* What else the thing is called. */
  { NULL, "otp", WB_SECOND_FACTOR_CODE },
  { NULL, "2fa", WB_SECOND_FACTOR_CODE },
  { NULL, "one-time", WB_SECOND_FACTOR_CODE },
  { NULL, "one time", WB_SECOND_FACTOR_CODE },
  { NULL, "second factor", WB_SECOND_FACTOR_CODE },
  { NULL, "second-factor", WB_SECOND_FACTOR_CODE },
  { NULL, "two-factor", WB_SECOND_FACTOR_CODE },
  { NULL, "two factor", WB_SECOND_FACTOR_CODE },
  { NULL, "multi-factor", WB_SECOND_FACTOR_CODE },
  { NULL, "multi factor", WB_SECOND_FACTOR_CODE },
  { NULL, "multifactor", WB_SECOND_FACTOR_CODE },
};

/* Whether @words stand in @text on their own, not within longer ones; Chinese has no spaces. */
static gboolean
has_words (const char *text,
           const char *words)
{
  gsize    length = strlen (words);
  gboolean is_ascii = g_str_is_ascii (words);

  for (const char *p = strstr (text, words); p != NULL; p = strstr (p + 1, words))
    {
      if (!is_ascii
          || ((p == text || !g_ascii_isalnum (p[-1])) && !g_ascii_isalnum (p[length])))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_form (const WbServiceBody *body,
          const char          *lower_case_message,
          WbSecondFactor       factor)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (forms[i].factor == factor
          && ((forms[i].code != NULL && g_strcmp0 (body->code, forms[i].code) == 0)
              || (forms[i].words != NULL && has_words (lower_case_message, forms[i].words))))
        return TRUE;
    }

  return FALSE;
}

/* By its code or its words. */
static WbSecondFactor
find_form (const WbServiceBody *body)
{
  const char      *said = body->message != NULL ? body->message : body->start;
  g_autofree char *lower = g_ascii_strdown (said != NULL ? said : "", -1);

  if (body->kind == WB_SERVICE_BODY_HTML || has_form (body, lower, WB_SECOND_FACTOR_NONE)
      || !has_form (body, lower, WB_SECOND_FACTOR_CODE))
    return WB_SECOND_FACTOR_NONE;

  return has_form (body, lower, WB_SECOND_FACTOR_OTHER) ? WB_SECOND_FACTOR_OTHER
                                                        : WB_SECOND_FACTOR_CODE;
}

/**
 * wb_second_factor_find:
 * @status: the HTTP status of a sign-in's refusal
 * @headers: (nullable): its headers
 * @body: what its body says
 *
 * Keystone answers 401 with a receipt in the header `Openstack-Auth-Receipt`, and says in
 * `required_auth_methods` what it wants (Identity API v3, "Multi-Step Authentication"). The clouds'
 * own services have a code or nothing but words.
 *
 * Returns: what the sign-in lacks; where a one-time code was sent, what is wrong with it
 */
WbSecondFactor
wb_second_factor_find (guint                status,
                       SoupMessageHeaders  *headers,
                       const WbServiceBody *body)
{
  g_return_val_if_fail (body != NULL, WB_SECOND_FACTOR_NONE);

  if (status == 401 && body->needs_second_factor)
    return body->takes_one_time_code ? WB_SECOND_FACTOR_CODE : WB_SECOND_FACTOR_OTHER;
  if (status == 401 && headers != NULL
      && soup_message_headers_get_one (headers, "Openstack-Auth-Receipt") != NULL)
    return WB_SECOND_FACTOR_CODE;
  if (!body->needs_second_factor && (status == 400 || status == 401 || status == 403))
    return find_form (body);

  return WB_SECOND_FACTOR_NONE;
}
