/** Other objectives than local fidelity: bounds of log Z, mass covering divergences, weighted EM. */
@NullMarked
package org.localmass.vi.objective.baseline;

import org.jspecify.annotations.NullMarked;
