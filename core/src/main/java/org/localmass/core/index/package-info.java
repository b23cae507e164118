/** The Mass Index: exact, after a change of the measure, or estimated. */
@NullMarked
package org.localmass.core.index;

import org.jspecify.annotations.NullMarked;
