package org.localmass.core.region;

import java.util.Arrays;
import java.util.Optional;

/** A comparison of two numbers; NaN satisfies only {@code !=}. */
enum Relation {
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    EQUAL("=="),
    UNEQUAL("!=");

    private final String symbol;

    Relation(String symbol) {
        this.symbol = symbol;
    }

    String symbol() {
        return symbol;
    }

    boolean holds(double left, double right) {
        return switch (this) {
            case LESS -> left < right;
            case AT_MOST -> left <= right;
            case GREATER -> left > right;
            case AT_LEAST -> left >= right;
            case EQUAL -> left == right;
            case UNEQUAL -> left != right;
        };
    }

    static Optional<Relation> of(Token token) {
        return Arrays.stream(values())
                .filter(relation -> token.is(relation.symbol))
                .findFirst();
    }
}
