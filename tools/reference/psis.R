# Reference values for Pareto smoothing, from R package loo.
# usage: Rscript tools/reference/psis.R core/src/test/resources/org/localmass/core/draws/psis.json
suppressMessages(library(loo))
args <- commandArgs(TRUE)
set.seed(20260918)
case <- function(x, r_eff = 1) list(x = x, r_eff = r_eff)
cases <- list(
  "normal, sd 0.1" = case(rnorm(400, sd = 0.1)),
  "normal, sd 1" = case(rnorm(400)),
  "normal, sd 1, r 0.3" = case(rnorm(400), 0.3),
  "normal, sd 1, r 1.8" = case(rnorm(400), 1.8),
  "normal, sd 3" = case(rnorm(500, sd = 3)),
  "normal, sd 20" = case(rnorm(300, sd = 20)),
  "Pareto, k 0.3" = case(0.3 * rexp(1000)),
  "Pareto, k 0.7" = case(0.7 * rexp(1000)),
  "Pareto, k 1.5" = case(1.5 * rexp(300)),
  "bounded, k -1" = case(log(runif(400))),
  "bounded, k -3" = case(log(1 - runif(400)^3)),
  "offset of -690, weights of 1e-300" = case(rnorm(200) - 690),
  "offset of 1e5" = case(rnorm(200) + 1e5),
  "one weight e^50 times the others" = case(c(rnorm(199), 50)),
  "one weight e^300 times the others" = case(c(300, rnorm(199))),
  "rounded to 0.1" = case(round(rnorm(300), 1)),
  "each weight twice" = case(rep(rnorm(150), each = 2)),
  "S = 21, least tail" = case(rnorm(21)),
  "S = 25" = case(rnorm(25)),
  "S = 225" = case(rnorm(225)),
  "S = 226" = case(rnorm(226))
)
numbers <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ","), "]")
entry <- function(name) {
  x <- cases[[name]]$x
  p <- suppressWarnings(psis(x, r_eff = cases[[name]]$r_eff))
  w <- as.vector(weights(p, log = FALSE))
  if (!is.finite(p$diagnostics$pareto_k)) stop(name, ": loo gives no finite k")
  paste0('{"name":"', name, '","r_eff":', cases[[name]]$r_eff, ',\n"k":', sprintf("%.17g", p$diagnostics$pareto_k),
    ',"tail":', attr(p, "tail_len"), ',"kish":', sprintf("%.17g", 1 / sum(w^2)),
    ',\n"log_weights":', numbers(p$log_weights), ',\n"log_ratios":', numbers(x), "}")
}
con <- file(args[1], "w")
writeLines(c(paste0('{"tool":"R ', getRversion(), ", loo ", packageVersion("loo"), '",'),
  '"script":"tools/reference/psis.R",', '"cases":[', paste(vapply(names(cases), entry, ""), collapse = ",\n"), "]}"), con)
close(con)
