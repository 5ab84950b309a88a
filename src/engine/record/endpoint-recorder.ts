import { Histogram } from "../kernel/histogram";
import {
  COUNT_COLUMNS,
  type EndpointRecord,
  emptyHistogramRecord,
  histogramRecord,
} from "./replication-record";

/** What is recorded of one endpoint. The histogram is made when it is needed: a scenario can have many endpoints that are seldom asked for. */
export class EndpointRecorder {
  /** See COUNT. */
  readonly counts = new Float64Array(COUNT_COLUMNS);
  private latency: Histogram | null = null;

  /** Books the latency array[at], whose bin is known. */
  add(bin: number, array: Float64Array, at: number): void {
    this.latency ??= new Histogram();
    this.latency.add(bin, array, at);
  }

  record(): EndpointRecord {
    return {
      counts: this.counts.slice(),
      latency: this.latency === null ? emptyHistogramRecord() : histogramRecord(this.latency),
    };
  }
}
