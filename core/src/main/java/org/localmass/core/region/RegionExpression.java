package org.localmass.core.region;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A region written in the region language: comparisons of arithmetic over named quantities, joined by {@code &},
 * {@code |} and {@code !}.
 *
 * <p>Examples: {@code tau < 0.5 & theta[1] > 20}, {@code 0.1 < tau < 0.5}, {@code norm(theta[]) > 4},
 * {@code max(abs(theta[] - mu)) > 3}, {@code beta[3] == 0}. The language is described in {@code docs/regions.md}.
 *
 * <p>Arithmetic is IEEE double precision from left to right. NaN satisfies no comparison but {@code !=}. Immutable; two
 * expressions are equal if their canonical texts are.
 */
public final class RegionExpression {
    private final String source;
    private final Node.Condition condition;
    private final String text;
    private final List<String> names;

    private RegionExpression(String source, Node.Condition condition) {
        this.source = source;
        this.condition = condition;
        StringBuilder canonical = new StringBuilder();
        condition.write(canonical);
        this.text = canonical.toString();
        Set<String> found = new LinkedHashSet<>();
        collect(condition, found);
        this.names = List.copyOf(found);
    }

    /**
     * Reads an expression.
     *
     * @throws RegionSyntaxException if the text is not an expression: message, character and excerpt; also if it nests
     *     deeper than 200 levels, is longer than 100000 characters or names no quantity
     */
    public static RegionExpression parse(String text) {
        return new RegionExpression(text, RegionParser.parse(text));
    }

    /**
     * The region among points whose coordinates have the given names.
     *
     * <p>{@code contains} allocates nothing and takes time linear in the number of elements named, except for functions
     * inside of elementwise arguments, which are evaluated once per element.
     *
     * @param columns parameter names in column order, as Stan writes them in models or in CSV files
     * @return a region whose description is {@link #text()} and whose coordinates are those the expression names
     * @throws RegionSyntaxException if a name is unknown, an index is out of range, several elements stand where one
     *     number is expected, or slices that are combined differ in size
     */
    public Region bind(List<String> columns) {
        return bind(columns, Map.of());
    }

    /**
     * The region among points whose coordinates have the given names and, some of them, others besides.
     *
     * @param columns parameter names in column order
     * @param labels  other names of parameters, such as {@code theta[Choate]} for {@code theta[1]}
     * @return as {@link #bind(List)}
     * @throws RegionSyntaxException as {@link #bind(List)}
     */
    public Region bind(List<String> columns, Map<String, String> labels) {
        Binder binder = new Binder(source, columns, labels);
        Compiled.Test test = condition.bind(binder);
        return Predicate.of(columns.size(), binder.coordinates(), text, test::holds);
    }

    /** The canonical text: fixed spelling and spacing, shortest decimals, no needless parentheses. */
    public String text() {
        return text;
    }

    /** The quantities and slices that the expression names, in canonical spelling and in order of appearance. */
    public List<String> names() {
        return names;
    }

    /** How an expression names a parameter: the name itself, in backquotes where it is not a Stan name. */
    public static String textOf(String name) {
        return Reference.ofLiteral(name, 0).text();
    }

    /**
     * How an expression writes a number: the shortest decimal that reads back as the same double.
     *
     * @throws IllegalArgumentException if the value is NaN
     */
    public static String textOf(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("value must be a number, was NaN");
        }
        return DecimalText.of(value);
    }

    private static void collect(Node node, Set<String> found) {
        if (node instanceof Node.Named named) {
            found.add(named.reference().text());
        } else if (node instanceof Node.Minus minus) {
            collect(minus.operand(), found);
        } else if (node instanceof Node.Chain chain) {
            chain.operands().forEach(operand -> collect(operand, found));
        } else if (node instanceof Node.Call call) {
            call.arguments().forEach(argument -> collect(argument, found));
        } else if (node instanceof Node.Comparison comparison) {
            comparison.operands().forEach(operand -> collect(operand, found));
        } else if (node instanceof Node.Not not) {
            collect(not.operand(), found);
        } else if (node instanceof Node.Join join) {
            join.parts().forEach(part -> collect(part, found));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegionExpression expression && text.equals(expression.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The canonical text. */
    @Override
    public String toString() {
        return text;
    }
}
