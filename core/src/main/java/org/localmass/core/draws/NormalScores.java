package org.localmass.core.draws;

import org.apache.commons.numbers.gamma.InverseErfc;
import org.jspecify.annotations.Nullable;

/**
 * Normal scores of ranks 1 to n: the standard normal quantile of (r - 3/8) / (n + 1/4).
 *
 * <br>Source: Blom (1958); Vehtari et al. (2021), eq. (14).
 */
final class NormalScores {
    private static final double SQRT2 = Math.sqrt(2);

    private static volatile @Nullable NormalScores last;

    private final int count;
    private final double[] lowerHalf;

    private NormalScores(int count) {
        this.count = count;
        lowerHalf = new double[(count + 1) / 2];
        for (int i = 0; i < lowerHalf.length; i++) {
            lowerHalf[i] = exact(i + 1.0);
        }
    }

    /** The scores for n values; the last table is kept, as all parameters of a set need the same. */
    static NormalScores of(int count) {
        NormalScores known = last;
        if (known != null && known.count == count) {
            return known;
        }
        NormalScores scores = new NormalScores(count);
        last = scores;
        return scores;
    }

    /** Score of a rank from 1 to n; ties may have a rank between two whole numbers. */
    double at(double rank) {
        if (rank > 0.5 * (count + 1)) {
            return -at(count + 1 - rank);
        }
        int whole = (int) rank;
        return whole == rank ? lowerHalf[whole - 1] : exact(rank);
    }

    private double exact(double rank) {
        return 2 * rank == count + 1 ? 0 : -SQRT2 * InverseErfc.value(2 * (rank - 0.375) / (count + 0.25));
    }
}
