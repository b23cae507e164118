# log Z by R package bridgesampling of draws that this script makes.  usage: Rscript bridge.R DIR
# Writes bridge-draws.csv (case, chain, x1, x2, x3) and bridge-r.csv (case, logZ, relative error, exact).
suppressMessages(library(bridgesampling))
dir <- commandArgs(TRUE)[1]
set.seed(11)
cases <- list()
d <- 3
n <- 400
# AR(1) chains whose innovations keep the marginal law
ar <- function(n, d, phi) {
    x <- matrix(0, n, d)
    x[1, ] <- rnorm(d)
    for (t in 2:n) x[t, ] <- phi * x[t - 1, ] + sqrt(1 - phi^2) * rnorm(d)
    x
}
normal_kernel <- function(theta, data) -sum((theta - c(1, -1, 0))^2 / (2 * c(1, 4, 0.25)))
skew <- function(theta, data) sum(theta - exp(theta))                   # logs of exponential variables: Z = 1
student <- function(theta, data) -(5 + d) / 2 * log1p(sum(theta^2) / 5) # t with 5 degrees of freedom
draws <- list(
    normal = lapply(1:2, function(c) sweep(ar(n, d, 0.6) %*% diag(c(1, 2, 0.5)), 2, c(1, -1, 0), "+")),
    skew = lapply(1:2, function(c) matrix(log(rexp(n * d)), n, d)),
    student = lapply(1:2, function(c) matrix(rnorm(n * d), n, d) / sqrt(rchisq(n, 5) / 5))
)
kernels <- list(normal = normal_kernel, skew = skew, student = student)
exact <- c(
    normal = 1.5 * log(2 * pi) + log(1 * 2 * 0.5),
    skew = 0,
    student = lgamma(2.5) - lgamma(4) + 1.5 * log(5 * pi)
)
rows <- NULL
results <- NULL
for (name in names(draws)) {
    chains <- lapply(draws[[name]], function(m) { m <- round(m, 6); colnames(m) <- paste0("x", 1:d); m })
    for (c in 1:2) rows <- rbind(rows, data.frame(case = name, chain = c, chains[[c]]))
    mc <- coda::mcmc.list(lapply(chains, coda::mcmc))
    lb <- setNames(rep(-Inf, d), paste0("x", 1:d))
    ub <- -lb
    values <- replicate(20, {
        b <- bridge_sampler(mc, log_posterior = kernels[[name]], data = NULL, lb = lb, ub = ub, silent = TRUE)
        c(b$logml, sqrt(error_measures(b)$re2))
    })
    results <- rbind(results, data.frame(case = name, logZ = mean(values[1, ]), error = mean(values[2, ]), exact = exact[[name]]))
}
head <- paste0("# ", R.version.string, ", bridgesampling ", packageVersion("bridgesampling"), ", mean of 20 runs; regenerate: tools/reference/bridge.R")
write.csv(rows, file.path(dir, "bridge-draws.csv"), row.names = FALSE, quote = FALSE)
writeLines(c(head, "case,logZ,error,exact", sprintf("%s,%.10f,%.6g,%.15g", results$case, results$logZ, results$error, results$exact)),
    file.path(dir, "bridge-r.csv"))
