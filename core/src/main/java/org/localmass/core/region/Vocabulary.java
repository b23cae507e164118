package org.localmass.core.region;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names that an expression is bound to, with the elements of each vector, matrix and array. */
final class Vocabulary {
    private static final int MOST_SUGGESTED = 3;
    private static final int MOST_LISTED = 6;

    /** Columns that a reference stands for, in the order of the elements. */
    static final class Match {
        private final int[] columns;
        private final boolean several;

        private Match(int[] columns, boolean several) {
            this.columns = columns;
            this.several = several;
        }

        int[] columns() {
            return columns;
        }

        boolean several() {
            return several;
        }
    }

    private record Element(String name, int column, List<String> index) {
        boolean numbered() {
            return index.stream().allMatch(Reference::isNumber);
        }

        int number(int dimension) {
            return Integer.parseInt(index.get(dimension));
        }
    }

    private final String language;
    private final String text;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, Integer> respelled = new HashMap<>();
    private final Map<String, List<Element>> groups = new LinkedHashMap<>();
    private final Set<String> bases = new LinkedHashSet<>();

    Vocabulary(String language, String text, List<String> names, Map<String, String> labels) {
        this.language = language;
        this.text = text;
        for (int column = 0; column < names.size(); column++) {
            String name = names.get(column);
            columns.putIfAbsent(name, column);
            String plain = respell(name);
            respelled.putIfAbsent(plain, column);
            int open = plain.indexOf('[');
            if (open > 0 && plain.endsWith("]")) {
                String base = plain.substring(0, open);
                List<String> index =
                        List.of(plain.substring(open + 1, plain.length() - 1).split(",", -1));
                groups.computeIfAbsent(base, key -> new ArrayList<>()).add(new Element(name, column, index));
                bases.add(base);
            } else {
                bases.add(plain);
            }
        }
        labels.forEach((label, name) -> {
            Integer column = columns.get(name);
            if (column != null) {
                respelled.putIfAbsent(respell(label), column);
            }
        });
        for (List<Element> group : groups.values()) {
            int dimensions = group.get(0).index.size();
            if (group.stream().allMatch(e -> e.numbered() && e.index.size() == dimensions)) {
                Comparator<Element> order = Comparator.comparingInt(e -> e.number(0));
                for (int k = 1; k < dimensions; k++) {
                    int dimension = k;
                    order = order.thenComparingInt(e -> e.number(dimension));
                }
                group.sort(order);
            }
        }
    }

    /** A name with the indices of a CSV spelling in brackets and no spaces around indices. */
    private static String respell(String name) {
        int open = name.indexOf('[');
        if (open > 0 && name.endsWith("]")) {
            List<String> parts = new ArrayList<>();
            for (String part : name.substring(open + 1, name.length() - 1).split(",", -1)) {
                parts.add(part.strip());
            }
            return name.substring(0, open) + "[" + String.join(",", parts) + "]";
        }
        int dot = name.indexOf('.');
        if (dot > 0 && name.substring(dot).matches("(\\.[0-9]+)+")) {
            return name.substring(0, dot) + "[" + name.substring(dot + 1).replace('.', ',') + "]";
        }
        return name;
    }

    /**
     * The columns of a reference.
     *
     * @throws RegionSyntaxException if there is no such quantity, with near names
     */
    Match resolve(Reference reference) {
        if (!reference.isSlice()) {
            String name = reference.name();
            Integer column = columns.get(name);
            if (column == null) {
                column = respelled.get(name);
            }
            if (column != null) {
                return new Match(new int[] {column}, false);
            }
        }
        List<Element> group = groups.get(reference.base());
        if (group == null) {
            throw unknown(reference);
        }
        List<Reference.Index> indices = reference.indices();
        if (indices == null || (indices.size() == 1 && indices.get(0).isAll())) {
            return match(group);
        }
        List<Element> chosen =
                group.stream().filter(e -> e.index.size() == indices.size()).toList();
        if (chosen.isEmpty()) {
            throw wrongCount(reference, group);
        }
        for (int k = 0; k < indices.size(); k++) {
            chosen = choose(chosen, indices.get(k), k);
        }
        if (chosen.isEmpty() || !reference.isSlice()) {
            throw noElement(reference, group);
        }
        checkRanges(reference, indices, group);
        return match(chosen);
    }

    /** How to write the first element of a reference's group. */
    String first(Reference reference) {
        List<Element> group = groups.get(reference.base());
        return group == null ? reference.text() : textOf(group.get(0));
    }

    private static List<Element> choose(List<Element> elements, Reference.Index index, int dimension) {
        String one = index.one();
        return elements.stream()
                .filter(e -> one != null
                        ? e.index.get(dimension).equals(one)
                        : index.isAll() || (e.numbered() && inRange(e.number(dimension), index)))
                .toList();
    }

    private static boolean inRange(int number, Reference.Index index) {
        return (index.from() == Reference.Index.OPEN || number >= index.from())
                && (index.to() == Reference.Index.OPEN || number <= index.to());
    }

