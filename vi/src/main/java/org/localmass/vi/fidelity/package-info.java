/** The whole loop: fit, explore, grow, hold the masses of regions, verify; nothing has to be named by the user. */
@NullMarked
package org.localmass.vi.fidelity;

import org.jspecify.annotations.NullMarked;
