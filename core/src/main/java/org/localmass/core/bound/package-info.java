/** Inequalities that turn a local divergence into bounds of the mass ratio. */
@NullMarked
package org.localmass.core.bound;

import org.jspecify.annotations.NullMarked;
