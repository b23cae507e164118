package org.localmass.core.updating;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.core.region.Norm;

/**
 * Updates the local law of a prior p at a point t by a likelihood l: the law of the posterior
 * \( l(x)\,p(dx)/Z,\ Z = \int l\,dp \). Immutable.
 *
 * <p>The law of the prior at the point decides, so only what l does near t is asked for. Factors that depend on the
 * direction, and supports with t on their boundary, need a prior with a density that is continuous and positive at t;
 * a law with kappa = d and beta = 0 is taken to come from one unless the prior is given as a distribution, where it is
 * checked. Case T4.2 (d) also needs a prior whose mass is smooth in the radius, as it is in the catalogue.
 *
 * <p>Sums of exponents within four units in the last place of a boundary between two cases count as on it.
 *
 * <p>Source: docs/theory.md section 4.
 */
public final class BayesianUpdate {
    /** Relative difference up to which the constant of a law is that of its density. */
    private static final double SAME_CONSTANT = 1e-9;

    private final LocalLaw law;
    private final Optional<LocalLaw> punctured;
    private final boolean continuous;
    private final int dimension;
    private final Norm norm;
    private final OptionalDouble logNormaliser;

    private BayesianUpdate(
            LocalLaw law,
            Optional<LocalLaw> punctured,
            boolean continuous,
            int dimension,
            Norm norm,
            OptionalDouble logNormaliser) {
        this.law = law;
        this.punctured = punctured;
        this.continuous = continuous;
        this.dimension = dimension;
        this.norm = norm;
        this.logNormaliser = logNormaliser;
    }

    /**
     * Updates of a prior known by its law at the point.
     *
     * @param law       law of the prior in balls of the norm
     * @param dimension d of the space
     */
    public static BayesianUpdate of(LocalLaw law, int dimension, Norm norm) {
        int own = norm.factor().length;
        if (own > 0) {
            Arguments.sameDimension(own, Arguments.positive("dimension", dimension));
        }
        return new BayesianUpdate(
                law,
                law.isAtom() ? Optional.empty() : Optional.of(law),
                true,
                Arguments.positive("dimension", dimension),
                norm,
                OptionalDouble.empty());
    }

    /**
     * Updates of a distribution at a point.
     *
     * @param point d finite values
     */
    public static BayesianUpdate of(Distribution prior, double[] point, Norm norm) {
        Arguments.sameDimension(prior.dimension(), Arguments.finite("point", point).length);
        LocalLaw law = prior.localLaw(point, norm);
        Optional<LocalLaw> punctured;
        try {
            punctured = Optional.of(prior.puncturedLaw(point, norm));
        } catch (NoClosedFormException unknown) {
            punctured = Optional.empty();
        }
        double logDensity = prior.logDensity(point);
        boolean continuous = false;
        if (punctured.isPresent() && Double.isFinite(logDensity)) {
            double expected =
                    LocalLaw.ofDensity(logDensity, prior.dimension(), norm).logConstant();
            continuous = Math.abs(punctured.get().logConstant() - expected) <= SAME_CONSTANT * (1 + Math.abs(expected));
        }
        return new BayesianUpdate(law, punctured, continuous, prior.dimension(), norm, OptionalDouble.empty());
    }

    /**
     * The same with the law of the prior without the point itself, which decides once a factor removes the atom there.
     *
     * @throws IllegalArgumentException if the law has an atom
     */
    public BayesianUpdate withPuncturedLaw(LocalLaw law) {
        if (law.isAtom()) {
            throw new IllegalArgumentException("punctured law must have no atom, had mass " + law.atomMass());
        }
        return new BayesianUpdate(this.law, Optional.of(law), continuous, dimension, norm, logNormaliser);
    }

    /**
     * The same with the log of Z. Without it the laws that result are those of Z times the posterior.
     *
     * @param logNormaliser log Z, nats, finite
     */
    public BayesianUpdate withLogNormaliser(double logNormaliser) {
        return new BayesianUpdate(
                law,
                punctured,
                continuous,
                dimension,
                norm,
                OptionalDouble.of(Arguments.finite("logNormaliser", logNormaliser)));
    }

    /**
     * The posterior's law.
     *
     * @throws IllegalArgumentException if the factor does not fit the dimension, or if the normaliser makes an atom
     *     weigh more than 1
     */
    public Update apply(LikelihoodFactor factor) {
        List<Element> elements = Element.of(factor);
        LocalForm form = LocalForm.of(elements, dimension, norm);
        List<Rule> rules = new ArrayList<>();
        if (elements.stream().anyMatch(BayesianUpdate::isOutside)) {
            rules.add(Rule.SUPPORT);
            return proper(LocalLaw.vanishing(), Optional.of(LocalLaw.vanishing()), rules);
        }
        if (!law.isAtom()) {
            return beside(punctured.orElse(law), form, rules);
        }
        double value = form.logValue();
        if (Double.isNaN(value)) {
            return new Update.Undecided("the factor has no value at the atom: it is 0 or infinite by direction", rules);
        }
        if (value == Double.POSITIVE_INFINITY) {
            return new Update.Improper("the factor is infinite at the atom", List.of(Rule.ATOM));
        }
        if (value == Double.NEGATIVE_INFINITY) {
            rules.add(Rule.ATOM);
            return punctured.isPresent()
                    ? beside(punctured.get(), form, rules)
                    : new Update.Undecided(
                            "the factor removes the atom, and the law of the prior beside it is not known", rules);
        }
        return kept(value, form);
    }

    private static boolean isOutside(Element element) {
        return element instanceof Support support && support.shape() == Support.Shape.OUTSIDE;
    }

    /** The atom keeps its mass times the value; what lies beside it is updated as far as it is known. */
    private Update kept(double logValue, LocalForm form) {
        // a factor with a value at the point is bounded near it, so what lies beside is never improper
        Optional<LocalLaw> rest = Optional.empty();
        if (punctured.isPresent() && beside(punctured.get(), form, new ArrayList<>()) instanceof Update.Proper proper) {
            rest = proper.punctured();
        }
        LocalLaw atom = law.withLogWeight(logValue - logNormaliser.orElse(0));
        if (logNormaliser.isPresent() && atom.logConstant() > 1e-9) {
            throw new IllegalArgumentException("logNormaliser must be at least "
                    + (law.logConstant() + logValue)
                    + ", the log of the atom's share, was "
                    + logNormaliser.getAsDouble());
        }
        return proper(atom, rest, List.copyOf(form.rulesAtPoint()));
    }

    /** The update of a law without an atom. */
    private Update beside(LocalLaw law, LocalForm form, List<Rule> rules) {
        Step step = form.apply(law, continuous, rules);
        if (step instanceof Step.Fails fails) {
            return new Update.Improper(fails.reason(), rules);
        }
        if (step instanceof Step.Open open) {
            return new Update.Undecided(open.reason(), rules);
        }
        LocalLaw posterior = ((Step.Holds) step).law().withLogWeight(-logNormaliser.orElse(0));
        return proper(posterior, Optional.of(posterior), rules);
    }

    private Update proper(LocalLaw law, Optional<LocalLaw> punctured, List<Rule> rules) {
        return new Update.Proper(law, punctured, logNormaliser.isPresent(), rules);
    }
}
