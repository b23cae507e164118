package org.localmass.report;

import org.localmass.core.measure.LocalLaw;

/** A local law in words. */
final class LawWords {
    private LawWords() {}

    /** The law as a formula in r: {@code 0.51 r log(1/r)}. */
    static String formula(LocalLaw law) {
        if (law.isAtom()) {
            return Digits.number(law.atomMass());
        }
        if (law.isVanishing()) {
            return "less than every power of r, or 0";
        }
        StringBuilder text = new StringBuilder();
        text.append(Double.isNaN(law.logConstant()) ? "C" : LogText.mass(law.logConstant()));
        if (law.kappa() != 0) {
            text.append(" r").append(power(law.kappa()));
        }
        if (law.beta() != 0) {
            text.append(" log(1/r)").append(power(law.beta()));
        }
        return text.toString();
    }

    private static String power(double exponent) {
        return exponent == 1 ? "" : "^" + exponentText(exponent);
    }

    private static String exponentText(double exponent) {
        return exponent == Math.rint(exponent) && Math.abs(exponent) < 1e6
                ? Long.toString((long) exponent)
                : ThreeDigits.number(exponent);
    }

    /** What the law means. */
    static String sentence(LocalLaw law, int dimension, boolean atInfinity) {
        if (law.isAtom()) {
            return "The point itself has probability " + Digits.percent(law.atomMass()) + ": an atom.";
        }
        if (law.isVanishing()) {
            return atInfinity
                    ? "The tail is thinner than every power."
                    : "There is no mass near the point, or less than every power of the radius.";
        }
        if (law.kappa() == 0) {
            return "The mass vanishes more slowly than every power"
                    + (atInfinity ? "." : ", yet the point is no atom: it has no probability itself.");
        }
        if (atInfinity) {
            return "A power tail: the probability beyond R falls like R^-" + exponentText(law.kappa())
                    + (law.beta() == 0 ? "." : " times a power of log R.");
        }
        if (law.kappa() < dimension) {
            return "More mass than a smooth density puts there: a cusp"
                    + (dimension == 1 ? "." : ", or mass on a set of lower dimension.");
        }
        if (law.kappa() > dimension) {
            return "Less mass than a positive smooth density puts there.";
        }
        if (law.beta() == 0) {
            return "As much as a positive density gives.";
        }
        return (law.beta() > 0 ? "More" : "Less") + " than a smooth density by "
                + (Math.abs(law.beta()) == 1
                        ? "one logarithm"
                        : "a power " + exponentText(Math.abs(law.beta())) + " of the logarithm")
                + " of 1/r.";
    }
}
