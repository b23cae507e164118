/** Measures as strata, distributions with exact masses of intervals and balls, and their local laws. */
@NullMarked
package org.localmass.core.measure;

import org.jspecify.annotations.NullMarked;
