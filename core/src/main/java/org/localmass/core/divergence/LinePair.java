package org.localmass.core.divergence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.localmass.core.measure.Atom;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.Mass;
import org.localmass.core.measure.Univariate;

/**
 * The divergence of two laws on a set of the line.
 *
 * <p>The normalised restrictions are compared: atoms one by one, stretches that only one of them reaches by their
 * masses, the rest by adaptive quadrature. Along with the divergence each panel integrates both densities, whose masses
 * are known exactly: a panel that has missed a peak is found by that.
 */
final class LinePair {
    private static final double UNIT = 0x1p-53;
    /** A panel's masses must agree with the exact ones to this share. */
    private static final double AGREEMENT = 1e-9;

    private static final double NEGLIGIBLE = 1e-20;
    private static final double LOG_NEGLIGIBLE = -60;
    private static final double WIDEST = 8;
    private static final double BOUNDARY = -1.01;
    private static final double FARTHEST = 1 << 20;
    /** Rounding of the logs of the masses from which densities cannot be normalised. */
    private static final double UNRESOLVED = 1e-3;
    /** Share of P + Q below which an error does not matter, where the relative tolerance is out of reach. */
    private static final double ABSOLUTE = 1e-15;
    /** Evaluations, as a share of the limit, from which that is enough. */
    private static final double PATIENCE = 0.1;

    private final Univariate p;
    private final Univariate q;
    private final Generator f;
    private final QuadratureRule.Table table;
    private final QuadratureRule rule;
    private final double tolerance;
    private final int limit;

    private double logP;
    private double logQ;
    private Mass massP = Mass.ZERO;
    private Mass massQ = Mass.ZERO;
    private int evaluations;
    private double fixed;
    private double fixedError;
    private boolean infinite;

    LinePair(Univariate q, Univariate p, Generator f, QuadratureRule rule, double tolerance, int limit) {
        this.p = p;
        this.q = q;
        this.f = f;
        this.rule = rule;
        this.table = rule.table();
        this.tolerance = tolerance;
        this.limit = limit;
    }

    private record Panel(Span span, double from, double to, double value, double error, double noise) {}

    Cell on(LineSet set) {
        List<Span> shared = new ArrayList<>();
        Mass onlyP = Mass.ZERO;
        Mass onlyQ = Mass.ZERO;
        Map<Double, double[]> atoms = atoms(set);
        for (double[] pair : atoms.values()) {
            massP = massP.plus(Mass.of(pair[0]));
            massQ = massQ.plus(Mass.of(pair[1]));
        }
        for (Piece piece : pieces(set)) {
            Mass ofP = piece.mass(p);
            Mass ofQ = piece.mass(q);
            massP = massP.plus(ofP);
            massQ = massQ.plus(ofQ);
            if (ofP.isZero()) {
                onlyQ = onlyQ.plus(ofQ);
            } else if (ofQ.isZero()) {
                onlyP = onlyP.plus(ofP);
            } else {
                piece.spans(p, q, shared);
            }
        }
        massP = massP.atMostOne();
        massQ = massQ.atMostOne();
        if (massP.isZero() || massQ.isZero()) {
            return Cell.of(massP, massQ, 0, 0, 0);
        }
        logP = massP.log();
        logQ = massQ.log();
        fixed = onlyP.over(massP).value();
        if (!onlyQ.isZero()) {
            fixed += charge(onlyQ);
        }
        for (double[] pair : atoms.values()) {
            fixed += f.perspective(
                    Mass.of(pair[0]).over(massP).value(),
                    Mass.of(pair[1]).over(massQ).value());
        }
        if (fixed == Double.POSITIVE_INFINITY) {
            return Cell.of(massP, massQ, fixed, 0, 0);
        }
        if (!shared.isEmpty() && UNIT * (Math.abs(logP) + Math.abs(logQ)) > UNRESOLVED) {
            return unresolved(shared);
        }
        List<Panel> panels = new ArrayList<>();
        for (Span span : shared) {
            start(span, panels);
            if (infinite) {
                return Cell.of(massP, massQ, Double.POSITIVE_INFINITY, 0, evaluations);
            }
        }
        return refine(panels);
    }

    /** What mass of q that p does not have costs, however small it is. */
    private double charge(Mass ofQ) {
        double slope = f.recessionSlope();
        return slope == Double.POSITIVE_INFINITY
                ? slope
                : slope * ofQ.over(massQ).value();
    }

