/* export.c: one export of a workspace's connections, checked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/export/export.h"

#include <unistd.h>

#include "core/accounts/withdrawn.h"
#include "core/error.h"
#include "core/service/export/export-private.h"

G_DEFINE_FINAL_TYPE (WbExport, wb_export, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_RECEIVED_BYTES,
  PROP_TOTAL_BYTES,
  PROP_RETRY_AT,
  PROP_N_READ,
  PROP_N_CONNECTIONS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
wb_export_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  WbExport *self = WB_EXPORT (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_RECEIVED_BYTES:
      g_value_set_uint64 (value, self->received_bytes);
      break;
    case PROP_TOTAL_BYTES:
      g_value_set_int64 (value, self->total_bytes);
      break;
    case PROP_RETRY_AT:
      g_value_set_int64 (value, self->retry_at);
      break;
    case PROP_N_READ:
      g_value_set_uint (value, self->n_read);
      break;
    case PROP_N_CONNECTIONS:
      g_value_set_uint (value, self->n_connections);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_export_dispose (GObject *object)
{
  WbExport *self = WB_EXPORT (object);

  g_clear_object (&self->sign_in);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (wb_export_parent_class)->dispose (object);
}

static void
wb_export_finalize (GObject *object)
{
  WbExport *self = WB_EXPORT (object);

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->folder);
  g_free (self->workspace_id);
  g_clear_pointer (&self->started, g_date_time_unref);
  g_clear_pointer (&self->finished, g_date_time_unref);

  G_OBJECT_CLASS (wb_export_parent_class)->finalize (object);
}

static void
wb_export_class_init (WbExportClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_export_get_property;
  object_class->dispose = wb_export_dispose;
  object_class->finalize = wb_export_finalize;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, WB_EXPORT_IDLE, WB_EXPORT_DONE,
                                             WB_EXPORT_IDLE, flags);
  properties[PROP_RECEIVED_BYTES] = g_param_spec_uint64 ("received-bytes", NULL, NULL,
                                                         0, G_MAXUINT64, 0, flags);
  properties[PROP_TOTAL_BYTES] = g_param_spec_int64 ("total-bytes", NULL, NULL,
                                                     -1, G_MAXINT64, -1, flags);
  properties[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL,
                                                  0, G_MAXINT64, 0, flags);
  properties[PROP_N_READ] = g_param_spec_uint ("n-read", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_CONNECTIONS] = g_param_spec_uint ("n-connections", NULL, NULL, 0, G_MAXUINT,
                                                      0, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_export_init (WbExport *self)
{
  self->total_bytes = -1;
  self->fd = -1;
}

/**
 * wb_export_new:
 * @sign_in: the account's sign-in
 * @workspace_id: (nullable): which workspace; %NULL or empty for the service's `default` one
 * @max_size_bytes: a longer export is stopped
 *
 * Returns: (transfer full): an export that can be run once
 */
WbExport *
wb_export_new (WbSignIn   *sign_in,
               const char *workspace_id,
               guint64     max_size_bytes)
{
  WbExport *self;

  g_return_val_if_fail (WB_IS_SIGN_IN (sign_in), NULL);

  self = g_object_new (WB_TYPE_EXPORT, NULL);
  self->sign_in = g_object_ref (sign_in);
  self->max_size_bytes = max_size_bytes;
  if (workspace_id != NULL && *workspace_id != '\0')
    self->workspace_id = g_strdup (workspace_id);

  return self;
}

/**
 * wb_export_set_folder:
 * @self: an export that has not been run
 * @folder: (nullable): where it will be saved
 *
 * Says where the received bytes fit best, see wb_spool_open_unnamed().
 */
void
wb_export_set_folder (WbExport   *self,
                      const char *folder)
{
  g_return_if_fail (WB_IS_EXPORT (self));

  g_free (self->folder);
  self->folder = g_strdup (folder);
}

/**
 * wb_export_set_source:
 * @self: an export that has not been run
 * @source: which calls to make; %WB_SOURCE_EXPORT unless it is set
 *
 * From the other sources comes a rebuilt archive, which is whole or an error.
 */
void
wb_export_set_source (WbExport *self,
                      WbSource  source)
{
  g_return_if_fail (WB_IS_EXPORT (self));
  g_return_if_fail (self->state == WB_EXPORT_IDLE);
  g_return_if_fail ((guint) source < WB_N_SOURCES);

  self->source = source;
}

WbExportState
wb_export_get_state (WbExport *self)
{
  g_return_val_if_fail (WB_IS_EXPORT (self), WB_EXPORT_IDLE);

  return self->state;
}

guint64
wb_export_get_received_bytes (WbExport *self)
{
  g_return_val_if_fail (WB_IS_EXPORT (self), 0);

  return self->received_bytes;
}

