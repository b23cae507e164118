package org.localmass.io;

/**
 * What the head of a file says of it.
 *
 * @param format kind of file
 * @param role   side of a check it belongs to
 */
public record Recognition(Format format, Role role) {}
