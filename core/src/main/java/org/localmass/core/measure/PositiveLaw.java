package org.localmass.core.measure;

import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** A law on the positive numbers, given by formulas. */
final class PositiveLaw extends NamedLaw {
    private static final double[] ORIGIN = {0};

    private final Formulas formulas;
    private final @Nullable DoubleUnaryOperator slope;

    private PositiveLaw(TextForm form, Formulas formulas, @Nullable DoubleUnaryOperator slope) {
        super(form);
        this.formulas = formulas;
        this.slope = slope;
    }

    /**
     * The formulas, all for x above 0.
     *
     * @param logDensity log density
     * @param lower      {@code p(X <= x)}
     * @param upper      {@code p(X >= x)}
     * @param atZero     local law above 0
     * @param atInfinity law of the tail
     * @param thin       the tail where it is exponential
     * @param draw       one draw
     */
    record Formulas(
            DoubleUnaryOperator logDensity,
            DoubleFunction<Mass> lower,
            DoubleFunction<Mass> upper,
            LocalLaw atZero,
            LocalLaw atInfinity,
            ExponentialTail thin,
            ToDoubleFunction<UniformRandomProvider> draw) {}

    static PositiveLaw of(TextForm form, Formulas formulas) {
        return new PositiveLaw(form, formulas, null);
    }

    /** This law with a formula for the derivative of its log density at positive x. */
    PositiveLaw withSlope(DoubleUnaryOperator formula) {
        return new PositiveLaw(form(), formulas, formula);
    }

    @Override
    double logSlope(double x) {
        return slope == null ? super.logSlope(x) : slope.applyAsDouble(x);
    }

    /** The law of |X|. */
    static PositiveLaw folded(TextForm form, EvenLaw law) {
        EvenLaw.Formulas half = law.formulas();
        double log2 = Math.log(2);
        return new PositiveLaw(
                form,
                new Formulas(
                        x -> half.logDensity().applyAsDouble(x) + log2,
                        x -> half.beside().apply(x).times(2),
                        x -> half.tail().apply(x).times(2),
                        half.atZero().withLogWeight(log2),
                        half.atInfinity().withLogWeight(log2),
                        new ExponentialTail(
                                half.thin().rate(),
                                half.thin().power(),
                                half.thin().logConstant() + log2),
                        half.size()),
                law.slope());
    }

    @Override
    public double logDensity(double x) {
        return x >= 0 ? formulas.logDensity.applyAsDouble(x) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public Mass lower(double x) {
        return x > 0 ? formulas.lower.apply(x) : Mass.ZERO;
    }

    @Override
    public Mass upper(double x) {
        return x > 0 ? formulas.upper.apply(x) : Mass.ONE;
    }

    @Override
    public double[] breakpoints() {
        return ORIGIN.clone();
    }

    @Override
    Mass massBeside(double breakpoint, double h) {
        return lower(h);
    }

    @Override
    LocalLaw lawBeside(double breakpoint, int side) {
        return side < 0 ? LocalLaw.vanishing() : formulas.atZero;
    }

    @Override
    LocalLaw tailLaw(int side) {
        return side < 0 ? LocalLaw.vanishing() : formulas.atInfinity;
    }

    @Override
    ExponentialTail exponentialTail(int side) {
        return side < 0 ? ExponentialTail.THINNER : formulas.thin;
    }

    @Override
    public double sample(UniformRandomProvider random) {
        return formulas.draw.applyAsDouble(random);
    }
}
