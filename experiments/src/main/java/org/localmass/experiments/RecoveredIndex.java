package org.localmass.experiments;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.index.Exponent;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;
import org.localmass.estimate.DrawsIndex;
import org.localmass.estimate.IndexEstimate;

/** What the estimators of the Mass Index recover from independent draws of a known law on the line, at 0. */
final class RecoveredIndex {
    /** Draws of each law. */
    static final int DRAWS = 10_000;

    private RecoveredIndex() {}

    static IndexEstimate of(Distribution law, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        double[] point = new double[1];
        double[] column = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            law.sample(random, point);
            column[i] = point[0];
        }
        List<String> names = List.of("x");
        Draws draws = Draws.of(names, List.of(Chain.adopt(column)), Sampling.INDEPENDENT);
        return DrawsIndex.withDefaults().at(draws, Ball.of(names, new int[1], new double[1], 1, Norm.l2()));
    }

    /** The estimate in words: an atom with its mass, or kappa with its interval and, for a power-log law, beta. */
    static String words(IndexEstimate estimate) {
        if (estimate.model() == IndexEstimate.Model.ATOM) {
            return "atom " + interval(estimate.index().atomMass());
        }
        String power = "kappa " + interval(estimate.index().kappa());
        return estimate.model() == IndexEstimate.Model.POWER_LOG
                ? power + ", beta " + interval(estimate.index().beta())
                : power;
    }

    static String interval(Exponent value) {
        return Numbers.shortly(value.estimate()) + " (" + Numbers.shortly(value.lower()) + " to "
                + Numbers.shortly(value.upper()) + ")";
    }
}
