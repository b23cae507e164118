package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Proposes balls round reference draws that hold more of the reference than of q, and the half-spaces and balls that follow
 * from them.
 *
 * <p>Centres are 200 reference draws, more of them far out. For each the ball that reaches its k-th neighbour is scored for
 * some fourteen k. The best six that do not hold each other's centre are refined: the direction from q's mean to the mean of
 * the members is scanned, its best upper interval gives new members, three times; then the distance from their mean is
 * scanned. The refinement finds small modes in many dimensions, where the balls themselves hold too few draws.
 */
final class NeighbourScan implements CandidateSource {
    private static final double PENALTY = 9;
    private static final int CENTRES = 200;
    private static final int MOST_P = 8000;
    private static final int MOST_Q = 10_000;
    private static final int KEPT = 6;
    private static final int ROUNDS = 3;
    private static final int LEAST_MEMBERS = 3;

    @Override
    public View view() {
        return View.BALLS;
    }

    @Override
    public int quota() {
        return 4;
    }

    private record Ball(double score, int centre, double square) {}

    @Override
    public List<Candidate> candidates(Half half) {
        Optional<WhitenedScores> known = half.whitened();
        if (known.isEmpty() || half.p().size() < 20) {
            return List.of();
        }
        WhitenedScores scores = known.get();
        int[] centres = centres(scores);
        List<Ball> balls = best(half, scores, centres);
        balls.sort(Comparator.comparingDouble(Ball::score).reversed());
        List<Ball> kept = new ArrayList<>();
        for (Ball ball : balls) {
            if (kept.size() == KEPT || !(ball.score > 0)) {
                break;
            }
            boolean apart = true;
            for (Ball other : kept) {
                double gap = square(scores.p(), ball.centre, row(scores.p(), other.centre));
                apart &= gap >= Math.max(ball.square, other.square);
            }
            if (apart) {
                kept.add(ball);
            }
        }
        List<Candidate> all = new ArrayList<>();
        half.workers().map(kept.size(), i -> refined(scores, kept.get(i))).forEach(all::addAll);
        all.sort(Comparator.comparingDouble(Candidate::score).reversed());
        return all;
    }

