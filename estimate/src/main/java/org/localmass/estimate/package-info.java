/** Draws and regions to masses, ratios and tests, each with its error. */
@NullMarked
package org.localmass.estimate;

import org.jspecify.annotations.NullMarked;
