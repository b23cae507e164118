package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Where balls are: about a point or at infinity.
 *
 * @param at        the point as text, such as {@code 0} or {@code x1=0, x3=2}; {@code inf} at infinity
 * @param centre    its d coordinates; infinite at infinity
 * @param norm      the norm's name
 * @param dimension d of the space the balls live in
 */
public record Place(String at, double[] centre, String norm, int dimension) {
    /** Whether the balls are at infinity, {@code N(x) >= 1/r}. */
    public boolean isAtInfinity() {
        return Double.isInfinite(centre[0]);
    }

    /** The balls in words. */
    String ball() {
        String kind = dimension == 1 && !norm.equals("mahalanobis") ? "" : norm + " ";
        return isAtInfinity()
                ? "the outside of the " + kind + "ball of radius 1/r about 0"
                : "the " + kind + "ball of radius r about " + at;
    }

    void write(JsonGenerator json) throws IOException {
        MassReport.numbers(json, "at", centre);
        json.writeStringField("norm", norm);
        json.writeNumberField("dimension", dimension);
    }
}
