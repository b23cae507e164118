/** Variational inference under constraints on local mass: families, objectives, optimisers. */
@NullMarked
package org.localmass.vi;

import org.jspecify.annotations.NullMarked;
