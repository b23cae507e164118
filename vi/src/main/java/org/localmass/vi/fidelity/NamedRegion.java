package org.localmass.vi.fidelity;

import org.localmass.core.region.Region;

/**
 * A region that a user named.
 *
 * @param name   what reports call it
 * @param region in unconstrained coordinates
 */
public record NamedRegion(String name, Region region) {}
