/* secret-tokens.c: tokens of well-known services, and hashes of passwords
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-tokens.h"

#include <string.h>

#include "core/archive/secrets/secret-parts.h"

/* A token begins with what its service chose so that it is recognized, and goes on with letters,
 * digits and these others. */
static const struct
{
  const char *start;
  gsize       min_rest; /* bytes behind it */
  const char *others;
} tokens[] = {
  /* GitHub, GitLab */
  { "ghp_", 30, "" },
  { "gho_", 30, "" },
  { "ghu_", 30, "" },
  { "ghs_", 30, "" },
  { "ghr_", 30, "" },
  { "github_pat_", 22, "_" },
  { "glpat-", 20, "_-." },
  { "gldt-", 20, "_-" },
  { "glrt-", 20, "_-." },
  { "glptt-", 20, "_-" },
  { "glsoat-", 20, "_-" },
  { "glft-", 20, "_-" },
  { "glcbt-", 20, "_-" },
  { "glagent-", 20, "_-" },
  /* Atlassian */
  { "ATATT3x", 40, "_-=" },
  /* Slack */
  { "xoxb-", 20, "-" },
  { "xoxp-", 20, "-" },
  { "xoxa-", 20, "-" },
  { "xoxs-", 20, "-" },
  { "xoxr-", 20, "-" },
  { "xoxe-", 20, "-" },
  { "xapp-", 20, "-" },
  { "dapi", 32, "-" },    /* Databricks */
  { "sk_live_", 16, "" }, /* Stripe */
  { "rk_live_", 16, "" },
  { "sk_test_", 16, "" },
  { "rk_test_", 16, "" },
  { "whsec_", 24, "+/=" },
  { "AIza", 35, "_-" }, /* Google */
  { "ya29.", 20, "_-" },
  { "GOCSPX-", 20, "_-" },
  { "sk-proj-", 20, "_-" }, /* OpenAI, Anthropic, OpenRouter */
  { "sk-svcacct-", 20, "_-" },
  { "sk-admin-", 20, "_-" },
  { "sk-ant-", 20, "_-" },
  { "sk-or-v1-", 40, "" },
  { "gsk_", 40, "" }, /* Groq */
  { "npm_", 30, "" }, /* package registries */
  { "pypi-", 30, "_-" },
  { "rubygems_", 40, "" },
  { "dckr_pat_", 20, "_-" },
  { "hf_", 30, "" },    /* Hugging Face */
  { "hvs.", 20, "_-" }, /* HashiCorp Vault */
  { "hvb.", 20, "_-" },
  { "hvr.", 20, "_-" },
  { "SG.", 40, "_-." },  /* SendGrid */
  { "dop_v1_", 40, "" }, /* DigitalOcean */
  { "shpat_", 30, "" },  /* Shopify */
  { "shpss_", 30, "" },
  { "shpca_", 30, "" },
  { "shppa_", 30, "" },
  { "glsa_", 30, "_" }, /* Grafana */
  { "glc_", 30, "+/=" },
  { "NRAK-", 27, "" },         /* New Relic */
  { "PMAK-", 50, "-" },        /* Postman */
  { "dp.pt.", 40, "" },        /* Doppler */
  { "pscale_tkn_", 30, "_-" }, /* PlanetScale */
  { "pscale_pw_", 30, "_-" },
  { "dbtc_", 30, "_-" },      /* dbt */
  { "figd_", 30, "_-" },      /* Figma */
  { "lin_api_", 30, "" },     /* Linear */
  { "sntrys_", 30, "_-+/=" }, /* Sentry */
  { "sntryu_", 40, "" },
  { "xkeysib-", 60, "-" },       /* Brevo */
  { "AGE-SECRET-KEY-", 40, "" }, /* age */
  { "ENC(", 8, "+/=" },          /* Jasypt */
  { "{cipher}", 32, "" },        /* Spring Cloud Config */
  { "{xor}", 16, "+/=" },        /* WebSphere */
  { "{aes}", 20, "+/=" },
  /* Hashes of passwords (crypt(5), PostgreSQL, MySQL, Apache, Django, LDAP) */
  { "md5", 32, "" },
  { "*", 40, "" },
  { "$1$", 20, "$./" },
  { "$apr1$", 20, "$./" },
  { "$2a$", 50, "$./" },
  { "$2b$", 50, "$./" },
  { "$2y$", 50, "$./" },
  { "$5$", 30, "$./=" },
  { "$6$", 30, "$./=" },
  { "$7$", 30, "$./" },
  { "$y$", 30, "$./" },
  { "$scrypt$", 30, "$./=,+" },
  { "$pbkdf2", 30, "$./=-" },
  { "pbkdf2_sha256$", 30, "$+/=" },
  { "$argon2", 30, "$./=,+" },
  { "SCRAM-SHA-256$", 30, "$:=+/" },
  { "SCRAM-SHA-512$", 30, "$:=+/" },
  { "{SHA}", 27, "+/=" },
  { "{SSHA}", 28, "+/=" },
  { "{SSHA256}", 40, "+/=" },
  { "{SSHA512}", 80, "+/=" },
};

