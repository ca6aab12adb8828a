/* error.h: what went wrong, in the terms a person can act on
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WbError:
 * @WB_ERROR_FAILED: nothing below fits
 * @WB_ERROR_INVALID: a setting or an argument is not well-formed
 * @WB_ERROR_SIGN_IN: the identity service or the gateway did not accept the credentials
 * @WB_ERROR_SECOND_FACTOR: a one-time code is needed too: ask for it, and try again with it
 * @WB_ERROR_NOT_PERMITTED: signed in, but not allowed to do this
 * @WB_ERROR_SERVICE: the service refused, failed, or answered with something else
 * @WB_ERROR_WITHDRAWN: the service does not offer the call, or no longer does
 * @WB_ERROR_NO_CONNECTIONS: the workspace has no connections (DLF.6322 on export)
 * @WB_ERROR_NETWORK: no usable connection to the host, TLS included
 * @WB_ERROR_NOT_AN_ARCHIVE: the bytes are not a complete ZIP archive
 * @WB_ERROR_ZIP_PASSWORD: the password does not open a ZIP file, or it is not known
 * @WB_ERROR_LOCAL_FILE: a file on this computer could not be read or written
 *
 * Codes in the domain %WB_ERROR. They are for meaning only: errors of GIO, libsoup and TLS pass
 * through with a prefix, and wb_error_get_kind() sorts them as well.
 */
#define WB_ERROR (wb_error_quark ())
typedef enum
{
  WB_ERROR_FAILED,
  WB_ERROR_INVALID,
  WB_ERROR_SIGN_IN,
  WB_ERROR_NOT_PERMITTED,
  WB_ERROR_SERVICE,
  WB_ERROR_NO_CONNECTIONS,
  WB_ERROR_NETWORK,
  WB_ERROR_NOT_AN_ARCHIVE,
  WB_ERROR_LOCAL_FILE,
  WB_ERROR_SECOND_FACTOR,
  WB_ERROR_ZIP_PASSWORD,
  WB_ERROR_WITHDRAWN,
} WbError;

/**
 * WbErrorKind:
 *
 * Every #GError sorted into the kinds that the command line's exit status and the window's error
 * page know.
 */
typedef enum
{
  WB_ERROR_KIND_FAILED,
  WB_ERROR_KIND_INVALID,
  WB_ERROR_KIND_SIGN_IN,
  WB_ERROR_KIND_NOT_PERMITTED,
  WB_ERROR_KIND_SERVICE,
  WB_ERROR_KIND_WITHDRAWN,
  WB_ERROR_KIND_NO_CONNECTIONS,
  WB_ERROR_KIND_NETWORK,
  WB_ERROR_KIND_NOT_AN_ARCHIVE,
  WB_ERROR_KIND_LOCAL_FILE,
  WB_ERROR_KIND_CANCELLED,
} WbErrorKind;

GQuark       wb_error_quark            (void);

GError      *wb_error_new_service      (WbError       code,
                                        const char   *service_code,
                                        const char   *request_id,
                                        const char   *detail,
                                        const char   *format,
                                        ...) G_GNUC_PRINTF (5, 6);
void         wb_error_set_http_status  (GError       *error,
                                        guint         http_status);
void         wb_error_set_from_errno   (GError      **error,
                                        int           saved_errno,
                                        const char   *format,
                                        ...) G_GNUC_PRINTF (3, 4);

WbErrorKind  wb_error_get_kind         (const GError *error);
const char  *wb_error_kind_to_string   (WbErrorKind   kind);
const char  *wb_error_get_service_code (const GError *error);
const char  *wb_error_get_request_id   (const GError *error);
const char  *wb_error_get_detail       (const GError *error);
guint        wb_error_get_http_status  (const GError *error);

G_END_DECLS
