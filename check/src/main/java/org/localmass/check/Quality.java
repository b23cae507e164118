package org.localmass.check;

import java.util.ArrayList;
import java.util.List;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParameterSummary;
import org.localmass.core.draws.Sampling;

/** Size and quality of a set of draws. */
final class Quality {
    private Quality() {}

    /** One parameter: whether it never changes, its smaller effective sample size, its R-hat; NaN if not defined. */
    record Column(boolean constant, double ess, double rhat) {}

    static List<Column> columns(Draws draws, Workers workers) {
        return workers.map(draws.dimension(), j -> {
            boolean constant = constant(draws, j);
            if (constant || draws.sampling() == Sampling.INDEPENDENT) {
                return new Column(constant, Double.NaN, Double.NaN);
            }
            ParameterSummary summary = ParameterSummary.of(draws, j);
            double tail = summary.essTail();
            double ess = Double.isNaN(tail) ? summary.essBulk() : Math.min(summary.essBulk(), tail);
            return new Column(false, ess, summary.rHat());
        });
    }

    static DrawsSummary of(Draws draws, List<Column> columns) {
        int d = draws.dimension();
        List<String> names = draws.names();
        double essMin = draws.sampling() == Sampling.INDEPENDENT ? draws.size() : Double.NaN;
        String essMinName = "";
        double rhatMax = Double.NaN;
        String rhatMaxName = "";
        List<String> constants = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            Column c = columns.get(j);
            if (c.constant) {
                constants.add(names.get(j));
            }
            if (!Double.isNaN(c.ess) && !(essMin <= c.ess)) {
                essMin = c.ess;
                essMinName = names.get(j);
            }
            if (!Double.isNaN(c.rhat) && !(rhatMax >= c.rhat)) {
                rhatMax = c.rhat;
                rhatMaxName = names.get(j);
            }
        }
        if (draws.weighted()) {
            essMin *= effectiveSize(draws) / draws.size();
        }
        int divergences = 0;
        for (Chain chain : draws.chains()) {
            for (double v : chain.statistic("divergent__").orElse(new double[0])) {
                if (v > 0) {
                    divergences++;
                }
            }
        }
        return new DrawsSummary(
                draws.chains().size(),
                draws.size(),
                d,
                essMin,
                essMinName,
                rhatMax,
                rhatMaxName,
                divergences,
                constants);
    }

    /** Number of draws; of weighted draws Kish's effective sample size. */
    static double effectiveSize(Draws draws) {
        if (!draws.weighted()) {
            return draws.size();
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                largest = Math.max(largest, chain.logWeight(t));
            }
        }
        double sum = 0;
        double squares = 0;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                double w = Math.exp(chain.logWeight(t) - largest);
                sum += w;
                squares += w * w;
            }
        }
        return sum * (sum / squares);
    }

    private static boolean constant(Draws draws, int j) {
        double first = draws.chains().get(0).value(0, j);
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                if (chain.value(t, j) != first) {
                    return false;
                }
            }
        }
        return true;
    }
}
