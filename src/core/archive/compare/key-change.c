/* key-change.c: one key of a file, as it was and as it is
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare/key-change.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/archive/compare/one-form.h"
#include "core/archive/compare/shown-pair.h"
#include "core/archive/secrets/secret-mask.h"

/* So many stars in an address are not a password but stand for one. */
#define MIN_STARS 3

/* One side of a pair. */
typedef struct
{
  WbConnectionJson  *json;
  WbSecretValues    *secrets;
  guint              number;
  const WbJsonValue *value;
  WbSecret           secret;
} Side;

static gboolean
side_init (Side        *side,
           WbCanonical *file,
           int          index)
{
  if (index < 0)
    return FALSE;

  side->json = wb_canonical_get_json (file);
  side->secrets = wb_connection_json_get_secrets (side->json);
  side->number = wb_canonical_get_value (file, (guint) index);
  side->value = wb_json_scan_get (side->json->scan, side->number);
  side->secret = wb_secret_values_get (side->secrets, side->number);

  return TRUE;
}

/* Whether a value that is no secret itself has one of its connection's in it. */
static gboolean
repeats_secret (const Side *side)
{
  return side->json != NULL && side->secret == WB_SECRET_NONE
         && wb_secret_values_get (wb_connection_json_get_hidden (side->json), side->number)
              != WB_SECRET_NONE;
}

/* What stays of an address when the secrets in it are gone, and the stars that stand for some. */
static char *
dup_rest (const Side *side)
{
  gsize            length;
  g_autofree char *masked = wb_secret_mask_dup_value (side->secrets, side->number, "", &length);
  g_autoptr (GString) rest = g_string_new (NULL);

  for (gsize i = 0; i < length;)
    {
      gsize n = 0;

      while (i + n < length && masked[i + n] == '*')
        n++;
      if (n < MIN_STARS)
        g_string_append_len (rest, masked + i, (gssize) MAX (n, 1));
      i += MAX (n, 1);
    }

  return g_string_free (g_steal_pointer (&rest), FALSE);
}

/* The next secret in a value, or %NULL. */
static const WbSecretSpan *
get_span (const Side *side,
          guint       index)
{
  guint               i = wb_secret_values_find_span (side->secrets, side->number) + index;
  const WbSecretSpan *span;

  if (i >= wb_secret_values_get_n_spans (side->secrets))
    return NULL;
  span = wb_secret_values_get_span (side->secrets, i);

  return span->value == side->number ? span : NULL;
}

/* Whether both have the same secrets in them; not compared, if one has fewer. */
static WbChangeKind
judge_spans (const Side *a,
             const Side *b)
{
  WbChangeKind kind = WB_CHANGE_NONE;

  for (guint i = 0;; i++)
    {
      const WbSecretSpan *x = get_span (a, i);
      const WbSecretSpan *y = get_span (b, i);

      if (x == NULL && y == NULL)
        return kind;
      if (x == NULL || y == NULL)
        return WB_CHANGE_NOT_COMPARED;
      if (x->secret_length != y->secret_length
          || memcmp (x->secret, y->secret, x->secret_length) != 0)
        kind = WB_CHANGE_COUNTED;
    }
}

static WbChangeKind
judge_address (const Side *a,
               const Side *b)
{
  g_autofree char *a_rest = dup_rest (a);
  g_autofree char *b_rest = dup_rest (b);
  WbChangeKind     kind;

  if (!g_str_equal (a_rest, b_rest))
    return WB_CHANGE_COUNTED;
  kind = judge_spans (a, b);

  /* The secrets are the same, and yet it is not: more stars on one side. */
  return kind == WB_CHANGE_NONE ? WB_CHANGE_NOT_COMPARED : kind;
}

/**
 * wb_key_pair_init:
 * @self: (out caller-allocates): stands before the first key
 * @old_file: (nullable): what a file says, which must outlive it
 * @new_file: (nullable): what another one says, likewise
 * @one_form: whether a value is the same however the service's sources spell it
 * @other_source: whether the two come from different sources
 */
