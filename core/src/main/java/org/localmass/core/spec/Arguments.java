package org.localmass.core.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.localmass.core.measure.Covariance;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.Univariate;
import org.localmass.core.region.RegionSyntaxException;

/** The arguments of one call, in the order of its parameters. */
final class Arguments {
    private final String text;
    private final Signature signature;
    private final List<@Nullable Value> values;

    Arguments(String text, Signature signature, List<@Nullable Value> values) {
        this.text = text;
        this.signature = signature;
        this.values = values;
    }

    double number(int i) {
        Value value = values.get(i);
        if (value == null) {
            return signature.parameters().get(i).otherwise();
        }
        if (value instanceof Value.Scalar number) {
            return number.value();
        }
        throw wrong(i, value);
    }

    int integer(int i) {
        double number = number(i);
        Value value = values.get(i);
        if (value != null && (number != Math.rint(number) || Math.abs(number) > 1e6)) {
            throw wrong(i, value);
        }
        return (int) number;
    }

    double[] vector(int i) {
        Value value = present(i);
        if (value instanceof Value.Scalar number) {
            return new double[] {number.value()};
        }
        if (value instanceof Value.Items items) {
            double[] vector = new double[items.items().size()];
            for (int j = 0; j < vector.length; j++) {
                if (!(items.items().get(j) instanceof Value.Scalar number)) {
                    throw wrong(i, items.items().get(j));
                }
                vector[j] = number.value();
            }
            return vector;
        }
        throw wrong(i, value);
    }

    Covariance covariance(int i, int dimension) {
        Value value = present(i);
        if (value instanceof Value.Scalar number) {
            return Covariance.isotropic(dimension, number.value());
        }
        if (value instanceof Value.Items items && items.items().stream().allMatch(Value.Items.class::isInstance)) {
            double[][] matrix = new double[items.items().size()][];
            for (int row = 0; row < matrix.length; row++) {
                List<Value> cells = ((Value.Items) items.items().get(row)).items();
                matrix[row] = new double[cells.size()];
                for (int j = 0; j < matrix[row].length; j++) {
                    if (!(cells.get(j) instanceof Value.Scalar number)) {
                        throw wrong(i, cells.get(j));
                    }
                    matrix[row][j] = number.value();
                }
            }
            return Covariance.full(matrix);
        }
        return Covariance.diagonal(vector(i));
    }

    Univariate law(int i) {
        Value value = present(i);
        if (value instanceof Value.Law law && law.law() instanceof Univariate line) {
            return line;
        }
        throw wrong(i, value);
    }

    Distribution distribution(Value value, int i) {
        if (value instanceof Value.Law law) {
            return law.law();
        }
        throw wrong(i, value);
    }

    Value.Map map(int i) {
        Value value = present(i);
        if (value instanceof Value.Map map) {
            return map;
        }
        throw wrong(i, value);
    }

    private Value present(int i) {
        Value value = values.get(i);
        if (value == null) {
            throw new IllegalStateException("argument " + i + " of " + signature.name() + " has no default");
        }
        return value;
    }

    private RegionSyntaxException wrong(int i, Value value) {
        Signature.Parameter parameter = signature.parameters().get(i);
        return RegionSyntaxException.at(
                DistributionText.LANGUAGE,
                text,
                value.at(),
                parameter.name() + " must be " + parameter.kind().words(),
                "use " + signature.usage());
    }
}
