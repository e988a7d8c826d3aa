export const HELP = `Is the loss Σ topk(Wx)² differentiable with respect to W, and what is its gradient?

npm start                                  use the forum thread's W and x
npm start -- --input mine.json             use your own: {"W": [[…], …], "x": […], "k": 3}
npm start -- --w W.csv --x x.csv --k 3     use your own: one row of W per line; x a row or column

W is n × d, x has d entries, and k is an integer in [0, n]. Numbers are decimal, such as -0.5 or 2e3.
A file is UTF-8 text of at most 64 MiB; n · d is at most 2^22, and k · n at most 2^24. No product may
overflow float32: 2n · max |Wx| · max(1, |Wx|, |W|, |x|) is less than 3.4e38.

Options
  --backend cpu|wasm|tensorflow   the TensorFlow.js backend to run on (default: the fastest one
                                  installed, in the order tensorflow, wasm, cpu);
                                  experiment:backends accepts a list, such as cpu,wasm
  --save FOLDER                   save the run as a Jupyter notebook and an HTML page, with charts;
                                  of the files there, only those of an earlier run are replaced
  --help                          show this text
Options of experiment:checker, experiment:gpu, experiment:models, experiment:operators,
experiment:soft, experiment:sparse-autoencoder and experiment:speed
  --quick                         check that the experiment runs: small inputs, few repetitions;
                                  claims that need the full run, such as those on time, are left out
Options of experiment:speed
  --peers                         fail unless PyTorch, JAX and jax-js are installed
  --save FOLDER                   save speed.json with all samples as well (default: out);
                                  experiment:gpu saves gpu.json

Exit status: 0 if every claim holds, 1 if a claim fails, 2 if the input or an option is invalid.
`;