    /** Rows of the reference, systematically chosen with weight 0.2 + 0.8 (rank of the distance from the centre)^4. */
    private static int[] centres(WhitenedScores scores) {
        double[] far = Columns.distances(scores.p(), new double[scores.dimension()]);
        double[] sorted = far.clone();
        Arrays.sort(sorted);
        int n = far.length;
        double[] cumulative = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += 0.2 + 0.8 * Math.pow((double) SortedColumn.upTo(sorted, far[i]) / n, 4);
            cumulative[i] = sum;
        }
        int count = Math.min(CENTRES, n);
        int[] centres = new int[count];
        int row = 0;
        for (int k = 0; k < count; k++) {
            double position = (k + 0.5) / count * sum;
            while (row + 1 < n && cumulative[row] < position) {
                row++;
            }
            centres[k] = row;
        }
        return Arrays.stream(centres).distinct().toArray();
    }

    private static double[] row(double[][] columns, int i) {
        double[] row = new double[columns.length];
        for (int j = 0; j < row.length; j++) {
            row[j] = columns[j][i];
        }
        return row;
    }

    private static double square(double[][] columns, int i, double[] centre) {
        double sum = 0;
        for (int j = 0; j < centre.length; j++) {
            double gap = columns[j][i] - centre[j];
            sum += gap * gap;
        }
        return sum;
    }

    /** The best ball of each centre. */
    private static List<Ball> best(Half half, WhitenedScores scores, int[] centres) {
        double[][] p = strided(scores.p(), MOST_P);
        double[][] q = strided(scores.q(), MOST_Q);
        double[][] at = new double[centres.length][];
        for (int c = 0; c < at.length; c++) {
            at[c] = row(scores.p(), centres[c]);
        }
        double[][] squaresP = squares(p, at, half.workers());
        double[][] squaresQ = squares(q, at, half.workers());
        int n = p[0].length;
        int m = q[0].length;
        int[] counts = counts(n);
        double size = n / half.p().time();
        double sizeQ = m / half.q().time();
        return new ArrayList<>(half.workers().map(centres.length, c -> {
            Arrays.sort(squaresP[c]);
            double[] radii = new double[counts.length];
            for (int k = 0; k < radii.length; k++) {
                radii[k] = squaresP[c][counts[k]];
            }
            int[] inner = new int[radii.length + 1];
            for (double s : squaresQ[c]) {
                inner[below(radii, s)]++;
            }
            double top = 0;
            double square = 0;
            int y = 0;
            for (int k = 0; k < radii.length; k++) {
                y += inner[k];
                // the centre is itself a draw: it is not counted
                double x = counts[k] / half.p().time();
                if (x / size > y / half.q().time() / sizeQ) {
                    double score = LogLikelihoodRatio.of(x, size, y / half.q().time(), sizeQ);
                    if (score > top) {
                        top = score;
                        square = radii[k];
                    }
                }
            }
            return new Ball(top, centres[c], square);
        }));
    }

    /** Number of ascending radii less than a value. */
    private static int below(double[] radii, double value) {
        int low = 0;
        int high = radii.length;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (radii[mid] < value) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }

    private static int[] counts(int n) {
        TreeSet<Integer> counts = new TreeSet<>(List.of(4, 6, 9, 13, 19, 28));
        double last = Math.max(50, n / 2);
        for (int i = 0; i < 8; i++) {
            counts.add((int) (40 * Math.pow(last / 40, i / 7.0)));
        }
        return counts.stream()
                .mapToInt(Integer::intValue)
                .filter(k -> k < n - 1)
                .toArray();
    }

    private static double[][] strided(double[][] columns, int most) {
        int n = columns[0].length;
        int stride = (n - 1) / most + 1;
        if (stride == 1) {
            return columns;
        }
        double[][] some = new double[columns.length][(n - 1) / stride + 1];
        for (int j = 0; j < some.length; j++) {
            for (int i = 0; i < some[j].length; i++) {
                some[j][i] = columns[j][i * stride];
            }
        }
        return some;
    }

    /** Squared distances of all rows from each centre. */
    private static double[][] squares(double[][] columns, double[][] centres, Workers workers) {
        int n = columns[0].length;
        double[][] squares = new double[centres.length][n];
        workers.map((n - 1) / Columns.BLOCK + 1, b -> {
            int from = b * Columns.BLOCK;
            int length = Math.min(n, from + Columns.BLOCK) - from;
            double[] sum = new double[length];
            for (int c = 0; c < centres.length; c++) {
                Arrays.fill(sum, 0);
                for (int j = 0; j < columns.length; j++) {
                    Columns.addSquares(columns[j], from, centres[c][j], sum);
                }
                System.arraycopy(sum, 0, squares[c], from, length);
            }
            return b;
        });
        return squares;
    }

    /** The ball itself, the half-space of its direction and the ball round the half-space's members. */
    private static List<Candidate> refined(WhitenedScores scores, Ball ball) {
        List<Candidate> found = new ArrayList<>();
        double[] centre = row(scores.p(), ball.centre);
        if (ball.square > 0) {
            found.add(candidate(
                    scores.shell(centre, Double.NEGATIVE_INFINITY, Math.sqrt(ball.square)),
                    new LineScan.Span(ball.score, 0, 0, Direction.UNDER)));
        }
        double[] distances = Columns.distances(scores.p(), centre);
        boolean[] member = new boolean[distances.length];
        for (int i = 0; i < member.length; i++) {
            member[i] = distances[i] * distances[i] <= ball.square;
        }
        double[] direction = centre;
        LineScan.Span span = null;
        for (int round = 0; round < ROUNDS; round++) {
            double[] mean = mean(scores.p(), member);
            double[] gap = new double[mean.length];
            for (int j = 0; j < gap.length; j++) {
                gap[j] = mean[j] - scores.meanQ()[j];
            }
            Optional<double[]> unit = ProjectionScan.unit(gap);
            if (unit.isEmpty()) {
                return found;
            }
            direction = unit.get();
            double[] x = Columns.combination(scores.p(), direction);
            Optional<LineScan.Span> best = under(scores, x, Columns.combination(scores.q(), direction));
            if (best.isEmpty()) {
                return found;
            }
            span = best.get();
            int members = 0;
            for (int i = 0; i < member.length; i++) {
                member[i] = x[i] > span.lower() && x[i] <= span.upper();
                members += member[i] ? 1 : 0;
            }
            if (members < LEAST_MEMBERS) {
                return found;
            }
        }
        if (span != null) {
            found.add(candidate(scores.slab(direction, span.lower(), span.upper()), span));
            double[] mean = mean(scores.p(), member);
            under(scores, Columns.distances(scores.p(), mean), Columns.distances(scores.q(), mean))
                    .ifPresent(s -> found.add(candidate(scores.shell(mean, s.lower(), s.upper()), s)));
        }
        return found;
    }

    private static Optional<LineScan.Span> under(WhitenedScores scores, double[] x, double[] y) {
        return scores.scan(x, y, 1).stream()
                .filter(s -> s.direction() == Direction.UNDER)
                .findFirst();
    }

    private static Candidate candidate(org.localmass.core.region.Region region, LineScan.Span span) {
        return new Candidate(region, span.score(), PENALTY, span.direction(), View.BALLS);
    }

    private static double[] mean(double[][] columns, boolean[] member) {
        double[] mean = new double[columns.length];
        int count = 0;
        for (boolean m : member) {
            count += m ? 1 : 0;
        }
        for (int j = 0; j < mean.length; j++) {
            double sum = 0;
            for (int i = 0; i < member.length; i++) {
                if (member[i]) {
                    sum += columns[j][i];
                }
            }
            mean[j] = sum / Math.max(1, count);
        }
        return mean;
    }
}
