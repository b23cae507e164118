/** Two sets of draws to findings: candidate regions, honest re-estimation, multiplicity, verdicts. */
@NullMarked
package org.localmass.check;

import org.jspecify.annotations.NullMarked;
