/** The command line: where files meet checks and reports. */
@NullMarked
package org.localmass.cli;

import org.jspecify.annotations.NullMarked;
