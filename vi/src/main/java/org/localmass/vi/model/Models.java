package org.localmass.vi.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.localmass.core.measure.Distribution;
import org.localmass.core.spec.DistributionText;

/** The models by their text: built-in ones, distributions, classes on the class path. */
public final class Models {
    private static final String CLASS = "class:";
    private static final String PRIOR_ARGUMENTS =
            "prior=normal, scale=2.5, nu=4, spike=0.05, weight=0.5, intercept_scale=10, standardise=no";

    private static final Map<String, Entry> BY_NAME = new LinkedHashMap<>();
    /** Other names. */
    private static final Map<String, String> ALIASES = Map.of("narrow10", "narrow", "mvt", "student");

    static {
        add(
                "spike(d=2, eps=0.05, tau=0.1)",
                "normal at (1.5, ..) and, of weight eps, one of sd tau at 0",
                a -> {
                    int d = a.integer("d", 2, 1);
                    return ScaledMixture.ofTwo(d, a.fraction("eps", 0.05), 1.5, 1, 0, a.positive("tau", 0.1));
                },
                ScaledMixture::toModel);
        add(
                "far3(d=2)",
                "standard normal and, of weight 0.03, one at distance 10",
                a -> {
                    int d = a.integer("d", 2, 1);
                    return ScaledMixture.ofTwo(d, 0.03, 0, 1, 10 / Math.sqrt(d), 1);
                },
                ScaledMixture::toModel);
        add(
                "narrow(d=10)",
                "standard normal and, of weight 0.1, one of sd 0.5 at distance 6",
                a -> {
                    int d = a.integer("d", 10, 1);
                    return ScaledMixture.ofTwo(d, 0.1, 0, 1, 6 / Math.sqrt(d), 0.5);
                },
                ScaledMixture::toModel);
        add(
                "funnel(d=10, sd=3)",
                "Neal's funnel: v is normal(0, sd), each of d - 1 x is normal(0, exp(v/2))",
                a -> new Funnel(a.integer("d", 10, 2), a.positive("sd", 3)),
                Funnel::toModel);
        add(
                "banana(pairs=1, sd=2, bend=0.5, width=1, others=0)",
                "pairs of a normal(0, sd) and a normal(bend (a^2 - sd^2), width); others are standard normal",
                a -> new Bananas(
                        a.integer("pairs", 1, 1),
                        a.positive("sd", 2),
                        a.number("bend", 0.5),
                        a.positive("width", 1),
                        a.integer("others", 0, 0)),
                Bananas::toModel);
        add(
                "banmix(pairs=5, weight=0.03, distance=12, bend=0.3)",
                "bananas and, of the weight, a standard normal at the distance",
                a -> {
                    Bananas bananas = new Bananas(a.integer("pairs", 5, 1), 2, a.number("bend", 0.3), 1, 0);
                    double weight = a.fraction("weight", 0.03);
                    double distance = a.number("distance", 12);
                    return (Function<String, StandardModel>) name -> bananas.withNormal(name, weight, distance);
                },
                (make, name) -> make.apply(name));
        add(
                "student(d=5, nu=3, rho=0.5)",
                "multivariate t with equal correlations",
                a -> {
                    int d = a.integer("d", 5, 1);
                    double rho = a.number("rho", 0.5);
                    if (!(rho < 1 && 1 + (d - 1) * rho > 0)) {
                        throw new IllegalArgumentException(
                                "rho of student must leave a correlation matrix, was " + rho);
                    }
                    return new EquicorrelatedT(d, a.positive("nu", 3), rho);
                },
                EquicorrelatedT::toModel);
        add("mix20", "20 normals of sd 0.2 in a square of side 10", a -> mix20(), ScaledMixture::toModel);
        add(
                "ring(radius=5, width=0.25)",
                "a ridge around a circle in the plane",
                a -> new Ring(a.positive("radius", 5), a.positive("width", 0.25)),
                Ring::toModel);
        add(
                "boundary(d=5)",
                "a half-normal x1 beside standard normals",
                a -> new HalfNormalBoundary(a.integer("d", 5, 1)),
                HalfNormalBoundary::toModel);
        add("eight_schools", "eight schools, centred", a -> new EightSchools(true), EightSchools::toModel);
        add(
                "eight_schools_noncentered",
                "eight schools in theta_trans = (theta - mu)/tau",
                a -> new EightSchools(false),
                EightSchools::toModel);
        add(
                "horseshoe_logit",
                "logistic regression, 60 rows, 6 columns, horseshoe prior",
                a -> horseshoeLogit(),
                Regression::toModel);
        addRegression("logistic", "logistic regression of a 0/1 response", Regression.Likelihood.LOGISTIC, "");
        addRegression("linear", "linear regression", Regression.Likelihood.LINEAR, ", sigma_scale=10");
        addRegression("poisson", "regression of counts, log link", Regression.Likelihood.POISSON, "");
        addRegression(
                "robust",
                "linear regression, errors of Student's t",
                Regression.Likelihood.ROBUST,
                ", sigma_scale=10, df=4");
    }

