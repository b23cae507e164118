package org.localmass.core.measure;

import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** A law on (0, 1), given by formulas in x and 1 - x. */
final class UnitLaw extends NamedLaw {
    private static final double[] ENDS = {0, 1};

    private final Formulas formulas;
    private final @Nullable Sides<Double> slope;

    private UnitLaw(TextForm form, Formulas formulas, @Nullable Sides<Double> slope) {
        super(form);
        this.formulas = formulas;
        this.slope = slope;
    }

    /** A function of x and 1 - x. */
    interface Sides<T> {
        T of(double x, double rest);
    }

    /**
     * The formulas.
     *
     * @param logDensity log density
     * @param lower      {@code p(X <= x)}
     * @param upper      {@code p(X >= x)}
     * @param atZero     local law above 0
     * @param atOne      local law below 1
     * @param draw       one draw
     */
    record Formulas(
            Sides<Double> logDensity,
            Sides<Mass> lower,
            Sides<Mass> upper,
            LocalLaw atZero,
            LocalLaw atOne,
            ToDoubleFunction<UniformRandomProvider> draw) {}

    static UnitLaw of(TextForm form, Formulas formulas) {
        return new UnitLaw(form, formulas, null);
    }

    /** This law with a formula for the derivative of its log density. */
    UnitLaw withSlope(Sides<Double> formula) {
        return new UnitLaw(form(), formulas, formula);
    }

    @Override
    double logSlope(double x) {
        return slope == null ? super.logSlope(x) : slope.of(x, 1 - x);
    }

    @Override
    double logSlopeAt(double t, double u) {
        return slope == null ? super.logSlope(t + u) : slope.of(t + u, t == 1 ? -u : (1 - t) - u);
    }

    private double logDensity(double x, double rest) {
        return x >= 0 && rest >= 0 ? formulas.logDensity.of(x, rest) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double logDensity(double x) {
        return logDensity(x, 1 - x);
    }

    @Override
    double logDensityAt(double t, double u) {
        return logDensity(t + u, t == 1 ? -u : (1 - t) - u);
    }

    @Override
    public Mass lower(double x) {
        return x <= 0 ? Mass.ZERO : x >= 1 ? Mass.ONE : formulas.lower.of(x, 1 - x);
    }

    @Override
    public Mass upper(double x) {
        return x <= 0 ? Mass.ONE : x >= 1 ? Mass.ZERO : formulas.upper.of(x, 1 - x);
    }

    @Override
    public double[] breakpoints() {
        return ENDS.clone();
    }

    @Override
    Mass massBeside(double breakpoint, double h) {
        if (h > 0 == (breakpoint == 1)) {
            return Mass.ZERO;
        }
        if (Math.abs(h) >= 1) {
            return Mass.ONE;
        }
        return breakpoint == 0 ? formulas.lower.of(h, 1 - h) : formulas.upper.of(1 + h, -h);
    }

    @Override
    LocalLaw lawBeside(double breakpoint, int side) {
        return side > 0 == (breakpoint == 0)
                ? (breakpoint == 0 ? formulas.atZero : formulas.atOne)
                : LocalLaw.vanishing();
    }

    @Override
    LocalLaw tailLaw(int side) {
        return LocalLaw.vanishing();
    }

    @Override
    public double sample(UniformRandomProvider random) {
        return formulas.draw.applyAsDouble(random);
    }
}
