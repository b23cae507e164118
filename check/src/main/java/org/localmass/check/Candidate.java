package org.localmass.check;

import org.localmass.core.region.Region;

/**
 * A region proposed by a source from one half of the data.
 *
 * @param region    the region
 * @param score     log likelihood ratio of unequal masses on the proposing half, nats
 * @param penalty   what is taken off the score when sources are compared, for the number of regions they tried
 * @param direction the error that the proposing half shows
 * @param source    name of the source
 */
record Candidate(Region region, double score, double penalty, Direction direction, String source) {}
