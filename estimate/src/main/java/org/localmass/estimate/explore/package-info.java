/** What can be known from an unnormalised density and draws: normalising constants. */
@NullMarked
package org.localmass.estimate.explore;

import org.jspecify.annotations.NullMarked;
