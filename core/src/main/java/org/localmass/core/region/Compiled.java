package org.localmass.core.region;

/** Expressions bound to columns. Evaluation allocates nothing and reads only the bound columns. */
final class Compiled {
    private static final double SAFE_SQUARES = 1e-280;

    private Compiled() {}

    /** One number, or one number per element. */
    sealed interface Quantity permits Scalar, Elements {}

    abstract static non-sealed class Scalar implements Quantity {
        abstract double value(double[] x);
    }

    abstract static non-sealed class Elements implements Quantity {
        final int size;

        Elements(int size) {
            this.size = size;
        }

        abstract double value(double[] x, int element);
    }

    interface Test {
        boolean holds(double[] x);
    }

    static final class Constant extends Scalar {
        private final double constant;

        Constant(double constant) {
            this.constant = constant;
        }

        @Override
        double value(double[] x) {
            return constant;
        }
    }

    static final class Coordinate extends Scalar {
        private final int column;

        Coordinate(int column) {
            this.column = column;
        }

        @Override
        double value(double[] x) {
            return x[column];
        }
    }

    static final class Slice extends Elements {
        private final int[] columns;

        Slice(int[] columns) {
            super(columns.length);
            this.columns = columns;
        }

        @Override
        double value(double[] x, int element) {
            return x[columns[element]];
        }
    }

    /** The same number for each element. */
    private static final class Repeated extends Elements {
        private final Scalar scalar;

        Repeated(Scalar scalar, int size) {
            super(size);
            this.scalar = scalar;
        }

        @Override
        double value(double[] x, int element) {
            return scalar.value(x);
        }
    }

    /** Minus the operand, or its absolute value. */
    static Quantity map(Quantity operand, boolean absolute) {
        return operand instanceof Elements elements
                ? new MappedElements(elements, absolute)
                : new MappedScalar((Scalar) operand, absolute);
    }

    private static final class MappedScalar extends Scalar {
        private final Scalar operand;
        private final boolean absolute;

        MappedScalar(Scalar operand, boolean absolute) {
            this.operand = operand;
            this.absolute = absolute;
        }

        @Override
        double value(double[] x) {
            double value = operand.value(x);
            return absolute ? Math.abs(value) : -value;
        }
    }

    private static final class MappedElements extends Elements {
        private final Elements operand;
        private final boolean absolute;

        MappedElements(Elements operand, boolean absolute) {
            super(operand.size);
            this.operand = operand;
            this.absolute = absolute;
        }

        @Override
        double value(double[] x, int element) {
            double value = operand.value(x, element);
            return absolute ? Math.abs(value) : -value;
        }
    }

    static Elements repeat(Quantity quantity, int size) {
        return quantity instanceof Elements elements ? elements : new Repeated((Scalar) quantity, size);
    }

    private static double step(boolean additive, boolean inverse, double left, double right) {
        if (additive) {
            return inverse ? left - right : left + right;
        }
        return inverse ? left / right : left * right;
    }

    static final class ScalarChain extends Scalar {
        private final boolean additive;
        private final Scalar[] operands;
        private final boolean[] inverse;

        ScalarChain(boolean additive, Scalar[] operands, boolean[] inverse) {
            this.additive = additive;
            this.operands = operands;
            this.inverse = inverse;
        }

        @Override
        double value(double[] x) {
            double value = operands[0].value(x);
            for (int i = 1; i < operands.length; i++) {
                value = step(additive, inverse[i], value, operands[i].value(x));
            }
            return value;
        }
    }

    static final class ElementsChain extends Elements {
        private final boolean additive;
        private final Elements[] operands;
        private final boolean[] inverse;

        ElementsChain(boolean additive, Elements[] operands, boolean[] inverse) {
            super(operands[0].size);
            this.additive = additive;
            this.operands = operands;
            this.inverse = inverse;
        }

