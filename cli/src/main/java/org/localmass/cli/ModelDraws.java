package org.localmass.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.internal.TwoDigits;
import org.localmass.core.measure.LogDensity;
import org.localmass.estimate.ImportanceWeights;
import org.localmass.report.InputFile;
import org.localmass.vi.model.Model;

/**
 * Draws of an approximation as a model sees them.
 *
 * @param model         the target
 * @param parameters    the model's parameters in its order; functions of others are computed where the file lacks them
 * @param unconstrained the same draws in unconstrained coordinates
 */
record ModelDraws(Model model, Draws parameters, Draws unconstrained) {
    private static final String TARGET = "log_target";
    private static final String APPROXIMATION = "log_approx";
    /** Differences of log densities, in nats, that are rounding. */
    private static final double ROUNDING = 1e-3;

    /**
     * Maps the draws.
     *
     * @throws BadInput if a parameter is missing, or a draw lies outside the model's support: file, draw, parameter, value
     */
    static ModelDraws of(Model model, Inputs inputs) throws BadInput {
        Draws draws = inputs.draws();
        List<String> names = model.parameterNames();
        int[] columns = new int[names.size()];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = draws.names().indexOf(names.get(j));
        }
        missing(model, draws, columns);
        int d = model.dimension();
        List<Chain> parameters = new ArrayList<>();
        List<Chain> unconstrained = new ArrayList<>();
        int row = 0;
        for (Chain chain : draws.chains()) {
            int n = chain.size();
            double[][] constrained = new double[names.size()][n];
            double[][] points = new double[d][n];
            double[] values = new double[names.size()];
            double @Nullable [] weights = chain.weighted() ? new double[n] : null;
            for (int i = 0; i < n; i++, row++) {
                for (int j = 0; j < columns.length; j++) {
                    values[j] = columns[j] < 0 ? 0 : chain.value(i, columns[j]);
                }
                double[] point = unconstrain(model, values, inputs, row);
                double[] computed = new double[names.size()];
                model.constrain(point, computed);
                for (int j = 0; j < columns.length; j++) {
                    constrained[j][i] = columns[j] < 0 ? computed[j] : values[j];
                }
                for (int j = 0; j < d; j++) {
                    points[j][i] = point[j];
                }
                if (weights != null) {
                    weights[i] = chain.logWeight(i);
                }
            }
            Map<String, double[]> statistics = new HashMap<>();
            for (String name : chain.statisticNames()) {
                chain.statistic(name).ifPresent(v -> statistics.put(name, v));
            }
            parameters.add(Chain.adopt(constrained, weights, statistics));
            unconstrained.add(Chain.adopt(points, weights, Map.of()));
        }
        return new ModelDraws(
                model,
                Draws.of(names, parameters, draws.sampling()),
                Draws.of(model.coordinateNames(), unconstrained, draws.sampling()));
    }

    private static double[] unconstrain(Model model, double[] values, Inputs inputs, int row) throws BadInput {
        String problem = "";
        try {
            double[] point = model.unconstrain(values);
            if (Arrays.stream(point).allMatch(Double::isFinite)) {
                return point;
            }
        } catch (IllegalArgumentException e) {
            problem = String.valueOf(e.getMessage());
        }
        String where = place(inputs, row);
        List<String> names = model.parameterNames();
        double[] inside = new double[names.size()];
        model.constrain(new double[model.dimension()], inside);
        for (int j = 0; j < inside.length; j++) {
            double[] tried = inside.clone();
            tried[j] = values[j];
            boolean fits;
            try {
                fits = Arrays.stream(model.unconstrain(tried)).allMatch(Double::isFinite);
            } catch (IllegalArgumentException e) {
                fits = false;
            }
            if (!fits) {
                throw new BadInput(where + ": " + names.get(j) + " = " + values[j] + " lies outside the support of "
                        + model.name());
            }
        }
        throw new BadInput(where + " lies outside the support of " + model.name() + ": "
                + (problem.isEmpty() ? "not finite on unconstrained space" : problem));
    }

    /** File and draw of a row. */
    private static String place(Inputs inputs, int row) {
        int left = row;
        for (InputFile file : inputs.files()) {
            if (left < file.draws()) {
                return file.name() + ", draw " + (left + 1);
            }
            left -= file.draws();
        }
        return "draw " + (row + 1);
    }

    /** Parameters that are functions of others may be missing from the draws; the others may not. */
    private static void missing(Model model, Draws draws, int[] columns) throws BadInput {
        List<String> names = model.parameterNames();
        double[] inside = new double[names.size()];
        model.constrain(new double[model.dimension()], inside);
        double[] point = model.unconstrain(inside);
        List<String> absent = new ArrayList<>();
        for (int j = 0; j < columns.length; j++) {
            if (columns[j] >= 0) {
                continue;
            }
            double[] moved = inside.clone();
            moved[j] += 0.5;
            boolean read;
            try {
                read = !Arrays.equals(model.unconstrain(moved), point);
            } catch (IllegalArgumentException e) {
                read = true;
            }
            if (read) {
                absent.add(names.get(j));
            }
        }
        if (!absent.isEmpty()) {
            throw new BadInput("--approx: the draws lack "
                    + (absent.size() == 1 ? "parameter " : absent.size() + " parameters ")
                    + some(absent) + " of " + model.name() + "; they have " + some(draws.names()));
        }
    }

    private static String some(List<String> names) {
        int shown = Math.min(5, names.size());
        return String.join(", ", names.subList(0, shown)) + (names.size() > shown ? ", ..." : "");
    }

    /** Log p of each draw by the model: NaN where it throws. */
    private double[] logTarget() {
        LogDensity.Differentiable density = model.unguarded();
        double[] values = new double[unconstrained.size()];
        double[] point = new double[unconstrained.dimension()];
        int row = 0;
        for (Chain chain : unconstrained.chains()) {
            for (int i = 0; i < chain.size(); i++) {
                chain.read(i, point);
                try {
                    values[row] = density.value(point);
                } catch (RuntimeException e) {
                    values[row] = Double.NaN;
                }
                row++;
            }
        }
        return values;
    }

    /**
     * The importance weights: log p by the model, log q from the file; the file's own weights where its log q lacks a
     * constant or has another name.
     *
     * @param draws of the file, all its columns
     */
    Optional<ImportanceWeights> weights(Draws draws, LogColumns columns) {
        String name = columns.approximation() == null ? APPROXIMATION : columns.approximation();
        List<Chain> chains = new ArrayList<>();
        double[] target = logTarget();
        int row = 0;
        OptionalInt column = columns.approximation() == null ? OptionalInt.empty() : draws.index(name);
        for (Chain chain : draws.chains()) {
            Optional<double[]> log = chain.statistic(name);
            if (log.isEmpty() && column.isPresent()) {
                log = Optional.of(chain.column(column.getAsInt()));
            }
            if (log.isEmpty() && columns.approximation() != null) {
                throw new IllegalArgumentException(
                        "log approx must be a column of the approximation, '" + name + "' is none");
            }
            if (log.isEmpty() || Arrays.stream(target).allMatch(Double::isNaN)) {
                return columns.weights(draws);
            }
            double[][] values = new double[draws.dimension()][];
            for (int j = 0; j < values.length; j++) {
                values[j] = chain.column(j);
            }
            chains.add(Chain.adopt(
                    values,
                    null,
                    Map.of(
                            "the model's log density",
                            Arrays.copyOfRange(target, row, row + chain.size()),
                            name,
                            log.get())));
            row += chain.size();
        }
        return Optional.of(ImportanceWeights.of(
                Draws.of(draws.names(), chains, Sampling.UNKNOWN), "the model's log density", name));
    }

    /** A doubt where draws lie on the border of the support, as far out as doubles go; empty without one. */
    Optional<String> border() {
        double end = Math.log(Double.MIN_VALUE);
        long count = 0;
        String where = "";
        for (Chain chain : unconstrained.chains()) {
            for (int i = 0; i < chain.size(); i++) {
                for (int j = 0; j < chain.dimension(); j++) {
                    if (Math.abs(chain.value(i, j)) >= -end) {
                        count++;
                        where = unconstrained.names().get(j);
                    }
                }
            }
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        count + (count == 1 ? " draw" : " draws") + " of the approximation lie on the border of the"
                                + " support (" + where + "): the search starts from a spread that they blow up.");
    }

    /** A doubt where the file's log p is not the model's up to a constant; empty without a doubt. */
    Optional<String> doubt(Draws draws, LogColumns columns) {
        String name = columns.target() == null ? TARGET : columns.target();
        double[] own = logTarget();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int row = 0;
        OptionalInt column = columns.target() == null ? OptionalInt.empty() : draws.index(name);
        for (Chain chain : draws.chains()) {
            Optional<double[]> log = chain.statistic(name);
            if (log.isEmpty() && column.isPresent()) {
                log = Optional.of(chain.column(column.getAsInt()));
            }
            if (log.isEmpty()) {
                return Optional.empty();
            }
            for (double value : log.get()) {
                double gap = value - own[row++];
                if (Double.isFinite(gap)) {
                    low = Math.min(low, gap);
                    high = Math.max(high, gap);
                }
            }
        }
        return high - low > ROUNDING * Math.max(1, Math.abs(high))
                ? Optional.of("The file's " + name + " is not the log density of the model up to a constant (their"
                        + " difference ranges over " + TwoDigits.number(high - low)
                        + " nats): another model, or log densities of constrained parameters.")
                : Optional.empty();
    }
}
