/** Families of approximations: mixtures of normal and Student t laws, their draws, densities and masses of regions. */
@NullMarked
package org.localmass.vi.family;

import org.jspecify.annotations.NullMarked;
