package org.localmass.cli;

/** What goes to standard output. */
enum OutputFormat {
    TEXT,
    JSON,
    MARKDOWN
}
