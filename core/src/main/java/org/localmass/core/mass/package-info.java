/** Local mass of a region and its interval. */
@NullMarked
package org.localmass.core.mass;

import org.jspecify.annotations.NullMarked;
