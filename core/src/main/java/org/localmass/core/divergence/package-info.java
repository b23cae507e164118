/** The generator of RE-KL and the local divergence of two measures. */
@NullMarked
package org.localmass.core.divergence;

import org.jspecify.annotations.NullMarked;
