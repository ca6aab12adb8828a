/* input-limits.h: how much is taken of what comes from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* tests/README.md names the tests at each limit and beyond it. What only bounds what is shown stays
 * beside the code that shows it. */

/* An export, and a file that is opened, if nobody sets another limit: 2 GiB. */
#define WB_SPOOL_DEFAULT_MAX_SIZE_BYTES ((guint64) 2 * 1024 * 1024 * 1024)

/* Of a reply, except of an export or a list, no more is read than this. */
#define WB_CLIENT_MAX_BODY_BYTES (64 * 1024)

/* A page of a list, or one connection that it shows. A page of a hundred entries has some
 * dozen kilobytes. */
#define WB_LIST_MAX_REPLY_BYTES (4 * 1024 * 1024)

/* Ends a list whose pages never end. */
#define WB_LIST_MAX_PAGES 200

/* Name look-up, connection, proxy and TLS together. */
#define WB_CONNECT_TIMEOUT_MS (10 * 1000)

/* Without a byte. An export is silent while the service gathers it. */
#define WB_IDLE_TIMEOUT_SECONDS 60

/* Interim answers (RFC 9110, 15.2) before the final one. Enough for any service, and far from what
 * keeps the main loop busy. */
#define WB_CLIENT_MAX_INTERIM 1000

/* The head of a proxy's answer: as much as libsoup takes for the head of any answer. */
#define WB_PROXY_MAX_HEAD_BYTES (100 * 1024)

/* After the first attempt of a request that a busy service answers with a status. */
#define WB_RETRY_MAX_RETRIES 4

/* No wait is longer, whatever the service asks for. */
#define WB_RETRY_MAX_WAIT_SECONDS 120

/* A ZIP with more records than this is not read. */
#define WB_ZIP_MAX_ENTRIES 1000000u

/* All names of a ZIP together: 67 bytes each for the most entries that are read. */
#define WB_ZIP_MAX_NAMES_BYTES ((gsize) 64 * 1024 * 1024)

/* What the preview inflates at most: for one entry, and for a whole archive when it is opened. */
#define WB_ARCHIVE_MAX_ENTRY_BYTES ((gsize) 4 * 1024 * 1024)
#define WB_ARCHIVE_MAX_TOTAL_BYTES ((guint64) 512 * 1024 * 1024)

/* Files that lie deeper than this are shown in the root, under their whole path. */
#define WB_NODE_MAX_DEPTH 64

/* Containers of JSON may be nested this deep; json-glib 1.6.6 crashes at some 80,000. */
#define WB_JSON_MAX_DEPTH 256

/* The file of the accounts. A thousand of them fit in several times. */
#define WB_KEY_FILE_MAX_BYTES (1024 * 1024)

/* A person's own clouds. Much more than all clouds together. */
#define WB_CLOUD_FILE_MAX_BYTES (1024 * 1024)
#define WB_CLOUD_FILE_MAX_CLOUDS 100
#define WB_CLOUD_FILE_MAX_REGIONS 1000 /* of one cloud */

/* All of the world's authorities fit in twice. */
#define WB_CA_FILE_MAX_BYTES (1024 * 1024)

/* Access keys to import. Nothing of that kind is larger. */
#define WB_CREDENTIAL_FILE_MAX_BYTES (64 * 1024)
#define WB_CREDENTIAL_FILE_MAX_KEYS 100

/* OpenStack's clouds.yaml. Nothing of that kind is larger. */
#define WB_OPENSTACK_CLOUD_MAX_BYTES (256 * 1024)

/* libyaml's time grows with the square of the depth. */
#define WB_OPENSTACK_CLOUD_MAX_DEPTH 1000

/* How many mappings `<<` may bring in for one look, also where they bring in each other. */
#define WB_OPENSTACK_CLOUD_MAX_MERGES 100

/* The address of a host, typed or pasted. */
#define WB_ENDPOINT_MAX_BYTES 2048

/* The address of a page of the console, pasted. */
#define WB_CONSOLE_ADDRESS_MAX_BYTES (8 * 1024)

/* A search line that somebody pasted a file into. */
#define WB_SEARCH_MAX_TERMS 32
#define WB_SEARCH_MAX_BYTES 4096

/* A secret typed at the terminal. A token is some thousand characters long. */
#define WB_PROMPT_MAX_BYTES (64 * 1024)

/* Secrets from a file descriptor: some tokens, each some kilobytes long. */
#define WB_SECRETS_FD_MAX_BYTES (64 * 1024)

/* A request to the sample service. */
#define WB_SAMPLE_MAX_BODY_BYTES (64 * 1024)
