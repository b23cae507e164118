package org.localmass.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Proposes slabs along few directions of whitened normal scores, and shells of the distance from q's centre.
 *
 * <p>Directions: those of the three largest and two smallest variances of the reference (q has variance one in all), the
 * shrunk linear discriminant, and the sum of all normal scores.
 */
final class ProjectionScan implements CandidateSource {
    private static final double PENALTY = 9;
    private static final int LARGEST = 3;
    private static final int SMALLEST = 2;

    @Override
    public View view() {
        return View.PROJECTIONS;
    }

    @Override
    public int quota() {
        return 4;
    }

    @Override
    public List<Candidate> candidates(Half half) {
        Optional<WhitenedScores> known = half.whitened();
        if (known.isEmpty()) {
            return List.of();
        }
        WhitenedScores scores = known.get();
        List<double[]> directions = directions(half, scores);
        List<List<Candidate>> found = half.workers().map(directions.size() + 1, k -> {
            boolean radius = k == directions.size();
            double[] x = radius
                    ? Columns.distances(scores.p(), scores.meanQ())
                    : Columns.combination(scores.p(), directions.get(k));
            double[] y = radius
                    ? Columns.distances(scores.q(), scores.meanQ())
                    : Columns.combination(scores.q(), directions.get(k));
            List<Candidate> spans = new ArrayList<>();
            for (LineScan.Span span : scores.scan(x, y, 2)) {
                spans.add(new Candidate(
                        radius
                                ? scores.shell(scores.meanQ(), span.lower(), span.upper())
                                : scores.slab(directions.get(k), span.lower(), span.upper()),
                        span.score(),
                        PENALTY,
                        span.direction(),
                        View.PROJECTIONS));
            }
            return spans;
        });
        List<Candidate> all = new ArrayList<>();
        found.forEach(all::addAll);
        all.sort(Comparator.comparingDouble(Candidate::score).reversed());
        return all;
    }

    private static List<double[]> directions(Half half, WhitenedScores scores) {
        int d = scores.dimension();
        double[][] covariance = Columns.covariance(scores.p(), scores.meanP(), half.workers());
        List<double[]> directions = new ArrayList<>();
        double n = half.p().effectiveSize();
        List<double[]> axes = axes(covariance);
        for (int k = 0; k < Math.min(LARGEST, d); k++) {
            directions.add(axes.get(k));
        }
        // with few draws the smallest variances are zero by chance
        for (int k = 0; n > 2 * d && k < Math.min(SMALLEST, d - LARGEST); k++) {
            directions.add(axes.get(d - 1 - k));
        }
        double shrink = Math.min(0.9, d / (d + n));
        double[][] pooled = new double[d][d];
        double[] gap = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                pooled[i][j] = 0.5 * (1 - shrink) * covariance[i][j];
            }
            pooled[i][i] += 0.5 * (1 - shrink) + shrink;
            gap[i] = scores.meanP()[i] - scores.meanQ()[i];
        }
        unit(Columns.solve(pooled, gap)).ifPresent(directions::add);
        unit(scores.equalWeights()).ifPresent(directions::add);
        return directions;
    }

    static Optional<double[]> unit(double[] w) {
        double length = Math.sqrt(Columns.dot(w, w));
        if (!(length > 1e-9) || !Double.isFinite(length)) {
            return Optional.empty();
        }
        double[] unit = w.clone();
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= length;
        }
        return Optional.of(unit);
    }

    /** Eigenvectors of a symmetric matrix by falling eigenvalue, the largest component positive. */
    private static List<double[]> axes(double[][] symmetric) {
        int d = symmetric.length;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(new DMatrixRMaj(symmetric))) {
            throw new IllegalArgumentException("covariance must be finite");
        }
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < d; k++) {
            order.add(k);
        }
        order.sort(Comparator.comparingDouble(
                (Integer k) -> -eigen.getEigenvalue(k).getReal()));
        List<double[]> axes = new ArrayList<>();
        for (int k : order) {
            double[] axis = eigen.getEigenVector(k).getData().clone();
            int largest = 0;
            for (int i = 1; i < d; i++) {
                if (Math.abs(axis[i]) > Math.abs(axis[largest])) {
                    largest = i;
                }
            }
            if (axis[largest] < 0) {
                for (int i = 0; i < d; i++) {
                    axis[i] = -axis[i];
                }
            }
            axes.add(axis);
        }
        return axes;
    }
}
