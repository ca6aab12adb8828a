/* secret-values.c: which values of a JSON text are secrets, and where they stand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-values.h"

#include <string.h>

#include "core/archive/secrets/secret-values-private.h"

static void
clear_span (gpointer data)
{
  WbSecretSpan *span = data;

  g_free (span->secret);
}

static char *
dup_bytes (const char *bytes,
           gsize       length)
{
  char *copy = g_malloc (length + 1);

  memcpy (copy, bytes, length);
  copy[length] = '\0';

  return copy;
}

/**
 * wb_secret_values_new_empty:
 * @text: a JSON text
 * @scan: where its values stand
 *
 * Returns: (transfer full): none of its secrets yet
 */
WbSecretValues *
wb_secret_values_new_empty (const char *text,
                            WbJsonScan *scan)
{
  WbSecretValues *self = g_new0 (WbSecretValues, 1);

  self->text = text;
  self->scan = scan;
  self->marks = g_new0 (guint8, wb_json_scan_get_n (scan));
  self->spans = g_array_new (FALSE, FALSE, sizeof (WbSecretSpan));
  g_array_set_clear_func (self->spans, clear_span);

  return self;
}

/**
 * wb_secret_values_add:
 * @self: the secrets of a text, as far as they are found
 * @value: number of a value in its scan
 * @whole: whether the value is a secret as a whole
 * @place: where the secret stands
 * @secret: the secret itself, which is copied
 * @secret_length: how many bytes
 */
void
wb_secret_values_add (WbSecretValues *self,
                      guint           value,
                      gboolean        whole,
                      WbSpan          place,
                      const char     *secret,
                      gsize           secret_length)
{
  WbSecretSpan span = {
    .place = place,
    .value = value,
    .whole = whole,
    .secret = dup_bytes (secret, secret_length),
    .secret_length = secret_length,
  };

  g_array_append_val (self->spans, span);
}

/* What a value is by one more place in it. */
static void
mark (WbSecretValues     *self,
      const WbSecretSpan *span)
{
  const WbJsonValue *value = wb_json_scan_get (self->scan, span->value);

  if (span->place.start < value->start) /* in its key */
    return;
  if (span->whole)
    self->marks[span->value] = WB_SECRET_PRESENT;
  else if (self->marks[span->value] == WB_SECRET_NONE)
    self->marks[span->value] = WB_SECRET_PARTIAL;
}

/**
 * wb_secret_values_new_with:
 * @secrets: the secrets of a text
 * @places: (element-type WbSecretSpan): more places in it that are to be hidden, without secrets of
 *   their own
 *
 * Returns: (transfer full): all places, which know no secrets
 */
WbSecretValues *
wb_secret_values_new_with (WbSecretValues *secrets,
                           GArray         *places)
{
  WbSecretValues *self;

  g_return_val_if_fail (secrets != NULL, NULL);
  g_return_val_if_fail (places != NULL, NULL);

  self = g_new0 (WbSecretValues, 1);
  self->text = secrets->text;
  self->scan = secrets->scan;
  self->marks = g_memdup2 (secrets->marks, wb_json_scan_get_n (secrets->scan));
  self->spans = g_array_new (FALSE, FALSE, sizeof (WbSecretSpan));
  for (guint i = 0; i < secrets->spans->len; i++)
    {
      WbSecretSpan span = g_array_index (secrets->spans, WbSecretSpan, i);

      span.secret = NULL;
      span.secret_length = 0;
      g_array_append_val (self->spans, span);
    }
  for (guint i = 0; i < places->len; i++)
    mark (self, &g_array_index (places, WbSecretSpan, i));
  g_array_append_vals (self->spans, places->data, places->len);
  wb_spans_join (self->spans);

  return self;
}

void
wb_secret_values_free (WbSecretValues *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->spans, g_array_unref);
  g_free (self->marks);
  g_free (self);
}

const char *
wb_secret_values_get_text (WbSecretValues *self)
{
  return self->text;
}

WbJsonScan *
wb_secret_values_get_scan (WbSecretValues *self)
{
  return self->scan;
}

/**
 * wb_secret_values_get:
 * @self: the secrets of a text
 * @value: number of a value in its scan
 *
 * Returns: what it is; only scalars are marked
 */
WbSecret
wb_secret_values_get (WbSecretValues *self,
                      guint           value)
{
  g_return_val_if_fail (self != NULL, WB_SECRET_PRESENT);

  return self->marks[value];
}

guint
wb_secret_values_get_n_spans (WbSecretValues *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->spans->len;
}

/**
 * wb_secret_values_get_span:
 * @self: the secrets of a text
 * @index: less than wb_secret_values_get_n_spans()
 *
 * Returns: (transfer none): one of the places where secrets stand, in the text's order and apart
 *   from each other
 */
const WbSecretSpan *
wb_secret_values_get_span (WbSecretValues *self,
                           guint           index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->spans->len, NULL);

  return &g_array_index (self->spans, WbSecretSpan, index);
}

/**
 * wb_secret_values_find_span:
 * @self: the secrets of a text
 * @value: number of a value in its scan
 *
 * Returns: the number of its first span, or of what would follow it
 */
guint
wb_secret_values_find_span (WbSecretValues *self,
                            guint           value)
{
  guint low = 0;
  guint high = self->spans->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (wb_secret_values_get_span (self, middle)->value < value)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}
