package org.localmass.vi.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.localmass.core.index.MassIndex;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.Compositions;
import org.localmass.core.measure.Covariance;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.measure.MultivariateDistributions;
import org.localmass.core.region.Norm;

/**
 * A member of a {@link Family}: \( q(x) = \sum_j w_j N_j(x) \) with component draws \( x = \mu_j + A_j z \), z normal or,
 * for Student t, normal times \( \sqrt{\nu/\chi^2_\nu} \). Immutable and safe to use from several threads.
 *
 * <p>Parameters: K logits of the weights (softmax), K means of d, then K blocks of scales: mean field log sd; low rank
 * log D (d), then B by rows (d r); full the rows of the Cholesky factor's lower triangle, its diagonal in logs.
 *
 * <p>Gradients: with \( v_j = a_j\Sigma_j^{-1}(x-\mu_j) \), a = 1 (normal) or \( (\nu+d)/(\nu+\|y\|^2) \), and the shares
 * \( r_j = w_jN_j/q \), the score is \( \nabla_x\log q = -\sum_j r_jv_j \). The <i>direct</i> operator is
 * \( \nabla_\theta\sum_i c_i\log q_\theta(x_i) \) at fixed points; the <i>path</i> is \( \nabla_\theta\,(g\cdot x_j(z)) \)
 * at fixed g and z.
 */
public final class Mixture implements LogDensity.Differentiable, LogDensity.Unconstrained {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private final Family family;
    private final int d;
    private final double[] theta;
    private final double[] logWeights;
    private final double[] weights;
    private final double[] constants;
    private final ScaleBlock[] scales;

