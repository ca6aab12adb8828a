/* os-cloud.c: finds a cloud of clouds.yaml where OpenStack's clients look for it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/environment-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fd.h"
#include "core/input-limits.h"
#include "core/text.h"
#include "core/wipe.h"

/* What openstacksdk brings along of the clouds that have DataArts Studio. */
static const char known_vendors[] =
  "public-clouds:\n"
  "  otc:\n"
  "    auth: {auth_url: 'https://iam.{region_name}.otc.t-systems.com/v3'}\n"
  "    regions: [eu-de]\n";

static gboolean
set_error (GError    **error,
           const char *path,
           const char *reason)
{
  g_autofree char *shown = wb_text_escape (path, -1);

  /* Translators: a file, and a sentence about what is wrong with it */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s”: %s"), shown, reason);

  return FALSE;
}

/* Returns: %NULL without an error if there is none */
static GBytes *
read_file (const char *path,
           GError    **error)
{
  g_autofree char *reason = NULL;
  struct stat      info;
  gsize            length = 0;
  char            *text = NULL;
  int              saved_errno;
  int              fd = wb_fd_open_file (path, &info);

  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
    return NULL;

  if (fd >= 0)
    text = wb_fd_read_capped (fd, WB_OPENSTACK_CLOUD_MAX_BYTES, &length);
  saved_errno = errno;
  if (fd >= 0)
    close (fd);
  if (text != NULL)
    return g_bytes_new_with_free_func (text, length, wb_wipe_and_free, text);

  reason = saved_errno == EISDIR ? g_strdup (_ ("It is not a file."))
                                 : g_strconcat (g_strerror (saved_errno), ".", NULL);
  set_error (error, path, reason);

  return NULL;
}

/* The file that a variable names, else the first of that name in the folders of openstacksdk's
 * "Configuring OpenStack SDK Applications".
 * Returns: %NULL without an error if there is none */
static GBytes *
find_file (const char *variable,
           const char *stem,
           char      **path,
           GError    **error)
{
  static const char *const suffixes[] = { "yaml", "yml", "json" };
  const char              *named = g_getenv (variable);
  g_autofree char         *home = g_build_filename (g_get_home_dir (), ".config", NULL);
  const char *const        folders[] = { NULL, g_get_user_config_dir (), home, "/etc" };

  if (named != NULL && *named != '\0')
    {
      GBytes *bytes = read_file (named, error);

      *path = g_strdup (named);
      if (bytes == NULL && *error == NULL)
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                     /* Translators: the name of an environment variable. */
                     _ ("There is no such file as %s names."), variable);
      return bytes;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (suffixes); j++)
        {
          g_autofree char *name = g_strconcat (stem, ".", suffixes[j], NULL);
          g_autofree char *tried = folders[i] != NULL
                                     ? g_build_filename (folders[i], "openstack", name, NULL)
                                     : g_strdup (name);
          GBytes          *bytes = read_file (tried, error);

          if (bytes != NULL || *error != NULL)
            {
              *path = g_steal_pointer (&tried);
              return bytes;
            }
        }
    }

  return NULL;
}

/* Adds what a file says of the cloud, if there is one. */
static gboolean
add_file (WbOpenstackCloud *cloud,
          const char       *variable,
          const char       *stem,
          const char       *section,
          const char       *name,
          gboolean         *found,
          char            **names,
          GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = find_file (variable, stem, &path, &local_error);

  *found = bytes != NULL;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (bytes == NULL)
    return TRUE;
  if (!wb_openstack_cloud_add (cloud, bytes, section, name, names, &local_error))
    return set_error (error, path, local_error->message);

  return TRUE;
}

/* What a vendor's profile brings along. */
static gboolean
add_profile (WbOpenstackCloud *cloud,
             GError          **error)
{
  const char      *profile = wb_openstack_cloud_get (cloud, "profile");
  g_autofree char *name = g_strdup (profile != NULL ? profile
                                                    : wb_openstack_cloud_get (cloud, "cloud"));
  g_autofree char *names = NULL;
  gboolean         found;

  if (name == NULL)
    return TRUE;
  if (!add_file (cloud, "OS_CLIENT_VENDOR_FILE", "clouds-public", "public-clouds", name, &found,
                 &names, error))
    return FALSE;

  if (!found || names != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (known_vendors, sizeof known_vendors - 1);

      g_clear_pointer (&names, g_free);
      wb_openstack_cloud_add (cloud, bytes, "public-clouds", name, &names, NULL);
    }
  if (names != NULL)
    {
      g_autofree char *shown = wb_text_escape (name, -1);

      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: the name of a vendor’s profile. */
                   _ ("Waybill does not know the profile “%s”. Put the cloud’s “auth_url” in its "
                      "place, or the profile into clouds-public.yaml."),
                   shown);
      return FALSE;
    }

  return TRUE;
}

/**
 * wb_cli_os_cloud_load:
 * @name: the cloud's name
 * @error: return location
 *
 * Reads `secure.yaml`, which goes first, `clouds.yaml` and the profile of a vendor
 * (`clouds-public.yaml`), each from the file that `OS_CLIENT_SECURE_FILE`,
 * `OS_CLIENT_CONFIG_FILE` or `OS_CLIENT_VENDOR_FILE` names, else from the current folder, the
 * person's configuration or `/etc/openstack`.
 *
 * Returns: (transfer full): what they say of the cloud; %NULL with %WB_ERROR_INVALID if there is no
 *   such cloud or a file cannot be used
 */
WbOpenstackCloud *
wb_cli_os_cloud_load (const char *name,
                      GError    **error)
{
  g_autoptr (WbOpenstackCloud) cloud = wb_openstack_cloud_new ();
  g_autofree char *names = NULL;
  g_autofree char *shown = wb_text_escape (name, -1);
  gboolean         found;

  if (!add_file (cloud, "OS_CLIENT_SECURE_FILE", "secure", "clouds", name, &found, NULL, error)
      || !add_file (cloud, "OS_CLIENT_CONFIG_FILE", "clouds", "clouds", name, &found, &names,
                    error))
    return NULL;

  if (!found)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("There is no clouds.yaml in this folder, in ~/.config/openstack or in "
                      "/etc/openstack, and OS_CLIENT_CONFIG_FILE names none."));
      return NULL;
    }
  if (names != NULL && *names == '\0')
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, _ ("clouds.yaml has no clouds."));
      return NULL;
    }
  if (names != NULL)
    {
      g_autofree char *choices = wb_text_escape (names, -1);

      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: a name, and a list of names such as “a, b”. */
                   _ ("clouds.yaml has no cloud “%s”. It has: %s."), shown, choices);
      return NULL;
    }

  return add_profile (cloud, error) ? g_steal_pointer (&cloud) : NULL;
}
