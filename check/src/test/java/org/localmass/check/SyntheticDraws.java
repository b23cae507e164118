package org.localmass.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;

/** Draws for tests: AR(1) normal chains, each draw passed through a map. */
final class SyntheticDraws {
    private SyntheticDraws() {}

    static Draws of(
            long seed,
            int chains,
            int length,
            int inputs,
            double rho,
            List<String> names,
            UnaryOperator<double[]> map) {
        var rng = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        var normal = ZigguratSampler.NormalizedGaussian.of(rng);
        double fresh = Math.sqrt(1 - rho * rho);
        List<Chain> list = new ArrayList<>();
        for (int c = 0; c < chains; c++) {
            double[][] columns = new double[names.size()][length];
            double[] state = new double[inputs];
            for (int t = 0; t < length; t++) {
                for (int i = 0; i < inputs; i++) {
                    state[i] = t == 0 ? normal.sample() : rho * state[i] + fresh * normal.sample();
                }
                double[] point = map.apply(state.clone());
                for (int j = 0; j < columns.length; j++) {
                    columns[j][t] = point[j];
                }
            }
            list.add(Chain.adopt(columns));
        }
        return Draws.of(names, list, chains == 1 ? Sampling.INDEPENDENT : Sampling.MARKOV_CHAIN);
    }

    /** Reference: 4 chains of 1000 with lag-one correlation 0.5. */
    static Draws reference(long seed, int inputs, List<String> names, UnaryOperator<double[]> map) {
        return of(seed, 4, 1000, inputs, 0.5, names, map);
    }

    /** Approximation: 8000 independent draws. */
    static Draws approximation(long seed, int inputs, List<String> names, UnaryOperator<double[]> map) {
        return of(seed, 1, 8000, inputs, 0, names, map);
    }
}
