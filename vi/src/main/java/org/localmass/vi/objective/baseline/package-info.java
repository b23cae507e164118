/**
 * Other objectives than local fidelity: bounds of log Z and mass covering divergences. The inclusive one is
 * {@link org.localmass.vi.optimizer.WeightedEm}, a defensive mixture {@link org.localmass.vi.family.Mixture#with}.
 */
@NullMarked
package org.localmass.vi.objective.baseline;

import org.jspecify.annotations.NullMarked;
