/* test-endpoints.c: addresses as people type them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/endpoints.h"
#include "core/error.h"
#include "core/input-limits.h"

#include <string.h>

static void
test_normalize (void)
{
  static const struct
  {
    const char *typed;
    const char *expected;
  } cases[] = {
    { "iam.eu-de.otc.t-systems.com", "https://iam.eu-de.otc.t-systems.com" },
    { "https://iam.eu-de.otc.t-systems.com/", "https://iam.eu-de.otc.t-systems.com" },
    { "https://iam.eu-de.otc.t-systems.com/v3", "https://iam.eu-de.otc.t-systems.com" },
    { "https://iam.eu-de.otc.t-systems.com/v3//", "https://iam.eu-de.otc.t-systems.com" },
    { "iam.example/v3", "https://iam.example" },
    { "  IAM.Example.COM \n", "https://iam.example.com" },
    { "HTTPS://IAM.Example.COM/", "https://iam.example.com" },
    { "https://cloud.example:8443", "https://cloud.example:8443" },
    { "cloud.example:8443/", "https://cloud.example:8443" },
    { "https://cloud.example:443/", "https://cloud.example" },
    { "https://cloud.example:80/", "https://cloud.example:80" },
    { "https://cloud.example/dlf/Prefix/", "https://cloud.example/dlf/Prefix" },
    { "https://cloud.example/iam/v3", "https://cloud.example/iam" },
    { "https://cloud.example/iamv3", "https://cloud.example/iamv3" },
    { "https://dayu-dlf.eu-de.otc.t-systems.com/v1", "https://dayu-dlf.eu-de.otc.t-systems.com" },
    { "dlf.example/v1/", "https://dlf.example" },
    { "dlf.example/v1.0//", "https://dlf.example" },
    { "dlf.example/dlf/v2.0/v1", "https://dlf.example/dlf" },
    { "dlf.example/version", "https://dlf.example/version" },
    { "dlf.example/v", "https://dlf.example/v" },
    { "dlf.example/v1beta", "https://dlf.example/v1beta" },
    { "https://bücher.example/", "https://xn--bcher-kva.example" },
    { "https://my_host.example", "https://my_host.example" },
    { "https://10.0.0.7:8443", "https://10.0.0.7:8443" },
    { "https://[2001:DB8::1]:8443/", "https://[2001:db8::1]:8443" },
    { "http://127.0.0.1:8080/", "http://127.0.0.1:8080" },
    { "127.0.0.1:8080", "http://127.0.0.1:8080" },
    { "https://127.0.0.1:8080", "https://127.0.0.1:8080" },
    { "http://127.255.0.3", "http://127.255.0.3" },
    { "http://localhost:80", "http://localhost" },
    { "http://LOCALHOST:1234/v3", "http://localhost:1234" },
    { "[::1]:8080", "http://[::1]:8080" },
    { "http://[::1]", "http://[::1]" },

    /* However often it is there. */
    { "host.example//v3", "https://host.example" },
    { "host.example/v3/v3", "https://host.example" },
    { "host.example/v3//v3/", "https://host.example" },
    { "host.example/iam/v3/v3", "https://host.example/iam" },
    { "host.example:", "https://host.example" },
    { "host.example:0443", "https://host.example" },

    /* What another keyboard types for the same. */
    { "iam。example．com", "https://iam.example.com" },
    { "ＩＡＭ.example", "https://iam.example" },
    { "iam\uff0eexample\uff61com", "https://iam.example.com" },
    { "iam。example。", "https://iam.example" },
    { "straße.example", "https://xn--strae-oqa.example" },
    { "bu\u0308cher.example", "https://xn--bcher-kva.example" },
    { "１２７。0.0.1:80", "http://127.0.0.1" },
    { "ⓛocalhost", "http://localhost" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = wb_endpoints_normalize (cases[i].typed, &error);
      g_autofree char *again = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (url, ==, cases[i].expected);

      /* What is normal stays as it is. */
      again = wb_endpoints_normalize (url, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (again, ==, url);
    }
}