void
wb_key_pair_init (WbKeyPair   *self,
                  WbCanonical *old_file,
                  WbCanonical *new_file,
                  gboolean     one_form,
                  gboolean     other_source)
{
  *self = (WbKeyPair){
    .old_file = old_file,
    .new_file = new_file,
    .old_index = -1,
    .new_index = -1,
    .one_form = one_form,
    .other_source = other_source && old_file != NULL && new_file != NULL,
  };
}

/**
 * wb_key_pair_next:
 * @self: a pair
 *
 * Goes on to the next key that one of the files has.
 *
 * Returns: %FALSE if there are no more
 */
gboolean
wb_key_pair_next (WbKeyPair *self)
{
  guint n_old = self->old_file != NULL ? wb_canonical_get_n (self->old_file) : 0;
  guint n_new = self->new_file != NULL ? wb_canonical_get_n (self->new_file) : 0;
  guint i = self->next_old;
  guint j = self->next_new;
  int   order;

  if (i == n_old && j == n_new)
    return FALSE;

  if (i == n_old || j == n_new)
    order = i == n_old ? 1 : -1;
  else
    order = wb_canonical_compare (self->old_file, i, self->new_file, j);
  self->old_index = order <= 0 ? (int) i : -1;
  self->new_index = order >= 0 ? (int) j : -1;
  self->next_old += order <= 0;
  self->next_new += order >= 0;

  return TRUE;
}

/* What only one side has may be what its source adds, or what the other one leaves out. All have
 * the name and the type of a connection. */
static WbChangeKind
judge_one_sided (const WbKeyPair *self,
                 const Side      *side)
{
  const WbConnectionKeys *keys = &side->json->keys;

  if (!self->other_source || side->number == keys->values[WB_KEY_NAME]
      || side->number == keys->values[WB_KEY_TYPE])
    return WB_CHANGE_COUNTED;

  return side->secret == WB_SECRET_PRESENT ? WB_CHANGE_NOT_COMPARED : WB_CHANGE_NOT_IN_SOURCE;
}

/**
 * wb_key_pair_judge:
 * @self: the values of one key
 *
 * Compares secrets too. Numbers are equal if they have the same value, however they are spelled. A
 * secret that one side does not include cannot be compared. Of two sources, what only one has is
 * no change.
 *
 * Returns: whether they differ, and whether that counts
 */
