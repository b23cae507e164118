package org.localmass.core.updating;

import java.util.List;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.region.RegionExpression;

/** Powers of the distance to the point and of its log: docs/theory.md T4.2. */
final class Radial {
    private static final String INFINITE = ", so every ball about the point has infinite mass";

    private Radial() {}

    static Step apply(LocalLaw law, double g, double h, List<Rule> rules) {
        if (law.isVanishing()) {
            // integration by parts: a mass below every power stays below every power
            rules.add(Rule.POWER_LOG_A);
            return new Step.Holds(law);
        }
        return law.kappa() > 0 ? powerPrior(law, g, h, rules) : slowPrior(law, g, h, rules);
    }

    private static Step powerPrior(LocalLaw law, double g, double h, List<Rule> rules) {
        double kappa = Rounding.sum(law.kappa(), g, 0);
        if (kappa > 0) {
            rules.add(Rule.POWER_LOG_A);
            return holds(kappa, law.beta() + h, law.logConstant() + Math.log(law.kappa()) - Math.log(kappa));
        }
        if (kappa < 0) {
            rules.add(Rule.POWER_LOG_C);
            return new Step.Fails("kappa + g = " + RegionExpression.textOf(kappa) + " is negative" + INFINITE);
        }
        double beta = Rounding.sum(law.beta(), h, -1);
        if (Double.isNaN(beta)) {
            return new Step.Open("kappa + g = 0, and the log exponent of the prior is not known");
        }
        if (beta < -1) {
            rules.add(Rule.POWER_LOG_B);
            return holds(0, beta + 1, law.logConstant() + Math.log(law.kappa()) - Math.log(-(beta + 1)));
        }
        rules.add(Rule.POWER_LOG_C);
        return new Step.Fails(
                "kappa + g = 0 and beta + h = " + RegionExpression.textOf(beta) + " is not below -1" + INFINITE);
    }

    private static Step slowPrior(LocalLaw law, double g, double h, List<Rule> rules) {
        if (g < 0) {
            rules.add(Rule.POWER_LOG_F);
            return new Step.Fails("kappa = 0 and g = " + RegionExpression.textOf(g) + " is negative" + INFINITE);
        }
        if (Double.isNaN(law.beta())) {
            return new Step.Open("kappa = 0, and the log exponent of the prior is not known");
        }
        if (law.beta() < 0 && g > 0) {
            rules.add(Rule.POWER_LOG_D);
            return holds(g, law.beta() + h - 1, law.logConstant() + Math.log(-law.beta()) - Math.log(g));
        }
        double beta = Rounding.sum(law.beta(), h, 0);
        if (g == 0 && (law.beta() < 0 ? beta >= 0 : h > 0)) {
            rules.add(Rule.POWER_LOG_F);
            return new Step.Fails(
                    "kappa = 0, g = 0 and beta + h = " + RegionExpression.textOf(beta) + " is not negative" + INFINITE);
        }
        if (law.beta() < 0) {
            rules.add(Rule.POWER_LOG_E);
            return holds(0, beta, law.logConstant() + Math.log(-law.beta()) - Math.log(-beta));
        }
        return new Step.Open(
                "the prior has kappa = 0, beta = 0 and no atom, which a power or log factor does not decide");
    }

    private static Step holds(double kappa, double beta, double logConstant) {
        return new Step.Holds(LocalLaw.of(kappa, beta, Double.isFinite(beta) ? logConstant : Double.NaN));
    }
}
