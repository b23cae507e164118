package org.localmass.vi.objective.baseline;

import java.util.Arrays;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;

/** Path derivatives weighted by the ranks of the importance weights. */
final class TailAdaptive extends Bound {
    static final TailAdaptive INSTANCE = new TailAdaptive();

    private TailAdaptive() {}

    @Override
    public boolean isFunction() {
        return false;
    }

    @Override
    boolean hasDirectPart() {
        return false;
    }

    @Override
    void check(Family family, BaseDraws draws) {
        super.check(family, draws);
        checkSingle(family);
    }

    @Override
    double weigh(double[] logWeights, double[] f, double[] path, double[] logits) {
        int n = f.length;
        double[] sorted = f.clone();
        Arrays.sort(sorted);
        double sum = 0;
        double mean = 0;
        for (int i = 0; i < n; i++) {
            // equal weights share the smallest place among them
            int place = Arrays.binarySearch(sorted, f[i]);
            while (place > 0 && sorted[place - 1] == f[i]) {
                place--;
            }
            path[i] = n / (double) (n - Math.max(place, 0));
            sum += path[i];
            mean += f[i] / n;
        }
        for (int i = 0; i < n; i++) {
            path[i] /= sum;
        }
        Arrays.fill(logits, 0);
        return mean;
    }

    @Override
    public String toString() {
        return "tail-adaptive";
    }
}