/* The rest of such an address is a secret: who knows it may post there. */
static const char *const webhooks[] = {
  "hooks.slack.com/services/",
  "hooks.slack.com/triggers/",
  "hooks.slack.com/workflows/",
  "hooks.slack-gov.com/services/",
  "hooks.zapier.com/hooks/catch/",
  "api.telegram.org/bot",
  "discord.com/api/webhooks/",
  "discord.com/api/v10/webhooks/",
  "discordapp.com/api/webhooks/",
  "outlook.office.com/webhook/",
  "webhook.office.com/webhookb2/",
  "open.feishu.cn/open-apis/bot/v2/hook/",
  "open.larksuite.com/open-apis/bot/v2/hook/",
  "qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
};

static gboolean
has_prefix (const char *string,
            gsize       length,
            const char *prefix)
{
  gsize n = strlen (prefix);

  return length > n && memcmp (string, prefix, n) == 0;
}

static gsize
count_token (const char *string,
             gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      gsize start;
      gsize n;

      if (*string != *tokens[i].start || !has_prefix (string, length, tokens[i].start))
        continue;
      start = n = strlen (tokens[i].start);
      while (n < length
             && (g_ascii_isalnum (string[n])
                 || (string[n] != '\0' && strchr (tokens[i].others, string[n]) != NULL)))
        n++;
      if (n - start >= tokens[i].min_rest)
        return n;
    }

  return 0;
}

static void
find_webhooks (const char *string,
               gsize       length,
               GArray     *parts)
{
  for (guint i = 0; i < G_N_ELEMENTS (webhooks); i++)
    {
      gsize at = 0;

      while (at < length)
        {
          const char *found = memmem (string + at, length - at, webhooks[i], strlen (webhooks[i]));
          gsize       start;

          if (found == NULL)
            break;
          start = at = (gsize) (found - string) + strlen (webhooks[i]);
          while (at < length && (guchar) string[at] > ' ' && strchr ("\"'<>", string[at]) == NULL)
            at++;
          wb_secret_parts_add (parts, string, start, at);
        }
    }
}

/* The private part of PuTTY's file, which is its end. */
static void
find_putty_key (const char *string,
                gsize       length,
                GArray     *parts)
{
  static const char private[] = "Private-Lines:";
  const char *found = memmem (string, length, private, strlen (private));

  if (found != NULL)
    wb_secret_parts_add (parts, string, (gsize) (found - string) + strlen (private), length);
}

/**
 * wb_secret_tokens_find:
 * @string: any UTF-8
 * @length: how many bytes
 * @parts: (element-type WbSpan): gets where such tokens stand
 */
void
wb_secret_tokens_find (const char *string,
                       gsize       length,
                       GArray     *parts)
{
  for (gsize i = 0; i < length; i++)
    {
      gsize n;

      if (i > 0 && (g_ascii_isalnum (string[i - 1]) || string[i - 1] == '_'))
        continue;
      n = count_token (string + i, length - i);
      if (n == 0)
        continue;
      wb_secret_parts_add (parts, string, i, i + n);
      i += n - 1;
    }
  if (memchr (string, '/', length) != NULL)
    find_webhooks (string, length, parts);
  if (memchr (string, ':', length) != NULL)
    find_putty_key (string, length, parts);
}