/* An address that is not plainly a host's over HTTPS is refused, with the reason. */
static void
test_refuse (void)
{
  static const struct
  {
    const char *typed;
    const char *reason;
  } cases[] = {
    { "", "empty" },
    { " \t", "empty" },
    { "https://", "host name is missing" },
    { "https:///v3", "host name is missing" },
    { "https://:8443", "host name is missing" },
    { "://host.example", "valid address" },
    { "//host.example", "host name is missing" },
    { "http://iam.example.com", "plain “http://”" },
    { "HTTP://iam.example.com", "plain “http://”" },
    { "http://localhost.evil.example", "plain “http://”" },
    { "http://127.evil.example", "plain “http://”" },
    { "http://127.0.0.1.evil.example", "plain “http://”" },
    { "http://xlocalhost", "plain “http://”" },
    { "http://0.0.0.0", "plain “http://”" },
    { "http://[::ffff:127.0.0.1]", "plain “http://”" },
    { "http://[::]", "plain “http://”" },
    { "http://2130706433", "valid host name" },
    { "http://0x7f.1", "valid host name" },
    { "http://127.1", "valid host name" },
    { "http://127.0.0.01", "valid host name" },
    { "http://0177.0.0.1", "valid host name" },
    { "http://[::1%25lo]/", "does not belong" },
    { "ftp://host.example", "begin with “https://”" },
    { "file:///etc/passwd", "begin with “https://”" },
    { "javascript:alert", "valid address" },
    { "https://user@host.example", "user name or password" },
    { "https://user:pass@host.example", "user name or password" },
    { "user:pass@host.example/x", "user name or password" },
    { "https://good.example@evil.example", "user name or password" },
    { "https://host.example/?x=1", "must end before" },
    { "https://host.example/#top", "must end before" },
    { "https://host.example?", "must end before" },
    { "https://host.example#", "must end before" },
    { "https://ho st.example", "space or an invisible" },
    { "https://host.example/a b", "space or an invisible" },
    { "https://host.example\r\nX-Evil: 1", "space or an invisible" },
    { "https://host\x01.example", "space or an invisible" },
    { "https://host\xe2\x80\xae.example", "space or an invisible" },
    { "https://host\xe2\x80\x8b.example", "space or an invisible" },
    { "https://host\xff.example", "not text" },
    { "https://evil.example\\@good.example", "does not belong" },
    { "https://ho%73t.example", "does not belong" },
    { "https://host.example/a%2fb", "does not belong" },
    { "https://*.example", "does not belong" },
    { "https://host..example", "valid host name" },
    { "https://.host.example", "valid host name" },
    { "https://host.example.", "valid host name" },
    { "https://-host.example", "valid host name" },
    { "https://host.example:0", "valid address" },
    { "https://host.example:65536", "valid address" },
    { "https://host.example:http", "valid address" },
    { "https://host.example:-1", "valid address" },
    { "https://::1/", "host name is missing" },
    { "https://[::1", "valid address" },
    { "https://[host.example]", "valid address" },
    { "https://host.example/../x", "plain path" },
    { "https://host.example/./x", "plain path" },
    { "https://host.example//x", "plain path" },
    { "https://host.example/über", "plain path" },
    { "https://https://host.example", "plain path" },
    { "host.example//x/v3", "plain path" },
    { "dlf.example/v1/0123456789abcdef0123456789abcdef", "Leave out “/v1” and all" },
    { "dlf.example/v1/p/connections/export", "Leave out “/v1” and all" },
    { "iam.example/v3/auth/tokens", "Leave out “/v3” and all" },
    { "dlf.example/dlf/v1.0/p/", "Leave out “/v1.0” and all" },
    { "iam.example/v3/x/v3", "Leave out “/v3” and all" },

    /* Nothing is left of it, or something else than a host name. */
    { "。", "host name is missing" },
    { "．", "host name is missing" },
    { "｡", "host name is missing" },
    { "\ufe0e", "host name is missing" },
    { "https://。:8443/v3", "host name is missing" },
    { "\u2024", "host name is missing" },
    { "。。", "valid host name" },
    { "\ufe0e.example", "valid host name" },
    { "host。。example", "valid host name" },
    { "host\u2025example", "valid host name" },
    { "host／v3", "valid host name" },
    { "user＠host.example", "valid host name" },
    { "ho％73t.example", "valid host name" },
    { "host.example：8443", "valid host name" },
    { "host.example？x", "valid host name" },
    { "\u2100.example", "valid host name" },
    { "：：1", "valid host name" },
    { "https://2001：db8::1", "valid address" },
    { "１２７.1", "valid host name" },
    { "２130706433", "valid host name" },
    { "［::1］", "valid address" },
    { "host.example:４４３", "valid address" },
    { "host.example:00", "valid address" },
    { "ho\u00adst.example", "invisible" },
    { "ho\u200dst.example", "invisible" },
    { "ho\u3000st.example", "invisible" },
    { "xn--", "valid host name" },
    { "http://iam。example", "plain “http://”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = wb_endpoints_normalize (cases[i].typed, &error);

      if (url != NULL)
        g_test_message ("“%s” gave “%s”", cases[i].typed, url);
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_null (url);
      if (strstr (error->message, cases[i].reason) == NULL)
        g_test_message ("“%s”: %s", cases[i].typed, error->message);
      g_assert_nonnull (strstr (error->message, cases[i].reason));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

/* Each character that there is, alone and inside of a host name: what is taken is taken again. */
static void
test_every_character (void)
{
  static const char *const forms[] = { "%s", "a%sb", "1%s1:80/x" };

  for (gunichar c = 1; c <= 0x2ffff; c++)
    {
      char text[7] = "";

      if (!g_unichar_validate (c) || !g_unichar_isdefined (c))
        continue;
      g_unichar_to_utf8 (c, text);
      for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
        {
          g_auto (GStrv) parts = g_strsplit (forms[i], "%s", -1);
          g_autofree char *typed = g_strjoinv (text, parts);
          g_autofree char *url = wb_endpoints_normalize (typed, NULL);
          g_autofree char *again = url != NULL ? wb_endpoints_normalize (url, NULL) : NULL;

          if (g_strcmp0 (again, url) != 0)
            g_test_message ("U+%04X gave “%s”", c, url);
          g_assert_cmpstr (again, ==, url);
        }
    }
}

/* Paths of up to five pieces in each order: what is taken is taken again, as it is. */
static void
test_every_path (void)
{
  static const char *const pieces[] = { "/", "/v3", "/v1.0", "/x", "/v", "/.", "%", ":80" };
  guint                    n_paths = 1;

  for (guint i = 0; i < 5; i++)
    n_paths *= G_N_ELEMENTS (pieces);

  for (guint i = 0; i < n_paths; i++)
    {
      GString         *typed = g_string_new ("host.example");
      g_autofree char *text = NULL;
      g_autofree char *url = NULL;
      g_autofree char *again = NULL;

      for (guint j = 0, rest = i; j < 5; j++, rest /= G_N_ELEMENTS (pieces))
        g_string_append (typed, pieces[rest % G_N_ELEMENTS (pieces)]);
      text = g_string_free (typed, FALSE);
      url = wb_endpoints_normalize (text, NULL);
      if (url == NULL)
        continue;
      again = wb_endpoints_normalize (url, NULL);
      if (g_strcmp0 (again, url) != 0)
        g_test_message ("“%s” gave “%s”", text, url);
      g_assert_cmpstr (again, ==, url);
    }
}

static void
test_refuse_long (void)
{
  g_autofree char *label = g_strnfill (64, 'a');
  g_autofree char *long_label = g_strconcat ("https://", label, ".example", NULL);
  g_autofree char *huge = g_strnfill (1024 * 1024, 'a');
  g_autofree char *wide = g_strconcat ("b\u00fc", label + 5, ".example", NULL);
  g_autofree char *path = g_strnfill (2048 - strlen ("a.example/"), 'a');
  g_autofree char *just_fits = g_strconcat ("a.example/", path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (wb_endpoints_normalize (long_label, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_null (wb_endpoints_normalize (huge, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);

  /* As typed they are short enough. */
  g_assert_null (wb_endpoints_normalize (wide, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_null (wb_endpoints_normalize (just_fits, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "too long"));
}

/* The longest address, and one that is a character longer. */
static void
test_longest (void)
{
  g_autofree char *path = g_strnfill (WB_ENDPOINT_MAX_BYTES - strlen ("https://a.example/"), 'a');
  g_autofree char *longest = g_strconcat ("https://a.example/", path, NULL);
  g_autofree char *too_long = g_strconcat (longest, "a", NULL);
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  url = wb_endpoints_normalize (longest, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (url, ==, longest);

  g_assert_null (wb_endpoints_normalize (too_long, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "too long"));
}

/* Without TLS only this computer itself is allowed. */
static void
test_loopback (void)
{
  static const char *const loopback[] = {
    "127.0.0.1",
    "127.0.0.0",
    "127.255.255.255",
    "::1",
    "0:0:0:0:0:0:0:1",
    "localhost",
    "LocalHost",
  };
  static const char *const other[] = {
    "",
    "localhost.",
    "localhost.evil.example",
    "evil.localhost",
    "127.evil.example",
    "127.0.0.1.evil.example",
    "127.0.0.1.",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "128.0.0.1",
    "126.255.255.255",
    "0.0.0.0",
    "10.0.0.1",
    "::",
    "::2",
    "::1%lo",
    "::ffff:127.0.0.1",
    "[::1]",
    " 127.0.0.1",
    "127.0.0.1 ",
    "ip6-localhost",
  };

  for (guint i = 0; i < G_N_ELEMENTS (loopback); i++)
    g_assert_true (wb_host_is_loopback (loopback[i]));
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    {
      if (wb_host_is_loopback (other[i]))
        g_test_message ("“%s” counts as loopback", other[i]);
      g_assert_false (wb_host_is_loopback (other[i]));
    }
}

static void
test_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (WbEndpoints) copy = NULL;
  g_autoptr (WbEndpoints) two = NULL;

  endpoints = wb_endpoints_new ("dlf.example/", "iam.example/v3", "dayu.example", &error);
  g_assert_no_error (error);
  copy = wb_endpoints_copy (endpoints);
  g_assert_cmpstr (copy->service_url, ==, "https://dlf.example");
  g_assert_cmpstr (copy->identity_url, ==, "https://iam.example");
  g_assert_cmpstr (copy->management_url, ==, "https://dayu.example");

  two = wb_endpoints_new ("dlf.example", "iam.example", "", &error);
  g_assert_no_error (error);
  g_assert_null (two->management_url);

  g_assert_null (wb_endpoints_new ("http://dlf.example", "iam.example", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "Service address: The address must"));
  g_clear_error (&error);

  g_assert_null (wb_endpoints_new ("dlf.example", "", NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "Identity address: "));
  g_clear_error (&error);

  g_assert_null (wb_endpoints_new ("dlf.example", "iam.example", "a@b", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "Management Center address: "));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/endpoints/normalize", test_normalize);
  g_test_add_func ("/endpoints/refuse", test_refuse);
  g_test_add_func ("/endpoints/every-character", test_every_character);
  g_test_add_func ("/endpoints/every-path", test_every_path);
  g_test_add_func ("/endpoints/refuse-long", test_refuse_long);
  g_test_add_func ("/endpoints/longest", test_longest);
  g_test_add_func ("/endpoints/loopback", test_loopback);
  g_test_add_func ("/endpoints/new", test_new);

  return g_test_run ();
}
