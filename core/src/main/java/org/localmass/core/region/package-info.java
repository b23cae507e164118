/** Regions of parameter space: named expressions, balls, boxes of intervals. */
@NullMarked
package org.localmass.core.region;

import org.jspecify.annotations.NullMarked;