gint64
wb_export_get_total_bytes (WbExport *self)
{
  g_return_val_if_fail (WB_IS_EXPORT (self), -1);

  return self->total_bytes;
}

gint64
wb_export_get_retry_at (WbExport *self)
{
  g_return_val_if_fail (WB_IS_EXPORT (self), 0);

  return self->retry_at;
}

guint
wb_export_get_n_read (WbExport *self)
{
  g_return_val_if_fail (WB_IS_EXPORT (self), 0);

  return self->n_read;
}

guint
wb_export_get_n_connections (WbExport *self)
{
  g_return_val_if_fail (WB_IS_EXPORT (self), 0);

  return self->n_connections;
}

/* How much of it is here, from 0 to 1; less than 0 while that is unknown. */
double
wb_export_get_fraction (WbExport *self)
{
  double done;
  double total;

  g_return_val_if_fail (WB_IS_EXPORT (self), -1);

  if (self->state == WB_EXPORT_READING)
    {
      done = self->n_read;
      total = self->n_connections;
    }
  else if (self->state == WB_EXPORT_RECEIVING)
    {
      done = (double) self->received_bytes;
      total = (double) self->total_bytes;
    }
  else
    {
      return -1;
    }

  return total > 0 ? MIN (1.0, done / total) : -1;
}

WbSource
wb_export_get_source (WbExport *self)
{
  g_return_val_if_fail (WB_IS_EXPORT (self), WB_SOURCE_EXPORT);

  return self->source;
}

/**
 * wb_export_remember_answer:
 * @self: an export that is over
 * @failure: (nullable): why it failed
 *
 * Keeps in mind whether the service has withdrawn its export, for the check of an account. Not for
 * a service that is gone with this run.
 */
void
wb_export_remember_answer (WbExport     *self,
                           const GError *failure)
{
  gboolean is_withdrawn = g_error_matches (failure, WB_ERROR, WB_ERROR_WITHDRAWN);

  g_return_if_fail (WB_IS_EXPORT (self));

  if (self->source == WB_SOURCE_EXPORT && (is_withdrawn || failure == NULL))
    wb_withdrawn_remember (
      wb_client_get_endpoints (wb_sign_in_get_client (self->sign_in))->service_url, is_withdrawn);
}

/**
 * wb_export_get_next_source:
 * @self: an export that has failed
 * @source: (out): the next source in the order in which they give less
 *
 * Only a call that is withdrawn, or not permitted to this user, leads to the next one: listing is a
 * right of Viewers, exporting is not (the service's user guide, "Permissions"). Management Center
 * is left out where the account has no address for it, or no workspace's ID.
 *
 * Returns: %FALSE if there is none, or if it failed for another reason
 */
gboolean
wb_export_get_next_source (WbExport *self,
                           WbSource *source)
{
  const WbEndpoints *endpoints;

  g_return_val_if_fail (WB_IS_EXPORT (self), FALSE);
  g_return_val_if_fail (source != NULL, FALSE);

  endpoints = wb_client_get_endpoints (wb_sign_in_get_client (self->sign_in));
  if (!self->is_refused || self->source == WB_SOURCE_MANAGEMENT)
    return FALSE;
  if (self->source == WB_SOURCE_LIST
      && (endpoints->management_url == NULL || self->workspace_id == NULL))
    return FALSE;

  *source = self->source == WB_SOURCE_EXPORT ? WB_SOURCE_LIST : WB_SOURCE_MANAGEMENT;

  return TRUE;
}

GDateTime *
wb_export_get_started (WbExport *self)
{
  g_return_val_if_fail (WB_IS_EXPORT (self), NULL);

  return self->started;
}

GDateTime *
wb_export_get_finished (WbExport *self)
{
  g_return_val_if_fail (WB_IS_EXPORT (self), NULL);

  return self->finished;
}

/* For what runs it. */

void
wb_export_set_state (WbExport     *self,
                     WbExportState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
wb_export_set_received_bytes (WbExport *self,
                              guint64   received_bytes)
{
  if (self->received_bytes == received_bytes)
    return;

  self->received_bytes = received_bytes;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECEIVED_BYTES]);
}

void
wb_export_set_total_bytes (WbExport *self,
                           gint64    total_bytes)
{
  if (self->total_bytes == total_bytes)
    return;

  self->total_bytes = total_bytes;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL_BYTES]);
}

void
wb_export_set_retry_at (WbExport *self,
                        gint64    retry_at)
{
  if (self->retry_at == retry_at)
    return;

  self->retry_at = retry_at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETRY_AT]);
}

void
wb_export_set_n_read (WbExport *self,
                      guint     n_read,
                      guint     n_connections)
{
  gboolean is_same = self->n_read == n_read;

  self->n_read = n_read;
  if (!is_same)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_READ]);

  is_same = self->n_connections == n_connections;
  self->n_connections = n_connections;
  if (!is_same)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CONNECTIONS]);
}
