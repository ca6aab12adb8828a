/* fault-keyring.c: a keyring on the session bus that answers each call as the test says
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fault-keyring.h"

#include <string.h>

#define NAME "org.freedesktop.secrets"
#define BASE "/org/freedesktop/secrets"
#define COLLECTION BASE "/collection/test"
#define SESSION BASE "/session/test"
#define PROMPT BASE "/prompt/test"
#define ERROR "org.freedesktop.DBus.Error."
#define SECRET_ERROR "org.freedesktop.Secret.Error."
#define ATTRIBUTES "org.freedesktop.Secret.Item.Attributes"

typedef struct
{
  char     *path;       /* (owned) */
  GVariant *attributes; /* (owned): a{ss} */
  GVariant *value;      /* (owned): ay */
} Item;

/* The bus's thread answers, so that a program in the test's own process may wait for it. */
struct _FaultKeyring
{
  GMutex           mutex;
  GDBusConnection *bus;   /* (owned) */
  GPtrArray       *items; /* (owned) (element-type Item) */
  guint            n_paths;
  FaultKeyringLock lock;
  GVariant        *asked; /* (owned) (nullable): ao, what is to be unlocked */
  gboolean         is_asking;
  guint            n_calls;
  guint            fail_at; /* 0 for none */
  char            *how;     /* (owned) (nullable) */
  gboolean         has_failed;
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->path);
  g_variant_unref (item->attributes);
  g_variant_unref (item->value);
  g_free (item);
}

static Item *
find_item (FaultKeyring *self,
           const char   *path)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (g_str_equal (item->path, path))
        return item;
    }

  return NULL;
}

static gboolean
item_matches (Item     *item,
              GVariant *wanted)
{
  GVariantIter iter;
  const char  *name;
  const char  *value;

  g_variant_iter_init (&iter, wanted);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    {
      const char *own;

      if (!g_variant_lookup (item->attributes, name, "&s", &own) || !g_str_equal (own, value))
        return FALSE;
    }

  return TRUE;
}

static Item *
add_item (FaultKeyring *self,
          GVariant     *attributes,
          GVariant     *value)
{
  Item *item = g_new0 (Item, 1);

  item->path = g_strdup_printf (COLLECTION "/%u", ++self->n_paths);
  item->attributes = g_variant_ref_sink (attributes);
  item->value = g_variant_ref_sink (value);
  g_ptr_array_add (self->items, item);

  return item;
}

static GVariant *
search (FaultKeyring *self,
        GVariant     *arguments)
{
  g_autoptr (GVariant) wanted = g_variant_get_child_value (arguments, 0);
  GVariantBuilder found;
  GVariantBuilder none;
  gboolean        is_locked = self->lock != FAULT_KEYRING_OPEN;

  g_variant_builder_init (&found, G_VARIANT_TYPE ("ao"));
  g_variant_builder_init (&none, G_VARIANT_TYPE ("ao"));
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (item_matches (item, wanted))
        g_variant_builder_add (&found, "o", item->path);
    }

  return g_variant_new ("(aoao)", is_locked ? &none : &found, is_locked ? &found : &none);
}

static GVariant *
get_secrets (FaultKeyring *self,
             GVariant     *arguments)
{
  g_autoptr (GVariant) paths = g_variant_get_child_value (arguments, 0);
  g_autoptr (GVariant) parameters =
    g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE_BYTE, NULL, 0));
  GVariantBuilder found;
  GVariantIter    iter;
  const char     *path;

  g_variant_builder_init (&found, G_VARIANT_TYPE ("a{o(oayays)}"));
  g_variant_iter_init (&iter, paths);
  while (g_variant_iter_next (&iter, "&o", &path))
    {
      Item *item = find_item (self, path);

      if (item != NULL)
        g_variant_builder_add (&found, "{o(o@ay@ays)}", path, SESSION, parameters, item->value,
                               "text/plain");
    }

  return g_variant_new ("(a{o(oayays)})", &found);
}

