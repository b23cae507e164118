# Reference values for the diagnostics of draws, from R package posterior.
# usage: Rscript tools/reference/diagnostics.R core/src/test/resources/org/localmass/core/draws/diagnostics.json [stan_runs]
# stan_runs: a directory of Stan runs, MODEL/nuts_CHAIN.csv; without it the cases taken from there are left out.
suppressMessages(library(posterior))
args <- commandArgs(TRUE)
set.seed(20260917)
ar1 <- function(n, chains, rho) sapply(seq_len(chains), function(c) {
  x <- rnorm(n); x[1] <- x[1] / sqrt(1 - rho^2)
  for (i in seq_len(n)[-1]) x[i] <- rho * x[i - 1] + x[i]
  x
})
cases <- list(
  "AR(1), rho 0" = ar1(250, 4, 0),
  "AR(1), rho 0.5" = ar1(250, 4, 0.5),
  "AR(1), rho 0.9" = ar1(250, 4, 0.9),
  "AR(1), rho 0.995, long Geyer sequence" = ar1(1000, 2, 0.995),
  "AR(1), rho -0.5, antithetic" = ar1(250, 4, -0.5),
  "AR(1), rho -0.9, antithetic beyond the cap" = ar1(250, 4, -0.9),
  "Cauchy" = matrix(rcauchy(1000), 250),
  "ties: rounded normal" = round(ar1(200, 4, 0.3) * 2) / 2,
  "two values, not symmetric" = (ar1(200, 4, 0.6) > 0.8) * 1,
  "two values, half of the draws each" = matrix(rep(c(0, 1, 1, 0), 100), 100),
  "constant" = matrix(3.25, 100, 4),
  "one chain" = ar1(400, 1, 0.5),
  "one chain of odd length" = ar1(201, 1, 0.5),
  "unequal means" = sweep(ar1(150, 4, 0.4), 2, c(0, 0, 0, 5), "+"),
  "unequal spreads" = sweep(ar1(150, 4, 0.4), 2, c(1, 1, 1, 6), "*"),
  "one chain stuck" = cbind(ar1(100, 3, 0.2), rep(0.75, 100)),
  "stuck chains at different values" = matrix(rep(c(0, 1, 3, 3.5), each = 50), 50),
  "trend" = ar1(201, 4, 0.2) + seq_len(201) / 50,
  "odd length with ties" = round(ar1(101, 3, 0.5), 1),
  "large offset" = 1e6 + ar1(100, 4, 0.5),
  "tiny scale" = 1e-12 * ar1(100, 4, 0.5),
  "huge scale" = 1e150 * ar1(100, 2, 0.5),
  # fewer than 4 draws a chain are left out: posterior 1.4.0 then drops a dimension and swaps draws and chains
  "n = 4" = ar1(4, 4, 0),
  "n = 5" = ar1(5, 4, 0),
  "n = 6" = ar1(6, 4, 0),
  "n = 7" = ar1(7, 4, 0),
  "n = 10" = ar1(10, 4, 0),
  "n = 11" = ar1(11, 4, 0),
  "n = 12" = ar1(12, 4, 0),
  "n = 13" = ar1(13, 4, 0.5),
  "n = 20, two chains" = ar1(20, 2, 0.5)
)
if (length(args) > 1) {
  stan <- function(model, column) sapply(1:4, function(c) {
    read.csv(file.path(args[2], model, paste0("nuts_", c, ".csv")), comment.char = "#")[[column]]
  })
  cases[["Stan: eight schools, centred, tau"]] <- stan("eight_schools_centered", "tau")
  cases[["Stan: eight schools, centred, mu"]] <- stan("eight_schools_centered", "mu")
  cases[["Stan: Neal's funnel, v"]] <- stan("neal_funnel", "v")
}
number <- function(x) {
  x <- as.numeric(x)
  if (is.na(x)) "null" else if (is.infinite(x)) '"Infinity"' else sprintf("%.17g", x)
}
numbers <- function(x) paste0("[", paste(vapply(x, number, ""), collapse = ","), "]")
values <- function(x) {
  f <- function(e) tryCatch(suppressWarnings(e), error = function(e) NA_real_)
  s <- function(g) f(g(as.vector(x)))
  c(ess_bulk = f(ess_bulk(x)), ess_tail = f(ess_tail(x)), ess_mean = f(ess_mean(x)), ess_sd = f(ess_sd(x)),
    ess_basic = f(ess_basic(x)), ess_unsplit = f(ess_basic(x, split = FALSE)),
    ess_q0 = f(ess_quantile(x, 0, names = FALSE)), ess_q5 = f(ess_quantile(x, 0.05, names = FALSE)),
    ess_q30 = f(ess_quantile(x, 0.3, names = FALSE)), ess_q50 = f(ess_quantile(x, 0.5, names = FALSE)),
    ess_q95 = f(ess_quantile(x, 0.95, names = FALSE)), ess_q100 = f(ess_quantile(x, 1, names = FALSE)),
    rhat = f(rhat(x)), rhat_basic = f(rhat_basic(x)), rhat_unsplit = f(rhat_basic(x, split = FALSE)),
    mcse_mean = f(mcse_mean(x)), mcse_sd = f(mcse_sd(x)),
    mcse_q5 = f(mcse_quantile(x, 0.05, names = FALSE)), mcse_q50 = f(mcse_quantile(x, 0.5, names = FALSE)),
    mcse_q95 = f(mcse_quantile(x, 0.95, names = FALSE)), mcse_q100 = f(mcse_quantile(x, 1, names = FALSE)),
    mean = s(mean), median = s(stats::median), sd = s(stats::sd), mad = s(stats::mad),
    q5 = f(quantile2(as.vector(x), 0.05, names = FALSE)), q95 = f(quantile2(as.vector(x), 0.95, names = FALSE)))
}
entry <- function(name) {
  x <- cases[[name]]
  v <- values(x)
  paste0('{"name":"', name, '",\n"expected":{', paste0('"', names(v), '":', vapply(v, number, ""), collapse = ","),
    '},\n"chains":[', paste(apply(x, 2, numbers), collapse = ",\n"), "]}")
}
con <- file(args[1], "w")
writeLines(c(paste0('{"tool":"R ', getRversion(), ", posterior ", packageVersion("posterior"), '",'),
  '"script":"tools/reference/diagnostics.R",', '"cases":[', paste(vapply(names(cases), entry, ""), collapse = ",\n"), "]}"), con)
close(con)
