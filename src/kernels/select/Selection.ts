/** Which entries of each row to select. */
export interface Selection {
  k: number;
  /** By default true; false selects the smallest. */
  largest?: boolean;
  sorted: boolean;
}
