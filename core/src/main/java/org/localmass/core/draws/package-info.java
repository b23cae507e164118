/** Draws: chains of points with names, optional log weights and sample statistics, and their diagnostics. */
@NullMarked
package org.localmass.core.draws;

import org.jspecify.annotations.NullMarked;