static GVariant *
get_properties (FaultKeyring *self,
                const char   *path)
{
  GVariantBuilder properties;
  Item           *item = find_item (self, path);

  g_variant_builder_init (&properties, G_VARIANT_TYPE ("a{sv}"));
  if (item != NULL)
    {
      g_variant_builder_add (&properties, "{sv}", "Attributes", item->attributes);
      g_variant_builder_add (&properties, "{sv}", "Label", g_variant_new_string ("An item"));
      g_variant_builder_add (&properties, "{sv}", "Locked",
                             g_variant_new_boolean (self->lock != FAULT_KEYRING_OPEN));
    }

  return g_variant_new ("(a{sv})", &properties);
}

static GVariant *
create_item (FaultKeyring *self,
             GVariant     *arguments)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (arguments, 0);
  g_autoptr (GVariant) secret = g_variant_get_child_value (arguments, 1);
  g_autoptr (GVariant) value = g_variant_get_child_value (secret, 2);
  g_autoptr (GVariant) attributes = g_variant_lookup_value (properties, ATTRIBUTES,
                                                            G_VARIANT_TYPE ("a{ss}"));

  for (guint i = self->items->len; i > 0; i--)
    {
      if (item_matches (g_ptr_array_index (self->items, i - 1), attributes))
        g_ptr_array_remove_index (self->items, i - 1);
    }
  return g_variant_new ("(oo)", add_item (self, attributes, value)->path, "/");
}

static GVariant *
unlock (FaultKeyring *self,
        GVariant     *arguments)
{
  g_autoptr (GVariant) paths = g_variant_get_child_value (arguments, 0);

  if (self->lock == FAULT_KEYRING_OPEN)
    return g_variant_new ("(@aoo)", paths, "/");

  g_clear_pointer (&self->asked, g_variant_unref);
  self->asked = g_variant_ref (paths);

  return g_variant_new ("(@aoo)", g_variant_new_objv (NULL, 0), PROMPT);
}

