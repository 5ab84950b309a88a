import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import type { ReplicationRecord } from "../engine";
import { ENGINE_VERSION } from "../engine/version";
import { isObject } from "../scenario/objects";
import { readStudy } from "../study/read-study";
import { recordJson, recordOfJson } from "../study/record-text";
import { type Study, studyDocument } from "../study/study-file";
import type { Shard } from "./study-arguments";

/*
 * A part of a study as a file of lines, each of them JSON: what it is a part of, a line for each run in order, and how many those were, so that a
 * file that was cut off is seen to be.
 */

const PART_VERSION = 1;

interface PartHeader extends Shard {
  readonly headroomPart: number;
  readonly engine: string;
  /** Of the whole study. */
  readonly runs: number;
  readonly study: object;
}

/** The file is no part, or not whole. The message is a sentence that names it. */
export class PartProblem extends Error {}

/** Writes a part. It has its name only when it is whole: one that dies leaves nothing that looks like a part. */
export class PartWriter {
  readonly #file: string;
  readonly #unfinished: string;
  readonly #descriptor: number;
  #records = 0;

  constructor(file: string, study: Study, runs: number, { shard, of }: Shard) {
    this.#file = file;
    // Two may be at the same part, on different machines.
    this.#unfinished = `${file}.unfinished-${randomBytes(4).toString("hex")}`;
    this.#descriptor = openSync(this.#unfinished, "w");
    const engine = ENGINE_VERSION;
    this.#line({
      headroomPart: PART_VERSION,
      engine,
      shard,
      of,
      runs,
      study: studyDocument(study),
    } satisfies PartHeader);
  }

  /** @param run its place in the study's list */
  add(run: number, record: ReplicationRecord): void {
    this.#line({ run, record: recordJson(record) });
    this.#records += 1;
  }

  finish(): void {
    this.#line({ records: this.#records });
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
    renameSync(this.#unfinished, this.#file);
  }

  /** Leaves nothing behind. */
  abandon(): void {
    closeSync(this.#descriptor);
    rmSync(this.#unfinished, { force: true });
  }

  #line(value: object): void {
    writeSync(this.#descriptor, `${JSON.stringify(value)}\n`);
  }
}

/** A part that was read; its records are decoded when they are asked for. */
export class Part implements Shard {
  readonly file: string;
  readonly shard: number;
  readonly of: number;
  readonly runs: number;
  readonly study: Study;
  /** The study as it stands in the file: parts of one study have the same. */
  readonly studyText: string;
  readonly #lines: readonly Buffer[];

  /** Throws a `PartProblem` where the file is no whole part. */
  constructor(file: string) {
    this.file = file;
    const [first, ...lines] = linesOf(file);
    const header = headerOf(file, first);
    const last = lines.pop();
    const { study, problems } = readStudy(header.study);
    if (study === null || problems.length > 0)
      throw new PartProblem(`${file} holds a study that cannot be read.`);
    this.shard = header.shard;
    this.of = header.of;
    this.runs = header.runs;
    this.study = study;
    this.studyText = JSON.stringify(header.study);
    this.#lines = lines;
    const counted = Math.max(0, Math.ceil((header.runs - header.shard) / header.of));
    if (last === undefined || parsed(last)?.records !== counted || lines.length !== counted)
      throw new PartProblem(`${file} is not whole: run its part again.`);
  }

  /** The record of a run of this part. */
  record(run: number): ReplicationRecord {
    const line = this.#lines[(run - this.shard) / this.of];
    const content = line === undefined ? null : parsed(line);
    try {
      if (content?.run === run) return recordOfJson(content.record);
    } catch {
      // Said below.
    }
    throw new PartProblem(`${this.file} is damaged: run ${run} cannot be read. Run its part again.`);
  }
}

function linesOf(file: string): readonly Buffer[] {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (error) {
    throw new PartProblem(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const lines: Buffer[] = [];
  for (let start = 0; start < content.length; ) {
    const end = content.indexOf(0x0a, start);
    lines.push(content.subarray(start, end < 0 ? content.length : end));
    start = end < 0 ? content.length : end + 1;
  }
  return lines;
}

function headerOf(file: string, line: Buffer | undefined): PartHeader {
  const header = line === undefined ? null : parsed(line);
  if (typeof header?.headroomPart !== "number") throw new PartProblem(`${file} is no part of a study.`);
  if (header.headroomPart > PART_VERSION)
    throw new PartProblem(`${file} was written by a newer version of Headroom; this one cannot read it.`);
  if (header.engine !== ENGINE_VERSION)
    throw new PartProblem(
      `${file} was simulated by engine ${String(header.engine)}, and this is engine ${ENGINE_VERSION}: run its part again.`,
    );
  const { shard, of, runs } = header;
  const isShard =
    [shard, of, runs].every(Number.isSafeInteger) && Number(shard) >= 0 && Number(shard) < Number(of);
  if (!isShard || !isObject(header.study)) throw new PartProblem(`${file} is damaged: run its part again.`);
  // Held field by field just now.
  return header as unknown as PartHeader;
}

/** The object that a line holds; null where it holds none. */
function parsed(line: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line.toString("utf8"));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
