package org.localmass.experiments;

/**
 * A published number beside ours.
 *
 * @param quantity  what is compared, with its unit and how many values
 * @param published the published value or range
 * @param ours      our value, or the largest difference
 * @param agreement the verdict
 * @param why       the tolerance of a match, the reason of a difference
 */
public record Comparison(String quantity, String published, String ours, Agreement agreement, String why) {
    /** A match if the difference is at most the tolerance, else a difference with the given reason. */
    static Comparison within(
            String quantity, String published, String ours, double difference, double tolerance, String otherwise) {
        boolean match = difference <= tolerance;
        return new Comparison(
                quantity,
                published,
                ours,
                match ? Agreement.MATCH : Agreement.DIFFERS,
                match ? "within " + Numbers.shortly(tolerance) : otherwise);
    }
}
