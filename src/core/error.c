/* error.c: what went wrong, in the terms a person can act on
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/error.h"

typedef struct
{
  char *service_code; /* (owned) (nullable) */
  char *request_id;   /* (owned) (nullable) */
  char *detail;       /* (owned) (nullable) */
  guint http_status;  /* 0 for none */
} WbErrorPrivate;

static void
wb_error_private_init (WbErrorPrivate *priv)
{
}

static void
wb_error_private_copy (const WbErrorPrivate *from,
                       WbErrorPrivate       *to)
{
  to->service_code = g_strdup (from->service_code);
  to->request_id = g_strdup (from->request_id);
  to->detail = g_strdup (from->detail);
  to->http_status = from->http_status;
}

static void
wb_error_private_clear (WbErrorPrivate *priv)
{
  g_clear_pointer (&priv->service_code, g_free);
  g_clear_pointer (&priv->request_id, g_free);
  g_clear_pointer (&priv->detail, g_free);
}

G_DEFINE_EXTENDED_ERROR (WbError, wb_error)

static WbErrorKind
kind_of_io_error (int code)
{
  switch (code)
    {
    case G_IO_ERROR_CANCELLED:
      return WB_ERROR_KIND_CANCELLED;

    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_CONNECTION_CLOSED: /* the same value as BROKEN_PIPE */
    case G_IO_ERROR_NOT_CONNECTED:
    case G_IO_ERROR_TIMED_OUT:
    case G_IO_ERROR_PARTIAL_INPUT:
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_PROXY_AUTH_FAILED:
    case G_IO_ERROR_PROXY_NEED_AUTH:
    case G_IO_ERROR_PROXY_NOT_ALLOWED:
      return WB_ERROR_KIND_NETWORK;

    case G_IO_ERROR_NOT_FOUND:
    case G_IO_ERROR_EXISTS:
    case G_IO_ERROR_IS_DIRECTORY:
    case G_IO_ERROR_NOT_DIRECTORY:
    case G_IO_ERROR_NOT_REGULAR_FILE:
    case G_IO_ERROR_NOT_SYMBOLIC_LINK:
    case G_IO_ERROR_NOT_MOUNTABLE_FILE:
    case G_IO_ERROR_NOT_MOUNTED:
    case G_IO_ERROR_FILENAME_TOO_LONG:
    case G_IO_ERROR_INVALID_FILENAME:
    case G_IO_ERROR_TOO_MANY_LINKS:
    case G_IO_ERROR_TOO_MANY_OPEN_FILES:
    case G_IO_ERROR_NO_SPACE:
    case G_IO_ERROR_PERMISSION_DENIED:
    case G_IO_ERROR_READ_ONLY:
    case G_IO_ERROR_CANT_CREATE_BACKUP:
    case G_IO_ERROR_WRONG_ETAG:
      return WB_ERROR_KIND_LOCAL_FILE;

    default:
      return WB_ERROR_KIND_FAILED;
    }
}

static WbErrorKind
kind_of_own_error (int code)
{
  switch ((WbError) code)
    {
    case WB_ERROR_INVALID:
      return WB_ERROR_KIND_INVALID;
    case WB_ERROR_SIGN_IN:
    case WB_ERROR_SECOND_FACTOR:
      return WB_ERROR_KIND_SIGN_IN;
    case WB_ERROR_NOT_PERMITTED:
      return WB_ERROR_KIND_NOT_PERMITTED;
    case WB_ERROR_SERVICE:
      return WB_ERROR_KIND_SERVICE;
    case WB_ERROR_WITHDRAWN:
      return WB_ERROR_KIND_WITHDRAWN;
    case WB_ERROR_NO_CONNECTIONS:
      return WB_ERROR_KIND_NO_CONNECTIONS;
    case WB_ERROR_NETWORK:
      return WB_ERROR_KIND_NETWORK;
    case WB_ERROR_NOT_AN_ARCHIVE:
      return WB_ERROR_KIND_NOT_AN_ARCHIVE;
    case WB_ERROR_LOCAL_FILE:
      return WB_ERROR_KIND_LOCAL_FILE;
    case WB_ERROR_FAILED:
    default:
      return WB_ERROR_KIND_FAILED;
    }
}

/* The private part, or %NULL for errors of other domains. */
static WbErrorPrivate *
peek_private (const GError *error)
{
  if (error == NULL || error->domain != WB_ERROR)
    return NULL;

  return wb_error_get_private (error);
}

/**
 * wb_error_new_service:
 * @code: what it means
 * @service_code: (nullable): the service's own code, such as `DLF.6322`
 * @request_id: (nullable): the request ID the service gave, for a support ticket
 * @detail: (nullable): the service's own words, or the start of what came instead; bytes from
 *   outside, so escape them before they are shown
 * @format: a translated sentence with the cause and the way out
 *
 * Returns: (transfer full): an error in %WB_ERROR that carries what the service said
 */
