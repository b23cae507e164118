package org.localmass.core.updating;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.region.Norm;

/**
 * A factor in a space: a value, what depends on the direction, a power-log of the distance, and whether it is flat.
 *
 * <p>They are applied in this order, which is that of docs/theory.md T4.1, T4.3 and T4.4 on the density, T4.2 on the
 * radial law that results, T4.5 (v).
 */
final class LocalForm {
    private final double logValue;
    private final List<Element> directional;
    private final PowerLog radial;
    private final boolean flat;
    private final Set<Rule> values;
    private final int dimension;
    private final Norm norm;

    private LocalForm(
            double logValue,
            List<Element> directional,
            PowerLog radial,
            boolean flat,
            Set<Rule> values,
            int dimension,
            Norm norm) {
        this.logValue = logValue;
        this.directional = directional;
        this.radial = radial;
        this.flat = flat;
        this.values = values;
        this.dimension = dimension;
        this.norm = norm;
    }

    /** @throws IllegalArgumentException if an element does not fit the dimension */
    static LocalForm of(List<Element> elements, int dimension, Norm norm) {
        double logValue = 0;
        List<Element> directional = new ArrayList<>();
        PowerLog radial = new PowerLog(0, 0);
        boolean flat = false;
        Set<Rule> values = new LinkedHashSet<>();
        for (Element element : elements) {
            if (element instanceof Regular regular) {
                logValue += regular.logValue();
                values.add(Rule.REGULAR);
            } else if (element instanceof Soft soft) {
                logValue += soft.logValue();
                values.add(Rule.SOFT);
            } else if (element instanceof PowerLog powerLog) {
                radial = radial.plus(powerLog);
            } else if (element instanceof Flat) {
                flat = true;
            } else if (element instanceof Support support) {
                if (support.shape() == Support.Shape.INSIDE) {
                    values.add(Rule.SUPPORT);
                } else {
                    Directional.requireFit(support, dimension);
                    directional.add(support);
                }
            } else if (element instanceof GroupPower group) {
                Directional.requireFit(group, dimension);
                if (group.size() == dimension) {
                    radial = radial.plus(new PowerLog(group.exponent(), 0));
                } else {
                    directional.add(group);
                }
            } else if (element instanceof CoordinatePowers powers) {
                Directional.requireFit(powers, dimension);
                if (dimension == 1) {
                    double g = powers.exponents().get(0);
                    radial = radial.plus(new PowerLog(g, 0));
                    logValue += g * Math.log(norm.halfWidth(1));
                } else {
                    directional.add(powers);
                }
            } else if (element instanceof Hinge hinge && dimension == 1) {
                // on the line the boundary is the point: a half and a power of the distance
                radial = radial.plus(new PowerLog(hinge.exponent(), 0));
                logValue += hinge.exponent() * Math.log(norm.halfWidth(1));
                directional.add(new Support(Support.Shape.HALF, 1));
            } else {
                directional.add(element);
            }
        }
        return new LocalForm(logValue, List.copyOf(directional), radial, flat, values, dimension, norm);
    }

    /** Log of the factor at the point itself; NaN where it has no value there. */
    double logValue() {
        double sum = logValue;
        if (flat) {
            return Double.NEGATIVE_INFINITY;
        }
        for (Element element : directional) {
            sum += element.logValue();
        }
        return sum + radial.logValue();
    }

    /** The results behind the value at an atom, where it is positive and finite. */
    Set<Rule> rulesAtPoint() {
        Set<Rule> rules = new LinkedHashSet<>(values);
        if (!directional.isEmpty()) {
            rules.add(Rule.SUPPORT);
        }
        if (rules.isEmpty()) {
            rules.add(Rule.REGULAR);
        }
        return rules;
    }

    /**
     * The law of the factor times a measure without an atom.
     *
     * @param continuous whether the measure has a continuous density where its law looks like it
     * @param rules      receives the results used
     */
    Step apply(LocalLaw prior, boolean continuous, List<Rule> rules) {
        rules.addAll(values);
        Step step = new Step.Holds(prior.withLogWeight(logValue));
        if (flat && directional.stream().allMatch(Directional::isBounded)) {
            rules.add(Rule.FLAT);
            return new Step.Holds(LocalLaw.vanishing());
        }
        if (!directional.isEmpty()) {
            step = new Directional(directional, dimension, norm).apply(((Step.Holds) step).law(), continuous, rules);
        }
        if (!(step instanceof Step.Holds holds)) {
            return step;
        }
        if (flat) {
            rules.add(Rule.FLAT);
            return new Step.Holds(LocalLaw.vanishing());
        }
        if (radial.power() != 0 || radial.log() != 0) {
            return Radial.apply(holds.law(), radial.power(), radial.log(), rules);
        }
        if (rules.isEmpty()) {
            rules.add(Rule.REGULAR);
        }
        return step;
    }
}
