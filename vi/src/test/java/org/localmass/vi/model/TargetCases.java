package org.localmass.vi.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Complement;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;

/** Targets with the true masses of a battery of regions in unconstrained space; shared with module quality. */
public final class TargetCases {
    private TargetCases() {}

    /**
     * A target.
     *
     * @param id      name in the file
     * @param model   the model
     * @param logZ    log of its integral
     * @param mean    means of the reference draws
     * @param sd      standard deviations of the reference draws
     * @param regions tails, modes and centres
     */
    public record Target(String id, Model model, double logZ, double[] mean, double[] sd, List<RegionCase> regions) {
        /** A region by its label. */
        public RegionCase region(String label) {
            return regions.stream()
                    .filter(region -> region.label().equals(label))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * A region.
     *
     * @param label tail_x0-, mode1, centre0.01, ...; coordinates from 0
     * @param mass  its mass
     * @param error standard error of the mass; 0 where it is exact
     */
    public record RegionCase(String label, Region region, double mass, double error) {}

    /** All targets. */
    public static List<Target> all() {
        JsonNode targets = read("/org/localmass/vi/targets.json").get("targets");
        List<Target> all = new ArrayList<>();
        targets.fieldNames().forEachRemaining(id -> all.add(target(id, targets.get(id))));
        return all;
    }

    /** A target by its id. */
    public static Target of(String id) {
        JsonNode node = read("/org/localmass/vi/targets.json").get("targets").get(id);
        return target(id, Objects.requireNonNull(node, id));
    }

    /**
     * A target of exploration.
     *
     * @param mean       of a normal first approximation that lost the region
     * @param covariance of that approximation
     * @param region     in unconstrained space
     * @param mass       the region's true mass
     */
    public record Lost(String id, Model model, double[] mean, double[][] covariance, Region region, double mass) {}

    /** Targets of exploration; all but the horseshoe have exact masses. */
    public static List<Lost> lost() {
        List<Lost> all = new ArrayList<>();
        for (JsonNode node : read("explore.json").get("cases")) {
            double[] mean = numbers(node.get("mean"));
            double[] sd = numbers(node.get("sd"));
            double rho = node.get("rho").doubleValue();
            double[][] covariance = new double[mean.length][mean.length];
            for (int i = 0; i < mean.length; i++) {
                for (int j = 0; j < mean.length; j++) {
                    covariance[i][j] = sd[i] * sd[j] * (i == j ? 1 : rho);
                }
            }
            Model model = Models.of(node.get("model").asText());
            all.add(new Lost(
                    node.get("id").asText(),
                    model,
                    mean,
                    covariance,
                    lostRegion(node.get("region"), covariance),
                    Double.parseDouble(node.get("mass").asText())));
        }
        return all;
    }

    private static Region lostRegion(JsonNode node, double[][] covariance) {
        int d = covariance.length;
        List<String> names = IntStream.range(0, d).mapToObj(j -> "u" + j).toList();
        int[] all = IntStream.range(0, d).toArray();
        return switch (node.get("kind").asText()) {
            case "half" ->
                HalfSpace.of(
                        names, numbers(node.get("normal")), node.get("offset").doubleValue());
            case "beyond" ->
                new Complement(Ball.of(
                        names,
                        new int[] {node.get("coordinate").intValue()},
                        new double[1],
                        node.get("size").doubleValue(),
                        Norm.l2()));
            default -> {
                double[][] scale = new double[d][d];
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        scale[i][j] = covariance[i][j] / covariance[0][0];
                    }
                }
                yield new Complement(
                        Ball.of(names, all, new double[d], node.get("size").doubleValue(), Norm.mahalanobis(scale)));
            }
        };
    }

    /** A file of the resources. */
    public static JsonNode read(String resource) {
        try (InputStream in = Objects.requireNonNull(TargetCases.class.getResourceAsStream(resource), resource)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Target target(String id, JsonNode node) {
        Model model = Models.of(node.get("model").asText());
        List<RegionCase> regions = new ArrayList<>();
        for (JsonNode region : node.get("regions")) {
            regions.add(new RegionCase(
                    region.get("label").asText(),
                    region(region, model.dimension()),
                    region.get("mass").doubleValue(),
                    region.get("mc_se").doubleValue()));
        }
        return new Target(
                id,
                model,
                node.get("logZ").doubleValue(),
                numbers(node.get("mean")),
                numbers(node.get("sd")),
                List.copyOf(regions));
    }

    private static Region region(JsonNode node, int d) {
        List<String> names = IntStream.range(0, d).mapToObj(j -> "u" + j).toList();
        if (node.get("kind").asText().equals("half")) {
            double[] normal = new double[d];
            int sign = node.get("sign").intValue();
            normal[node.get("j").intValue()] = -sign;
            return HalfSpace.of(names, normal, -sign * node.get("b").doubleValue());
        }
        double[] scale = numbers(node.get("scale"));
        double[][] square = new double[d][d];
        boolean plain = true;
        for (int j = 0; j < d; j++) {
            square[j][j] = scale[j] * scale[j];
            plain &= scale[j] == 1;
        }
        return Ball.of(
                names,
                IntStream.range(0, d).toArray(),
                numbers(node.get("c")),
                node.get("r").doubleValue(),
                plain ? Norm.l2() : Norm.mahalanobis(square));
    }

    private static double[] numbers(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).doubleValue();
        }
        return values;
    }
}