    private Models() {}

    /** A built-in model. */
    private record Entry(
            String usage,
            String description,
            List<String> arguments,
            boolean needsTable,
            BiFunction<ModelText, Optional<RegressionTable>, StandardModel> build) {}

    private static <T> void add(
            String usage, String description, Function<ModelText, T> read, BiFunction<T, String, StandardModel> build) {
        String inside = usage.contains("(") ? usage.substring(usage.indexOf('(') + 1, usage.length() - 1) : "";
        List<String> arguments = inside.isEmpty()
                ? List.of()
                : Arrays.stream(inside.split(", ", -1))
                        .map(argument -> argument.substring(0, argument.indexOf('=')))
                        .toList();
        BY_NAME.put(ModelText.nameOf(usage), new Entry(usage, description, arguments, false, (text, table) -> {
            return build.apply(read.apply(text), text.toString());
        }));
    }

    private static List<String> arguments(String usage) {
        int open = usage.indexOf('(');
        return open < 0
                ? List.of()
                : Arrays.stream(usage.substring(open + 1, usage.length() - 1).split(", ", -1))
                        .map(argument -> argument.substring(0, argument.indexOf('=')))
                        .toList();
    }

    private static void addRegression(String name, String description, Regression.Likelihood likelihood, String more) {
        String usage = name + "(" + PRIOR_ARGUMENTS + more + ")";
        BY_NAME.put(
                name,
                new Entry(
                        usage,
                        description + ", from a table",
                        arguments(usage),
                        true,
                        (text, table) -> regression(text, likelihood, table.orElseThrow())));
    }

    private static StandardModel regression(ModelText a, Regression.Likelihood likelihood, RegressionTable table) {
        CoefficientPrior.Kind kind = CoefficientPrior.Kind.of(a.word("prior", "normal"));
        CoefficientPrior prior = new CoefficientPrior(
                kind,
                a.positive("scale", kind == CoefficientPrior.Kind.HORSESHOE ? 0.5 : 2.5),
                a.positive("nu", 4),
                a.positive("spike", 0.05),
                a.fraction("weight", 0.5));
        RegressionTable used = a.flag("standardise") ? table.standardised() : table;
        return new Regression(
                        likelihood,
                        used,
                        prior,
                        a.positive("intercept_scale", 10),
                        a.positive("sigma_scale", 10),
                        a.positive("df", 4),
                        "alpha")
                .toModel(a.toString());
    }

    /**
     * A model from its text: a built-in name with arguments, {@code spike(d=10, eps=0.05, tau=0.1)}; a distribution in
     * its own text form, {@code mixture(0.8*mvnormal([0, 0], 1) + 0.2*mvnormal([6, 0], 0.25))}; or {@code class:} and
     * the name of a class (see {@link #ofClass}).
     *
     * @throws IllegalArgumentException if the text is none of these, or the model needs a table
     */
    public static Model of(String text) {
        return of(text, Optional.empty());
    }

