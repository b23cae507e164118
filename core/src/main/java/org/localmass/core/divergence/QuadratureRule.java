package org.localmass.core.divergence;

import java.util.ArrayList;
import java.util.List;

/** How the integrals of local RE-KL are computed on each panel. */
public enum QuadratureRule {
    /** Gauss-Kronrod with 10 and 21 points. */
    GAUSS_KRONROD {
        @Override
        Table table() {
            return Table.KRONROD;
        }

        @Override
        double error(double fine, double coarse) {
            // QUADPACK's scaling: the finer value is far better than the difference of the two
            double difference = Math.abs(fine - coarse);
            return difference == 0 || fine == 0
                    ? difference
                    : Math.abs(fine) * Math.min(1, Math.pow(200 * difference / Math.abs(fine), 1.5));
        }
    },
    /** Tanh-sinh with steps 1/4 and 1/8: an independent check. */
    TANH_SINH {
        @Override
        Table table() {
            return Table.TANH_SINH;
        }

        @Override
        double error(double fine, double coarse) {
            // halving the step doubles the digits
            double difference = Math.abs(fine - coarse);
            return difference == 0 || fine == 0
                    ? difference
                    : Math.abs(fine) * Math.min(1, 10 * Math.pow(difference / Math.abs(fine), 1.5));
        }
    };

    abstract Table table();

    /** Error of the finer of two values of an integral of one sign. */
    abstract double error(double fine, double coarse);

    /**
     * Nodes and weights on [-1, 1].
     *
     * @param nodes  positions
     * @param fine   weights of the finer rule
     * @param coarse weights of the coarser rule, 0 at nodes that it lacks
     */
    record Table(double[] nodes, double[] fine, double[] coarse) {
        static final Table KRONROD = kronrod();
        static final Table TANH_SINH = tanhSinh();

        private static Table kronrod() {
            double[] x = {
                0.9956571630258081,
                0.9739065285171717,
                0.9301574913557082,
                0.8650633666889845,
                0.7808177265864169,
                0.6794095682990244,
                0.5627571346686047,
                0.4333953941292472,
                0.2943928627014602,
                0.14887433898163122,
                0
            };
            double[] w = {
                0.011694638867371874,
                0.032558162307964725,
                0.054755896574351995,
                0.07503967481091996,
                0.0931254545836976,
                0.10938715880229764,
                0.12349197626206584,
                0.13470921731147334,
                0.14277593857706009,
                0.14773910490133849,
                0.1494455540029169
            };
            double[] g = {
                0,
                0.06667134430868814,
                0,
                0.1494513491505806,
                0,
                0.21908636251598204,
                0,
                0.26926671930999635,
                0,
                0.29552422471475287,
                0
            };
            double[] nodes = new double[21];
            double[] fine = new double[21];
            double[] coarse = new double[21];
            for (int i = 0; i < 21; i++) {
                int j = i < 11 ? i : 20 - i;
                nodes[i] = i < 11 ? -x[j] : x[j];
                fine[i] = w[j];
                coarse[i] = g[j];
            }
            return new Table(nodes, fine, coarse);
        }

        private static Table tanhSinh() {
            double h = 0.125;
            List<double[]> rows = new ArrayList<>();
            for (int j = -25; j <= 25; j++) {
                double t = j * h;
                double s = 0.5 * Math.PI * Math.sinh(t);
                double cosh = Math.cosh(s);
                double weight = h * 0.5 * Math.PI * Math.cosh(t) / (cosh * cosh);
                rows.add(new double[] {Math.tanh(s), weight, j % 2 == 0 ? 2 * weight : 0});
            }
            int n = rows.size();
            double[] nodes = new double[n];
            double[] fine = new double[n];
            double[] coarse = new double[n];
            for (int i = 0; i < n; i++) {
                nodes[i] = rows.get(i)[0];
                fine[i] = rows.get(i)[1];
                coarse[i] = rows.get(i)[2];
            }
            return new Table(nodes, fine, coarse);
        }
    }
}
