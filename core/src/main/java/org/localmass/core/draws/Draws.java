package org.localmass.core.draws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Draws from one measure: named parameters, one or more chains, optional log weights. Immutable; stored by column.
 *
 * <p>Shape: chains may differ in length; all have the same d parameters. Draws are numbered within their chain.
 */
public final class Draws {
    private final List<String> names;
    private final Map<String, Integer> indices;
    private final List<Chain> chains;
    private final Sampling sampling;
    private final int size;

    private Draws(List<String> names, List<Chain> chains, Sampling sampling) {
        this.names = List.copyOf(names);
        this.chains = List.copyOf(chains);
        this.sampling = sampling;
        this.indices = new HashMap<>();
        for (int j = 0; j < names.size(); j++) {
            if (indices.putIfAbsent(names.get(j), j) != null) {
                throw new IllegalArgumentException("names must differ, '" + names.get(j) + "' occurs twice");
            }
        }
        if (chains.isEmpty()) {
            throw new IllegalArgumentException("chains must number at least 1, was 0");
        }
        long total = 0;
        boolean weighted = chains.get(0).weighted();
        for (int c = 0; c < chains.size(); c++) {
            Chain chain = chains.get(c);
            if (chain.dimension() != names.size()) {
                throw new IllegalArgumentException(
                        "chain " + (c + 1) + " must hold " + names.size() + " parameters, was " + chain.dimension());
            }
            if (chain.weighted() != weighted) {
                throw new IllegalArgumentException("either all chains carry weights or none does");
            }
            total += chain.size();
        }
        this.size = Math.toIntExact(total);
    }

    /**
     * Draws with the given parameter names and chains.
     *
     * @throws IllegalArgumentException if a name occurs twice, there is no chain, a chain's number of columns is not
     *     the number of names, or only some chains carry weights
     */
    public static Draws of(List<String> names, List<Chain> chains, Sampling sampling) {
        return new Draws(names, chains, sampling);
    }

    /** Parameter names in column order, as Stan writes them in models: {@code theta[1,2]}. */
    public List<String> names() {
        return names;
    }

    /** Column of a parameter, empty if there is none of that name. */
    public OptionalInt index(String name) {
        Integer j = indices.get(name);
        return j == null ? OptionalInt.empty() : OptionalInt.of(j);
    }

    /** Number of parameters d. */
    public int dimension() {
        return names.size();
    }

    /** Number of draws over all chains. */
    public int size() {
        return size;
    }

    /** The chains, at least one. */
    public List<Chain> chains() {
        return chains;
    }

    /** How the draws depend on each other. */
    public Sampling sampling() {
        return sampling;
    }

    /** Whether the draws carry weights. */
    public boolean weighted() {
        return chains.get(0).weighted();
    }

    /** A copy of one parameter's values, chains one after the other. */
    public double[] column(int parameter) {
        double[] values = new double[size];
        int offset = 0;
        for (Chain chain : chains) {
            chain.copyColumn(parameter, values, offset);
            offset += chain.size();
        }
        return values;
    }

    /** The same parameters with other chains, such as some of these or slices of them. */
    public Draws withChains(List<Chain> chosen) {
        return new Draws(names, chosen, sampling);
    }

    /** The same draws marked with how they depend on each other. */
    public Draws withSampling(Sampling known) {
        return new Draws(names, chains, known);
    }

    /**
     * The draws reduced to the named parameters, in the given order, without copying.
     *
     * @throws IllegalArgumentException if a name is unknown
     */
    public Draws select(List<String> chosen) {
        int[] columns = new int[chosen.size()];
        for (int j = 0; j < columns.length; j++) {
            String name = chosen.get(j);
            columns[j] = index(name)
                    .orElseThrow(
                            () -> new IllegalArgumentException("names must be parameters, '" + name + "' is none"));
        }
        List<Chain> selected = new ArrayList<>();
        for (Chain chain : chains) {
            selected.add(chain.select(columns));
        }
        return new Draws(chosen, selected, sampling);
    }
}
