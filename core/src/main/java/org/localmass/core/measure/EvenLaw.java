package org.localmass.core.measure;

import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** A law that is symmetric about 0, given by formulas for the upper half. */
final class EvenLaw extends NamedLaw {
    private final Formulas formulas;
    private final double[] breakpoints;
    private final DoubleFunction<Mass> besideEnd;
    private final LocalLaw atEnd;
    private final @Nullable DoubleUnaryOperator slope;

    private EvenLaw(
            TextForm form,
            Formulas formulas,
            double[] breakpoints,
            DoubleFunction<Mass> besideEnd,
            LocalLaw atEnd,
            @Nullable DoubleUnaryOperator slope) {
        super(form);
        this.slope = slope;
        this.formulas = formulas;
        this.breakpoints = breakpoints;
        this.besideEnd = besideEnd;
        this.atEnd = atEnd;
    }

    /**
     * The formulas, all for x at least 0.
     *
     * @param logDensity log density
     * @param beside     mass of [0, x]
     * @param tail       {@code p(X >= x)}
     * @param atZero     local law of one side of 0
     * @param atInfinity law of one tail
     * @param thin       the tail where it is exponential
     * @param size       draws |X|
     */
    record Formulas(
            DoubleUnaryOperator logDensity,
            DoubleFunction<Mass> beside,
            DoubleFunction<Mass> tail,
            LocalLaw atZero,
            LocalLaw atInfinity,
            ExponentialTail thin,
            ToDoubleFunction<UniformRandomProvider> size) {}

    /** A law whose density is smooth at 0. */
    static EvenLaw smooth(TextForm form, Formulas formulas) {
        return new EvenLaw(form, formulas, new double[0], h -> Mass.ZERO, LocalLaw.vanishing(), null);
    }

    /** A law with a kink or a pole at 0. */
    static EvenLaw pointed(TextForm form, Formulas formulas) {
        return new EvenLaw(form, formulas, new double[] {0}, h -> Mass.ZERO, LocalLaw.vanishing(), null);
    }

    /**
     * A law with a kink or a pole at 0 and support from -end to end.
     *
     * @param besideEnd mass of {@code [end - h, end]}, h at most the end
     * @param atEnd     local law inside of the end
     */
    static EvenLaw bounded(
            TextForm form, Formulas formulas, double end, DoubleFunction<Mass> besideEnd, LocalLaw atEnd) {
        return new EvenLaw(form, formulas, new double[] {-end, 0, end}, besideEnd, atEnd, null);
    }

    /** This law with a formula for the derivative of its log density at positive x. */
    EvenLaw withSlope(DoubleUnaryOperator formula) {
        return new EvenLaw(form(), formulas, breakpoints, besideEnd, atEnd, formula);
    }

    Formulas formulas() {
        return formulas;
    }

    @Nullable
    DoubleUnaryOperator slope() {
        return slope;
    }

    @Override
    double logSlope(double x) {
        return x == 0 ? 0 : slope == null ? super.logSlope(x) : Math.copySign(1, x) * slope.applyAsDouble(Math.abs(x));
    }

    @Override
    public double logDensity(double x) {
        return formulas.logDensity.applyAsDouble(Math.abs(x));
    }

    @Override
    public Mass lower(double x) {
        return upper(-x);
    }

    @Override
    public Mass upper(double x) {
        if (x >= 0) {
            return formulas.tail.apply(x);
        }
        return x > -1e-3 ? Mass.of(0.5).plus(formulas.beside.apply(-x)) : Mass.ONE.minus(formulas.tail.apply(-x));
    }

    @Override
    public double[] breakpoints() {
        return breakpoints.clone();
    }

    @Override
    Mass massBeside(double breakpoint, double h) {
        if (breakpoint == 0) {
            return formulas.beside.apply(Math.abs(h));
        }
        double end = Math.abs(breakpoint);
        if ((h > 0) == (breakpoint > 0)) {
            return Mass.ZERO;
        }
        double width = Math.abs(h);
        return width <= end
                ? besideEnd.apply(width)
                : Mass.of(0.5).plus(formulas.beside.apply(Math.min(end, width - end)));
    }

    @Override
    LocalLaw lawBeside(double breakpoint, int side) {
        if (breakpoint == 0) {
            return formulas.atZero;
        }
        return (side > 0) == (breakpoint > 0) ? LocalLaw.vanishing() : atEnd;
    }

    @Override
    LocalLaw tailLaw(int side) {
        return formulas.atInfinity;
    }

    @Override
    ExponentialTail exponentialTail(int side) {
        return formulas.thin;
    }

    @Override
    public double sample(UniformRandomProvider random) {
        double size = formulas.size.applyAsDouble(random);
        return random.nextBoolean() ? size : -size;
    }
}
