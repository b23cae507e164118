/** Bayesian updating of local laws: prior law and likelihood factor to posterior law. */
@NullMarked
package org.localmass.core.updating;

import org.jspecify.annotations.NullMarked;
