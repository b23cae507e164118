/** Masses of balls from a log density: expansions, cubature and quasi-Monte Carlo, each with its error. */
@NullMarked
package org.localmass.estimate.density;

import org.jspecify.annotations.NullMarked;
