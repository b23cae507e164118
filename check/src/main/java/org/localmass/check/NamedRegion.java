package org.localmass.check;

import org.localmass.core.region.Region;

/**
 * A region that the user named.
 *
 * @param text   as the user wrote it
 * @param region bound to the shared parameters
 */
public record NamedRegion(String text, Region region) {}