GError *
wb_error_new_service (WbError     code,
                      const char *service_code,
                      const char *request_id,
                      const char *detail,
                      const char *format,
                      ...)
{
  GError         *error;
  WbErrorPrivate *priv;
  va_list         args;

  g_return_val_if_fail (format != NULL, NULL);

  va_start (args, format);
  error = g_error_new_valist (WB_ERROR, code, format, args);
  va_end (args);

  priv = wb_error_get_private (error);
  priv->service_code = g_strdup (service_code);
  priv->request_id = g_strdup (request_id);
  priv->detail = g_strdup (detail);

  return error;
}

/**
 * wb_error_set_http_status:
 * @error: an error of wb_error_new_service()
 * @http_status: the reply's HTTP status, such as 403
 */
void
wb_error_set_http_status (GError *error,
                          guint   http_status)
{
  WbErrorPrivate *priv = peek_private (error);

  g_return_if_fail (priv != NULL);

  priv->http_status = http_status;
}

/**
 * wb_error_set_from_errno:
 * @error: return location
 * @saved_errno: what a system call on a local file left in `errno`
 * @format: a translated clause without a full stop that says what could not be done
 *
 * Sets `CLAUSE: REASON.` in %G_IO_ERROR, or in %WB_ERROR where GIO has no code that
 * distinguishes a local file's failure from others.
 */
void
wb_error_set_from_errno (GError    **error,
                         int         saved_errno,
                         const char *format,
                         ...)
{
  g_autofree char *clause = NULL;
  GIOErrorEnum     code = g_io_error_from_errno (saved_errno);
  va_list          args;

  g_return_if_fail (format != NULL);

  va_start (args, format);
  clause = g_strdup_vprintf (format, args);
  va_end (args);

  if (kind_of_io_error (code) == WB_ERROR_KIND_LOCAL_FILE)
    g_set_error (error, G_IO_ERROR, code, "%s: %s.", clause, g_strerror (saved_errno));
  else
    g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE, "%s: %s.", clause,
                 g_strerror (saved_errno));
}

/* What libsoup's SOUP_SESSION_ERROR is called. Who asks for a kind need not load it. */
#define SOUP_SESSION_ERROR_NAME "soup-session-error-quark"

WbErrorKind
wb_error_get_kind (const GError *error)
{
  g_return_val_if_fail (error != NULL, WB_ERROR_KIND_FAILED);

  if (error->domain == WB_ERROR)
    return kind_of_own_error (error->code);
  if (error->domain == G_IO_ERROR)
    return kind_of_io_error (error->code);
  if (error->domain == G_FILE_ERROR)
    return WB_ERROR_KIND_LOCAL_FILE;
  if (error->domain == G_RESOLVER_ERROR
      || error->domain == G_TLS_ERROR
      || error->domain == g_quark_try_string (SOUP_SESSION_ERROR_NAME))
    return WB_ERROR_KIND_NETWORK;

  return WB_ERROR_KIND_FAILED;
}

/* The name in the command line's JSON; never translated. */
const char *
wb_error_kind_to_string (WbErrorKind kind)
{
  static const char *const names[] = {
    [WB_ERROR_KIND_FAILED] = "failed",
    [WB_ERROR_KIND_INVALID] = "invalid",
    [WB_ERROR_KIND_SIGN_IN] = "sign-in",
    [WB_ERROR_KIND_NOT_PERMITTED] = "not-permitted",
    [WB_ERROR_KIND_SERVICE] = "service",
    [WB_ERROR_KIND_WITHDRAWN] = "withdrawn",
    [WB_ERROR_KIND_NO_CONNECTIONS] = "no-connections",
    [WB_ERROR_KIND_NETWORK] = "network",
    [WB_ERROR_KIND_NOT_AN_ARCHIVE] = "not-an-archive",
    [WB_ERROR_KIND_LOCAL_FILE] = "local-file",
    [WB_ERROR_KIND_CANCELLED] = "cancelled",
  };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (names), NULL);

  return names[kind];
}

const char *
wb_error_get_service_code (const GError *error)
{
  WbErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->service_code : NULL;
}

const char *
wb_error_get_request_id (const GError *error)
{
  WbErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->request_id : NULL;
}

/**
 * wb_error_get_detail:
 * @error: an error of any domain
 *
 * Returns: (nullable): what the service said in its own words; escape it before it is shown
 */
const char *
wb_error_get_detail (const GError *error)
{
  WbErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->detail : NULL;
}

/* 0 where no reply came, or where it was not the reply's status that was wrong. */
guint
wb_error_get_http_status (const GError *error)
{
  WbErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->http_status : 0;
}
