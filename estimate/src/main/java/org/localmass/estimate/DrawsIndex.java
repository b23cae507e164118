package org.localmass.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.index.Exponent;
import org.localmass.core.index.MassIndex;
import org.localmass.core.index.RadiusWindow;
import org.localmass.core.internal.Arguments;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;

/**
 * Estimates the Mass Index at a point, or at infinity, from draws. Immutable.
 *
 * <p>In this order: the test for an atom; the slope of a pure power law on a window that the draws choose, its interval
 * at effective counts that allow for an unseen bias, and widened by twice the bias that the draws suggest; a power-log
 * law on radii at most e^-4 of the unit of length c, four times the median radius, which replaces the power law where it
 * fits clearly better (twice the log likelihood above 6.63). The index does not depend on the unit of the draws.
 * <br>Accuracy: coverage, errors and rates of false atoms are measured in docs/quality/mass-index.md.
 * <br>Source: docs/theory.md, E7.2 and E7.3; docs/mass-index.md.
 */
public final class DrawsIndex {
    private static final DrawsIndex DEFAULT = new DrawsIndex(0.95);
    /** The unit of length of the logarithm, in median radii. */
    private static final double UNIT = 4;
    /** Factors of the unit that the power-log fit is tried with. */
    private static final double OTHER_UNIT = 4;

    private static final double DEPTH = 4;
    private static final int WINDOWS = 3;
    private static final int LEAST_LOG = 30;
    private static final int LEAST_WIDENING = 100;
    /** 99 % quantile of chi-square with one degree of freedom. */
    private static final double CLEARLY = 6.63;
    /** Normal quantile of 0.8. */
    private static final double POWER = 0.8416212335729143;
    /** Loss in log likelihood, in the window of the power law, that speaks against the power-log law. */
    private static final double MISFIT = 3;

    private final double level;

    private DrawsIndex(double level) {
        this.level = level;
    }

    /** Intervals of level 0.95. */
    public static DrawsIndex withDefaults() {
        return DEFAULT;
    }

    /** Intervals of another level, strictly between 0 and 1. */
    public DrawsIndex withLevel(double value) {
        return new DrawsIndex(Arguments.fraction("level", value));
    }

    /**
     * The index at the centre of a ball, in its coordinates and norm; its radius plays no part.
     *
     * @throws IllegalArgumentException if the draws and the ball differ in dimension
     */
    public IndexEstimate at(Draws draws, Ball ball) {
        Arguments.sameDimension(draws.dimension(), ball.dimension());
        PointRadii radii = PointRadii.about(draws, ball);
        AtomTest atom = AtomTest.of(draws, radii);
        return estimate(draws, radii, atom, ball.coordinates().length);
    }

    /**
     * The index at infinity in the coordinates and norm of a ball about 0: kappa is the tail index, the dimension 1.
     *
     * @throws IllegalArgumentException if the draws and the ball differ in dimension
     */
    public IndexEstimate atInfinity(Draws draws, Ball ball) {
        Arguments.sameDimension(draws.dimension(), ball.dimension());
        PointRadii radii = PointRadii.atInfinity(draws, ball);
        AtomTest none = new AtomTest(AtomTest.Outcome.NONE, 0, radii.size, 0, 0, 0, 0, 0);
        return estimate(draws, radii, none, 1);
    }

    /** One index for each coordinate of a ball, in its order; at infinity the tail index of each. */
    public List<IndexEstimate> coordinatewise(Draws draws, Ball ball, boolean infinity) {
        Arguments.sameDimension(draws.dimension(), ball.dimension());
        List<IndexEstimate> each = new ArrayList<>();
        int[] coordinates = ball.coordinates();
        double[] centre = ball.centre();
        for (int i = 0; i < coordinates.length; i++) {
            Ball one = Ball.of(draws.names(), new int[] {coordinates[i]}, new double[] {centre[i]}, 1, Norm.l2());
            each.add(infinity ? atInfinity(draws, one) : at(draws, one));
        }
        return List.copyOf(each);
    }

