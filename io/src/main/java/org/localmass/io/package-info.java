/**
 * Files of draws, read into {@link org.localmass.core.draws.Draws}.
 *
 * <p>{@link org.localmass.io.DrawsReader} is the entry. A format is recognised by what a file holds, not by its name;
 * {@code docs/formats.md} lists what is read and what is refused, with the messages.
 */
@NullMarked
package org.localmass.io;

import org.jspecify.annotations.NullMarked;
