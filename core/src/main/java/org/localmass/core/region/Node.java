package org.localmass.core.region;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed expression: arithmetic, or a condition on it. */
sealed interface Node {
    /** Binding strengths, from the weakest. */
    int OR = 0;

    int AND = 1;
    int NOT = 2;
    int COMPARISON = 3;
    int SUM = 4;
    int PRODUCT = 5;
    int UNARY = 6;
    int PRIMARY = 7;

    /** How strongly the node's outermost operator binds. */
    int strength();

    /** Appends the canonical text. */
    void write(StringBuilder text);

    /** Appends the canonical text, in parentheses if it binds more weakly than its place asks. */
    default void writeWithin(StringBuilder text, int least) {
        if (strength() < least) {
            text.append('(');
            write(text);
            text.append(')');
        } else {
            write(text);
        }
    }

    /** A node whose value is a number, or one number per element of a slice. */
    sealed interface Arithmetic extends Node {
        /** A slice that makes this more than one number by its spelling, or null. */
        @Nullable
        Reference slice();

        Compiled.Quantity bind(Binder binder);
    }

    /** A node that holds or does not. */
    sealed interface Condition extends Node {
        Compiled.Test bind(Binder binder);
    }

    record Constant(double value) implements Arithmetic {
        @Override
        public int strength() {
            return Math.copySign(1, value) < 0 ? UNARY : PRIMARY;
        }

        @Override
        public void write(StringBuilder text) {
            text.append(DecimalText.of(value));
        }

        @Override
        public @Nullable Reference slice() {
            return null;
        }

        @Override
        public Compiled.Quantity bind(Binder binder) {
            return new Compiled.Constant(value);
        }
    }

    record Named(Reference reference) implements Arithmetic {
        @Override
        public int strength() {
            return PRIMARY;
        }

        @Override
        public void write(StringBuilder text) {
            text.append(reference.text());
        }

        @Override
        public @Nullable Reference slice() {
            return reference.isSlice() ? reference : null;
        }

        @Override
        public Compiled.Quantity bind(Binder binder) {
            return binder.quantity(reference);
        }
    }

    record Minus(Arithmetic operand) implements Arithmetic {
        @Override
        public int strength() {
            return UNARY;
        }

        @Override
        public void write(StringBuilder text) {
            text.append('-');
            operand.writeWithin(text, PRIMARY);
        }

        @Override
        public @Nullable Reference slice() {
            return operand.slice();
        }

        @Override
        public Compiled.Quantity bind(Binder binder) {
            return Compiled.map(operand.bind(binder), false);
        }
    }

    /**
     * Sums and differences, or products and quotients, from left to right.
     *
     * @param inverse whether an operand is subtracted or divided by; false for the first
     * @param at      index of each operand in the text
     */
    record Chain(boolean additive, List<Arithmetic> operands, List<Boolean> inverse, List<Integer> at)
            implements Arithmetic {
        @Override
        public int strength() {
            return additive ? SUM : PRODUCT;
        }

        @Override
        public void write(StringBuilder text) {
            for (int i = 0; i < operands.size(); i++) {
                if (i > 0) {
                    text.append(additive ? (inverse.get(i) ? " - " : " + ") : (inverse.get(i) ? " / " : " * "));
                }
                operands.get(i).writeWithin(text, additive ? PRODUCT : UNARY);
            }
        }

        @Override
        public @Nullable Reference slice() {
            return firstSlice(operands);
        }

        @Override
        public Compiled.Quantity bind(Binder binder) {
            return binder.chain(this);
        }
    }

    record Call(Function function, List<Arithmetic> arguments) implements Arithmetic {
        @Override
        public int strength() {
            return PRIMARY;
        }

        @Override
        public void write(StringBuilder text) {
            text.append(function.word()).append('(');
            for (int i = 0; i < arguments.size(); i++) {
                text.append(i == 0 ? "" : ", ");
                arguments.get(i).write(text);
            }
            text.append(')');
        }

        @Override
        public @Nullable Reference slice() {
            return function == Function.ABS ? firstSlice(arguments) : null;
        }

        @Override
        public Compiled.Quantity bind(Binder binder) {
            return binder.call(this);
        }
    }

    /** Comparisons of neighbours, all of which must hold. */
    record Comparison(List<Arithmetic> operands, List<Relation> relations) implements Condition {
        @Override
        public int strength() {
            return COMPARISON;
        }

        @Override
        public void write(StringBuilder text) {
            for (int i = 0; i < operands.size(); i++) {
                if (i > 0) {
                    text.append(' ').append(relations.get(i - 1).symbol()).append(' ');
                }
                operands.get(i).write(text);
            }
        }

        @Override
        public Compiled.Test bind(Binder binder) {
            return binder.comparison(this);
        }
    }

    record Not(Condition operand) implements Condition {
        @Override
        public int strength() {
            return NOT;
        }

        @Override
        public void write(StringBuilder text) {
            text.append('!');
            if (operand instanceof Not) {
                operand.write(text);
            } else {
                operand.writeWithin(text, PRIMARY);
            }
        }

        @Override
        public Compiled.Test bind(Binder binder) {
            return new Compiled.Not(operand.bind(binder));
        }
    }

    /** Conditions joined by {@code &} or {@code |}; none of them is joined by the same sign. */
    record Join(boolean all, List<Condition> parts) implements Condition {
        static Join of(boolean all, List<Condition> parts) {
            List<Condition> flat = new ArrayList<>();
            for (Condition part : parts) {
                if (part instanceof Join join && join.all == all) {
                    flat.addAll(join.parts);
                } else {
                    flat.add(part);
                }
            }
            return new Join(all, List.copyOf(flat));
        }

        @Override
        public int strength() {
            return all ? AND : OR;
        }

        @Override
        public void write(StringBuilder text) {
            for (int i = 0; i < parts.size(); i++) {
                text.append(i == 0 ? "" : all ? " & " : " | ");
                parts.get(i).writeWithin(text, strength());
            }
        }

        @Override
        public Compiled.Test bind(Binder binder) {
            return binder.join(this);
        }
    }

    private static @Nullable Reference firstSlice(List<Arithmetic> nodes) {
        for (Arithmetic node : nodes) {
            Reference slice = node.slice();
            if (slice != null) {
                return slice;
            }
        }
        return null;
    }
}
