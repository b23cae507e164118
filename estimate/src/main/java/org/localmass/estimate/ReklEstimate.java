package org.localmass.estimate;

/**
 * Local RE-KL of one direction, estimated; the intervals of one estimate hold together.
 *
 * @param divergence \( D_\alpha(q\|p;B) \)
 * @param normalised \( D/P \)
 * @param massTerm   \( f_\alpha(Q/P) \), the part of the normalised divergence that is due to the masses
 * @param shapeTerm  what is due to the shapes within B
 * @param cells      cells of the partition that the lower bound rests on, 1 where it rests on the two masses alone; 0
 *     where densities were compared
 */
public record ReklEstimate(Bracket divergence, Bracket normalised, Bracket massTerm, Bracket shapeTerm, int cells) {}
