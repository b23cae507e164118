/** The text form of distributions. */
@NullMarked
package org.localmass.core.spec;

import org.jspecify.annotations.NullMarked;
