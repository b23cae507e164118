package org.localmass.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.localmass.check.ExaminedDensity;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.region.Predicate;
import org.localmass.core.region.Region;
import org.localmass.estimate.explore.DensityEvidence;
import org.localmass.estimate.explore.PlantedModes;
import org.localmass.estimate.explore.Referee;
import org.localmass.estimate.explore.Search;
import org.localmass.vi.model.Model;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The density that a check may be given in place of reference draws, or beside them. */
final class DensityOptions {
    /** Replicates of the planted modes, as far as the budget allows them. */
    private static final int REPLICATES = 2;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "The target's density, to be searched where there is no --reference, or beside it: a built-in"
                    + " name, a distribution or class:NAME; docs/models.md has them all.")
    @Nullable
    private String text;

    @Option(
            names = "--budget",
            paramLabel = "N",
            defaultValue = "5000000",
            description = "With --model: about the most evaluations of the density (default: ${DEFAULT-VALUE}).")
    private long budget = 5_000_000;

    @Option(
            names = "--sensitivity",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "With --model: plant modes into the density and search again, to measure what the search would"
                            + " have found (default: yes, within the budget).")
    private boolean planting = true;

    @Mixin
    private ModelOptions options = new ModelOptions();

    /** Whether there is a model. */
    boolean given() {
        return text != null;
    }

    /** The model; empty where none was named. */
    Optional<Model> model(long seed) throws BadInput {
        if (text == null) {
            return Optional.empty();
        }
        if (budget < 1) {
            throw new BadInput("--budget must be at least 1, was " + budget);
        }
        return Optional.of(options.model(text, seed));
    }

    /**
     * Searches the model's density about the draws.
     *
     * @param compared the parameters that are compared, in their order
     * @param progress told how much is done, 0 to 1
     */
    ExaminedDensity examine(ModelDraws draws, List<String> compared, CommonOptions common, DoubleConsumer progress)
            throws BadInput {
        Model model = draws.model();
        Referee referee = Referee.withDefaults()
                .withSeed(common.seed)
                .withThreads(common.threadCount())
                .withBudget(budget)
                .withLevel(common.level)
                .withAnchors(options.anchors(model))
                .withCancellation(() -> Thread.currentThread().isInterrupted())
                .withProgress(done -> progress.accept(0.7 * done));
        DensityEvidence evidence = referee.examine(model::unguarded, draws.unconstrained());
        progress.accept(0.7);
        long cost = Math.max(
                1,
                evidence.search().explorers().stream()
                        .mapToLong(Search.Explorer::evaluations)
                        .sum());
        int replicates = (int) Math.min(REPLICATES, (budget - evidence.counts().evaluations()) / cost);
        boolean found = evidence.draws().isPresent() && evidence.logZ().isPresent();
        Optional<PlantedModes.Result> planted = !planting || replicates < 1 || !found
                ? Optional.empty()
                : Optional.of(PlantedModes.withDefaults()
                        .withSeed(common.seed)
                        .withThreads(common.threadCount())
                        .withReplicates(replicates)
                        .measure(model::unguarded, draws.unconstrained(), evidence));
        progress.accept(1);
        return new ExaminedDensity(
                model.name(),
                evidence,
                evidence.draws().map(d -> parameters(model, d)),
                toUnconstrained(model, compared),
                planted,
                planted.isPresent()
                        ? ""
                        : !planting
                                ? "it was switched off (--no-sensitivity)"
                                : !found ? "no mass was found" : "the budget left no evaluations for it");
    }

    private static Draws parameters(Model model, Draws unconstrained) {
        int size = model.parameterNames().size();
        double[] point = new double[unconstrained.dimension()];
        double[] values = new double[size];
        List<Chain> chains = new ArrayList<>();
        for (Chain chain : unconstrained.chains()) {
            double[][] columns = new double[size][chain.size()];
            double[] weights = new double[chain.size()];
            for (int i = 0; i < chain.size(); i++) {
                chain.read(i, point);
                model.constrain(point, values);
                for (int j = 0; j < size; j++) {
                    columns[j][i] = values[j];
                }
                weights[i] = chain.logWeight(i);
            }
            chains.add(Chain.adopt(columns, weights, Map.of()));
        }
        return Draws.of(model.parameterNames(), chains, unconstrained.sampling());
    }

    /** Regions of the parameters that are compared as regions of unconstrained space. */
    private static Function<Region, Optional<Region>> toUnconstrained(Model model, List<String> compared) {
        Map<String, Integer> places = new HashMap<>();
        for (String name : model.parameterNames()) {
            places.put(name, places.size());
        }
        int[] from = compared.stream()
                .mapToInt(name -> places.getOrDefault(name, -1))
                .toArray();
        int size = places.size();
        int d = model.dimension();
        int[] all = IntStream.range(0, d).toArray();
        return region -> Arrays.stream(region.coordinates()).anyMatch(c -> from[c] < 0)
                ? Optional.empty()
                : Optional.of(Predicate.of(d, all, region.description(), u -> {
                    double[] constrained = new double[size];
                    model.constrain(u, constrained);
                    double[] point = new double[from.length];
                    for (int j = 0; j < from.length; j++) {
                        point[j] = from[j] < 0 ? Double.NaN : constrained[from[j]];
                    }
                    return region.contains(point);
                }));
    }
}
