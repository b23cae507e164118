package org.localmass.core.measure;

import org.localmass.core.region.RegionExpression;

/** An increasing map of an open interval of the line onto another, and its inverse. */
sealed interface MonotoneMap {
    /** The image of x. */
    double apply(double x);

    /** The preimage of {@code y + h}, computed without forming the sum where that would lose digits. */
    double inverse(double y, double h);

    /** The change of the preimage from y to {@code y + h}; y lies inside the range. */
    double inverseStep(double y, double h);

    /** Log of the derivative of the inverse at {@code y + h}. */
    double logInverseSlope(double y, double h);

    /** Derivative of {@link #logInverseSlope} in h. */
    double inverseCurvature(double y, double h);

    /** Lower end of the domain. */
    double domainLower();

    /** Upper end of the domain. */
    double domainUpper();

    /** Lower end of the range. */
    double lower();

    /** Upper end of the range. */
    double upper();

    /** {@code exp}: the line onto the positive numbers. */
    record Exp() implements MonotoneMap {
        @Override
        public double apply(double x) {
            return Math.exp(x);
        }

        @Override
        public double inverse(double y, double h) {
            return y == 0 ? Math.log(h) : Math.log(y) + Math.log1p(h / y);
        }

        @Override
        public double inverseStep(double y, double h) {
            return Math.log1p(h / y);
        }

        @Override
        public double logInverseSlope(double y, double h) {
            return -Math.log(y + h);
        }

        @Override
        public double inverseCurvature(double y, double h) {
            return -1 / (y + h);
        }

        @Override
        public double domainLower() {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public double domainUpper() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public double lower() {
            return 0;
        }

        @Override
        public double upper() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public String toString() {
            return "exp";
        }
    }

    /** {@code log}: the positive numbers onto the line. */
    record Log() implements MonotoneMap {
        @Override
        public double apply(double x) {
            return Math.log(x);
        }

        @Override
        public double inverse(double y, double h) {
            return Math.exp(y + h);
        }

        @Override
        public double inverseStep(double y, double h) {
            return Math.exp(y) * Math.expm1(h);
        }

        @Override
        public double logInverseSlope(double y, double h) {
            return y + h;
        }

        @Override
        public double inverseCurvature(double y, double h) {
            return 1;
        }

        @Override
        public double domainLower() {
            return 0;
        }

        @Override
        public double domainUpper() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public double lower() {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public double upper() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public String toString() {
            return "log";
        }
    }

    /** {@code inv_logit}: the line onto (0, 1). */
    record InverseLogit() implements MonotoneMap {
        @Override
        public double apply(double x) {
            return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
        }

        @Override
        public double inverse(double y, double h) {
            double above = y == 0 ? h : y == 1 ? 1 + h : y + h;
            double below = y == 1 ? -h : y == 0 ? 1 - h : (1 - y) - h;
            return Math.log(above) - Math.log(below);
        }

        @Override
        public double inverseStep(double y, double h) {
            return Math.log1p(h / y) - Math.log1p(-h / (1 - y));
        }

        @Override
        public double logInverseSlope(double y, double h) {
            return -Math.log(y == 0 ? h : y + h) - Math.log((1 - y) - h);
        }

        @Override
        public double inverseCurvature(double y, double h) {
            return 1 / ((1 - y) - h) - 1 / (y == 0 ? h : y + h);
        }

        @Override
        public double domainLower() {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public double domainUpper() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public double lower() {
            return 0;
        }

        @Override
        public double upper() {
            return 1;
        }

        @Override
        public String toString() {
            return "inv_logit";
        }
    }

    /** {@code power(s)}: \( x \mapsto sign(x)|x|^s \), s positive. */
    record Power(double s) implements MonotoneMap {
        @Override
        public double apply(double x) {
            return Math.copySign(Math.pow(Math.abs(x), s), x);
        }

        @Override
        public double inverse(double y, double h) {
            double z = y + h;
            return Math.copySign(Math.pow(Math.abs(z), 1 / s), z);
        }

        @Override
        public double inverseStep(double y, double h) {
            return y == 0 || Math.abs(h) > 0.5 * Math.abs(y)
                    ? inverse(y, h) - inverse(y, 0)
                    : inverse(y, 0) * Math.expm1(Math.log1p(h / y) / s);
        }

        @Override
        public double logInverseSlope(double y, double h) {
            return (1 / s - 1) * Math.log(Math.abs(y + h)) - Math.log(s);
        }

        @Override
        public double inverseCurvature(double y, double h) {
            return (1 / s - 1) / (y + h);
        }

        @Override
        public double domainLower() {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public double domainUpper() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public double lower() {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public double upper() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public String toString() {
            return "power(" + RegionExpression.textOf(s) + ")";
        }
    }
}
