# Time of a step of rstan's mean-field ADVI with 64 draws of the gradient: logistic regression of 1,000 rows and 50 columns
# and an intercept. Prints microseconds. usage: Rscript speed_elbo.R > RSTAN.txt
suppressMessages(library(rstan))
code <- "
data { int n; int k; matrix[n, k] x; int<lower=0, upper=1> y[n]; }
parameters { real alpha; vector[k] beta; }
model { alpha ~ normal(0, 10); beta ~ normal(0, 2.5); y ~ bernoulli_logit_glm(x, alpha, beta); }
"
set.seed(1)
n <- 1000; k <- 50
x <- matrix(rnorm(n * k), n)
y <- rbinom(n, 1, plogis(x %*% (0.3 / (1:k))))
# Debian keeps Boost and Eigen outside of R
model <- stan_model(model_code = code, boost_lib = "/usr/include", eigen_lib = system.file("include", package = "RcppEigen"))
seconds <- function(steps) {
  start <- proc.time()[["elapsed"]]
  sink(nullfile())
  suppressWarnings(vb(model, data = list(n = n, k = k, x = x, y = y), algorithm = "meanfield", iter = steps, grad_samples = 64,
    elbo_samples = 1, eval_elbo = 100000, eta = 0.1, adapt_engaged = FALSE, tol_rel_obj = 1e-12, output_samples = 10, seed = 1,
    importance_resampling = FALSE, pars = "alpha"))
  sink()
  proc.time()[["elapsed"]] - start
}
steps <- c(200, 2200)
times <- replicate(3, seconds(steps[2]) - seconds(steps[1]))
cat(median(times) / diff(steps) * 1e6, "\n")
