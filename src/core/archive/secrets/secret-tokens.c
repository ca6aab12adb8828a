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
  /* Slack */
  { "xoxb-", 20, "-" },
  { "xoxp-", 20, "-" },
  { "xoxa-", 20, "-" },
  { "xoxs-", 20, "-" },
  { "xapp-", 20, "-" },
  { "dapi", 32, "-" },    /* Databricks */
  { "sk_live_", 16, "" }, /* Stripe */
  { "rk_live_", 16, "" },
  { "AIza", 35, "_-" }, /* Google */
  { "ya29.", 20, "_-" },
  { "sk-proj-", 20, "_-" }, /* OpenAI, Anthropic */
  { "sk-ant-", 20, "_-" },
  { "npm_", 30, "" }, /* package registries */
  { "pypi-", 30, "_-" },
  { "hf_", 30, "" },    /* Hugging Face */
  { "hvs.", 20, "_-" }, /* HashiCorp Vault */
  { "hvb.", 20, "_-" },
  { "SG.", 40, "_-." },          /* SendGrid */
  { "dop_v1_", 40, "" },         /* DigitalOcean */
  { "shpat_", 30, "" },          /* Shopify */
  { "AGE-SECRET-KEY-", 40, "" }, /* age */
  { "ENC(", 8, "+/=" },          /* Jasypt */
  /* Hashes of passwords (crypt(5), PostgreSQL) */
  { "$1$", 20, "$./" },
  { "$2a$", 50, "$./" },
  { "$2b$", 50, "$./" },
  { "$2y$", 50, "$./" },
  { "$5$", 30, "$./=" },
  { "$6$", 30, "$./=" },
  { "$y$", 30, "$./" },
  { "$argon2", 30, "$./=,+" },
  { "SCRAM-SHA-256$", 30, "$:=+/" },
};

/* The rest of such an address is a secret: who knows it may post there. */
static const char *const webhooks[] = {
  "hooks.slack.com/services/",
  "discord.com/api/webhooks/",
  "discordapp.com/api/webhooks/",
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
