@NullMarked
package org.localmass.estimate;

import org.jspecify.annotations.NullMarked;