    /** Masses of atoms under p and q in the set. */
    private Map<Double, double[]> atoms(LineSet set) {
        TreeMap<Double, double[]> atoms = new TreeMap<>();
        for (Atom atom : p.atoms()) {
            if (set.contains(atom.location())) {
                atoms.computeIfAbsent(atom.location() + 0.0, x -> new double[2])[0] += atom.mass();
            }
        }
        for (Atom atom : q.atoms()) {
            if (set.contains(atom.location())) {
                atoms.computeIfAbsent(atom.location() + 0.0, x -> new double[2])[1] += atom.mass();
            }
        }
        return atoms;
    }

    /**
     * A stretch without breakpoints inside, from offset {@code from} to {@code to} about {@code origin}.
     *
     * @param start the breakpoint at its start, NaN where there is none
     * @param end   the breakpoint at its end
     */
    private record Piece(double origin, double from, double to, double start, double end) {
        private double width() {
            return !Double.isNaN(start) && !Double.isNaN(end) ? end - start : to - from;
        }

        Mass mass(Univariate law) {
            return !Double.isNaN(start)
                    ? law.continuousMassFrom(start, 0, width())
                    : !Double.isNaN(end)
                            ? law.continuousMassFrom(end, -width(), 0)
                            : law.continuousMassFrom(origin, from, to);
        }

        void spans(Univariate p, Univariate q, List<Span> spans) {
            boolean below = from == Double.NEGATIVE_INFINITY;
            boolean above = to == Double.POSITIVE_INFINITY;
            double lower = Double.isNaN(start) ? origin + from : start;
            double upper = Double.isNaN(end) ? origin + to : end;
            if (below || above) {
                if (!below) {
                    spans.add(Span.beside(lower, 1, Double.POSITIVE_INFINITY));
                } else if (!above) {
                    spans.add(Span.beside(upper, -1, Double.POSITIVE_INFINITY));
                } else {
                    spans.add(Span.beside(origin, -1, Double.POSITIVE_INFINITY));
                    spans.add(Span.beside(origin, 1, Double.POSITIVE_INFINITY));
                }
                return;
            }
            boolean singularStart = !Double.isNaN(start) && (singular(p, start, 1) || singular(q, start, 1));
            boolean singularEnd = !Double.isNaN(end) && (singular(p, end, -1) || singular(q, end, -1));
            if (singularStart && singularEnd) {
                spans.add(Span.beside(start, 1, 0.5 * width()));
                spans.add(Span.beside(end, -1, 0.5 * width()));
            } else if (singularStart) {
                spans.add(Span.beside(start, 1, width()));
            } else if (singularEnd) {
                spans.add(Span.beside(end, -1, width()));
            } else if (!Double.isNaN(start)) {
                spans.add(Span.plain(start, 0, width()));
            } else if (!Double.isNaN(end)) {
                spans.add(Span.plain(end, -width(), 0));
            } else {
                spans.add(Span.plain(origin, from, to));
            }
        }

        /** Whether the density is not smooth and positive up to the end. */
        private static boolean singular(Univariate law, double point, int side) {
            LocalLaw end = law.oneSidedLaw(point, side);
            return !(end.kappa() == 1 && end.beta() == 0);
        }
    }

    private List<Piece> pieces(LineSet set) {
        List<Piece> pieces = new ArrayList<>();
        double t = set.origin();
        for (LineSet.Part part : set.intervals()) {
            TreeMap<Double, Double> ends = new TreeMap<>();
            ends.put(part.from(), Double.NaN);
            ends.put(part.to(), Double.NaN);
            for (Univariate law : List.of(p, q)) {
                for (double breakpoint : law.breakpoints()) {
                    double offset = breakpoint - t + 0.0;
                    if (offset >= part.from() && offset <= part.to()) {
                        ends.put(offset, breakpoint);
                    }
                }
            }
            double from = Double.NaN;
            double start = Double.NaN;
            for (var end : ends.entrySet()) {
                if (from < end.getKey()) {
                    pieces.add(new Piece(t, from, end.getKey(), start, end.getValue()));
                }
                from = end.getKey();
                start = end.getValue();
            }
        }
        return pieces;
    }

