package org.localmass.core.measure;

import org.localmass.core.region.RegionExpression;

/** A law of standard location and scale that has a name. */
abstract class NamedLaw extends Univariate {
    private final TextForm form;

    NamedLaw(TextForm form) {
        this.form = form;
    }

    final TextForm form() {
        return form;
    }

    @Override
    final String text(double loc, double scale) {
        String own = form.of(loc, scale);
        return own != null
                ? own
                : "affine(" + form.of(0, 1) + ", " + RegionExpression.textOf(loc) + ", "
                        + RegionExpression.textOf(scale) + ")";
    }

    @Override
    public final String toString() {
        return text(0, 1);
    }

    final IllegalArgumentException notABreakpoint(double point) {
        return new IllegalArgumentException("breakpoint must be one of " + this + ", was " + point);
    }
}
