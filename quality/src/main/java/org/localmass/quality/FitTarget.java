package org.localmass.quality;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.localmass.core.region.Ball;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;
import org.localmass.vi.model.Model;
import org.localmass.vi.model.Models;

/**
 * A target of the studies of variational inference, with regions of known mass: all coordinate tails of 1 %, balls about
 * the modes, balls of 1 % and 10 % in the centre.
 *
 * @param name    short name
 * @param model   the model
 * @param logZ    log of the integral of its density
 * @param regions the regions
 */
record FitTarget(String name, Model model, double logZ, List<KnownRegion> regions) {
    FitTarget {
        regions = List.copyOf(regions);
    }

    /**
     * A region of known mass.
     *
     * @param label  name
     * @param mass   under the target
     * @param region the region, in unconstrained coordinates
     */
    record KnownRegion(String label, double mass, Region region) {}

    /** All targets. */
    static List<FitTarget> all() {
        List<FitTarget> targets = new ArrayList<>();
        String[] head = {};
        List<KnownRegion> regions = new ArrayList<>();
        for (String line : lines()) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(";", -1);
            if (words.length == 4) {
                add(targets, head, regions);
                head = words;
                regions = new ArrayList<>();
            } else {
                regions.add(region(words, Integer.parseInt(head[2])));
            }
        }
        add(targets, head, regions);
        return targets;
    }

    /**
     * The target of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static FitTarget named(String name) {
        return all().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("target must be one of the study, was " + name));
    }

    private static void add(List<FitTarget> targets, String[] head, List<KnownRegion> regions) {
        if (head.length > 0) {
            targets.add(new FitTarget(head[0], Models.of(head[1]), Double.parseDouble(head[3]), regions));
        }
    }

    private static KnownRegion region(String[] words, int d) {
        List<String> names = IntStream.rangeClosed(1, d).mapToObj(j -> "x" + j).toList();
        double mass = Double.parseDouble(words[1]);
        if (words[2].equals("half")) {
            double sign = Double.parseDouble(words[5]);
            double[] normal = new double[d];
            normal[Integer.parseInt(words[3])] = -sign;
            return new KnownRegion(words[0], mass, HalfSpace.of(names, normal, -sign * Double.parseDouble(words[4])));
        }
        double[] scale = numbers(words[5]);
        double[][] covariance = new double[d][d];
        for (int j = 0; j < d; j++) {
            covariance[j][j] = scale[j] * scale[j];
        }
        return new KnownRegion(
                words[0],
                mass,
                Ball.of(
                        names,
                        IntStream.range(0, d).toArray(),
                        numbers(words[4]),
                        Double.parseDouble(words[3]),
                        Norm.mahalanobis(covariance)));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static List<String> lines() {
        InputStream in = Objects.requireNonNull(FitTarget.class.getResourceAsStream("fit-targets.csv"));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