    /** The first panels of a span; its ends are cut where nothing is left, or continued by what the local laws say. */
    private void start(Span span, List<Panel> panels) {
        if (span.isPlain()) {
            panels.add(panel(span, span.from(), span.to()));
            return;
        }
        double lower = reach(span, Double.isInfinite(span.to()) ? 0 : span.to(), -1);
        double upper = Double.isInfinite(span.to()) ? reach(span, 0, 1) : span.to();
        if (infinite || !(lower < upper)) {
            return;
        }
        int count = (int) Math.max(1, Math.min(64, Math.ceil((upper - lower) / WIDEST)));
        for (int i = 0; i < count; i++) {
            double a = lower + (upper - lower) * i / count;
            double b = i + 1 == count ? upper : lower + (upper - lower) * (i + 1) / count;
            panels.add(panel(span, a, b));
        }
    }

    /** Where a span can be cut towards its origin (side -1) or infinity (+1); what is beyond goes into the fixed part. */
    private double reach(Span span, double s0, int side) {
        boolean atInfinity = side > 0;
        if (f.alpha() >= 1 && diverges(span, atInfinity)) {
            infinite = true;
            return s0;
        }
        boolean extends_ = span.isPower(p, atInfinity) && span.isPower(q, atInfinity);
        double far = extends_ ? FARTHEST : Span.MOST;
        double known = s0; // not yet negligible
        double step = 1;
        double s = s0;
        if (atInfinity && negligible(span, s0, side)) {
            // the span's mass lies on the other side of s0
            while (negligible(span, s - step, side) && s - step > -Span.MOST) {
                s -= step;
                step *= 2;
            }
            known = s - step;
        } else {
            while (true) {
                s = s0 + side * step;
                if (negligible(span, s, side)) {
                    break;
                }
                known = s;
                if (step >= far) {
                    return rest(span, side > 0 ? Math.min(s, far) : Math.max(s, -far), side);
                }
                step = Math.min(2 * step, far);
            }
        }
        for (int i = 0; i < 60 && Math.abs(s - known) > Math.max(0.5, 0.05 * Math.abs(s - s0)); i++) {
            double middle = 0.5 * (s + known);
            if (negligible(span, middle, side)) {
                s = middle;
            } else {
                known = middle;
            }
        }
        return s;
    }

    private double share(Mass part, Mass whole) {
        return part.over(whole).value();
    }

    /** Whether beyond s neither mass nor integrand matters. */
    private boolean negligible(Span span, double s, int side) {
        Mass ofP = side > 0 ? span.mass(p, s, Double.POSITIVE_INFINITY) : span.mass(p, Double.NEGATIVE_INFINITY, s);
        Mass ofQ = side > 0 ? span.mass(q, s, Double.POSITIVE_INFINITY) : span.mass(q, Double.NEGATIVE_INFINITY, s);
        if (!(share(ofP, massP) < NEGLIGIBLE && share(ofQ, massQ) < NEGLIGIBLE)) {
            return false;
        }
        return f.alpha() < 1
                || (logIntegrand(span, s) < LOG_NEGLIGIBLE && logIntegrand(span, s + side) < LOG_NEGLIGIBLE);
    }

    private double logIntegrand(Span span, double s) {
        evaluations++;
        double p0 = span.logDensity(p, s) - logP;
        double q0 = span.logDensity(q, s) - logQ;
        return Double.isNaN(p0) || Double.isNaN(q0) || q0 == Double.NEGATIVE_INFINITY ? p0 : f.logPerspective(p0, q0);
    }

    /** What lies beyond s counts as one cell; the shapes' share is judged by the cell before it. */
    private double rest(Span span, double s, int side) {
        double inner = 0.5 * s;
        double[] beyond = cell(span, side > 0 ? s : Double.NEGATIVE_INFINITY, side > 0 ? Double.POSITIVE_INFINITY : s);
        Panel before = panel(span, Math.min(s, inner), Math.max(s, inner));
        double[] masses = cell(span, Math.min(s, inner), Math.max(s, inner));
        fixed += f.perspective(beyond[0], beyond[1]);
        fixedError += 2 * Math.abs(before.value - f.perspective(masses[0], masses[1]));
        return s;
    }

    private double[] cell(Span span, double a, double b) {
        return new double[] {share(span.mass(p, a, b), massP), share(span.mass(q, a, b), massQ)};
    }

