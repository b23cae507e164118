package org.localmass.core.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.internal.LogSum;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;

/** Independent blocks side by side. */
final class Product implements Distribution {
    private static final int MOST_STRATA = 1 << 16;

    private final Distribution[] blocks;
    private final int[] start;
    private final int dimension;

    private Product(Distribution[] blocks) {
        this.blocks = blocks;
        this.start = new int[blocks.length + 1];
        for (int i = 0; i < blocks.length; i++) {
            start[i + 1] = start[i] + blocks[i].dimension();
        }
        this.dimension = start[blocks.length];
    }

    /** The product of at least one block; blocks that are products themselves are flattened. */
    static Product of(List<? extends Distribution> blocks) {
        List<Distribution> flat = new ArrayList<>();
        for (Distribution block : blocks) {
            if (block instanceof Product product) {
                flat.addAll(product.blocks());
            } else {
                flat.add(block);
            }
        }
        if (flat.isEmpty()) {
            throw new IllegalArgumentException("number of blocks must be at least 1, was 0");
        }
        return new Product(flat.toArray(new Distribution[0]));
    }

    private double[] part(double[] point, int block) {
        return Arrays.copyOfRange(point, start[block], start[block + 1]);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public List<Distribution> blocks() {
        return List.of(blocks);
    }

    @Override
    public List<Stratum> strata() {
        List<ProductStratum> strata = List.of(new ProductStratum(List.of(), 0));
        for (Distribution block : blocks) {
            List<Stratum> own = block.strata();
            if ((long) strata.size() * own.size() > MOST_STRATA) {
                throw new NoClosedFormException(this + " has more than " + MOST_STRATA + " strata");
            }
            List<ProductStratum> next = new ArrayList<>();
            for (ProductStratum stratum : strata) {
                for (Stratum more : own) {
                    next.add(stratum.times(more));
                }
            }
            strata = next;
        }
        return strata.stream().map(ProductStratum::toStratum).toList();
    }

    @Override
    public double logDensity(double[] point) {
        double sum = 0;
        for (int i = 0; i < blocks.length; i++) {
            double log = blocks[i].logDensity(part(point, i));
            if (log == Double.NEGATIVE_INFINITY) {
                return log;
            }
            sum += log;
        }
        return sum;
    }

    @Override
    public Optional<LogDensity.Differentiable> differentiable() {
        List<LogDensity.Differentiable> views = new ArrayList<>();
        for (Distribution block : blocks) {
            Optional<LogDensity.Differentiable> view = block.differentiable();
            if (view.isEmpty()) {
                return Optional.empty();
            }
            views.add(view.get());
        }
        return Optional.of(new ProductDensity(views));
    }

    @Override
    public double[] lowerEnds() {
        return Arrays.stream(blocks)
                .flatMapToDouble(block -> Arrays.stream(block.lowerEnds()))
                .toArray();
    }

    @Override
    public double[] upperEnds() {
        return Arrays.stream(blocks)
                .flatMapToDouble(block -> Arrays.stream(block.upperEnds()))
                .toArray();
    }

    @Override
    public double logBallMass(double[] centre, double radius, Norm norm) {
        if (blocks.length == 1) {
            return blocks[0].logBallMass(centre, radius, norm);
        }
        return switch (norm.label()) {
            case "linf" -> {
                double sum = 0;
                for (int i = 0; i < blocks.length; i++) {
                    sum += blocks[i].logBallMass(part(centre, i), radius, norm);
                }
                yield sum;
            }
            case "l2" -> EuclideanProductBall.logMass(List.of(blocks), centre, radius);
            default -> throw refused("a Mahalanobis ball");
        };
    }

    @Override
    public double logTailMass(double radius, Norm norm) {
        if (blocks.length == 1) {
            return blocks[0].logTailMass(radius, norm);
        }
        if (!norm.label().equals("linf")) {
            if (norm.label().equals("l2")) {
                return EuclideanProductBall.logTailMass(List.of(blocks), radius);
            }
            throw refused("the outside of a Mahalanobis ball");
        }
        double[] tails = new double[blocks.length];
        double logInside = 0;
        for (int i = 0; i < blocks.length; i++) {
            tails[i] = blocks[i].logTailMass(radius, norm);
            logInside += LogSum.log1mexp(tails[i]);
        }
        // where every tail is tiny, products of tails are below the last bit of their sum
        return Arrays.stream(tails).max().orElseThrow() < -40
                ? LogSum.of(tails, tails.length)
                : LogSum.log1mexp(logInside);
    }

    private NoClosedFormException refused(String what) {
        return NoClosedFormException.of("the mass of " + what + " under " + this);
    }

    @Override
    public double logMass(Region region) {
        return RegionMass.of(this, region);
    }

    @Override
    public Distribution marginal(int[] coordinates) {
        List<Distribution> kept = new ArrayList<>();
        for (int i = 0; i < blocks.length; i++) {
            int from = start[i];
            int to = start[i + 1];
            int[] own = Arrays.stream(coordinates)
                    .filter(j -> j >= from && j < to)
                    .map(j -> j - from)
                    .toArray();
            if (own.length > 0) {
                kept.add(blocks[i].marginal(own));
            }
        }
        return kept.size() == 1 ? kept.get(0) : of(kept);
    }

    @Override
    public LocalLaw localLaw(double[] point, Norm norm) {
        if (norm.label().equals("mahalanobis") && blocks.length > 1) {
            throw refused("a Mahalanobis ball");
        }
        List<LocalLaw> laws = new ArrayList<>();
        for (int i = 0; i < blocks.length; i++) {
            laws.add(blocks[i].localLaw(part(point, i), norm));
        }
        return LocalLaw.product(laws, norm);
    }

    /**
     * One block leaves its atom while the others stay on theirs: with kappas and betas adding, what leaves in two blocks
     * is lighter, or equal where a kappa is 0, and then carries a smaller log exponent.
     */
    @Override
    public LocalLaw puncturedLaw(double[] point, Norm norm) {
        LocalLaw law = localLaw(point, norm);
        if (!law.isAtom()) {
            return law;
        }
        List<LocalLaw> ways = new ArrayList<>();
        for (int i = 0; i < blocks.length; i++) {
            List<LocalLaw> laws = new ArrayList<>();
            for (int j = 0; j < blocks.length; j++) {
                double[] part = part(point, j);
                laws.add(j == i ? blocks[j].puncturedLaw(part, norm) : blocks[j].localLaw(part, norm));
            }
            ways.add(LocalLaw.product(laws, norm));
        }
        return LocalLaw.sum(ways);
    }

    /** At infinity the heaviest block decides; constants of ties add (docs/theory.md R2.4). */
    @Override
    public LocalLaw lawAtInfinity(Norm norm) {
        List<LocalLaw> laws = new ArrayList<>();
        for (Distribution block : blocks) {
            laws.add(block.lawAtInfinity(norm));
        }
        return LocalLaw.sum(laws);
    }

    @Override
    public void sample(UniformRandomProvider random, double[] point) {
        for (int i = 0; i < blocks.length; i++) {
            double[] part = new double[blocks[i].dimension()];
            blocks[i].sample(random, part);
            System.arraycopy(part, 0, point, start[i], part.length);
        }
    }

    @Override
    public String toString() {
        boolean equal = Arrays.stream(blocks).map(Object::toString).distinct().count() == 1;
        if (equal && blocks.length > 1 && blocks[0] instanceof Mixture mixture && mixture.isSpikeAndSlab()) {
            return mixture.toString()
                            .replaceFirst("^spike_slab\\(", "spike_slab_product(")
                            .replaceFirst("\\)$", "")
                    + ", " + blocks.length + ")";
        }
        return Arrays.stream(blocks).map(Object::toString).collect(Collectors.joining(", ", "product(", ")"));
    }
}
