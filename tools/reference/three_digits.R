# Numbers with three significant digits as package pillar prints them, ties among them.
# usage: Rscript tools/reference/three_digits.R > report/src/test/resources/org/localmass/report/three-digits.csv
suppressMessages(library(pillar))
set.seed(20261122)
ties <- function(n, decimals) (sample(100:999, n) + 0.5) / 10^decimals
x <- c(4.365, 4.375, 99.94, 99.97, 999.4, 999.5, 1000.5, 1001.5, 999999.7, 1234567.4, -0.09996, 0.00012349, 0.9995, 9.995,
  ties(40, 0), ties(40, 1), ties(40, 2), ties(40, 3), ties(40, 4), -ties(20, 2), ties(20, 2) * (1 + 2^-52),
  signif(rnorm(100) * 10^runif(100, -3, 6), 6))
x <- x[abs(x) >= 1e-4 & abs(x) < 1e7]
printed <- vapply(x, function(v) sub("\\.$", "", trimws(format(num(v, sigfig = 3)))), "")
cat(sprintf("# R %s, pillar %s; regenerate: tools/reference/three_digits.R\n", getRversion(), packageVersion("pillar")))
cat("value,printed\n")
cat(sprintf("%.17g,%s\n", x, printed), sep = "")