    /** Every number of a range must be an index. */
    private void checkRanges(Reference reference, List<Reference.Index> indices, List<Element> group) {
        for (int k = 0; k < indices.size(); k++) {
            Reference.Index index = indices.get(k);
            if (index.one() != null || index.isAll()) {
                continue;
            }
            TreeSet<Integer> numbers = new TreeSet<>();
            for (Element e : group) {
                if (e.index.size() == indices.size() && e.numbered()) {
                    numbers.add(e.number(k));
                }
            }
            int from = index.from() == Reference.Index.OPEN ? numbers.first() : index.from();
            int to = index.to() == Reference.Index.OPEN ? numbers.last() : index.to();
            if (numbers.subSet(from, true, to, true).size() != to - from + 1) {
                throw noElement(reference, group);
            }
        }
    }

    private static Match match(List<Element> elements) {
        return new Match(elements.stream().mapToInt(Element::column).toArray(), true);
    }

    private RegionSyntaxException noElement(Reference reference, List<Element> group) {
        List<Reference.Index> indices = reference.indices();
        if (indices != null && !reference.isSlice() && !group.stream().allMatch(Element::numbered)) {
            List<String> near =
                    near(reference.name(), group.stream().map(Element::name).toList());
            if (!near.isEmpty()) {
                return error(reference, "there is no " + reference.text(), didYouMean(near));
            }
        }
        return error(reference, "there is no " + reference.text(), reference.base() + " has elements " + extent(group));
    }

    private RegionSyntaxException wrongCount(Reference reference, List<Element> group) {
        Element first = group.get(0);
        int count = first.index.size();
        String hint =
                reference.base() + " has " + count + (count == 1 ? " index" : " indices") + ", write " + textOf(first);
        List<Reference.Index> indices = reference.indices();
        if (indices != null && indices.size() < count && !reference.isSlice()) {
            List<Reference.Index> filled = new ArrayList<>(indices);
            while (filled.size() < count) {
                filled.add(Reference.Index.ALL);
            }
            hint += ", or " + new Reference(reference.base(), filled, 0).text() + " for all of them";
        }
        return error(reference, "there is no " + reference.text(), hint);
    }

    private RegionSyntaxException unknown(Reference reference) {
        String base = reference.base();
        String problem = "there is no " + reference.text();
        if (respelled.containsKey(base)) {
            return error(
                    reference, problem, base + " is a single number, write " + new Reference(base, null, 0).text());
        }
        if (base.equalsIgnoreCase("inf") || base.equalsIgnoreCase("infinity")) {
            return error(reference, problem, didYouMean(List.of("inf")));
        }
        for (String name : columns.keySet().stream().sorted().toList()) {
            String quoted = RegionExpression.textOf(name);
            if (text.startsWith(name, reference.at()) && !quoted.equals(name)) {
                return error(reference, problem, didYouMean(List.of(quoted)));
            }
        }
        List<String> suggestions = new ArrayList<>();
        for (String candidate : near(base, bases)) {
            suggestions.add(suggestion(reference, candidate));
        }
        if (suggestions.isEmpty()) {
            for (String name :
                    near(reference.name(), columns.keySet().stream().sorted().toList())) {
                suggestions.add(Reference.ofLiteral(name, 0).text());
            }
        }
        return error(reference, problem, suggestions.isEmpty() ? known() : didYouMean(suggestions));
    }

    private String suggestion(Reference reference, String base) {
        Reference renamed = new Reference(base, reference.indices(), 0);
        if (!renamed.isSlice() && respelled.containsKey(renamed.name())) {
            return renamed.text();
        }
        List<Element> group = groups.get(base);
        if (group == null) {
            return new Reference(base, null, 0).text();
        }
        return renamed.isSlice() ? renamed.text() : extent(group);
    }

    private static String extent(List<Element> group) {
        String first = textOf(group.get(0));
        return group.size() == 1 ? first : first + " to " + textOf(group.get(group.size() - 1));
    }

    private String known() {
        if (bases.isEmpty()) {
            return "";
        }
        List<String> shown = new ArrayList<>();
        for (String base : bases) {
            if (shown.size() == MOST_LISTED) {
                break;
            }
            List<Element> group = groups.get(base);
            shown.add(group == null ? new Reference(base, null, 0).text() : extent(group));
        }
        int more = bases.size() - shown.size();
        return "the names are " + String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
    }

    private static String textOf(Element element) {
        Reference plain = Reference.ofLiteral(respell(element.name), 0);
        return (plain.indices() == null ? Reference.ofLiteral(element.name, 0) : plain).text();
    }

    private static String didYouMean(List<String> suggestions) {
        int last = suggestions.size() - 1;
        String all = last == 0
                ? suggestions.get(0)
                : String.join(", ", suggestions.subList(0, last)) + " or " + suggestions.get(last);
        return "did you mean " + all + "?";
    }

    private RegionSyntaxException error(Reference reference, String problem, String hint) {
        return RegionSyntaxException.at(language, text, reference.at(), problem, hint);
    }

    /** The nearest candidates by edit distance without regard to case, if any is near enough; at most three. */
    private static List<String> near(String name, Iterable<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int best = wanted.length() <= 4 ? 1 : wanted.length() <= 8 ? 2 : 3;
        List<String> nearest = new ArrayList<>();
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - wanted.length()) > best) {
                continue;
            }
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
            if (distance < best) {
                nearest.clear();
                best = distance;
            }
            if (distance == best && nearest.size() < MOST_SUGGESTED) {
                nearest.add(candidate);
            }
        }
        return nearest;
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
    private static int distance(String a, String b) {
        int @Nullable [] before = null;
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, 1 + Math.min(previous[j], row[j - 1]));
                if (before != null
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            before = previous;
            previous = row;
        }
        return previous[b.length()];
    }
}