    private Mixture(Family family, int d, double[] theta) {
        this.family = family;
        this.d = d;
        this.theta = theta;
        int components = family.components();
        double top = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < components; k++) {
            top = Math.max(top, theta[k]);
        }
        double sum = 0;
        for (int k = 0; k < components; k++) {
            sum += Math.exp(theta[k] - top);
        }
        double log = top + Math.log(sum);
        logWeights = new double[components];
        weights = new double[components];
        constants = new double[components];
        scales = new ScaleBlock[components];
        for (int k = 0; k < components; k++) {
            logWeights[k] = theta[k] - log;
            weights[k] = Math.exp(logWeights[k]);
            scales[k] = ScaleBlock.of(family, d, theta, family.scaleOffset(k, d));
            double nu = family.nu(k);
            double constant = family.isNormal(k)
                    ? -d * HALF_LOG_TWO_PI
                    : LogGamma.value(0.5 * (nu + d)) - LogGamma.value(0.5 * nu) - 0.5 * d * Math.log(nu * Math.PI);
            constants[k] = constant - scales[k].halfLogDeterminant();
        }
    }

    /**
     * The member with the given parameters.
     *
     * @param parameters {@link Family#parameters} finite values in the order of the class comment; copied
     */
    public static Mixture of(Family family, int dimension, double[] parameters) {
        int count = family.parameters(Arguments.positive("dimension", dimension));
        if (parameters.length != count) {
            throw new IllegalArgumentException("parameters must number " + count + " for " + family + " in " + dimension
                    + " dimensions, was " + parameters.length);
        }
        return new Mixture(family, dimension, Arguments.finite("parameters", parameters.clone()));
    }

    /** As {@link #of}; the array is taken over and may hold values that are not finite, whose densities are then NaN. */
    static Mixture over(Family family, int dimension, double[] parameters) {
        return new Mixture(family, dimension, parameters);
    }

    /**
     * The member that is nearest to standard: equal weights, means 0, scale matrices near the identity. A low-rank part
     * is small but not zero, where its gradient would vanish.
     */
    public static Mixture standard(Family family, int dimension) {
        double[] theta = new double[family.parameters(Arguments.positive("dimension", dimension))];
        if (family.form() == ScaleForm.LOW_RANK) {
            for (int k = 0; k < family.components(); k++) {
                int offset = family.scaleOffset(k, dimension) + dimension;
                for (int i = 0; i < dimension; i++) {
                    theta[offset + i * family.rank() + i % family.rank()] = i / family.rank() % 2 == 0 ? 0.1 : -0.1;
                }
            }
        }
        return new Mixture(family, dimension, theta);
    }

    /** As {@link #standard}, with means that are normal of the given standard deviation; 0 leaves them at 0. */
    public static Mixture scattered(Family family, int dimension, double spread, UniformRandomProvider random) {
        double[] theta = standard(family, dimension).theta;
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        for (int k = 0; k < family.components(); k++) {
            int offset = family.meanOffset(k, dimension);
            for (int j = 0; j < dimension; j++) {
                theta[offset + j] = spread * gaussian.sample();
            }
        }
        return new Mixture(family, dimension, theta);
    }

    /**
     * The member with the given weights, means and scale matrices; a scale matrix is reduced to the family's form: its
     * diagonal, its principal factors and the rest of the diagonal, or itself.
     *
     * @param weights positive, of sum 1 up to a factor
     * @param means   K by d
     * @param scales  K scale matrices of d by d, positive definite (covariances for normal components)
     */
    public static Mixture of(Family family, double[] weights, double[][] means, double[][][] scales) {
        int components = family.components();
        if (weights.length != components || means.length != components || scales.length != components) {
            throw new IllegalArgumentException("weights, means and scales must number " + components + ", was "
                    + weights.length + ", " + means.length + " and " + scales.length);
        }
        int d = means[0].length;
        double[] theta = new double[family.parameters(d)];
        for (int k = 0; k < components; k++) {
            theta[k] = Math.log(Arguments.positive("weight", weights[k]));
            Arguments.sameDimension(d, means[k].length);
            Arguments.sameDimension(d, scales[k].length);
            System.arraycopy(Arguments.finite("mean", means[k]), 0, theta, family.meanOffset(k, d), d);
            ScaleParameters.write(family, scales[k], theta, family.scaleOffset(k, d));
        }
        centre(theta, components);
        return new Mixture(family, d, theta);
    }

    private static void centre(double[] theta, int components) {
        double mean = 0;
        for (int k = 0; k < components; k++) {
            mean += theta[k] / components;
        }
        for (int k = 0; k < components; k++) {
            theta[k] -= mean;
        }
    }

    /** The family. */
    public Family family() {
        return family;
    }

    @Override
    public int dimension() {
        return d;
    }

    /** Number K of components. */
    public int components() {
        return weights.length;
    }

    /** The parameters. A copy. */
    public double[] parameters() {
        return theta.clone();
    }

    /** Number of parameters. */
    public int parameterCount() {
        return theta.length;
    }

    /** The weight of a component. */
    public double weight(int component) {
        return weights[component];
    }

    /** The log weight of a component. */
    public double logWeight(int component) {
        return logWeights[component];
    }

    /** The weights. A copy. */
    public double[] weights() {
        return weights.clone();
    }

    /** The mean (of a t law: the location) of a component. A copy. */
    public double[] mean(int component) {
        int offset = family.meanOffset(component, d);
        return Arrays.copyOfRange(theta, offset, offset + d);
    }

    /** \( \sqrt{\Sigma_{jj}} \) of a component's scale matrix, for all j. A copy. */
    public double[] deviations(int component) {
        double[] sd = new double[d];
        for (int j = 0; j < d; j++) {
            sd[j] = scales[component].deviation(j);
        }
        return sd;
    }

    /** The scale matrix \( \Sigma \) of a component, the covariance of a normal one. A copy. */
    public double[][] scaleMatrix(int component) {
        return scales[component].matrix();
    }

    /** Mean of the mixture. */
    public double[] mean() {
        double[] mean = new double[d];
        for (int k = 0; k < weights.length; k++) {
            int offset = family.meanOffset(k, d);
            for (int j = 0; j < d; j++) {
                mean[j] += weights[k] * theta[offset + j];
            }
        }
        return mean;
    }

    /** Standard deviations of the mixture's coordinates; {@code +inf} where a t component has nu at most 2. */
    public double[] standardDeviations() {
        double[] mean = mean();
        double[] sd = new double[d];
        for (int j = 0; j < d; j++) {
            double square = 0;
            for (int k = 0; k < weights.length; k++) {
                double gap = theta[family.meanOffset(k, d) + j] - mean[j];
                double s = scales[k].deviation(j);
                double nu = family.nu(k);
                double factor = family.isNormal(k) ? 1 : nu > 2 ? nu / (nu - 2) : Double.POSITIVE_INFINITY;
                square += weights[k] * (gap * gap + factor * s * s);
            }
            sd[j] = Math.sqrt(square);
        }
        return sd;
    }

    /** The mixture with other parameters of the same family. */
    public Mixture withParameters(double[] parameters) {
        return of(family, d, parameters);
    }

    /** The mixture with other weights, positive and of sum 1 up to a factor. */
    public Mixture withWeights(double[] other) {
        Arguments.sameDimension(weights.length, other.length);
        double[] next = theta.clone();
        for (int k = 0; k < other.length; k++) {
            next[k] = Math.log(Arguments.positive("weight", other[k]));
        }
        centre(next, other.length);
        return new Mixture(family, d, next);
    }

    /** One component alone. */
    public Mixture component(int component) {
        Family one = family.withNus(family.nu(component));
        double[] next = new double[one.parameters(d)];
        System.arraycopy(theta, family.meanOffset(component, d), next, 1, d);
        System.arraycopy(theta, family.scaleOffset(component, d), next, 1 + d, family.scaleParameters(d));
        return new Mixture(one, d, next);
    }

    /**
     * The mixture {@code share} of the other and {@code 1 - share} of this one, component after component.
     *
     * @param other a mixture of the same dimension and form of scales
     * @param share strictly between 0 and 1
     */
    public Mixture with(Mixture other, double share) {
        Arguments.fraction("share", share);
        Arguments.sameDimension(d, other.d);
        if (family.form() != other.family.form() || family.rank() != other.family.rank()) {
            throw new IllegalArgumentException("family must have scales like " + family + ", was " + other.family);
        }
        int first = components();
        int second = other.components();
        double[] nus = new double[first + second];
        for (int k = 0; k < nus.length; k++) {
            nus[k] = k < first ? family.nu(k) : other.family.nu(k - first);
        }
        Family joint = family.withNus(nus);
        double[] next = new double[joint.parameters(d)];
        double low = Math.log1p(-share);
        double high = Math.log(share);
        for (int k = 0; k < nus.length; k++) {
            Mixture from = k < first ? this : other;
            int i = k < first ? k : k - first;
            next[k] = from.logWeights[i] + (k < first ? low : high);
            System.arraycopy(from.theta, from.family.meanOffset(i, d), next, joint.meanOffset(k, d), d);
            System.arraycopy(
                    from.theta, from.family.scaleOffset(i, d), next, joint.scaleOffset(k, d), joint.scaleParameters(d));
        }
        centre(next, nus.length);
        return new Mixture(joint, d, next);
    }

    /** The same parameters with other degrees of freedom, one per component; {@code +inf} for a normal one. */
    public Mixture withNus(double... nus) {
        Arguments.sameDimension(components(), nus.length);
        return new Mixture(family.withNus(nus), d, theta.clone());
    }

    /** The mixture whose scale matrices are multiplied by the square of a factor. */
    public Mixture widened(double factor) {
        Arguments.positive("factor", factor);
        double log = Math.log(factor);
        double[] next = theta.clone();
        for (int k = 0; k < components(); k++) {
            int offset = family.scaleOffset(k, d);
            switch (family.form()) {
                case MEAN_FIELD -> {
                    for (int j = 0; j < d; j++) {
                        next[offset + j] += log;
                    }
                }
                case LOW_RANK -> {
                    for (int j = 0; j < d; j++) {
                        next[offset + j] += log;
                    }
                    for (int j = d; j < family.scaleParameters(d); j++) {
                        next[offset + j] *= factor;
                    }
                }
                case FULL -> {
                    int index = offset;
                    for (int i = 0; i < d; i++) {
                        for (int j = 0; j < i; j++) {
                            next[index++] *= factor;
                        }
                        next[index++] += log;
                    }
                }
            }
        }
        return new Mixture(family, d, next);
    }

    /** Working memory for one thread. */
    public MixtureScratch scratch() {
        return new MixtureScratch(family, d);
    }

    @Override
    public double value(double[] point) {
        return logDensity(point, scratch());
    }

    @Override
    public double value(double[] point, double[] gradient) {
        MixtureScratch scratch = scratch();
        double value = evaluate(point, scratch);
        score(scratch, gradient);
        return value;
    }

    /** \( \log q(x) \); the scratch holds no scores afterwards. */
    public double logDensity(double[] point, MixtureScratch scratch) {
        int components = weights.length;
        double top = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < components; k++) {
            double square = scales[k].distance(point, theta, k * d + components, scratch.work[k]);
            double log = constants[k] + logWeights[k];
            if (family.isNormal(k)) {
                log -= 0.5 * square;
                scratch.factors[k] = 1;
            } else {
                double nu = family.nu(k);
                log -= 0.5 * (nu + d) * Math.log1p(square / nu);
                scratch.factors[k] = (nu + d) / (nu + square);
            }
            scratch.logs[k] = log;
            top = Math.max(top, log);
        }
        if (components == 1) {
            scratch.shares[0] = 1;
            return scratch.logs[0];
        }
        if (top == Double.NEGATIVE_INFINITY || Double.isNaN(top)) {
            Arrays.fill(scratch.shares, 0);
            return top;
        }
        double sum = 0;
        for (int k = 0; k < components; k++) {
            double e = Math.exp(scratch.logs[k] - top);
            scratch.shares[k] = e;
            sum += e;
        }
        for (int k = 0; k < components; k++) {
            scratch.shares[k] /= sum;
        }
        return top + Math.log(sum);
    }

    /** \( \log q(x) \), leaving shares and scores in the scratch for {@link #score} and {@link #addDirect}. */
    public double evaluate(double[] point, MixtureScratch scratch) {
        double log = logDensity(point, scratch);
        for (int k = 0; k < weights.length; k++) {
            if (scratch.shares[k] > 0) {
                scales[k].solve(scratch.factors[k], scratch.work[k], scratch.scores[k]);
            }
        }
        return log;
    }

    /**
     * \( \nabla_x\log q \) at the point of the last {@link #evaluate}.
     *
     * @param gradient d places, overwritten
     */
    public void score(MixtureScratch scratch, double[] gradient) {
        Arrays.fill(gradient, 0, d, 0);
        addScore(1, scratch, gradient);
    }

    /** Adds c times \( \nabla_x\log q \) at the point of the last {@link #evaluate}. */
    public void addScore(double c, MixtureScratch scratch, double[] gradient) {
        for (int k = 0; k < weights.length; k++) {
            double r = c * scratch.shares[k];
            if (r != 0) {
                double[] v = scratch.scores[k];
                for (int j = 0; j < d; j++) {
                    gradient[j] -= r * v[j];
                }
            }
        }
    }

    /**
     * Adds c times \( \nabla_\theta\log q_\theta(x) \) at the point of the last {@link #evaluate}: one term of the direct
     * operator.
     *
     * @param sum {@link #parameterCount} places, added to
     */
    public void addDirect(double c, MixtureScratch scratch, double[] sum) {
        int components = weights.length;
        for (int k = 0; k < components; k++) {
            sum[k] += c * (scratch.shares[k] - weights[k]);
            double r = c * scratch.shares[k];
            if (r != 0) {
                double[] v = scratch.scores[k];
                int offset = components + k * d;
                for (int j = 0; j < d; j++) {
                    sum[offset + j] += r * v[j];
                }
                scales[k].addDirect(r, v, scratch.work[k], sum, family.scaleOffset(k, d));
            }
        }
    }

    /**
     * The direct operator: \( \nabla_\theta\sum_i c_i\log q_\theta(x_i) \).
     *
     * @param points       n points of d coordinates
     * @param coefficients n values c
     * @param logDensities n places, overwritten with \( \log q(x_i) \); may be empty
     * @return as many values as there are parameters
     */
    public double[] direct(double[][] points, double[] coefficients, double[] logDensities) {
        Arguments.sameDimension(points.length, coefficients.length);
        MixtureScratch scratch = scratch();
        double[] sum = new double[theta.length];
        for (int i = 0; i < points.length; i++) {
            double log = evaluate(points[i], scratch);
            if (logDensities.length > 0) {
                logDensities[i] = log;
            }
            if (coefficients[i] != 0) {
                addDirect(coefficients[i], scratch, sum);
            }
        }
        return sum;
    }

    /** \( \log q \) at n points. */
    public double[] logDensities(double[][] points) {
        MixtureScratch scratch = scratch();
        double[] logs = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            logs[i] = logDensity(points[i], scratch);
        }
        return logs;
    }

    /**
     * The draw \( x = \mu_j + A_jz \) of a component.
     *
     * @param z     base draws, already scaled for Student t
     * @param start place of the first of {@link Family#drawDimension} coordinates
     * @param x     d places, overwritten
     */
    public void transform(int component, double[] z, int start, double[] x) {
        scales[component].transform(theta, family.meanOffset(component, d), z, start, x);
    }

    /** Adds \( \nabla_\theta\,(g\cdot x_j(z)) \), g and z fixed: the path derivative of one draw of a component. */
    public void addPath(int component, double[] g, double[] z, int start, double[] sum) {
        int offset = family.meanOffset(component, d);
        for (int j = 0; j < d; j++) {
            sum[offset + j] += g[j];
        }
        scales[component].addPath(g, z, start, sum, family.scaleOffset(component, d));
    }

    ScaleBlock scale(int component) {
        return scales[component];
    }

    /** The inner product of a component's mean with a. */
    double projectedMean(int component, double[] a) {
        int offset = family.meanOffset(component, d);
        double sum = 0;
        for (int j = 0; j < d; j++) {
            sum += a[j] * theta[offset + j];
        }
        return sum;
    }

    /**
     * Sizes of the parameters in which an optimiser should step: means and off-diagonal scales in standard deviations
     * of their component, logits and logs in units of 1.
     */
    public double[] units() {
        double[] units = new double[theta.length];
        Arrays.fill(units, 0, components(), 1);
        for (int k = 0; k < components(); k++) {
            int offset = family.meanOffset(k, d);
            for (int j = 0; j < d; j++) {
                units[offset + j] = scales[k].deviation(j);
            }
            scales[k].units(units, family.scaleOffset(k, d));
        }
        return units;
    }

    /** Writes one draw and returns the number of its component. */
    public int sample(UniformRandomProvider random, double[] point) {
        double u = random.nextDouble();
        int component = 0;
        while (component < weights.length - 1 && u >= weights[component]) {
            u -= weights[component];
            component++;
        }
        sample(component, random, point);
        return component;
    }

    /** Writes one draw of a component. */
    public void sample(int component, UniformRandomProvider random, double[] point) {
        double[] z = new double[family.drawDimension(d)];
        BaseDraws.fresh(family, component, random, z, 0, z.length);
        transform(component, z, 0, point);
    }

    /** n draws. */
    public double[][] sample(int count, UniformRandomProvider random) {
        double[][] points = new double[Arguments.positive("count", count)][d];
        for (double[] point : points) {
            sample(random, point);
        }
        return points;
    }

    /** The Mass Index of the mixture at a point: kappa = d, as everywhere where a density is positive and continuous. */
    public MassIndex massIndex(double[] point) {
        return MassIndex.of(localLaw(point, Norm.l2()), d);
    }

    /** The local law at a point, \( q(B_r) \sim V_d\,q(x)\,r^d \). */
    public LocalLaw localLaw(double[] point, Norm norm) {
        Arguments.sameDimension(d, point.length);
        return LocalLaw.ofDensity(value(point), d, norm);
    }

    /** The mixture as a distribution, with exact masses of balls and boxes; of half-spaces for one component. */
    public Distribution toDistribution() {
        List<Distribution> parts = new ArrayList<>();
        double[] shares = new double[components()];
        double total = 0;
        for (int k = 0; k < shares.length; k++) {
            if (weights[k] > 0) {
                shares[parts.size()] = weights[k];
                total += weights[k];
                double[][] matrix = scales[k].matrix();
                Covariance covariance;
                if (family.form() == ScaleForm.MEAN_FIELD) {
                    double[] variances = new double[d];
                    for (int j = 0; j < d; j++) {
                        variances[j] = matrix[j][j];
                    }
                    covariance = Covariance.diagonal(variances);
                } else {
                    covariance = Covariance.full(matrix);
                }
                parts.add(
                        family.isNormal(k)
                                ? MultivariateDistributions.multiNormal(mean(k), covariance)
                                : MultivariateDistributions.multiStudentT(family.nu(k), mean(k), covariance));
            }
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        double[] kept = Arrays.copyOf(shares, parts.size());
        for (int k = 0; k < kept.length; k++) {
            kept[k] /= total;
        }
        return Compositions.mixture(parts, kept);
    }

    @Override
    public String toString() {
        return family + " in " + d + " dimensions";
    }
}
