package org.localmass.vi.model;

import java.util.ArrayList;
import java.util.List;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.TwoDigits;

/** The parameters of a model in their order, each with its transform, and functions of them. Immutable. */
final class Parameters {
    private final List<Transform> transforms;
    private final List<String> names;
    private final int dimension;
    private final int size;
    private final Derived derived;

    /** Functions of the parameters that are written after them. */
    @FunctionalInterface
    interface Derived {
        /**
         * Writes the functions' values.
         *
         * @param constrained the parameters, followed by the places to fill
         * @param from        index of the first place
         */
        void write(double[] constrained, int from);
    }

    private Parameters(List<Transform> transforms, List<String> names, int dimension, int size, Derived derived) {
        this.transforms = transforms;
        this.names = names;
        this.dimension = dimension;
        this.size = size;
        this.derived = derived;
    }

    static Parameters none() {
        return new Parameters(List.of(), List.of(), 0, 0, (constrained, from) -> {});
    }

    /** Unconstrained coordinates {@code x}, or {@code x1}, {@code x2}, ... */
    static Parameters coordinates(int d) {
        List<String> names = new ArrayList<>();
        for (int j = 1; j <= Arguments.positive("dimension", d); j++) {
            names.add(d == 1 ? "x" : "x" + j);
        }
        return none().and(Transform.identity(d), names);
    }

    /** These and a parameter more: a scalar if it has one value, {@code name[1]}, ... otherwise. */
    Parameters and(String name, Transform transform) {
        return and(transform, List.of(transform.names(name)));
    }

    /** These and a scalar. */
    Parameters and(String name, double lower, double upper) {
        return and(Transform.between(1, lower, upper), List.of(name));
    }

    Parameters and(Transform transform, List<String> itsNames) {
        List<Transform> all = new ArrayList<>(transforms);
        all.add(transform);
        return new Parameters(
                List.copyOf(all),
                joined(itsNames),
                dimension + transform.unconstrainedSize(),
                size + transform.constrainedSize(),
                derived);
    }

    /** These, followed by functions of them. */
    Parameters withDerived(List<String> itsNames, Derived functions) {
        return new Parameters(transforms, joined(itsNames), dimension, size, functions);
    }

    private List<String> joined(List<String> more) {
        List<String> all = new ArrayList<>(names);
        all.addAll(more);
        return List.copyOf(all);
    }

    List<String> names() {
        return names;
    }

    /** What the unconstrained coordinates are called: {@code mu}, {@code log(tau)}, {@code unconstrained theta[2]}. */
    List<String> coordinateNames() {
        List<String> coordinates = new ArrayList<>();
        int x = 0;
        for (Transform transform : transforms) {
            for (int i = 0; i < transform.unconstrainedSize(); i++) {
                String name = names.get(x + i);
                boolean plain = transform instanceof ElementwiseTransform;
                double[] ends = plain ? ((ElementwiseTransform) transform).ends() : new double[0];
                coordinates.add(
                        !plain
                                ? "unconstrained " + name
                                : Double.isInfinite(ends[0]) && Double.isInfinite(ends[1])
                                        ? name
                                        : ends[0] == 0 && Double.isInfinite(ends[1])
                                                ? "log(" + name + ")"
                                                : "unconstrained " + name);
            }
            x += transform.constrainedSize();
        }
        return List.copyOf(coordinates);
    }

    /** One end of a coordinate in terms of the parameter, if that has one value for each coordinate. */
    String tail(int coordinate, boolean upper, double bound) {
        String relation = upper ? " > " : " <= ";
        int u = 0;
        int x = 0;
        for (Transform transform : transforms) {
            if (coordinate < u + transform.unconstrainedSize()) {
                if (transform instanceof ElementwiseTransform plain) {
                    double value = ElementwiseTransform.one(plain, bound);
                    return names.get(x + coordinate - u) + relation + TwoDigits.number(value);
                }
                break;
            }
            u += transform.unconstrainedSize();
            x += transform.constrainedSize();
        }
        return coordinateNames().get(coordinate) + relation + TwoDigits.number(bound);
    }

    /** Number of unconstrained values. */
    int dimension() {
        return dimension;
    }

    /** Number of constrained values that are not functions of others. */
    int size() {
        return size;
    }

    void constrain(double[] unconstrained, double[] constrained) {
        Arguments.sameDimension(dimension, unconstrained.length);
        if (constrained.length != names.size()) {
            throw new IllegalArgumentException(
                    "number of places must be " + names.size() + ", was " + constrained.length);
        }
        logJacobian(unconstrained, constrained);
        derived.write(constrained, size);
    }

    /** Writes the parameters without functions of them. */
    double logJacobian(double[] unconstrained, double[] constrained) {
        int u = 0;
        int x = 0;
        double log = 0;
        for (int i = 0; i < transforms.size(); i++) {
            Transform transform = transforms.get(i);
            log += transform.constrain(unconstrained, u, constrained, x);
            u += transform.unconstrainedSize();
            x += transform.constrainedSize();
        }
        return log;
    }

    /** The gradient in u from that in the parameters, with the log Jacobian's. */
    void pullBack(double[] unconstrained, double[] constrained, double[] xGradient, double[] uGradient) {
        int u = 0;
        int x = 0;
        for (int i = 0; i < transforms.size(); i++) {
            Transform transform = transforms.get(i);
            transform.pullBack(unconstrained, u, constrained, xGradient, x, uGradient);
            u += transform.unconstrainedSize();
            x += transform.constrainedSize();
        }
    }

    double[] unconstrain(double[] constrained) {
        if (constrained.length != names.size()) {
            throw new IllegalArgumentException(
                    "number of values must be " + names.size() + ", was " + constrained.length);
        }
        double[] unconstrained = new double[dimension];
        int u = 0;
        int x = 0;
        for (Transform transform : transforms) {
            try {
                transform.unconstrain(constrained, x, unconstrained, u);
            } catch (IllegalArgumentException e) {
                List<String> its = names.subList(x, x + transform.constrainedSize());
                throw new IllegalArgumentException(
                        "parameter " + its.get(0) + (its.size() > 1 ? ".." + its.get(its.size() - 1) : "")
                                + " breaks its constraint: " + e.getMessage(),
                        e);
            }
            u += transform.unconstrainedSize();
            x += transform.constrainedSize();
        }
        return unconstrained;
    }
}
