/** Approximations with atoms: spike-and-slab gates, their exact reference, and what a density loses beside them. */
@NullMarked
package org.localmass.vi.atom;

import org.jspecify.annotations.NullMarked;
