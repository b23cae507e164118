/** Targets: log densities with gradients on unconstrained space, their transforms, built-in models. */
@NullMarked
package org.localmass.vi.model;

import org.jspecify.annotations.NullMarked;
