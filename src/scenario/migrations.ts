import { isObject, ownValue } from "./objects";

/** One step that brings an older document up to date. */
export interface Migration {
  /** The schema that the document has afterwards: one more than before. */
  readonly version: number;
  /** What changed, for the change log. */
  readonly title: string;
  /** The document as the new schema writes it. Gets whatever was in the file, so nothing in it can be relied on. */
  readonly up: (document: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

/** Every step from schema 1 to the current one, without gaps. A step never changes once it has been released. */
export const MIGRATIONS: readonly Migration[] = [];

/** The schema that a list of steps leads to. */
export function schemaAfter(migrations: readonly Migration[]): number {
  return 1 + migrations.length;
}

/** The schema that this version reads and writes. */
export const CURRENT_SCHEMA = schemaAfter(MIGRATIONS);

/** A document brought up to date; as it is, where it names no older schema. */
export function migrate(document: unknown, migrations: readonly Migration[] = MIGRATIONS): unknown {
  const schema = ownValue(document, "schema");
  if (!isObject(document) || typeof schema !== "number" || !Number.isInteger(schema) || schema < 1) {
    return document;
  }
  let upToDate = document;
  for (const { version, up } of migrations) {
    if (version > schema) upToDate = { ...up(upToDate), schema: version };
  }
  return upToDate;
}
