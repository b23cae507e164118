@NullMarked
package org.localmass.io;

import org.jspecify.annotations.NullMarked;
