/** Optimisers of objectives, with the rules by which they stop. */
@NullMarked
package org.localmass.vi.optimizer;

import org.jspecify.annotations.NullMarked;
