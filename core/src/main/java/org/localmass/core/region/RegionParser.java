package org.localmass.core.region;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the region language by recursive descent. Numbers and conditions share one grammar, so that parentheses may
 * hold either; each operator then asks for the kind it needs.
 *
 * <pre>
 * condition  := all ('|' all)*
 * all        := negation ('&amp;' negation)*
 * negation   := '!' negation | comparison
 * comparison := sum (relation sum)*
 * sum        := product (('+' | '-') product)*
 * product    := factor (('*' | '/') factor)*
 * factor     := ('-' | '+') factor | number | function '(' sum (',' sum)* ')' | reference | '(' condition ')'
 * </pre>
 */
final class RegionParser {
    static final int DEEPEST = 200;
    private static final String OPERAND = "a number, a name or '('";

    private final TokenStream tokens;
    private int depth;
    private boolean names;

    private RegionParser(String text) {
        this.tokens = new TokenStream("region", text, "tau < 0.5");
    }

    static Node.Condition parse(String text) {
        RegionParser parser = new RegionParser(text);
        int start = parser.tokens.peek().start();
        Node node = parser.condition();
        parser.closing("the end");
        Node.Condition condition = parser.asCondition(node, start);
        if (!parser.names) {
            throw parser.tokens.error(start, "a region must name a quantity", "this holds everywhere or nowhere");
        }
        return condition;
    }

    private Node condition() {
        return join("|", false);
    }

    private Node join(String sign, boolean all) {
        int start = tokens.peek().start();
        Node first = all ? negation() : join("&", true);
        if (!tokens.peek().is(sign)) {
            return first;
        }
        List<Node.Condition> parts = new ArrayList<>();
        parts.add(asCondition(first, start));
        while (tokens.takeIf(sign)) {
            int at = tokens.peek().start();
            parts.add(asCondition(all ? negation() : join("&", true), at));
        }
        return Node.Join.of(all, parts);
    }

    private Node negation() {
        if (!tokens.peek().is("!")) {
            return comparison();
        }
        enter();
        tokens.take();
        int at = tokens.peek().start();
        Node.Condition operand = asCondition(negation(), at);
        depth--;
        return new Node.Not(operand);
    }

    private Node comparison() {
        int start = tokens.peek().start();
        Node first = sum();
        Optional<Relation> relation = relation();
        if (relation.isEmpty()) {
            return first;
        }
        List<Node.Arithmetic> operands = new ArrayList<>();
        List<Relation> relations = new ArrayList<>();
        operands.add(asNumber(first, start));
        while (relation.isPresent()) {
            tokens.take();
            relations.add(relation.get());
            int at = tokens.peek().start();
            operands.add(asNumber(sum(), at));
            relation = relation();
        }
        for (Node.Arithmetic operand : operands) {
            Reference slice = operand.slice();
            if (slice != null) {
                throw tokens.error(slice.at(), slice.text() + " stands for several elements", Function.USE);
            }
        }
        return new Node.Comparison(List.copyOf(operands), List.copyOf(relations));
    }

    private Optional<Relation> relation() {
        Token token = tokens.peek();
        if (token.is("=")) {
            Token second = tokens.peekSecond();
            boolean turned = second.start() == token.end() && (second.is("<") || second.is(">"));
            throw tokens.error(
                    token.start(), "'=' is no comparison", turned ? "write " + second.text() + "=" : "write ==");
        }
        return Relation.of(token);
    }

    private Node sum() {
        return chain(true);
    }

    private Node chain(boolean additive) {
        int start = tokens.peek().start();
        Node first = additive ? chain(false) : factor();
        String direct = additive ? "+" : "*";
        String inverse = additive ? "-" : "/";
        if (!tokens.peek().is(direct) && !tokens.peek().is(inverse)) {
            return first;
        }
        List<Node.Arithmetic> operands = new ArrayList<>();
        List<Boolean> inverted = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        Node.Arithmetic left = asNumber(first, start);
        if (left instanceof Node.Chain chain && chain.additive() == additive) {
            operands.addAll(chain.operands());
            inverted.addAll(chain.inverse());
            places.addAll(chain.at());
        } else {
            operands.add(left);
            inverted.add(false);
            places.add(start);
        }
        while (tokens.peek().is(direct) || tokens.peek().is(inverse)) {
            inverted.add(tokens.take().is(inverse));
            int at = tokens.peek().start();
            places.add(at);
            operands.add(asNumber(additive ? chain(false) : factor(), at));
        }
        return new Node.Chain(additive, List.copyOf(operands), List.copyOf(inverted), List.copyOf(places));
    }