    /** Whether the integral diverges at an end; orders from 1 on. Powers decide where both laws have them. */
    private boolean diverges(Span span, boolean atInfinity) {
        LocalLaw ofP = span.end(p, atInfinity);
        LocalLaw ofQ = span.end(q, atInfinity);
        double alpha = f.alpha();
        boolean known =
                !ofP.isVanishing() && !ofQ.isVanishing() && !Double.isNaN(ofP.beta()) && !Double.isNaN(ofQ.beta());
        if (known) {
            double logP = ofP.kappa() > 0 ? ofP.beta() : ofP.beta() - 1;
            double logQ = ofQ.kappa() > 0 ? ofQ.beta() : ofQ.beta() - 1;
            if (alpha == 1) {
                return ofQ.kappa() == 0 && logQ + (ofP.kappa() > 0 ? 1 : 0) >= -1;
            }
            double kappa = alpha * ofQ.kappa() + (1 - alpha) * ofP.kappa();
            double rounding = 8 * UNIT * alpha * (ofQ.kappa() + ofP.kappa());
            return kappa < -rounding || (kappa <= rounding && alpha * logQ + (1 - alpha) * logP >= -1);
        }
        if (ofQ.isVanishing() && !ofP.isVanishing()) {
            return false;
        }
        if (alpha > 1 && ofP.isVanishing() && !ofQ.isVanishing()) {
            return true;
        }
        // both vanish faster than powers, or one log exponent is not known: the integrand far out decides
        double s = atInfinity ? Span.MOST : Span.LEAST;
        while (Math.abs(s) > 2 && !isFinite(span, s)) {
            s *= 0.9;
        }
        double near = logIntegrand(span, 0.5 * s);
        double far = logIntegrand(span, s);
        return (far - near) / Math.log(2) > BOUNDARY && far > LOG_NEGLIGIBLE;
    }

    private boolean isFinite(Span span, double s) {
        return Double.isFinite(span.logDensity(p, s)) && Double.isFinite(span.logDensity(q, s));
    }

    private Panel panel(Span span, double a, double b) {
        double middle = 0.5 * (a + b);
        double half = 0.5 * (b - a);
        double[] nodes = table.nodes();
        double[] fine = table.fine();
        double[] coarse = table.coarse();
        double value = 0;
        double check = 0;
        double sumP = 0;
        double sumQ = 0;
        double noise = 0;
        double doubt = 0;
        double peak = 0;
        double peakP = 0;
        double peakQ = 0;
        for (int i = 0; i < nodes.length; i++) {
            double s = middle + half * nodes[i];
            double rawP = span.logDensity(p, s);
            double rawQ = span.logDensity(q, s);
            double logDensityP = rawP - logP;
            double logDensityQ = rawQ - logQ;
            double densityP = Math.exp(logDensityP);
            double densityQ = Math.exp(logDensityQ);
            double g = f.perspective(logDensityP, logDensityQ, densityP, densityQ);
            peak = Math.max(peak, g);
            peakP = Math.max(peakP, densityP);
            peakQ = Math.max(peakQ, densityQ);
            value += fine[i] * g;
            check += coarse[i] * g;
            sumP += fine[i] * densityP;
            sumQ += fine[i] * densityQ;
            double sizeP = 1 + Math.abs(rawP) + Math.abs(logP);
            double sizeQ = 1 + Math.abs(rawQ) + Math.abs(logQ);
            // what rounding of the logs makes of the masses
            doubt += (densityP > 0 ? fine[i] * densityP * sizeP : 0) + (densityQ > 0 ? fine[i] * densityQ * sizeQ : 0);
            if (g > 0 && rawP > Double.NEGATIVE_INFINITY) {
                noise += fine[i] * f.sensitivity(logDensityP, logDensityQ, densityP, densityQ, sizeP, sizeQ);
            }
        }
        evaluations += nodes.length;
        double error = rule.error(value * half, check * half);
        double exactP = share(span.mass(p, a, b), massP);
        double exactQ = share(span.mass(q, a, b), massQ);
        double missed = Math.abs(sumP * half - exactP) + Math.abs(sumQ * half - exactQ);
        double blur = 8 * UNIT * span.spacing(middle);
        if (missed > AGREEMENT * (exactP + exactQ) + NEGLIGIBLE + blur * (peakP + peakQ) + 4 * UNIT * half * doubt) {
            error = Math.max(error, missed);
        }
        double floor = (Double.isFinite(noise) ? noise * half * UNIT : 0) + Math.min(blur * peak, value * half);
        return new Panel(span, a, b, value * half, error, floor);
    }

