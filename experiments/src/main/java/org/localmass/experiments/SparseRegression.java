package org.localmass.experiments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ListSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.measure.Distributions;
import org.localmass.core.measure.Univariate;
import org.localmass.report.PaperFigure;

/**
 * The authors' earlier study of updating in sparse linear regression: coordinates without an effect keep the local order
 * of their prior at 0, with a larger constant; those with an effect lose their mass there at every radius shown.
 */
final class SparseRegression implements Experiment {
    static final int ROWS = 100;
    static final int COLUMNS = 20;
    static final int ACTIVE = 4;
    private static final double NOISE = 0.5;
    private static final double SCALE = 0.5;
    private static final double SMOOTHING = 1e-5;
    private static final double NU = 3;
    static final int SEEDS = 5;
    /** Slopes are read on this many of the smallest radii. */
    private static final int WINDOW = 8;

    /** The prior of each coefficient. */
    enum Prior {
        GAUSSIAN("gaussian") {
            @Override
            Univariate law() {
                return Distributions.normal(0, SCALE);
            }

            @Override
            double value(double x) {
                return 0.5 * x * x / (SCALE * SCALE);
            }

            @Override
            double slope(double x) {
                return x / (SCALE * SCALE);
            }

            @Override
            double curvature(double x) {
                return 1 / (SCALE * SCALE);
            }
        },
        LAPLACE("laplace") {
            @Override
            Univariate law() {
                return Distributions.doubleExponential(0, SCALE);
            }

            @Override
            double value(double x) {
                return Math.hypot(x, SMOOTHING) / SCALE;
            }

            @Override
            double slope(double x) {
                return x / (Math.hypot(x, SMOOTHING) * SCALE);
            }

            @Override
            double curvature(double x) {
                double h = Math.hypot(x, SMOOTHING);
                return SMOOTHING * SMOOTHING / (h * h * h * SCALE);
            }
        },
        STUDENT_T("student_t") {
            @Override
            Univariate law() {
                return Distributions.studentT(NU, 0, SCALE);
            }

            @Override
            double value(double x) {
                return 0.5 * (NU + 1) * Math.log1p(x * x / (NU * SCALE * SCALE));
            }

            @Override
            double slope(double x) {
                return (NU + 1) * x / (NU * SCALE * SCALE + x * x);
            }

            @Override
            double curvature(double x) {
                double s = NU * SCALE * SCALE + x * x;
                return (NU + 1) * (NU * SCALE * SCALE - x * x) / (s * s);
            }
        };

        private final String label;

        Prior(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        abstract Univariate law();

        /** Minus the log density up to its constant; of the Laplace prior with |x| made smooth. */
        abstract double value(double x);

        abstract double slope(double x);

        abstract double curvature(double x);
    }

