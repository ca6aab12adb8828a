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

/**
 * WbConnectionField:
 * @label: for people: a plain word for a documented key, else the key itself, escaped
 * @key: the key as a path, escaped, e.g. `config.userName`
 * @value: the value as text, escaped; a secret's too, so show wb_connection_field_dup_shown()
 * @secret: the value is one that must stay hidden until a person asks
 * @included: not empty and not all `*`, which is how the service says that it left it out
 */
typedef struct
{
  char    *label;
  char    *key;
  char    *value;
  gboolean secret;
  gboolean included;
} WbConnectionField;

/* Immutable. */
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
char                    *wb_connection_dup_text          (WbConnection            *self);
char                    *wb_connection_field_dup_shown   (const WbConnectionField *field);

/* Whether bytes are a strict JSON object, and the type that it names. */
gboolean                 wb_connection_peek              (const char              *bytes,
                                                          gsize                    length,
                                                          char                   **type);

/* Whether a key's value is a secret, whatever its case. */
gboolean                 wb_key_is_secret                (const char              *key);

G_END_DECLS
