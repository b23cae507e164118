@NullMarked
package org.localmass.quality;

import org.jspecify.annotations.NullMarked;
