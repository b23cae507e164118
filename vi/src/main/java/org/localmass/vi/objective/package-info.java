/** Objectives of variational inference as functions of a family's parameters. */
@NullMarked
package org.localmass.vi.objective;

import org.jspecify.annotations.NullMarked;
