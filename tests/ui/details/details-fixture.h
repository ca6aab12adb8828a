/* details-fixture.h: the details of an archive made for a test, and what hides its secrets again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-test.h"
#include "ui/details/reveal.h"
#include "zip-maker.h"

G_BEGIN_DECLS

/* What must not be seen, wherever it stands. */
#define SECRET "correct horse battery staple"

typedef struct
{
  WbWindow         *window;
  WbConnectionView *details;
} DetailsFixture;

/* Opens a ZIP of these entries in a window, and waits for its tree. */
void details_fixture_open        (DetailsFixture  *fixture,
                                  const WbZipItem *items,
                                  guint            n_items);
void details_fixture_tear_down   (DetailsFixture  *fixture,
                                  gconstpointer    data);

/* What a person clicks to reveal a secret, in a row or in the source. */
void details_click_reveal        (gpointer         button,
                                  WbReveal        *reveal);
/* A revealed secret is hidden when its time is up, and when the window is turned away from. */
void details_assert_hides_again  (DetailsFixture  *fixture,
                                  gpointer         button,
                                  WbReveal        *reveal);
/* A copied secret is marked for clipboard managers, and taken back when its time is up. */
void details_assert_taken_back   (GdkClipboard    *clipboard);

G_END_DECLS