    /** The data of one seed. */
    record Data(double[][] x, double[] y, double[] beta) {
        static Data of(long seed) {
            UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(20260527 + seed);
            ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
            double[][] x = new double[ROWS][COLUMNS];
            for (double[] row : x) {
                for (int j = 0; j < COLUMNS; j++) {
                    row[j] = gaussian.sample();
                }
            }
            List<Integer> order = new ArrayList<>();
            for (int j = 0; j < COLUMNS; j++) {
                order.add(j);
            }
            ListSampler.shuffle(random, order);
            double[] beta = new double[COLUMNS];
            for (int j : order.subList(0, ACTIVE)) {
                beta[j] = (random.nextBoolean() ? 1 : -1) * (1 + random.nextDouble());
            }
            double[] y = new double[ROWS];
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < COLUMNS; j++) {
                    y[i] += x[i][j] * beta[j];
                }
                y[i] += NOISE * gaussian.sample();
            }
            return new Data(x, y, beta);
        }
    }

    /** Minus the log posterior. */
    private record Posterior(Data data, Prior prior) implements TrustRegion.Objective {
        @Override
        public int dimension() {
            return COLUMNS;
        }

        private double residual(double[] theta, int i) {
            double r = -data.y[i];
            for (int j = 0; j < COLUMNS; j++) {
                r += data.x[i][j] * theta[j];
            }
            return r;
        }

        @Override
        public double value(double[] theta) {
            double sum = 0;
            for (int i = 0; i < ROWS; i++) {
                double r = residual(theta, i);
                sum += 0.5 * r * r / (NOISE * NOISE);
            }
            for (double t : theta) {
                sum += prior.value(t);
            }
            return sum;
        }

        @Override
        public void derivatives(double[] theta, double[] gradient, DMatrixRMaj hessian) {
            hessian.zero();
            for (int j = 0; j < COLUMNS; j++) {
                gradient[j] = prior.slope(theta[j]);
                hessian.set(j, j, prior.curvature(theta[j]));
            }
            for (int i = 0; i < ROWS; i++) {
                double r = residual(theta, i) / (NOISE * NOISE);
                for (int j = 0; j < COLUMNS; j++) {
                    gradient[j] += r * data.x[i][j];
                    for (int k = 0; k < COLUMNS; k++) {
                        hessian.add(j, k, data.x[i][j] * data.x[i][k] / (NOISE * NOISE));
                    }
                }
            }
        }
    }

    /**
     * One coordinate of one fit.
     *
     * @param prior     slope of the log prior mass at 0 on the smallest radii
     * @param posterior slope of the log mass under the Laplace approximation
     * @param logRatio  log of posterior over prior mass, mean over these radii
     */
    record Coordinate(
            Prior law,
            int seed,
            int index,
            boolean active,
            double mode,
            double sd,
            double prior,
            double posterior,
            double logRatio) {}

    /** One fit: its Hessian's condition number and its coordinates. */
    record Fit(Prior law, int seed, double gradient, double smallest, double largest, List<Coordinate> coordinates) {}

    static double[] radii() {
        return MassCurve.radii(1e-6, Math.pow(10, -0.5), 40);
    }

    static Fit fit(Prior prior, int seed) {
        Data data = Data.of(seed);
        // a ridge start: the smooth prior leads into the basin of the mode
        double[] start = TrustRegion.minimise(new Posterior(data, Prior.GAUSSIAN), new double[COLUMNS])
                .theta();
        TrustRegion.Minimum minimum = TrustRegion.minimise(new Posterior(data, prior), start);
        double[][] covariance = LogisticRegression.inverse(minimum.hessian());
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(COLUMNS, false, true);
        if (!eigen.decompose(minimum.hessian().copy())) {
            throw new IllegalStateException("no eigenvalues");
        }
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int j = 0; j < COLUMNS; j++) {
            smallest = Math.min(smallest, eigen.getEigenvalue(j).getReal());
            largest = Math.max(largest, eigen.getEigenvalue(j).getReal());
        }
        double[] radii = radii();
        List<Coordinate> coordinates = new ArrayList<>();
        for (int j = 0; j < COLUMNS; j++) {
            double mode = minimum.theta()[j];
            double sd = Math.sqrt(covariance[j][j]);
            Univariate before = prior.law();
            Univariate after = Distributions.normal(mode, sd);
            double ratio = 0;
            for (int k = 0; k < WINDOW; k++) {
                ratio += (after.logBallMass(0, radii[k]) - before.logBallMass(0, radii[k])) / WINDOW;
            }
            double[] window = Arrays.copyOf(radii, WINDOW);
            coordinates.add(new Coordinate(
                    prior,
                    seed,
                    j,
                    data.beta[j] != 0,
                    mode,
                    sd,
                    DirectionalGrid.fittedSlope(before, window),
                    DirectionalGrid.fittedSlope(after, window),
                    ratio));
        }
        return new Fit(prior, seed, minimum.gradient(), smallest, largest, coordinates);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return n % 2 == 1 ? sorted.get(n / 2) : 0.5 * (sorted.get(n / 2 - 1) + sorted.get(n / 2));
    }

    @Override
    public String name() {
        return "sparse-regression";
    }

    @Override
    public String title() {
        return "Updating keeps the local order in sparse regression (earlier study)";
    }

    @Override
    public Result run(Request request) throws IOException {
        RawTable.Builder raw = new RawTable.Builder(
                "coordinates",
                "prior",
                "seed",
                "coordinate",
                "active",
                "mode",
                "posterior_sd",
                "prior_slope",
                "posterior_slope",
                "log_mass_ratio");
        RawTable.Builder hessians = new RawTable.Builder(
                "hessians",
                "prior",
                "seed",
                "largest_gradient",
                "smallest_eigenvalue",
                "largest_eigenvalue",
                "condition");
        RawTable.Builder summary = new RawTable.Builder(
                "summary",
                "prior",
                "coordinates",
                "median_prior_slope",
                "median_posterior_slope",
                "median_mass_ratio",
                "median_log_mass_ratio");
        List<Comparison> comparisons = new ArrayList<>();
        List<PaperFigure.Curve> quiet = new ArrayList<>();
        List<PaperFigure.Curve> loud = new ArrayList<>();
        double[] radii = radii();
        Map<Prior, Double> conditions = new LinkedHashMap<>();
        // published medians of the mass ratio of inactive coordinates, commit 7b4e84a
        Map<Prior, Double> published = Map.of(
                Prior.GAUSSIAN,
                7.364459295157646,
                Prior.LAPLACE,
                6.170680463372749,
                Prior.STUDENT_T,
                7.910640700090301);
        for (Prior prior : Prior.values()) {
            List<Coordinate> all = new ArrayList<>();
            List<Double> condition = new ArrayList<>();
            for (int seed = 0; seed < SEEDS; seed++) {
                Fit fit = fit(prior, seed);
                all.addAll(fit.coordinates);
                condition.add(fit.largest / fit.smallest);
                hessians.row(prior.label, seed, fit.gradient, fit.smallest, fit.largest, fit.largest / fit.smallest);
            }
            conditions.put(prior, median(condition));
            for (Coordinate c : all) {
                raw.row(prior.label, c.seed, c.index, c.active, c.mode, c.sd, c.prior, c.posterior, c.logRatio);
            }
            for (boolean active : new boolean[] {false, true}) {
                List<Coordinate> group =
                        all.stream().filter(c -> c.active == active).toList();
                double before = median(group.stream().map(Coordinate::prior).toList());
                double after = median(group.stream().map(Coordinate::posterior).toList());
                double logRatio =
                        median(group.stream().map(Coordinate::logRatio).toList());
                summary.row(prior.label, active ? "active" : "inactive", before, after, Math.exp(logRatio), logRatio);
                if (!active) {
                    comparisons.add(Comparison.within(
                            "median slope of the inactive coordinates, posterior, " + prior.label,
                            "1.000",
                            Numbers.shortly(after),
                            Math.abs(after - 1),
                            1e-3,
                            "unexplained"));
                    double theirs = published.getOrDefault(prior, Double.NaN);
                    boolean near = Math.exp(logRatio) > 0.6 * theirs && Math.exp(logRatio) < 1.6 * theirs;
                    comparisons.add(new Comparison(
                            "median mass ratio of the inactive coordinates, " + prior.label,
                            Numbers.shortly(theirs),
                            Numbers.shortly(Math.exp(logRatio)),
                            near ? Agreement.MATCH : Agreement.DIFFERS,
                            "same settings, other random data: equal within a factor 1.6"));
                } else {
                    comparisons.add(
                            new Comparison(
                                    "median mass ratio of the active coordinates, " + prior.label,
                                    "0.0",
                                    "exp(" + Numbers.shortly(logRatio) + ")",
                                    logRatio < -50 ? Agreement.MATCH : Agreement.DIFFERS,
                                    "the published median has no log; their mean log ratio is about -320, and depends on the effects drawn"));
                }
                List<PaperFigure.Curve> curves = active ? loud : quiet;
                curves.add(new PaperFigure.Curve(prior.label, radii, medianRatios(group, radii), false));
            }
        }
        if (request.published().isPresent()) {
            conditions(request.published().get(), conditions, comparisons);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "data", "100 rows, 20 standard normal columns, 4 effects of size 1 to 2 with random signs, noise 0.5");
        settings.put(
                "priors", "normal, Laplace (|x| smoothed by 1e-5), Student-t with 3 degrees of freedom; scale 0.5");
        settings.put("posterior", "Laplace approximation at the mode");
        settings.put(
                "balls", "one coordinate, at 0; 40 geometric radii from 1e-6 to 10^-0.5, slopes on the smallest 8");
        settings.put("seeds", "0 to 4");
        return new Result(
                name(),
                title(),
                "Does updating change the local order at 0? Not where the likelihood is positive: the slope is 1 before and after (T4.1). The constant grows for "
                        + "coordinates without an effect, by the ratio of the densities at 0; for those with an effect it is exp(-hundreds).",
                settings,
                List.of(raw.table(), summary.table(), hessians.table()),
                List.of(new Figure(
                        "sparse-regression",
                        "Median over coordinates of the mass of posterior over prior at 0. Left: coordinates without an effect. Right: with one, as a power of ten.",
                        List.of(
                                new PaperFigure.Panel(
                                        "Without an effect", "radius", "posterior/prior", true, false, quiet),
                                new PaperFigure.Panel(
                                        "With an effect", "radius", "log10 post./prior", true, false, tens(loud))))),
                comparisons,
                List.of(
                        "The published data cannot be made again (their random numbers are those of another library); ours follow the same settings. The size of the effects is not in the published settings: 1 to 2 here, which gives modes of the published mean size 1.4.",
                        "The smoothed Laplace prior has curvature 1/(0.5 * 1e-5) at 0: where a mode sits at 0 it dominates the Hessian, which explains the large condition numbers of both."));
    }

    /** Medians over the coordinates of the log ratio at each radius, exponentiated where that is possible. */
    private static double[] medianRatios(List<Coordinate> group, double[] radii) {
        double[] result = new double[radii.length];
        for (int k = 0; k < radii.length; k++) {
            List<Double> logs = new ArrayList<>();
            for (Coordinate c : group) {
                logs.add(Distributions.normal(c.mode, c.sd).logBallMass(0, radii[k])
                        - c.law.law().logBallMass(0, radii[k]));
            }
            result[k] = group.get(0).active ? median(logs) : Math.exp(median(logs));
        }
        return result;
    }

    private static List<PaperFigure.Curve> tens(List<PaperFigure.Curve> logs) {
        List<PaperFigure.Curve> curves = new ArrayList<>();
        for (PaperFigure.Curve c : logs) {
            double[] y = c.y().clone();
            for (int k = 0; k < y.length; k++) {
                y[k] /= Math.log(10);
            }
            curves.add(new PaperFigure.Curve(c.name(), c.x(), y, c.dashed()));
        }
        return curves;
    }

    private static void conditions(Path published, Map<Prior, Double> ours, List<Comparison> comparisons)
            throws IOException {
        CsvResource table = CsvResource.of(
                published.resolve(
                        "git_7b4e84a/results/exp1_small_bayes_regression/20260527_111537/metrics/exp1_hessian_diagnostics.csv"));
        double[] condition = table.numbers("hessian_condition_number");
        int name = table.column("prior_name");
        for (Map.Entry<Prior, Double> e : ours.entrySet()) {
            List<Double> theirs = new ArrayList<>();
            for (int i = 0; i < condition.length; i++) {
                if (table.rows().get(i)[name].equals(e.getKey().label)) {
                    theirs.add(condition[i]);
                }
            }
            if (theirs.isEmpty()) {
                throw new IOException(table.source() + ": no row for the prior '" + e.getKey().label + "'");
            }
            double there = median(theirs);
            boolean smooth = e.getKey() != Prior.LAPLACE;
            boolean near = e.getValue() > there / 2 && e.getValue() < there * 2;
            comparisons.add(new Comparison(
                    "median condition number of the Hessian, " + e.getKey().label,
                    Numbers.shortly(there),
                    Numbers.shortly(e.getValue()),
                    smooth ? (near ? Agreement.MATCH : Agreement.DIFFERS) : Agreement.NOT_COMPARABLE,
                    smooth
                            ? "other data, same settings: equal within a factor 2"
                            : "set by how near a mode comes to 0, where the smoothed prior has curvature 2e5"));
        }
    }
}
