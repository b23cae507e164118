@NullMarked
package org.localmass.bench;

import org.jspecify.annotations.NullMarked;
