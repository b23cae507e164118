/** Studies of the statistics: interval coverage, false alarms and power, with seeds and binomial bands. */
@NullMarked
package org.localmass.quality;

import org.jspecify.annotations.NullMarked;
