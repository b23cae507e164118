package org.localmass.core.region;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quantity as an expression names it: {@code tau}, {@code theta[1]}, {@code Sigma[1,]}.
 *
 * @param base    the name without indices, or a whole name that is not of this form
 * @param indices what stands in the brackets; null where there are none
 * @param at      index of the first character in the text
 */
record Reference(String base, @Nullable List<Index> indices, int at) {
    /** One index: a number or label, or a range of numbers with possibly open ends. */
    record Index(@Nullable String one, int from, int to) {
        static final int OPEN = -1;
        static final Index ALL = new Index(null, OPEN, OPEN);

        static Index one(String label) {
            return new Index(label, OPEN, OPEN);
        }

        boolean isAll() {
            return one == null && from == OPEN && to == OPEN;
        }

        String text() {
            if (one != null) {
                return one;
            }
            return isAll() ? "" : (from == OPEN ? "" : from) + ":" + (to == OPEN ? "" : to);
        }
    }

    private static final int LONGEST_NUMBER = 9;

    /** Whether the reference stands for several elements by its spelling. */
    boolean isSlice() {
        return indices != null && indices.stream().anyMatch(index -> index.one() == null);
    }

    /** The name that the reference looks for, as Stan writes it in models. */
    String name() {
        return indices == null ? base : base + brackets(indices);
    }

    /** The canonical spelling in an expression. */
    String text() {
        if (indices == null) {
            return isPlain(base) ? base : quote(base);
        }
        boolean labelled = indices.stream().anyMatch(index -> index.one() != null && Token.WORDS.contains(index.one()));
        if (isPlain(base) && !labelled) {
            return base + brackets(indices);
        }
        return isSlice() ? quote(base) + brackets(indices) : quote(name());
    }

    /** The reference that a literal name, as between backquotes, makes. */
    static Reference ofLiteral(String name, int at) {
        int open = name.indexOf('[');
        if (open > 0 && name.endsWith("]")) {
            String[] parts = name.substring(open + 1, name.length() - 1).split(",", -1);
            boolean canonical = true;
            for (String part : parts) {
                canonical &= isNumber(part) || isIdentifier(part);
            }
            if (canonical) {
                List<Index> indices =
                        java.util.Arrays.stream(parts).map(Index::one).toList();
                return new Reference(name.substring(0, open), indices, at);
            }
        }
        return new Reference(name, null, at);
    }

    /** Whether a text is a whole number without needless zeros, short enough for an int. */
    static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_NUMBER
                && text.chars().allMatch(Token::isDigit)
                && (text.length() == 1 || text.charAt(0) != '0');
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && Token.startsName(text.codePointAt(0))
                && text.codePoints().allMatch(Token::continuesName);
    }

    private static boolean isPlain(String base) {
        return isIdentifier(base) && !Token.WORDS.contains(base) && !base.equals("inf");
    }

    private static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String brackets(List<Index> indices) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < indices.size(); i++) {
            text.append(i == 0 ? "" : ",").append(indices.get(i).text());
        }
        return text.append(']').toString();
    }
}