    /**
     * A model from its text and data. The name {@code logistic} is the regression with a table and the distribution
     * without.
     *
     * @param table the data of a regression
     * @throws IllegalArgumentException if the text is not that of a model, or the table is missing or not used
     */
    public static Model of(String text, Optional<RegressionTable> table) {
        String trimmed = text.trim();
        if (trimmed.startsWith(CLASS)) {
            refuse(table, trimmed);
            return ofClass(trimmed.substring(CLASS.length()));
        }
        String name = ModelText.nameOf(trimmed);
        Entry entry = BY_NAME.get(ALIASES.getOrDefault(name, name));
        boolean isLaw = name.equals("logistic") && table.isEmpty() && trimmed.contains("(");
        if (entry == null || isLaw) {
            refuse(table, name);
            return ofDistributionText(trimmed, name);
        }
        if (entry.needsTable && table.isEmpty()) {
            throw new IllegalArgumentException("model " + name + " needs a table of data");
        }
        if (!entry.needsTable) {
            refuse(table, name);
        }
        return entry.build.apply(ModelText.parse(trimmed, entry.arguments), table);
    }

    private static void refuse(Optional<RegressionTable> table, String name) {
        if (table.isPresent()) {
            throw new IllegalArgumentException("model " + name + " takes no table of data");
        }
    }

    private static Model ofDistributionText(String text, String name) {
        try {
            return of(DistributionText.parse(text));
        } catch (IllegalArgumentException e) {
            if (text.contains("(") || text.isEmpty()) {
                throw e;
            }
            throw new IllegalArgumentException(
                    "model must be one of " + String.join(", ", BY_NAME.keySet())
                            + ", a distribution or class:NAME, was " + name,
                    e);
        }
    }

    /**
     * A distribution as a model. Coordinates that live on a part of the line are brought to all of it.
     *
     * @throws IllegalArgumentException if it has atoms, singular parts, a pole inside of its support, or no density
     *     whose gradient is known
     */
    public static Model of(Distribution distribution) {
        return DistributionModel.of(distribution);
    }

    /**
     * A model of one's own: a public class with a public constructor without arguments that is a
     * {@code LogDensity.Differentiable} on R^d, or a {@link Model}. Of a density each evaluator is a new object.
     *
     * @throws IllegalArgumentException if there is no such class, or it is of another kind, or cannot be made
     */
    public static Model ofClass(String className) {
        return ClassModel.of(className);
    }

    /** Names of the built-in models. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** One line for each built-in model: usage with the values used otherwise, and meaning. */
    public static List<String> help() {
        List<String> lines = new ArrayList<>();
        BY_NAME.values().forEach(entry -> lines.add(entry.usage + ": " + entry.description));
        return List.copyOf(lines);
    }

    private static List<double[]> resource(String file) {
        try (InputStream in = Objects.requireNonNull(Models.class.getResourceAsStream(file), file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> Arrays.stream(line.split(",", -1))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ScaledMixture mix20() {
        double[][] means = resource("mix20.csv").toArray(new double[0][]);
        double[] weights = new double[means.length];
        double[] scales = new double[means.length];
        Arrays.fill(weights, 1.0 / means.length);
        Arrays.fill(scales, 0.2);
        return new ScaledMixture(weights, means, scales);
    }

    private static Regression horseshoeLogit() {
        List<double[]> rows = resource("horseshoe-logit.csv");
        double[] y = rows.stream().mapToDouble(row -> row[row.length - 1]).toArray();
        double[][] x =
                rows.stream().map(row -> Arrays.copyOf(row, row.length - 1)).toArray(double[][]::new);
        CoefficientPrior prior = new CoefficientPrior(CoefficientPrior.Kind.HORSESHOE, 0.5, 4, 0.05, 0.5);
        List<String> columns = List.of("x1", "x2", "x3", "x4", "x5", "x6");
        return new Regression(
                Regression.Likelihood.LOGISTIC, RegressionTable.of("y", columns, y, x), prior, 2, 1, 4, "b0");
    }
}
