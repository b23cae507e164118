/** Argument checks and sums in the log domain. Not part of the public API. */
@NullMarked
package org.localmass.core.internal;

import org.jspecify.annotations.NullMarked;