    private IndexEstimate estimate(Draws draws, PointRadii radii, AtomTest atom, int dimension) {
        List<Caution> cautions = new ArrayList<>();
        if (atom.outcome() == AtomTest.Outcome.UNDERFLOW) {
            cautions.add(Caution.UNDERFLOW);
        } else if (atom.floor() > 0) {
            cautions.add(Caution.ROUNDED);
        }
        SortedRadii sorted = sorted(radii, atom);
        if (atom.outcome() == AtomTest.Outcome.CONSTANT || !readable(sorted)) {
            return withoutSlope(draws, radii, atom, dimension, cautions);
        }
        double time = 1;
        IndexWindow window = IndexWindow.of(sorted, time);
        if (draws.sampling() != Sampling.INDEPENDENT) {
            time = time(radii, sorted, window.radius());
            window = IndexWindow.of(sorted, time);
            time = Math.max(time, time(radii, sorted, window.radius()));
        }
        HillFit fit = fit(sorted, window.draws(), time);
        HillFit widened = widened(fit, window);
        List<PowerLogFit> logs = logFits(sorted, time);
        Optional<PowerLogFit> powerLog = logs.isEmpty() ? Optional.empty() : Optional.of(hull(logs));
        boolean logarithm = powerLog.isPresent()
                && powerLog.get().ratio() > CLEARLY
                && misfit(sorted, window.draws(), fit, powerLog.get()) < MISFIT * time;
        List<IndexEstimate.Step> plateau = plateau(sorted, time);
        if (atom.outcome() == AtomTest.Outcome.ATOM) {
            MassEstimate mass = atomMass(draws, radii);
            cautions.addAll(mass.cautions());
            Collections.sort(cautions);
            Exponent zero = Exponent.exact(0);
            return new IndexEstimate(
                    new MassIndex(zero, zero, dimension, exponent(mass), Optional.empty(), cautions),
                    IndexEstimate.Model.ATOM,
                    atom,
                    Optional.of(widened),
                    window.bias(),
                    window.omega(),
                    powerLog,
                    logs,
                    plateau,
                    time,
                    Double.NaN,
                    Double.NaN);
        }
        Exponent kappa = widened.kappa();
        Exponent beta;
        double outer = window.radius();
        if (logarithm) {
            PowerLogFit chosen = powerLog.get();
            kappa = chosen.kappa();
            beta = chosen.beta();
            outer = chosen.radius();
            if (unstable(logs)) {
                cautions.add(Caution.WINDOW_BIAS);
                kappa = hull(kappa, widened.kappa());
            }
        } else {
            beta = powerLog.map(f -> new Exponent(
                            0,
                            Math.min(0, f.beta().lower()),
                            Math.max(0, f.beta().upper())))
                    .orElse(new Exponent(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
            cautions.add(Caution.LOG_NOT_EXCLUDED);
            if (window.slow()) {
                kappa = hull(
                        kappa,
                        powerLog.map(PowerLogFit::kappa).orElse(new Exponent(Double.NaN, 0, Double.POSITIVE_INFINITY)));
            }
            if (!window.settled() || window.slow()) {
                cautions.add(Caution.WINDOW_BIAS);
            }
            if (sorted.radius(sorted.below()) * 2 > outer) {
                cautions.add(Caution.NARROW_WINDOW);
            }
            if (fit.effectiveDraws() < 30) {
                cautions.add(Caution.APPROXIMATE);
            }
        }
        Collections.sort(cautions);
        double inner = sorted.radius(0);
        return new IndexEstimate(
                new MassIndex(
                        kappa,
                        beta,
                        dimension,
                        Exponent.exact(0),
                        inner < outer ? Optional.of(new RadiusWindow(inner, outer)) : Optional.empty(),
                        cautions),
                logarithm ? IndexEstimate.Model.POWER_LOG : IndexEstimate.Model.POWER,
                atom,
                Optional.of(widened),
                window.bias(),
                window.omega(),
                powerLog,
                logs,
                plateau,
                time,
                window.settled() || window.slow() ? Double.NaN : radii.size * window.enlargement(fit.maximum()),
                logarithm ? Double.NaN : radii.size * logarithm(sorted, fit.maximum(), time));
    }

    private IndexEstimate withoutSlope(
            Draws draws, PointRadii radii, AtomTest atom, int dimension, List<Caution> cautions) {
        boolean isAtom = atom.outcome() == AtomTest.Outcome.ATOM;
        cautions.add(atom.outcome() == AtomTest.Outcome.CONSTANT ? Caution.FEW_CHANGES : Caution.FEW_RADII);
        Exponent mass = Exponent.exact(0);
        if (isAtom || atom.outcome() == AtomTest.Outcome.CONSTANT) {
            MassEstimate estimate = atomMass(draws, radii);
            mass = exponent(estimate);
            cautions.addAll(estimate.cautions());
        }
        Collections.sort(cautions);
        Exponent kappa = isAtom ? Exponent.exact(0) : new Exponent(Double.NaN, 0, Double.POSITIVE_INFINITY);
        Exponent beta = isAtom
                ? Exponent.exact(0)
                : new Exponent(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        return new IndexEstimate(
                new MassIndex(kappa, beta, dimension, mass, Optional.empty(), cautions),
                isAtom ? IndexEstimate.Model.ATOM : IndexEstimate.Model.UNDETERMINED,
                atom,
                Optional.empty(),
                Double.NaN,
                Double.NaN,
                Optional.empty(),
                List.of(),
                List.of(),
                1,
                Double.NaN,
                Double.NaN);
    }

    private MassEstimate atomMass(Draws draws, PointRadii radii) {
        Membership at = radii.within(0);
        double coordinateTime = DrawsMass.coordinateTime(draws);
        return DrawsMass.withDefaults()
                .withLevel(level)
                .estimate(draws, at, coordinateTime, DrawsMass.indicatorTime(draws, at, coordinateTime));
    }

    private static Exponent exponent(MassEstimate mass) {
        return new Exponent(mass.estimate(), mass.lower(), mass.upper());
    }

    /** The radii off the point, ascending, those below the floor raised to it. */
    private static SortedRadii sorted(PointRadii radii, AtomTest atom) {
        boolean zeros = atom.outcome() == AtomTest.Outcome.ROUNDING || atom.outcome() == AtomTest.Outcome.UNDERFLOW;
        double least = atom.floor() > 0 ? atom.floor() : Double.MIN_VALUE;
        double step = atom.floor() > 0 && atom.outcome() != AtomTest.Outcome.UNDERFLOW ? atom.resolution() : 0;
        record Radius(double rho, double weight) {}
        double[] kept = new double[radii.size];
        double[] weights = new double[radii.size];
        boolean weighted = false;
        int count = 0;
        int below = 0;
        for (int c = 0; c < radii.chains.length; c++) {
            for (int t = 0; t < radii.chains[c].length; t++) {
                double rho = radii.chains[c][t];
                double w = radii.weights[c][t];
                if (w == 0 || rho == Double.POSITIVE_INFINITY || (rho == 0 && !zeros)) {
                    continue;
                }
                weighted |= w != 1;
                below += atom.floor() > 0 && rho <= least ? 1 : 0;
                kept[count] = Math.max(rho, least);
                weights[count++] = w;
            }
        }
        kept = Arrays.copyOf(kept, count);
        if (!weighted) {
            Arrays.sort(kept);
            return new SortedRadii(kept, null, below, step);
        }
        List<Radius> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pairs.add(new Radius(kept[i], weights[i]));
        }
        pairs.sort(Comparator.comparingDouble(Radius::rho).thenComparingDouble(Radius::weight));
        double[] ordered = pairs.stream().mapToDouble(Radius::weight).toArray();
        return new SortedRadii(pairs.stream().mapToDouble(Radius::rho).toArray(), ordered, below, step);
    }

    private static boolean readable(SortedRadii radii) {
        int different = 0;
        for (int i = Math.max(1, radii.below()); i < radii.size() && different < 4; i++) {
            different += radii.radius(i) > radii.radius(i - 1) ? 1 : 0;
        }
        return different >= 4;
    }

    private HillFit fit(SortedRadii radii, int k, double time) {
        double radius = radii.edge(k);
        int above = k - radii.below();
        double share = (radii.count(k) - radii.count(radii.below())) / Math.max(1, above);
        double effective = radii.effective(k) / time;
        if (time > 1 && effective < IndexWindow.LEAST) {
            // few visits: as for masses, count them as fewer still
            effective /= 1 + 2 / Math.sqrt(Math.max(1, effective));
        }
        return HillFit.of(above, radii.below(), effective, radius, radii.logSum(k, radius) / share, level);
    }

    /**
     * The fit with the interval that is reported: at {@code k_e/(1 + 0.35^2)} effective draws, because a window leaves a
     * bias of up to 0.35 standard errors that the draws do not show, then widened by twice the bias that they suggest.
     */
    private HillFit widened(HillFit fit, IndexWindow window) {
        double effective = fit.effectiveDraws() / (1 + IndexWindow.RATIO * IndexWindow.RATIO);
        Exponent unseen = HillFit.of(fit.draws(), fit.below(), effective, fit.radius(), fit.logSum(), level)
                .kappa();
        Exponent kappa = new Exponent(fit.kappa().estimate(), unseen.lower(), unseen.upper());
        double up = 2 * Math.max(0, -window.lowest());
        double down = Math.min(0.9, 2 * Math.max(0, window.widest()));
        double upper = !window.settled() && window.bias() < 0 ? Double.POSITIVE_INFINITY : kappa.upper() * (1 + up);
        return new HillFit(
                new Exponent(kappa.estimate(), kappa.lower() * (1 - down), upper),
                fit.maximum(),
                fit.draws(),
                fit.below(),
                fit.effectiveDraws(),
                fit.radius(),
                fit.logSum());
    }

    private List<IndexEstimate.Step> plateau(SortedRadii radii, double time) {
        List<IndexEstimate.Step> steps = new ArrayList<>();
        int least = radii.below() + IndexWindow.LEAST;
        int k = radii.snapped(Math.max(least, radii.size() / 4));
        while (k >= least && k < radii.size() && steps.size() < 24) {
            HillFit fit = fit(radii, k, time);
            steps.add(0, new IndexEstimate.Step(fit.radius(), k, fit.kappa()));
            int next = radii.snapped((int) (k / 1.5));
            if (next >= k) {
                break;
            }
            k = next;
        }
        return steps;
    }

    /** Fits with a logarithmic factor: three windows in the unit c, the widest in 4 c, the narrowest in c/4. */
    private List<PowerLogFit> logFits(SortedRadii radii, double time) {
        List<PowerLogFit> fits = new ArrayList<>();
        if (radii.below() > 0 && radii.floor() > 1e-300 && radii.floor() > 1e-3 * radii.radius(radii.size() / 2)) {
            return fits;
        }
        double unit = UNIT * radii.radius(radii.size() / 2);
        double widest = unit * Math.exp(-DEPTH);
        for (int i = 0; i < WINDOWS; i++) {
            double radius = widest * Math.pow(2, -i);
            boolean last = !add(fits, radii, radius, unit, time);
            if (i == 0 && !last) {
                add(fits, radii, radius, unit * OTHER_UNIT, time);
            }
            if (i == WINDOWS - 1 && !last) {
                add(fits, radii, radius, unit / OTHER_UNIT, time);
            }
            if (last) {
                break;
            }
        }
        return fits;
    }

    /**
     * Of how many times as many draws a beta of 1 would be clear with probability 0.8: its standard error falls like one
     * over the root of the draws inside the widest window. NaN where that holds none.
     */
    private static double logarithm(SortedRadii radii, double kappa, double time) {
        int k = radii.countBelow(UNIT * radii.radius(radii.size() / 2) * Math.exp(-DEPTH));
        double error = (Math.sqrt(CLEARLY) + POWER)
                * PowerLogFit.errors(Math.max(0.05, kappa), DEPTH).beta();
        return k <= radii.below() ? Double.NaN : error * error * time / radii.effective(k);
    }

    private boolean add(List<PowerLogFit> fits, SortedRadii radii, double radius, double unit, double time) {
        int k = radii.countBelow(radius);
        int needed = fits.isEmpty() ? LEAST_LOG : LEAST_WIDENING;
        if (radii.effective(k) / time < needed || !(radii.radius(k - 1) > radii.radius(Math.min(k - 1, 2)))) {
            return false;
        }
        double[] inside = new double[k];
        double[] weights = new double[k];
        for (int i = 0; i < k; i++) {
            inside[i] = radii.radius(i);
            weights[i] = radii.weight(i);
        }
        fits.add(PowerLogFit.of(inside, weights, radius, unit, level, time));
        return true;
    }

    /** By how much the power law's log likelihood of its own window is larger than that of the power-log law. */
    private static double misfit(SortedRadii radii, int k, HillFit power, PowerLogFit log) {
        double unit = Math.log(log.unit());
        double edge = unit - Math.log(power.radius());
        if (power.radius() > log.radius()) {
            return 0;
        }
        double kappa = log.kappa().estimate();
        double beta = log.beta().estimate();
        double sum = 0;
        for (int i = radii.below(); i < k; i++) {
            double s = unit - Math.log(radii.radius(i));
            double own = Math.log(power.maximum()) - power.maximum() * (s - edge);
            double other =
                    -kappa * (s - edge) + beta * Math.log(s / edge) + Math.log(Math.max(kappa - beta / s, 1e-300));
            sum += radii.weight(i) * (own - other);
        }
        return sum;
    }

    private static Exponent hull(Exponent a, Exponent b) {
        return new Exponent(a.estimate(), Math.min(a.lower(), b.lower()), Math.max(a.upper(), b.upper()));
    }

    /** The first fit with intervals that hold those of all. */
    private static PowerLogFit hull(List<PowerLogFit> fits) {
        PowerLogFit first = fits.get(0);
        double[] kappa = {first.kappa().lower(), first.kappa().upper()};
        double[] beta = {first.beta().lower(), first.beta().upper()};
        for (PowerLogFit fit : fits) {
            kappa[0] = Math.min(kappa[0], fit.kappa().lower());
            kappa[1] = Math.max(kappa[1], fit.kappa().upper());
            beta[0] = Math.min(beta[0], fit.beta().lower());
            beta[1] = Math.max(beta[1], fit.beta().upper());
        }
        return new PowerLogFit(
                new Exponent(first.kappa().estimate(), kappa[0], kappa[1]),
                new Exponent(first.beta().estimate(), beta[0], beta[1]),
                first.logLikelihood(),
                first.ratio(),
                first.unit(),
                first.radius(),
                first.draws());
    }

    /** Whether another window or unit gives an estimate outside the first interval. */
    private static boolean unstable(List<PowerLogFit> fits) {
        PowerLogFit first = fits.get(0);
        for (PowerLogFit fit : fits) {
            double kappa = fit.kappa().estimate();
            double beta = fit.beta().estimate();
            if (kappa < first.kappa().lower()
                    || kappa > first.kappa().upper()
                    || beta < first.beta().lower()
                    || beta > first.beta().upper()) {
                return true;
            }
        }
        return false;
    }

    /** Autocorrelation time of the terms of the slope: log(R/radius) less its mean inside the window, 0 outside. */
    private static double time(PointRadii radii, SortedRadii sorted, double radius) {
        double least = sorted.below() > 0 ? sorted.floor() : Double.MIN_VALUE;
        int k = sorted.countBelow(radius);
        double mean = sorted.logSum(k, radius) / sorted.count(k);
        double[][] terms = new double[radii.chains.length][];
        for (int c = 0; c < terms.length; c++) {
            terms[c] = new double[radii.chains[c].length];
            for (int t = 0; t < terms[c].length; t++) {
                double rho = radii.chains[c][t];
                boolean in = rho < radius && (rho > 0 || sorted.below() > 0);
                terms[c][t] = in ? radii.weights[c][t] * (Math.log(radius / Math.max(rho, least)) - mean) : 0;
            }
        }
        return lengthened(Autocorrelation.time(terms), k);
    }

    /**
     * An autocorrelation time made longer by three times (time - 1) over the root of the effective draws: estimates from few
     * visits are too short by about as much (docs/quality/mass-index.md).
     */
    static double lengthened(double time, double draws) {
        return Math.min(Math.max(1, draws), time * (1 + 3 * (time - 1) / Math.sqrt(Math.max(1, draws / time))));
    }
}
