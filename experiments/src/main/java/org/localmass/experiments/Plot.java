package org.localmass.experiments;

import java.util.List;

/**
 * One panel of a figure.
 *
 * @param title   above the panel
 * @param xLabel  of the horizontal axis
 * @param yLabel  of the vertical axis
 * @param logX    whether the horizontal axis is logarithmic
 * @param logY    whether the vertical axis is logarithmic
 * @param curves  what is drawn
 */
public record Plot(String title, String xLabel, String yLabel, boolean logX, boolean logY, List<Curve> curves) {
    public Plot {
        curves = List.copyOf(curves);
    }

    /**
     * A curve.
     *
     * @param name   in the legend
     * @param x      values
     * @param y      values; NaN where there is none
     * @param dashed whether it is drawn dashed
     */
    public record Curve(String name, double[] x, double[] y, boolean dashed) {}
}
