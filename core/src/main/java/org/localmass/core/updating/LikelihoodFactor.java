package org.localmass.core.updating;

import java.util.ArrayList;
import java.util.List;
import org.localmass.core.region.RegionSyntaxException;

/**
 * How a likelihood l behaves near a point t, u = x - t, \( \rho = N(u) \) in the norm of the ball. Immutable; two factors
 * are equal if their texts are.
 *
 * <p>A factor is a product of elements; {@link #times} keeps one canonical order and adds the exponents of equal
 * elements. The text form is described in {@code docs/updating.md}.
 *
 * <p>Source: docs/theory.md section 4.
 */
public sealed interface LikelihoodFactor permits Element, FactorProduct {
    /** The canonical text, which {@link #parse} reads back. */
    String text();

    /**
     * Reads a factor such as {@code power(2) log(1)}.
     *
     * @throws RegionSyntaxException if the text is no factor: message, character and excerpt
     */
    static LikelihoodFactor parse(String text) {
        return new FactorParser(text).parse();
    }

    /** The product with another factor. The order does not matter. */
    default LikelihoodFactor times(LikelihoodFactor other) {
        List<Element> all = new ArrayList<>(Element.of(this));
        all.addAll(Element.of(other));
        return FactorProduct.of(all);
    }

    /**
     * A likelihood that is continuous at the point: {@code regular(v)}.
     *
     * @param value v = l(t), positive
     */
    static LikelihoodFactor regular(double value) {
        return Regular.of(value);
    }

    /**
     * A likelihood that is continuous at the point, by the log of its value: {@code regular(exp(x))}.
     *
     * @param logValue x = log l(t), finite
     */
    static LikelihoodFactor regularOfLog(double logValue) {
        return new Regular(logValue);
    }

    /**
     * \( \rho^g \log(1/\rho)^h \): {@code power(g) log(h)}.
     *
     * @param g finite
     * @param h finite
     */
    static LikelihoodFactor powerLog(double g, double h) {
        return FactorProduct.of(List.of(new PowerLog(g, h)));
    }

    /**
     * \( \prod_j |u_j|^{g_j} \), one exponent for each coordinate: {@code coordinate_powers(g1, g2)}.
     *
     * @param g finite; not modified
     */
    static LikelihoodFactor coordinatePowers(double... g) {
        return CoordinatePowers.of(g);
    }

    /**
     * \( N(u_A)^g \) for a group A of m coordinates: {@code group_power(g, m)}.
     *
     * @param g finite
     * @param m size of the group, at least 1
     */
    static LikelihoodFactor groupPower(double g, int m) {
        return new GroupPower(g, m);
    }

    /**
     * \( y_+^g \), y the distance to a smooth boundary through the point: {@code hinge(g)}. For the maximum norm the
     * boundary is at right angles to a coordinate axis.
     *
     * @param g finite
     */
    static LikelihoodFactor hinge(double g) {
        return new Hinge(g);
    }

    /**
     * \( \exp(-c\rho^{-s}) \): {@code flat(c, s)}.
     *
     * @param c positive
     * @param s positive
     */
    static LikelihoodFactor flat(double c, double s) {
        return new Flat(c, s);
    }

    /**
     * A boundary softened by a continuous G at a fixed width: {@code soft(v)}.
     *
     * @param value v = G(s(t)/eps), in (0, 1]; G(0) for a point on the boundary
     */
    static LikelihoodFactor soft(double value) {
        return new Soft(value);
    }

    /** The indicator of a set that has the point in its interior: {@code inside()}. */
    static LikelihoodFactor inside() {
        return new Support(Support.Shape.INSIDE, 1);
    }

    /** The indicator of a closed set with a smooth boundary through the point: {@code half()}. */
    static LikelihoodFactor half() {
        return new Support(Support.Shape.HALF, 1);
    }

    /**
     * The indicator of a closed cone with its tip at the point: {@code cone(w)}.
     *
     * @param fraction w, share of the ball that it fills, in the norm used, strictly between 0 and 1
     */
    static LikelihoodFactor cone(double fraction) {
        return new Support(Support.Shape.CONE, fraction);
    }

    /**
     * The indicator of \( \{y \ge N(x')^s\} \), y one coordinate and x' the others: {@code graph(s)}. A smooth boundary
     * for s above 1, a cone for s = 1, a cusp of order 1/s below.
     *
     * @param s positive
     */
    static LikelihoodFactor graph(double s) {
        return new Support(Support.Shape.GRAPH, s);
    }

    /**
     * The indicator of the cusp \( \{N(x') \le y^s\} \), y one coordinate and x' the others: {@code cusp(s)}.
     *
     * @param s order, more than 1
     */
    static LikelihoodFactor cusp(double s) {
        return new Support(Support.Shape.CUSP, s);
    }

    /**
     * The indicator of the cusp \( \{N(x') \le y \log(1/y)^{-c}\} \): {@code log_cusp(c)}.
     *
     * @param c positive
     */
    static LikelihoodFactor logCusp(double c) {
        return new Support(Support.Shape.LOG_CUSP, c);
    }

    /** The indicator of a cusp that is thinner than every power: {@code exponential_cusp()}. */
    static LikelihoodFactor exponentialCusp() {
        return new Support(Support.Shape.EXPONENTIAL_CUSP, 1);
    }

    /** The indicator of a set whose closure does not contain the point: {@code outside()}. */
    static LikelihoodFactor outside() {
        return new Support(Support.Shape.OUTSIDE, 1);
    }
}
