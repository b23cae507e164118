package org.localmass.vi.family;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.localmass.core.internal.Arguments;

/**
 * A family of mixtures of location-scale laws: how many components, which scale matrices, normal or Student t. Immutable.
 *
 * <p>Text form, {@code [mixture:K:][t:nu:](meanfield | lowrank:r | full)}, where {@code full} may be left out after a
 * prefix: {@code meanfield}, {@code t:4}, {@code mixture:3}, {@code mixture:3:t:4:lowrank:2}.
 */
public final class Family {
    private final double[] nus;
    private final ScaleForm form;
    private final int rank;

    private Family(double[] nus, ScaleForm form, int rank) {
        this.nus = nus;
        this.form = form;
        this.rank = rank;
    }

    /** One normal component with a diagonal covariance. */
    public static Family meanField() {
        return new Family(new double[] {Double.POSITIVE_INFINITY}, ScaleForm.MEAN_FIELD, 0);
    }

    /** One normal component of covariance \( D^2 + BB^\top \), B of r columns. */
    public static Family lowRank(int r) {
        return new Family(
                new double[] {Double.POSITIVE_INFINITY}, ScaleForm.LOW_RANK, Arguments.positive("lowrank", r));
    }

    /** One normal component with any covariance. */
    public static Family full() {
        return new Family(new double[] {Double.POSITIVE_INFINITY}, ScaleForm.FULL, 0);
    }

    /** The family with another number of components, all like the first. */
    public Family withComponents(int k) {
        double[] all = new double[Arguments.positive("mixture", k)];
        Arrays.fill(all, nus[0]);
        return new Family(all, form, rank);
    }

    /** The family whose components are Student t with the same degrees of freedom; {@code +inf} for normal ones. */
    public Family withNu(double nu) {
        checkNu(nu);
        double[] all = new double[nus.length];
        Arrays.fill(all, nu);
        return new Family(all, form, rank);
    }

    /** The family whose components have these degrees of freedom, one each; {@code +inf} for a normal one. */
    public Family withNus(double... nu) {
        Arguments.positive("number of nu", nu.length);
        for (double value : nu) {
            checkNu(value);
        }
        return new Family(nu.clone(), form, rank);
    }

    private static void checkNu(double nu) {
        if (!(nu > 0)) {
            throw new IllegalArgumentException("nu must be positive, was " + nu);
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Family parse(String text) {
        String[] words = text.trim().toLowerCase(Locale.ROOT).split(":", -1);
        int next = 0;
        int components = 1;
        double nu = Double.POSITIVE_INFINITY;
        if (words[next].equals("mixture")) {
            components = Arguments.positive("mixture", integer(text, words, next + 1));
            next += 2;
        }
        if (next < words.length && words[next].equals("t")) {
            nu = number(text, words, next + 1);
            if (!(nu > 0)) {
                throw new IllegalArgumentException("nu must be positive, was " + nu);
            }
            next += 2;
        }
        Family family = full();
        if (next < words.length) {
            switch (words[next]) {
                case "meanfield" -> family = meanField();
                case "full" -> family = full();
                case "lowrank" -> family = lowRank(integer(text, words, ++next));
                default -> throw unknown(text);
            }
            next++;
        }
        if (next != words.length) {
            throw unknown(text);
        }
        return family.withComponents(components).withNu(nu);
    }

    private static int integer(String text, String[] words, int index) {
        try {
            return Integer.parseInt(index < words.length ? words[index] : "");
        } catch (NumberFormatException e) {
            throw unknown(text);
        }
    }

    private static double number(String text, String[] words, int index) {
        try {
            return Double.parseDouble(index < words.length ? words[index] : "");
        } catch (NumberFormatException e) {
            throw unknown(text);
        }
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(
                "family must be [mixture:K:][t:nu:](meanfield|lowrank:r|full), was " + text);
    }

    /** The number K of components. */
    public int components() {
        return nus.length;
    }

    /** What the scale matrices can be. */
    public ScaleForm form() {
        return form;
    }

    /** Columns r of the low-rank part; 0 for the other forms. */
    public int rank() {
        return rank;
    }

    /** Degrees of freedom of a component; {@code +inf} for a normal one. */
    public double nu(int component) {
        return nus[component];
    }

    /** Whether a component is normal. */
    public boolean isNormal(int component) {
        return nus[component] == Double.POSITIVE_INFINITY;
    }

    /** Number of scale parameters of a component in d dimensions. */
    public int scaleParameters(int dimension) {
        return switch (form) {
            case MEAN_FIELD -> dimension;
            case LOW_RANK -> dimension * (1 + rank);
            case FULL -> Math.multiplyExact(dimension, dimension + 1) / 2;
        };
    }

    /** Number of parameters in d dimensions: K logits, K means, K scales. */
    public int parameters(int dimension) {
        return Math.multiplyExact(components(), 1 + dimension + scaleParameters(dimension));
    }

    /** Place of the first coordinate of a component's mean among the parameters. */
    public int meanOffset(int component, int dimension) {
        return components() + component * dimension;
    }

    /** Place of the first scale parameter of a component. */
    public int scaleOffset(int component, int dimension) {
        return components() * (1 + dimension) + component * scaleParameters(dimension);
    }

    /** Normal coordinates that a draw of a component needs: d, or d + r with a low-rank part. */
    public int drawDimension(int dimension) {
        return form == ScaleForm.LOW_RANK ? dimension + rank : dimension;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Family f && form == f.form && rank == f.rank && Arrays.equals(nus, f.nus);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(nus) + form.hashCode()) + rank;
    }

    /** The text form; degrees of freedom that differ stand in brackets, {@code t:[inf,5]}, which is not read back. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (nus.length > 1) {
            text.append("mixture:").append(nus.length).append(':');
        }
        if (IntStream.range(1, nus.length).anyMatch(k -> nus[k] != nus[0])) {
            text.append("t:[");
            for (int k = 0; k < nus.length; k++) {
                text.append(k == 0 ? "" : ",").append(number(nus[k]));
            }
            text.append("]:");
        } else if (!isNormal(0)) {
            text.append("t:").append(number(nus[0])).append(':');
        }
        return text.append(
                        switch (form) {
                            case MEAN_FIELD -> "meanfield";
                            case LOW_RANK -> "lowrank:" + rank;
                            case FULL -> "full";
                        })
                .toString();
    }

    private static String number(double value) {
        return value == Double.POSITIVE_INFINITY
                ? "inf"
                : value == Math.rint(value) && value < 1e9 ? Long.toString((long) value) : Double.toString(value);
    }
}