/* The answer of a person comes after that to the call, as the signal it is. */
static void
prompt (FaultKeyring *self)
{
  gboolean unlocks = self->lock == FAULT_KEYRING_UNLOCKS;
  g_autoptr (GDBusMessage) signal = NULL;

  self->is_asking = TRUE;
  if (self->lock == FAULT_KEYRING_UNANSWERED)
    return;

  if (unlocks)
    self->lock = FAULT_KEYRING_OPEN;
  signal = g_dbus_message_new_signal (PROMPT, "org.freedesktop.Secret.Prompt", "Completed");
  g_dbus_message_set_body (
    signal, g_variant_new ("(bv)", !unlocks, unlocks ? self->asked : g_variant_new_objv (NULL, 0)));
  g_dbus_connection_send_message (self->bus, signal, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
}

/* Returns: (transfer full): the answer of a keyring that works */
static GDBusMessage *
answer (FaultKeyring *self,
        GDBusMessage *message)
{
  const char   *method = g_dbus_message_get_member (message);
  GVariant     *arguments = g_dbus_message_get_body (message);
  GDBusMessage *reply = g_dbus_message_new_method_reply (message);
  GVariant     *body = NULL;
  const char   *error = NULL;
  gboolean      is_locked = self->lock != FAULT_KEYRING_OPEN;

  if (g_str_equal (method, "OpenSession"))
    {
      const char *algorithm;

      g_variant_get_child (arguments, 0, "&s", &algorithm);
      if (g_str_equal (algorithm, "plain"))
        body = g_variant_new ("(vo)", g_variant_new_string (""), SESSION);
      else
        error = ERROR "NotSupported";
    }
  else if (g_str_equal (method, "SearchItems"))
    body = search (self, arguments);
  else if (g_str_equal (method, "GetSecrets"))
    body = get_secrets (self, arguments);
  else if (g_str_equal (method, "Unlock"))
    body = unlock (self, arguments);
  else if (g_str_equal (method, "ReadAlias"))
    body = g_variant_new ("(o)", COLLECTION);
  else if (g_str_equal (method, "CreateCollection"))
    body = g_variant_new ("(oo)", COLLECTION, "/");
  else if (g_str_equal (method, "CreateItem") && is_locked)
    error = SECRET_ERROR "IsLocked";
  else if (g_str_equal (method, "CreateItem"))
    body = create_item (self, arguments);
  else if (g_str_equal (method, "Delete") && is_locked)
    error = SECRET_ERROR "IsLocked";
  else if (g_str_equal (method, "Delete"))
    {
      g_ptr_array_remove (self->items, find_item (self, g_dbus_message_get_path (message)));
      body = g_variant_new ("(o)", "/");
    }
  else if (g_str_equal (method, "GetAll"))
    body = get_properties (self, g_dbus_message_get_path (message));
  else if (!g_str_equal (method, "Prompt") && !g_str_equal (method, "Dismiss")
           && !g_str_equal (method, "Close"))
    error = ERROR "UnknownMethod";

  if (error != NULL)
    {
      g_object_unref (reply);
      reply = g_dbus_message_new_method_error_literal (message, error, FAULT_KEYRING_WORDS);
    }
  else if (body != NULL)
    g_dbus_message_set_body (reply, body);

  return reply;
}

/* Returns: (transfer full) (nullable): what a keyring that fails says; %NULL for nothing */
static GDBusMessage *
fail (FaultKeyring *self,
      GDBusMessage *message)
{
  GDBusMessage *reply;

  self->has_failed = TRUE;
  if (g_str_equal (self->how, FAULT_KEYRING_IS_SILENT))
    return NULL;
  if (g_str_equal (self->how, FAULT_KEYRING_LEAVES))
    {
      g_dbus_connection_close (self->bus, NULL, NULL, NULL);
      return NULL;
    }
  if (!g_str_equal (self->how, FAULT_KEYRING_IS_ODD))
    return g_dbus_message_new_method_error_literal (message, self->how, FAULT_KEYRING_WORDS);

  reply = g_dbus_message_new_method_reply (message);
  g_dbus_message_set_body (reply, g_variant_new ("(sas)", FAULT_KEYRING_WORDS, NULL));

  return reply;
}

static GDBusMessage *
filter_cb (GDBusConnection *bus,
           GDBusMessage    *message,
           gboolean         incoming,
           gpointer         user_data)
{
  FaultKeyring *self = user_data;
  g_autoptr (GDBusMessage) reply = NULL;
  g_autoptr (GMutexLocker) locker = NULL;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;

  locker = g_mutex_locker_new (&self->mutex);
  if (++self->n_calls == self->fail_at)
    reply = fail (self, message);
  else
    reply = answer (self, message);
  if (reply != NULL)
    g_dbus_connection_send_message (bus, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  if (reply != NULL && g_dbus_message_get_message_type (reply) != G_DBUS_MESSAGE_TYPE_ERROR
      && g_strcmp0 (g_dbus_message_get_member (message), "Prompt") == 0)
    prompt (self);
  g_object_unref (message);
  g_main_context_wakeup (NULL);

  return NULL;
}

static void
appeared_cb (GDBusConnection *bus,
             const char      *name,
             const char      *owner,
             gpointer         user_data)
{
  g_free (*(char **) user_data);
  *(char **) user_data = g_strdup (owner);
}

static void
vanished_cb (GDBusConnection *bus,
             const char      *name,
             gpointer         user_data)
{
  appeared_cb (bus, name, "", user_data);
}

/* Until whoever shares this process's connection knows who the keyring is.
 * @owner: its name on the bus; empty for nobody */
static void
await_owner (const char *owner)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autofree char *known = NULL;
  guint            id;

  /* The bus itself may be gone. */
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  if (bus == NULL || g_dbus_connection_is_closed (bus))
    return;

  id = g_bus_watch_name_on_connection (bus, NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb,
                                       vanished_cb, &known, NULL);
  while (g_strcmp0 (known, owner) != 0)
    g_main_context_iteration (NULL, TRUE);
  g_bus_unwatch_name (id);
}

/**
 * fault_keyring_new:
 *
 * Returns: (transfer full): an empty keyring that is open, on the bus of
 *   `$DBUS_SESSION_BUS_ADDRESS`
 */
FaultKeyring *
fault_keyring_new (void)
{
  FaultKeyring *self = g_new0 (FaultKeyring, 1);
  guint         owner;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->bus = g_dbus_connection_new_for_address_sync (
    g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
      | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (self->bus, filter_cb, self, NULL);
  reply = g_dbus_connection_call_sync (self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", NAME, 0), G_VARIANT_TYPE ("(u)"),
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (reply, "(u)", &owner);
  g_assert_cmpuint (owner, ==, 1);
  await_owner (g_dbus_connection_get_unique_name (self->bus));

  return self;
}

/* It is gone from the bus when this returns. */
void
fault_keyring_free (FaultKeyring *self)
{
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  await_owner ("");
  g_object_unref (self->bus);
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->asked, g_variant_unref);
  g_free (self->how);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* As if it had been stored for the account of this UUID. */
void
fault_keyring_put (FaultKeyring *self,
                   const char   *account,
                   const char   *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GVariantBuilder attributes;

  g_variant_builder_init (&attributes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&attributes, "{ss}", "account", account);
  g_variant_builder_add (&attributes, "{ss}", "xdg:schema", APP_ID);
  add_item (self, g_variant_builder_end (&attributes),
            g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text, strlen (text), 1));
}

void
fault_keyring_lock (FaultKeyring    *self,
                    FaultKeyringLock lock)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->lock = lock;
  self->is_asking = FALSE;
}

/* Counts the calls anew.
 * @at: which of them fails, from 1; 0 for none
 * @how: (nullable): FAULT_KEYRING_…, or a D-Bus error's name */
void
fault_keyring_fail (FaultKeyring *self,
                    guint         at,
                    const char   *how)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->n_calls = 0;
  self->fail_at = at;
  self->has_failed = FALSE;
  g_free (self->how);
  self->how = g_strdup (how);
}