    private Cell refine(List<Panel> panels) {
        PriorityQueue<Panel> open = new PriorityQueue<>(Comparator.comparingDouble(Panel::error)
                .reversed()
                .thenComparingDouble(panel -> panel.span.origin())
                .thenComparingInt(panel -> panel.span.side())
                .thenComparingDouble(Panel::from));
        open.addAll(panels);
        double logRatio = Cell.of(massP, massQ, 0, 0, 0).logRatio();
        // f(R)/R^alpha: what the mass term weighs beside the shapes
        double least = Math.exp(f.logPerspective(0, logRatio) - f.alpha() * logRatio);
        double absolute = absolute(logRatio);
        while (true) {
            double value = fixed;
            double error = 0;
            double noise = 0;
            for (Panel panel : open) {
                value += panel.value;
                error += panel.error;
                noise += panel.noise;
            }
            if (!(value < Double.POSITIVE_INFINITY)) {
                return value > 0 && f.alpha() >= 1
                        ? Cell.of(massP, massQ, value, 0, evaluations)
                        : bounded(logRatio, new IntegrationException(value, error, evaluations));
            }
            if (error <= Math.max(tolerance * (value + least), 0.25 * noise)) {
                return result(open, error + noise + fixedError);
            }
            Panel worst = open.poll();
            if (worst == null) {
                throw new IntegrationException(value, error, evaluations);
            }
            double middle = 0.5 * (worst.from + worst.to);
            boolean last = !(worst.from < middle && middle < worst.to);
            if (error <= absolute && (last || evaluations > PATIENCE * limit)) {
                open.add(worst);
                return result(open, error + noise + fixedError);
            }
            if (last || evaluations > limit) {
                return bounded(logRatio, new IntegrationException(value, error, evaluations));
            }
            open.add(panel(worst.span, worst.from, middle));
            open.add(panel(worst.span, middle, worst.to));
        }
    }

    /** The error of T that changes D by {@link #ABSOLUTE} (P + Q). */
    private double absolute(double logRatio) {
        double logOnePlus = Math.max(0, logRatio) + Math.log1p(Math.exp(-Math.abs(logRatio)));
        return ABSOLUTE * Math.exp(logOnePlus - f.alpha() * logRatio);
    }

    /** Below order 1, where the masses are so different that the shapes do not matter: any value that they can have. */
    private Cell bounded(double logRatio, IntegrationException otherwise) {
        double most = 1 / (1 - f.alpha());
        if (f.alpha() < 1 && most <= absolute(logRatio)) {
            return Cell.of(massP, massQ, 0.5 * most, 0.5 * most, evaluations);
        }
        throw otherwise;
    }

    /** Where the logs of the masses are so large that normalised densities have no digits. */
    private Cell unresolved(List<Span> spans) {
        if (f.alpha() >= 1) {
            for (Span span : spans) {
                if (!span.isPlain()
                        && (diverges(span, false) || (Double.isInfinite(span.to()) && diverges(span, true)))) {
                    return Cell.of(massP, massQ, Double.POSITIVE_INFINITY, 0, evaluations);
                }
            }
        }
        return bounded(logQ - logP, new IntegrationException(Double.NaN, Double.POSITIVE_INFINITY, evaluations));
    }

    /** Below order 1 the value lies in [0, 1/(1 - alpha)] (docs/theory.md T6.1), and so does the error. */
    private Cell result(PriorityQueue<Panel> open, double error) {
        double most = f.alpha() < 1 ? 1 / (1 - f.alpha()) : Double.POSITIVE_INFINITY;
        double value = Math.min(sum(open), most);
        return Cell.of(massP, massQ, value, Math.min(error, Math.max(value, most - value)), evaluations);
    }

    private double sum(PriorityQueue<Panel> open) {
        double[] values = open.stream().mapToDouble(Panel::value).sorted().toArray();
        double sum = fixed;
        double lost = 0;
        for (double value : values) {
            double next = sum + value;
            lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
        }
        return sum + lost;
    }
}
