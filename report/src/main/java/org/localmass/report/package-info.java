@NullMarked
package org.localmass.report;

import org.jspecify.annotations.NullMarked;