    private Node factor() {
        Token token = tokens.peek();
        if (token.is("-") || token.is("+")) {
            enter();
            tokens.take();
            int at = tokens.peek().start();
            Node.Arithmetic operand = asNumber(factor(), at);
            depth--;
            return token.is("-") ? minus(operand) : operand;
        }
        if (token.kind() == Token.Kind.NUMBER) {
            return new Node.Constant(tokens.number(tokens.take()));
        }
        if (token.kind() == Token.Kind.NAME && tokens.peekSecond().is("(")) {
            return call();
        }
        if (token.kind() == Token.Kind.NAME && token.text().equals("inf")) {
            tokens.take();
            return new Node.Constant(Double.POSITIVE_INFINITY);
        }
        if (tokens.startsReference()) {
            names = true;
            return new Node.Named(tokens.reference());
        }
        if (token.is("(")) {
            enter();
            tokens.take();
            Node inner = condition();
            closing("')'");
            tokens.take();
            depth--;
            return inner;
        }
        if (token.is("!")) {
            throw tokens.error(token.start(), "a number is expected", "'!' stands before a comparison");
        }
        throw tokens.expected(OPERAND);
    }

    private static Node minus(Node.Arithmetic operand) {
        if (operand instanceof Node.Constant constant) {
            return new Node.Constant(-constant.value());
        }
        return operand instanceof Node.Minus minus ? minus.operand() : new Node.Minus(operand);
    }

    private Node call() {
        Token word = tokens.take();
        Function function = Function.named(word.text())
                .orElseThrow(() -> tokens.error(
                        word.start(),
                        "there is no function " + word.text() + "()",
                        "the functions are abs, min, max, sum, mean, norm"));
        enter();
        tokens.take();
        List<Node.Arithmetic> arguments = new ArrayList<>();
        if (!tokens.peek().is(")")) {
            do {
                int at = tokens.peek().start();
                arguments.add(asNumber(condition(), at));
            } while (tokens.takeIf(","));
        }
        closing("',' or ')'");
        tokens.take();
        depth--;
        if (arguments.isEmpty()) {
            throw tokens.error(word.start(), function.word() + "() needs an argument", "");
        }
        if (function == Function.ABS && arguments.size() > 1) {
            throw tokens.error(
                    word.start(),
                    "abs() takes one argument",
                    "this has " + arguments.size() + ", write for example max(abs(a), abs(b))");
        }
        return new Node.Call(function, List.copyOf(arguments));
    }

    /** Checks that what ends here is followed by the given sign. */
    private void closing(String sign) {
        Token token = tokens.peek();
        boolean ends = sign.equals("the end")
                ? token.kind() == Token.Kind.END
                : token.is(")") || (token.is(",") && sign.startsWith("','"));
        if (!ends) {
            throw tokens.expected("an operator" + (sign.startsWith("','") ? ", " : " or ") + sign);
        }
    }

    private void enter() {
        depth++;
        if (depth > DEEPEST) {
            throw tokens.error(tokens.peek().start(), "nested deeper than " + DEEPEST + " levels", "");
        }
    }

    private Node.Arithmetic asNumber(Node node, int at) {
        if (node instanceof Node.Arithmetic number) {
            return number;
        }
        throw tokens.error(at, "a number is expected", "this is a comparison");
    }

    private Node.Condition asCondition(Node node, int at) {
        if (node instanceof Node.Condition condition) {
            return condition;
        }
        throw tokens.error(at, "a comparison is expected", "this is a number");
    }
}
