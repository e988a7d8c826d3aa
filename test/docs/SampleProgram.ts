/** Code from the documentation, to be compiled and run. Its lines are numbered as in the file it is from. */
export interface SampleProgram {
  /** where it is from, as 'docs/ties.md' */
  file: string;
  source: string;
}
