/**
 * A check's result as text, JSON, Markdown, CSV and HTML. Nothing is computed here: every number comes from the records
 * of the check, and every format shows it by the same rules.
 *
 * <p>Text, Markdown and HTML show two significant digits; JSON and CSV have full precision.
 */
@NullMarked
package org.localmass.report;

import org.jspecify.annotations.NullMarked;