        @Override
        double value(double[] x, int element) {
            double value = operands[0].value(x, element);
            for (int i = 1; i < operands.length; i++) {
                value = step(additive, inverse[i], value, operands[i].value(x, element));
            }
            return value;
        }
    }

    /** A function of all elements of its arguments. */
    static final class Aggregate extends Scalar {
        private final Function function;
        private final Elements[] parts;
        private final int size;

        Aggregate(Function function, Elements[] parts) {
            this.function = function;
            this.parts = parts;
            int total = 0;
            for (Elements part : parts) {
                total += part.size;
            }
            this.size = total;
        }

        @Override
        double value(double[] x) {
            return switch (function) {
                case MIN -> least(x);
                case MAX -> greatest(x);
                case MEAN -> sum(x) / size;
                case NORM -> norm(x);
                case SUM, ABS -> sum(x);
            };
        }

        private double least(double[] x) {
            double least = Double.POSITIVE_INFINITY;
            for (Elements part : parts) {
                for (int i = 0; i < part.size; i++) {
                    least = Math.min(least, part.value(x, i));
                }
            }
            return least;
        }

        private double greatest(double[] x) {
            double greatest = Double.NEGATIVE_INFINITY;
            for (Elements part : parts) {
                for (int i = 0; i < part.size; i++) {
                    greatest = Math.max(greatest, part.value(x, i));
                }
            }
            return greatest;
        }

        private double sum(double[] x) {
            double sum = 0;
            for (Elements part : parts) {
                for (int i = 0; i < part.size; i++) {
                    sum += part.value(x, i);
                }
            }
            return sum;
        }

        private double squares(double[] x, double scale) {
            double sum = 0;
            for (Elements part : parts) {
                for (int i = 0; i < part.size; i++) {
                    double value = part.value(x, i) / scale;
                    sum += value * value;
                }
            }
            return sum;
        }

        private double norm(double[] x) {
            double squares = squares(x, 1);
            if (Double.isNaN(squares) || (squares >= SAFE_SQUARES && squares < Double.POSITIVE_INFINITY)) {
                return Math.sqrt(squares);
            }
            double scale = 0;
            for (Elements part : parts) {
                for (int i = 0; i < part.size; i++) {
                    scale = Math.max(scale, Math.abs(part.value(x, i)));
                }
            }
            if (scale == 0 || scale == Double.POSITIVE_INFINITY) {
                return scale;
            }
            return scale * Math.sqrt(squares(x, scale));
        }
    }

    static final class Comparison implements Test {
        private final Scalar left;
        private final Relation relation;
        private final Scalar right;

        Comparison(Scalar left, Relation relation, Scalar right) {
            this.left = left;
            this.relation = relation;
            this.right = right;
        }

        @Override
        public boolean holds(double[] x) {
            return relation.holds(left.value(x), right.value(x));
        }
    }

    static final class ComparisonChain implements Test {
        private final Scalar[] operands;
        private final Relation[] relations;

        ComparisonChain(Scalar[] operands, Relation[] relations) {
            this.operands = operands;
            this.relations = relations;
        }

        @Override
        public boolean holds(double[] x) {
            double left = operands[0].value(x);
            for (int i = 0; i < relations.length; i++) {
                double right = operands[i + 1].value(x);
                if (!relations[i].holds(left, right)) {
                    return false;
                }
                left = right;
            }
            return true;
        }
    }

    static final class Not implements Test {
        private final Test operand;

        Not(Test operand) {
            this.operand = operand;
        }

        @Override
        public boolean holds(double[] x) {
            return !operand.holds(x);
        }
    }

    /** All of the parts, or any of them. */
    static final class Join implements Test {
        private final boolean all;
        private final Test[] parts;

        Join(boolean all, Test[] parts) {
            this.all = all;
            this.parts = parts;
        }

        @Override
        public boolean holds(double[] x) {
            for (Test part : parts) {
                if (part.holds(x) != all) {
                    return !all;
                }
            }
            return all;
        }
    }
}
