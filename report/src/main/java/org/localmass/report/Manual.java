package org.localmass.report;

import java.util.List;

/** The page's own manual: heading and paragraph by turns, for a reader who has nothing but the file. */
final class Manual {
    static final List<Words.Entry> TEXT = List.of(
            new Words.Entry(
                    "What is compared",
                    "Two sets of draws: of the target p, usually from MCMC, and of its approximation q, from variational"
                            + " inference, Laplace, Pathfinder or another sampler. For a region of parameter space, such as"
                            + " \"tau < 0.5\", each gives a probability, its mass. If q's mass is far from p's, every"
                            + " statement about that region that is read from q is wrong by that factor, whatever the"
                            + " ELBO, the KL divergence or k-hat say: those average over the whole space."),
            new Words.Entry(
                    "How regions are found",
                    "The chains are split in two. Each half proposes regions in which the masses differ; the other half"
                            + " measures them. So the numbers of a finding come from draws that did not choose the region,"
                            + " and its intervals hold in spite of the search. A correction for all regions tested together"
                            + " keeps the rate of false findings at the stated level."),
            new Words.Entry(
                    "Reading the forest plot",
                    "One row for each region: the mark is the ratio q/p, the line its interval, on a log axis. Left of 1 the"
                            + " approximation gives too little, right of 1 too much. Circle and blue: too little; diamond"
                            + " and orange: too much. An arrow says that the interval goes on, to zero or without limit. A"
                            + " click on a region's name opens it."),
            new Words.Entry(
                    "Reading the mass map",
                    "Each row is a parameter, each column a part of p between two of its percentiles, the tails in finer"
                            + " steps. A cell shows q's mass over p's. Blue: q gives too little, orange: too much. A"
                            + " hatched cell with a question mark has too few draws to tell. A narrow q shows blue at both"
                            + " ends and orange in the middle; a shifted q goes from blue to orange; a missing mode is a"
                            + " band of blue."),
            new Words.Entry(
                    "Reading the balls",
                    "A ball about a point, such as tau = 0, is followed down to small radii. On log-log axes the mass of a"
                            + " ball is nearly a straight line; its slope is the exponent kappa, and dimension over kappa"
                            + " is the Mass Index. If q's line is steeper, q loses the neighbourhood of the point"
                            + " altogether."),
            new Words.Entry(
                    "Intervals and effective draws",
                    "Draws of a chain depend on each other, so that 1000 of them may say as much as 100 independent ones:"
                            + " these are the effective draws. Intervals are Clopper-Pearson at effective counts, the ratio's"
                            + " is built from both. Few effective draws give a wide interval, never a guess."),
            new Words.Entry(
                    "What this page cannot know",
                    "Where neither p's nor q's draws have been, nothing is seen. If the reference chains missed a mode, the"
                            + " check misses it with them. The section \"What was not examined\" says what the search left"
                            + " out, and how large a missed region would have to be to show."));

    private Manual() {}
}
