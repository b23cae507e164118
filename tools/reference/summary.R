# Reference values for the summary command, from summarise_draws of R package posterior.
# usage: Rscript tools/reference/summary.R > cli/src/test/resources/org/localmass/cli/summary.csv   (in the project's root)
# Each number comes twice: in full, and as package pillar prints it in posterior's table (3 significant digits).
suppressMessages(library(posterior))
sets <- list(
  list("examples/eight_schools", sprintf("nuts_%d.csv", 1:4), drop = 0),
  list("examples/bimodal_location", sprintf("nuts_%d.csv", 1:4), drop = 0),
  list("examples/neal_funnel", sprintf("nuts_%d.csv", 1:4), drop = 0),
  # the first row of a variational CSV is the mean and no draw
  list("examples/eight_schools", "advi_meanfield.csv", drop = 1)
)
model_name <- function(x) { # theta.1.2 -> theta[1,2]
  dotted <- grepl("^[A-Za-z_]+\\.[0-9.]+$", x)
  x[dotted] <- paste0(sub("\\.", "[", x[dotted]), "]")
  x[dotted] <- gsub(".", ",", x[dotted], fixed = TRUE)
  x
}
chain <- function(path, drop) {
  x <- read.csv(path, comment.char = "#")
  x <- x[!grepl("__$", names(x))]
  names(x) <- model_name(names(x))
  as_draws_df(if (drop > 0) x[-seq_len(drop), , drop = FALSE] else x)
}
printed <- function(x) if (is.na(x)) "-" else sub("\\.$", "", trimws(format(pillar::num(x, sigfig = 3))))
cat(sprintf("# R %s, posterior %s, pillar %s; regenerate: tools/reference/summary.R\n", getRversion(),
  packageVersion("posterior"), packageVersion("pillar")))
columns <- c("mean", "median", "sd", "mad", "q5", "q95", "rhat", "ess_bulk", "ess_tail")
cat(paste(c("folder", "files", "variable", columns, paste0(columns, "_printed")), collapse = ","), "\n", sep = "")
for (set in sets) {
  chains <- lapply(file.path(set[[1]], set[[2]]), chain, drop = set$drop)
  draws <- if (length(chains) > 1) do.call(bind_draws, c(chains, along = "chain")) else chains[[1]]
  s <- as.data.frame(summarise_draws(draws))
  for (i in seq_len(nrow(s))) {
    values <- vapply(columns, function(k) as.numeric(s[i, k]), 0)
    label <- s$variable[i]
    if (grepl(",", label)) label <- paste0('"', label, '"')
    cat(paste(c(set[[1]], paste(set[[2]], collapse = " "), label, sprintf("%.17g", values),
      vapply(values, printed, "")), collapse = ","), "\n", sep = "")
  }
}
