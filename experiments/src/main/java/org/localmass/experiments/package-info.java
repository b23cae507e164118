/** The experiments of arXiv:2606.27090 and of its authors' earlier study, with the published numbers beside ours. */
@NullMarked
package org.localmass.experiments;

import org.jspecify.annotations.NullMarked;