WbChangeKind
wb_key_pair_judge (const WbKeyPair *self)
{
  Side     a = { 0 };
  Side     b = { 0 };
  gboolean has_a;
  gboolean has_b;

  if (self->old_index >= 0 && self->new_index >= 0
      && wb_canonical_equal (self->old_file, (guint) self->old_index, self->new_file,
                             (guint) self->new_index))
    return wb_canonical_spelled_alike (self->old_file, (guint) self->old_index, self->new_file,
                                       (guint) self->new_index)
             ? WB_CHANGE_NONE
             : WB_CHANGE_NOT_IN_SOURCE;

  has_a = side_init (&a, self->old_file, self->old_index);
  has_b = side_init (&b, self->new_file, self->new_index);
  /* One of them has it. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
  if (wb_connection_key_is_set_by_service (has_a ? a.json->text : b.json->text,
                                           has_a ? a.value : b.value))
    return WB_CHANGE_SET_BY_SERVICE;
  if (a.secret == WB_SECRET_LEFT_OUT || b.secret == WB_SECRET_LEFT_OUT)
    return WB_CHANGE_NOT_COMPARED;
  if (!has_a || !has_b)
    return judge_one_sided (self, has_a ? &a : &b);
  if (self->one_form && wb_one_form_equal (a.json, a.number, b.json, b.number))
    return WB_CHANGE_NOT_IN_SOURCE;
  if (self->other_source && (a.value->type == WB_JSON_NULL || b.value->type == WB_JSON_NULL))
    return judge_one_sided (self, a.value->type == WB_JSON_NULL ? &b : &a);
  if ((a.secret == WB_SECRET_PARTIAL || b.secret == WB_SECRET_PARTIAL)
      && a.secret != WB_SECRET_PRESENT && b.secret != WB_SECRET_PRESENT)
    return judge_address (&a, &b);

  return WB_CHANGE_COUNTED;
}

/* A value as anybody may see it; a container, or a secret that was left out, as a text for it. */
static char *
dup_plain (const Side   *side,
           WbPlainValue *plain)
{
  char *text;

  plain->type = side->value->type;
  if (plain->type == WB_JSON_OBJECT || plain->type == WB_JSON_ARRAY)
    {
      text = g_strdup (plain->type == WB_JSON_OBJECT ? "{}" : "[]");
      plain->length = 2;
    }
  else if (side->secret == WB_SECRET_LEFT_OUT)
    {
      text = g_strdup (_ ("Not included by the service"));
      plain->length = strlen (text);
      plain->type = WB_JSON_STRING;
    }
  else
    {
      WbSecretValues *hidden = wb_connection_json_get_hidden (side->json);

      text = wb_secret_mask_dup_value (hidden, side->number, WB_SECRET_DOTS, &plain->length);
      if (side->secret == WB_SECRET_PRESENT)
        plain->type = WB_JSON_STRING;
    }
  plain->text = text;

  return text;
}

/**
 * wb_key_change_init:
 * @change: (out caller-allocates): what changed
 * @pair: the values of one key
 * @kind: as wb_key_pair_judge() says
 */
void
wb_key_change_init (WbKeyChange     *change,
                    const WbKeyPair *pair,
                    WbChangeKind     kind)
{
  Side             a = { 0 };
  Side             b = { 0 };
  WbPlainValue     old_plain = { 0 };
  WbPlainValue     new_plain = { 0 };
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;
  gboolean         whole;
  gboolean         has_old = side_init (&a, pair->old_file, pair->old_index);
  gboolean         has_new = side_init (&b, pair->new_file, pair->new_index);

  *change = (WbKeyChange){ .kind = kind };
  if (has_old)
    old_text = dup_plain (&a, &old_plain);
  if (has_new)
    new_text = dup_plain (&b, &new_plain);
  change->key = new_text != NULL
                  ? wb_canonical_dup_key (pair->new_file, (guint) pair->new_index)
                  : wb_canonical_dup_key (pair->old_file, (guint) pair->old_index);

  /* A value that is there on one side only has no other to be told from. */
  wb_shown_pair (old_text != NULL ? &old_plain : &new_plain,
                 new_text != NULL ? &new_plain : &old_plain, &change->old_value,
                 &change->new_value);
  if (old_text == NULL)
    g_clear_pointer (&change->old_value, g_free);
  if (new_text == NULL)
    g_clear_pointer (&change->new_value, g_free);

  whole = a.secret == WB_SECRET_PRESENT || a.secret == WB_SECRET_LEFT_OUT
          || b.secret == WB_SECRET_PRESENT || b.secret == WB_SECRET_LEFT_OUT;
  change->secret = whole;
  if (!whole && old_text != NULL && new_text != NULL
      && (a.secret == WB_SECRET_PARTIAL || b.secret == WB_SECRET_PARTIAL))
    change->secret = judge_spans (&a, &b) == WB_CHANGE_COUNTED;
  else if (!whole)
    change->secret = a.secret != WB_SECRET_NONE || b.secret != WB_SECRET_NONE;

  /* A note that has a connection's password in it shows neither that nor what it became. */
  if (!change->secret && (repeats_secret (&a) || repeats_secret (&b)))
    whole = change->secret = TRUE;
  change->masked = change->secret
                   && (whole || g_strcmp0 (change->old_value, change->new_value) == 0);
}