guint
fault_keyring_get_n_calls (FaultKeyring *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->n_calls;
}

/* Whether the call that was to fail was made. The test's main context wakes up for it. */
gboolean
fault_keyring_has_failed (FaultKeyring *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->has_failed;
}

guint
fault_keyring_get_n_items (FaultKeyring *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->items->len;
}

/* Whether somebody was asked to unlock it. */
gboolean
fault_keyring_is_asking (FaultKeyring *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->is_asking;
}

static gboolean
is_fatal (const char    *domain,
          GLogLevelFlags level,
          const char    *message,
          gpointer       user_data)
{
  static const char *const known[] = {
    "g_task_return_boolean: assertion '!task->ever_returned' failed",
    "g_task_return_error: assertion 'error != NULL' failed",
    /* Newer GLib tells of a question that was never answered. */
    "GTask secret_service_real_prompt_async",
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (strstr (message, known[i]) != NULL)
        return FALSE;
    }

  return TRUE;
}

static void
log_cb (const char    *domain,
        GLogLevelFlags level,
        const char    *message,
        gpointer       user_data)
{
  if (is_fatal (domain, level, message, NULL))
    g_log_default_handler (domain, level, message, NULL);
}

void
fault_keyring_bear (void)
{
  g_test_log_set_fatal_handler (is_fatal, NULL);
  g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL, log_cb, NULL);
}

GTestDBus *
fault_keyring_begin_bus (void)
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");
  GTestDBus       *bus;

  if (daemon == NULL)
    {
      g_print ("1..0 # SKIP dbus-daemon is not installed\n");
      return NULL;
    }

  g_setenv ("SECRET_BACKEND", "service", TRUE);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);

  return bus;
}
