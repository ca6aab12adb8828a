/* connection.h: one .conn file, understood as far as it can be
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  WB_CONNECTION_JSON,   /* a strict JSON object */
  WB_CONNECTION_TEXT,   /* UTF-8, but not that */
  WB_CONNECTION_BINARY, /* anything else */
} WbConnectionForm;

/* What the service's API reference documents; anything else is the first. */
typedef enum
{
  WB_CONNECTION_TYPE_OTHER,
  WB_CONNECTION_TYPE_DWS,
  WB_CONNECTION_TYPE_DLI,
  WB_CONNECTION_TYPE_SPARK_SQL,
  WB_CONNECTION_TYPE_HIVE,
  WB_CONNECTION_TYPE_RDS,
  WB_CONNECTION_TYPE_CLOUD_TABLE,
  WB_CONNECTION_TYPE_HOST,
} WbConnectionType;

/**
 * WbConnectionField:
 * @label: for people: a plain word for a documented key, else the key itself, escaped
 * @key: the key as a path, escaped, e.g. `config.userName`
 * @value: the value as text, escaped; a secret's too, so show wb_connection_field_dup_shown()
 * @documented: the service's API reference knows the key, or Management Center's
 * @secret: the value is one that must stay hidden until a person asks, or holds one
 * @included: not empty and not all `*`, which is how the service says that it left it out; of a
 *   secret also not other words for that
 * @masked: (nullable): for a value that is a secret only in part, such as an address with a
 *   password, the value with dots in that part's place
 */
typedef struct
{
  char    *label;
  char    *key;
  char    *value;
  gboolean documented;
  gboolean secret;
  gboolean included;
  char    *masked;
} WbConnectionField;

/**
 * WbConnection:
 *
 * Made of one file's bytes when a person looks at it, or to copy its JSON. It holds the file's
 * secrets as long as it lives, and does not change.
 */
#define WB_TYPE_CONNECTION (wb_connection_get_type ())
G_DECLARE_FINAL_TYPE (WbConnection, wb_connection, WB, CONNECTION, GObject)

WbConnection            *wb_connection_new               (GBytes                  *contents);
WbConnectionForm         wb_connection_get_form          (WbConnection            *self);
const char              *wb_connection_get_parse_error   (WbConnection            *self);
const char              *wb_connection_get_name          (WbConnection            *self);
const char              *wb_connection_get_type_name     (WbConnection            *self);
const char              *wb_connection_get_description   (WbConnection            *self);
guint                    wb_connection_get_n_fields      (WbConnection            *self);
const WbConnectionField *wb_connection_get_field         (WbConnection            *self,
                                                          guint                    index);
const char              *wb_connection_get_address       (WbConnection            *self);
guint                    wb_connection_get_n_clear_secrets
                                                         (WbConnection            *self);
char                    *wb_connection_dup_text          (WbConnection            *self);
char                    *wb_connection_dup_revealed_text (WbConnection            *self);
char                    *wb_connection_dup_json          (WbConnection            *self,
                                                          gboolean                 reveal);
char                    *wb_connection_field_dup_shown   (const WbConnectionField *field);

/* The types, by their names in any case, and the names of their symbolic icons. */
WbConnectionType         wb_connection_type_from_name     (const char              *name);
const char              *wb_connection_type_get_name      (WbConnectionType         type);
const char              *wb_connection_type_get_icon_name (WbConnectionType         type);

G_END_DECLS
