package org.localmass.core.updating;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A product of two or more elements in canonical order. */
record FactorProduct(List<Element> elements) implements LikelihoodFactor {
    private static final Regular ONE = new Regular(0);

    FactorProduct {
        elements = List.copyOf(elements);
    }

    /** The canonical form of a product: elements of one kind merged where they can be, ones left out. */
    static LikelihoodFactor of(List<Element> elements) {
        List<Element> merged = new ArrayList<>();
        for (Element element : elements) {
            add(merged, element);
        }
        Optional<Element> inside = merged.stream()
                .filter(Support.class::isInstance)
                .filter(FactorProduct::isOne)
                .findFirst();
        merged.removeIf(FactorProduct::isOne);
        merged.sort(Comparator.comparingInt(Element::place).thenComparing(LikelihoodFactor::text));
        return merged.isEmpty() ? inside.orElse(ONE) : merged.size() == 1 ? merged.get(0) : new FactorProduct(merged);
    }

    private static void add(List<Element> merged, Element element) {
        for (int i = 0; i < merged.size(); i++) {
            Optional<Element> both = merge(merged.get(i), element);
            if (both.isPresent()) {
                merged.set(i, both.get());
                return;
            }
        }
        merged.add(element);
    }

    private static Optional<Element> merge(Element a, Element b) {
        if (a instanceof Regular first && b instanceof Regular second) {
            return Optional.of(new Regular(first.logValue() + second.logValue()));
        }
        if (a instanceof PowerLog first && b instanceof PowerLog second) {
            return Optional.of(first.plus(second));
        }
        if (a instanceof CoordinatePowers first
                && b instanceof CoordinatePowers second
                && first.exponents().size() == second.exponents().size()) {
            return Optional.of(first.plus(second));
        }
        if (a instanceof Flat first && b instanceof Flat second && first.exponent() == second.exponent()) {
            return Optional.of(new Flat(first.coefficient() + second.coefficient(), first.exponent()));
        }
        return Optional.empty();
    }

    private static boolean isOne(Element element) {
        return switch (element.place()) {
            case 0 -> element.logValue() == 0;
            case 2 -> element instanceof Support support && support.shape() == Support.Shape.INSIDE;
            case 6 -> element instanceof PowerLog factor && factor.power() == 0 && factor.log() == 0;
            default -> false;
        };
    }

    @Override
    public String text() {
        return elements.stream().map(LikelihoodFactor::text).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return text();
    }
}
