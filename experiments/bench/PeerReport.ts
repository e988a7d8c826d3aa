/** What a peer prints as JSON. */
export interface PeerReport {
  version: string;
  /** By task id and method: the result, for comparison, and the times of all runs in ms. */
  results: Record<string, Record<string, { found: number[]; times: number[] }>>;
}
