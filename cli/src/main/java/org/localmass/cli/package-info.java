@NullMarked
package org.localmass.cli;

import org.jspecify.annotations.NullMarked;
