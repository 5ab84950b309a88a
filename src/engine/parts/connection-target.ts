/** Where a pool's new connections lead to. */
export interface ConnectionTarget {
  /** The server that a connection opened now is bound to, or PROXY. */
  choose(): number;
}
