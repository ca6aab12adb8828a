/* clouds.c: all clouds, the program's own and a person's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/clouds.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "clouds-resources.h"
#include "core/accounts/clouds-private.h"
#include "core/error.h"
#include "core/fd.h"
#include "core/input-limits.h"
#include "core/text.h"

#define RESOURCE_PATH "/io/github/waybill/Waybill/clouds.json"

struct _WbClouds
{
  GPtrArray *clouds; /* (owned) (element-type WbCloud) */
};

/* The program's own, without %WB_CLOUD_OTHER. */
static GPtrArray *
read_own (void)
{
  g_autoptr (GPtrArray) clouds = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_cloud_free);
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GError) error = NULL;
  const char *text;
  gsize       length_bytes;

  data = g_resource_lookup_data (wb_clouds_get_resource (), RESOURCE_PATH,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (data == NULL)
    g_error ("The program's own data is missing: %s", error->message);

  text = g_bytes_get_data (data, &length_bytes);
  if (!wb_cloud_file_apply (text, length_bytes, FALSE, clouds, &error))
    g_error ("The program's own data is broken: %s", error->message);

  return g_steal_pointer (&clouds);
}

static void
add_other (GPtrArray *clouds)
{
  /* Translators: a cloud that is none of those listed; its addresses are typed in */
  g_ptr_array_add (clouds, wb_cloud_new (WB_CLOUD_OTHER, _ ("Other")));
}

/* Returns: %NULL without an error if there is no file */
static GBytes *
read_file (const char *path,
           GError    **error)
{
  g_autofree char *text = NULL;
  struct stat      info;
  gsize            length = 0;
  int              saved_errno;
  int              fd = wb_fd_open_file (path, &info);

  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
    return NULL;

  if (fd >= 0)
    text = wb_fd_read_capped (fd, WB_CLOUD_FILE_MAX_BYTES, &length);
  saved_errno = errno;
  if (fd >= 0)
    close (fd);

  if (text == NULL && saved_errno == EISDIR)
    g_set_error_literal (error, WB_ERROR, WB_ERROR_LOCAL_FILE, _ ("It is not a file."));
  else if (text == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE, "%s.", g_strerror (saved_errno));
  else if (length > WB_CLOUD_FILE_MAX_BYTES)
    g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, _ ("It is too large."));
  else
    return g_bytes_new_take (g_steal_pointer (&text), length);

  return NULL;
}

/**
 * wb_clouds_new:
 *
 * Reads the clouds from the program's own data. The last one is %WB_CLOUD_OTHER.
 *
 * The hosts come from the service's API reference, the clouds' published lists of endpoints and
 * their software kits.
 *
 * Returns: (transfer full): all clouds
 */
WbClouds *
wb_clouds_new (void)
{
  WbClouds *self = g_new0 (WbClouds, 1);

  self->clouds = read_own ();
  add_other (self->clouds);

  return self;
}

/**
 * wb_clouds_load:
 * @self: clouds that nobody uses yet
 * @path: (type filename): a file of the form of the program's own data
 * @error: (out) (optional): %WB_ERROR_INVALID or %WB_ERROR_LOCAL_FILE, with a sentence that names
 *   the file and the place in it
 *
 * Adds a person's clouds, and a person's regions to the clouds that are known; one with a known ID
 * takes the place of that. It is their configuration: what stands there is where their passwords
 * go.
 *
 * Returns: %TRUE if all of the file was understood, or if there is none
 */
gboolean
wb_clouds_load (WbClouds   *self,
                const char *path,
                GError    **error)
{
  g_autoptr (GPtrArray) clouds = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *text;
  gsize       length_bytes;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  bytes = read_file (path, &local_error);
  if (bytes == NULL && local_error == NULL)
    return TRUE;

  if (bytes != NULL)
    {
      clouds = read_own ();
      text = g_bytes_get_data (bytes, &length_bytes);
      if (wb_cloud_file_apply (text != NULL ? text : "", length_bytes, TRUE, clouds, &local_error))
        {
          add_other (clouds);
          g_ptr_array_unref (self->clouds);
          self->clouds = g_steal_pointer (&clouds);
          return TRUE;
        }
    }

  {
    g_autofree char *shown = wb_text_escape (path, -1);

    g_set_error (error, WB_ERROR,
                 local_error->domain == WB_ERROR ? local_error->code : WB_ERROR_INVALID,
                 /* Translators: a file, and a sentence about what is wrong in it */
                 _ ("Waybill does not use your clouds in “%s”. %s"), shown, local_error->message);
  }

  return FALSE;
}

char *
wb_clouds_dup_default_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "waybill", "clouds.json", NULL);
}

void
wb_clouds_free (WbClouds *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->clouds);
  g_free (self);
}

guint
wb_clouds_get_n (WbClouds *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->clouds->len;
}

const WbCloud *
wb_clouds_get (WbClouds *self,
               guint     index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->clouds->len, NULL);

  return g_ptr_array_index (self->clouds, index);
}

const WbCloud *
wb_clouds_find (WbClouds   *self,
                const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->clouds->len; i++)
    {
      const WbCloud *cloud = g_ptr_array_index (self->clouds, i);

      if (g_strcmp0 (cloud->id, id) == 0)
        return cloud;
    }

  return NULL;
}
