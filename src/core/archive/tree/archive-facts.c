/* archive-facts.c: what an archive keeps of its connections' contents
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/archive-facts.h"

#include <string.h>

#include "core/archive/connection/search-text.h"

/* A larger archive keeps no more: what comes last in it can be searched by name alone. */
#define MAX_HAYSTACK_BYTES ((gsize) 256 * 1024 * 1024)
#define MAX_STRINGS_BYTES ((gsize) 256 * 1024 * 1024)

static int
compare_offsets (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const GString *strings = user_data;

  return strcmp (strings->str + GPOINTER_TO_UINT (a), strings->str + GPOINTER_TO_UINT (b));
}

/* A type is kept once for all connections of that type. */
static guint
add_text (WbFacts     *self,
          WbDigestText which,
          const char  *text)
{
  guint    offset = (guint) self->strings->len;
  gpointer known;

  if (text == NULL || *text == '\0' || self->strings->len > MAX_STRINGS_BYTES)
    return 0;

  g_string_append_len (self->strings, text, (gssize) strlen (text) + 1);
  if (which != WB_DIGEST_TYPE)
    return offset;

  if (g_tree_lookup_extended (self->types, GUINT_TO_POINTER (offset), &known, NULL))
    {
      g_string_truncate (self->strings, offset);
      return GPOINTER_TO_UINT (known);
    }
  g_tree_insert (self->types, GUINT_TO_POINTER (offset), NULL);

  return offset;
}

/* Whether a file is called as its connection is. */
static gboolean
name_fits (const WbNode *node,
           const char   *name)
{
  gsize length = node->path_length - node->name_start;

  return length == strlen (name) + strlen (".conn")
         && memcmp (node->path + node->name_start, name, strlen (name)) == 0;
}

/* What can be searched is appended, unless there is enough of it. */
static gboolean
digest_all (WbFacts            *self,
            const WbNode       *node,
            WbFact             *fact,
            const char         *bytes,
            gsize               length,
            WbConnectionDigest *digest)
{
  gboolean searched = self->haystack->len < MAX_HAYSTACK_BYTES;

  fact->haystack = (guint) self->haystack->len;
  if (searched)
    wb_search_append_line (self->haystack, "name", strlen ("name"), node->path + node->name_start,
                           node->path_length - node->name_start);
  if (!wb_connection_digest (digest, node->path, node->path_length, bytes, length,
                             searched ? self->haystack : NULL))
    {
      g_string_truncate (self->haystack, fact->haystack);
      return FALSE;
    }
  fact->haystack_length = (guint) self->haystack->len - fact->haystack;

  return TRUE;
}

/**
 * wb_facts_take:
 * @self: the facts
 * @tree: the archive's tree
 * @node: a connection's node
 * @bytes: its contents
 * @length: how many
 *
 * Returns: whether they are a strict JSON object
 */
gboolean
wb_facts_take (WbFacts          *self,
               const WbNodeTree *tree,
               guint             node,
               const char       *bytes,
               gsize             length)
{
  const WbNode *n = &tree->nodes[node];
  WbFact       *fact = &self->facts[node];
  g_auto (WbConnectionDigest) digest = { 0 };

  if (!(self->depth != WB_OPEN_ALL ? wb_connection_digest_type (&digest, bytes, length)
                                   : digest_all (self, n, fact, bytes, length, &digest)))
    return FALSE;

  for (guint i = 0; i < WB_N_DIGEST_TEXTS; i++)
    fact->texts[i] = add_text (self, (WbDigestText) i, digest.texts[i]);
  fact->n_clear_secrets = digest.n_clear_secrets;
  fact->findings = digest.findings;
  if (fact->texts[WB_DIGEST_NAME] != 0 && !name_fits (n, digest.texts[WB_DIGEST_NAME]))
    fact->findings |= WB_FINDING_NAME_DIFFERS;

  return TRUE;
}

/**
 * wb_facts_take_note:
 * @self: the facts
 * @node: one of Waybill's own notes
 * @bytes: its contents
 * @length: how many
 *
 * Learns that the archive is a rebuilt one.
 */
void
wb_facts_take_note (WbFacts      *self,
                    const WbNode *node,
                    const char   *bytes,
                    gsize         length)
{
  if (self->note == NULL && wb_node_is_waybill_note (node))
    self->note = wb_waybill_note_read (bytes, length);
}

static WbFacts *
create (WbFact     *facts,
        WbOpenDepth depth)
{
  WbFacts *self = g_new0 (WbFacts, 1);

  self->depth = depth;
  self->facts = facts;
  self->strings = g_string_new (NULL);
  g_string_append_c (self->strings, '\0');
  self->haystack = g_string_new (NULL);
  /* Sorts and never hashes: types can be chosen so that hashes collide. */
  self->types = g_tree_new_full (compare_offsets, self->strings, NULL, NULL);

  return self;
}

/**
 * wb_facts_new:
 * @n_nodes: how many nodes the archive has
 * @depth: how much will be asked for
 *
 * Returns: (transfer full): nothing known yet
 */
WbFacts *
wb_facts_new (guint       n_nodes,
              WbOpenDepth depth)
{
  return create (g_new0 (WbFact, n_nodes), depth);
}

/**
 * wb_facts_new_part:
 * @whole: facts, which must outlive the part
 *
 * For a thread of its own, which takes other nodes than the others do.
 *
 * Returns: (transfer full): a part, which wb_facts_take_part() makes one with the whole again
 */
WbFacts *
wb_facts_new_part (WbFacts *whole)
{
  WbFacts *self = create (whole->facts, whole->depth);

  self->is_part = TRUE;

  return self;
}

/**
 * wb_facts_take_part:
 * @self: the whole
 * @part: a part of it that will not grow any more
 * @contents: (array length=n_contents): what the part took, in its order
 * @n_contents: how many
 *
 * Leaves all as if the whole had taken it itself, within the same limits.
 */
void
wb_facts_take_part (WbFacts             *self,
                    WbFacts             *part,
                    const WbZipContents *contents,
                    guint                n_contents)
{
  for (guint i = 0; i < n_contents; i++)
    {
      WbFact  *fact = &self->facts[contents[i].id];
      gboolean searched = fact->haystack_length > 0 && self->haystack->len < MAX_HAYSTACK_BYTES;
      guint    start = (guint) self->haystack->len;

      for (guint j = 0; j < WB_N_DIGEST_TEXTS; j++)
        fact->texts[j] = add_text (self, (WbDigestText) j, part->strings->str + fact->texts[j]);
      if (searched)
        g_string_append_len (self->haystack, part->haystack->str + fact->haystack,
                             fact->haystack_length);
      fact->haystack = start;
      fact->haystack_length = searched ? fact->haystack_length : 0;
    }
  if (self->note == NULL)
    self->note = g_steal_pointer (&part->note);
}

/**
 * wb_facts_finish:
 * @self: facts that will not grow any more
 *
 * Gives back what was needed only to make them.
 */
void
wb_facts_finish (WbFacts *self)
{
  GString *exact = g_string_new_len (self->haystack->str, (gssize) self->haystack->len);

  g_string_free (self->haystack, TRUE);
  self->haystack = exact;
  g_clear_pointer (&self->types, g_tree_unref);
}

void
wb_facts_free (WbFacts *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->types, g_tree_unref);
  g_clear_pointer (&self->note, wb_waybill_note_free);
  g_string_free (self->haystack, TRUE);
  g_string_free (self->strings, TRUE);
  if (!self->is_part)
    g_free (self->facts);
  g_free (self);
}
