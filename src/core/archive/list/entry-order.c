/* entry-order.c: the order in which all lists of one view are sorted
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/list/entry-list.h"

struct _WbEntryOrder
{
  GObject parent_instance;

  WbSortKey key;
  gboolean  descending;
};

G_DEFINE_FINAL_TYPE (WbEntryOrder, wb_entry_order, G_TYPE_OBJECT)

enum
{
  PROP_KEY = 1,
  PROP_DESCENDING,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
wb_entry_order_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  WbEntryOrder *self = WB_ENTRY_ORDER (object);

  switch (property_id)
    {
    case PROP_KEY:
      g_value_set_int (value, (int) self->key);
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, self->descending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
wb_entry_order_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  WbEntryOrder *self = WB_ENTRY_ORDER (object);

  switch (property_id)
    {
    case PROP_KEY:
      wb_entry_order_set (self, (WbSortKey) g_value_get_int (value), self->descending);
      break;
    case PROP_DESCENDING:
      wb_entry_order_set (self, self->key, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
wb_entry_order_class_init (WbEntryOrderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_entry_order_get_property;
  object_class->set_property = wb_entry_order_set_property;

  properties[PROP_KEY] = g_param_spec_int ("key", NULL, NULL, WB_SORT_NAME, WB_N_SORT_KEYS - 1,
                                           WB_SORT_NAME, flags);
  properties[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * WbEntryOrder::changed:
   * @self: the order
   *
   * Once for each change, even where both properties change.
   */
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_ENTRY_ORDER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_entry_order_init (WbEntryOrder *self)
{
}

WbEntryOrder *
wb_entry_order_new (void)
{
  return g_object_new (WB_TYPE_ENTRY_ORDER, NULL);
}

/**
 * wb_entry_order_set:
 * @self: an order
 * @key: what to sort by
 * @descending: whether the largest is first
 *
 * Every list of this order sorts itself before this returns.
 */
void
wb_entry_order_set (WbEntryOrder *self,
                    WbSortKey     key,
                    gboolean      descending)
{
  gboolean key_changed, descending_changed;

  g_return_if_fail (WB_IS_ENTRY_ORDER (self));
  g_return_if_fail ((guint) key < WB_N_SORT_KEYS);

  descending = !!descending;
  key_changed = self->key != key;
  descending_changed = self->descending != descending;
  if (!key_changed && !descending_changed)
    return;

  self->key = key;
  self->descending = descending;
  g_signal_emit (self, signals[CHANGED], 0);
  if (key_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY]);
  if (descending_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCENDING]);
}

WbSortKey
wb_entry_order_get_key (WbEntryOrder *self)
{
  g_return_val_if_fail (WB_IS_ENTRY_ORDER (self), WB_SORT_NAME);

  return self->key;
}

gboolean
wb_entry_order_get_descending (WbEntryOrder *self)
{
  g_return_val_if_fail (WB_IS_ENTRY_ORDER (self), FALSE);

  return self->descending;
}

/**
 * wb_entry_order_needs_contents:
 * @self: an order
 *
 * Returns: whether it sorts by what is not known before an archive is complete
 */
gboolean
wb_entry_order_needs_contents (WbEntryOrder *self)
{
  g_return_val_if_fail (WB_IS_ENTRY_ORDER (self), FALSE);

  return self->key != WB_SORT_NAME && self->key != WB_SORT_SIZE;
}
