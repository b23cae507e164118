package org.localmass.core.region;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Binds the nodes of one expression to columns and notes which columns they read. */
final class Binder {
    private static final String LANGUAGE = "region";

    private final String text;
    private final Vocabulary vocabulary;
    private final BitSet columns = new BitSet();
    private int depth;

    Binder(String text, List<String> names, Map<String, String> labels) {
        this.text = text;
        this.vocabulary = new Vocabulary(LANGUAGE, text, names, labels);
    }

    /** The columns read so far, ascending. */
    int[] coordinates() {
        return columns.stream().toArray();
    }

    Compiled.Quantity quantity(Reference reference) {
        Vocabulary.Match match = vocabulary.resolve(reference);
        if (match.several() && depth == 0) {
            throw RegionSyntaxException.at(
                    LANGUAGE,
                    text,
                    reference.at(),
                    reference.text() + " has " + match.columns().length
                            + (match.columns().length == 1 ? " element" : " elements"),
                    "write " + vocabulary.first(reference) + " or " + Function.USE);
        }
        for (int column : match.columns()) {
            columns.set(column);
        }
        return match.several() ? new Compiled.Slice(match.columns()) : new Compiled.Coordinate(match.columns()[0]);
    }

    Compiled.Quantity chain(Node.Chain chain) {
        int count = chain.operands().size();
        Compiled.Quantity[] operands = new Compiled.Quantity[count];
        boolean[] inverse = new boolean[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            operands[i] = chain.operands().get(i).bind(this);
            inverse[i] = chain.inverse().get(i);
            if (operands[i] instanceof Compiled.Elements elements) {
                if (size > 0 && elements.size != size) {
                    throw RegionSyntaxException.at(
                            LANGUAGE,
                            text,
                            chain.at().get(i),
                            "numbers of elements differ",
                            "this has " + elements.size + ", what stands before it " + size);
                }
                size = elements.size;
            }
        }
        if (size == 0) {
            Compiled.Scalar[] scalars = new Compiled.Scalar[count];
            for (int i = 0; i < count; i++) {
                scalars[i] = (Compiled.Scalar) operands[i];
            }
            return new Compiled.ScalarChain(chain.additive(), scalars, inverse);
        }
        Compiled.Elements[] elements = new Compiled.Elements[count];
        for (int i = 0; i < count; i++) {
            elements[i] = Compiled.repeat(operands[i], size);
        }
        return new Compiled.ElementsChain(chain.additive(), elements, inverse);
    }

    Compiled.Quantity call(Node.Call call) {
        if (call.function() == Function.ABS) {
            return Compiled.map(call.arguments().get(0).bind(this), true);
        }
        depth++;
        Compiled.Elements[] parts = new Compiled.Elements[call.arguments().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Compiled.repeat(call.arguments().get(i).bind(this), 1);
        }
        depth--;
        return new Compiled.Aggregate(call.function(), parts);
    }

    Compiled.Test comparison(Node.Comparison comparison) {
        Compiled.Scalar[] operands = new Compiled.Scalar[comparison.operands().size()];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = (Compiled.Scalar) comparison.operands().get(i).bind(this);
        }
        Relation[] relations = comparison.relations().toArray(new Relation[0]);
        return relations.length == 1
                ? new Compiled.Comparison(operands[0], relations[0], operands[1])
                : new Compiled.ComparisonChain(operands, relations);
    }

    Compiled.Test join(Node.Join join) {
        Compiled.Test[] parts = new Compiled.Test[join.parts().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = join.parts().get(i).bind(this);
        }
        return new Compiled.Join(join.all(), parts);
    }
}
