import { unreachable } from "../../base/assert";
import { isObject } from "../objects";
import {
  type EitherShape,
  MAXIMUM_NAME_LENGTH,
  type NumberShape,
  SHARE_TOLERANCE,
  type SharesShape,
  type TextShape,
} from "../shape";
import { isUsableName } from "./names";
import { inside, type Place, ProblemLog, pathOf } from "./problem-log";
import { readList, readTuple } from "./read-list";
import { readRecord, readVariant } from "./read-record";
import { instead, REJECTED, type Reader, refuse } from "./reading";

/** See `Reader`. Recursion goes as deep as the shape does, never as deep as the input. */
export const readValue: Reader = (shape, input, spare, place, log) => {
  if (input === undefined) return shape.initial;
  if (input === spare && typeof input === "object") return input;
  switch (shape.kind) {
    case "number":
      if (typeof input === "number" && numberFits(shape, input)) return input === 0 ? 0 : input;
      break;
    case "flag":
      if (typeof input === "boolean") return input;
      break;
    case "text":
      if (typeof input === "string" && textFits(shape, input)) return input;
      break;
    case "word":
      if (typeof input === "string" && shape.words.includes(input)) return input;
      break;
    case "reference":
      // Which names there are is known only once the whole document has been read.
      if (typeof input === "string" && input.length <= MAXIMUM_NAME_LENGTH) return input;
      break;
    case "catalogue":
      if (typeof input === "string" && shape.knows(input)) return input;
      break;
    case "anything":
      return input;
    case "nullable":
      return input === null ? null : readValue(shape.of, input, spare, place, log);
    case "optional":
      return input === null ? undefined : readValue(shape.of, input, spare, place, log);
    case "either":
      return readEither(shape, input, spare, place, log);
    case "record":
      return readRecord(readValue, shape, input, spare, place, log);
    case "variant":
      return readVariant(readValue, shape, input, spare, place, log);
    case "list":
      return readList(readValue, shape, input, spare, place, log);
    case "tuple":
      return readTuple(readValue, shape, input, spare, place, log);
    case "shares":
      return readShares(shape, input, spare, place, log);
    default:
      return unreachable(shape);
  }
  return refuse(shape, input, spare, place, log);
};

function numberFits(shape: NumberShape, input: number): boolean {
  if (!(input >= shape.minimum && input <= shape.maximum)) return false;
  if (shape.above && input === shape.minimum) return false;
  return !shape.whole || Number.isInteger(input);
}

function textFits(shape: TextShape, input: string): boolean {
  if (input.length > shape.maximumLength || /\p{Surrogate}/u.test(input)) return false;
  return !shape.isName || isUsableName(input);
}

function readEither(
  shape: EitherShape,
  input: unknown,
  spare: unknown,
  place: Place | null,
  log: ProblemLog,
): unknown {
  if (isObject(input)) {
    const value = readValue(shape.spelled, input, isObject(spare) ? spare : undefined, place, log);
    return value === REJECTED ? instead(spare) : value;
  }
  const quiet = new ProblemLog();
  const value = readValue(shape.plain, input, undefined, place, quiet);
  return quiet.count === 0 ? value : refuse(shape, input, spare, place, log);
}

function readShares(
  shape: SharesShape,
  input: unknown,
  spare: unknown,
  place: Place | null,
  log: ProblemLog,
): unknown {
  if (!isObject(input)) return refuse(shape, input, spare, place, log);
  const names = Object.keys(input);
  if (names.length === 0 || names.length > 200) return refuse(shape, input, spare, place, log);
  const entries: [string, number][] = [];
  let sum = 0;
  for (const name of names) {
    const share = input[name];
    if (typeof share !== "number" || !(share >= 0 && share <= 1)) {
      log.add(inside(place, name), share, "a share from 0 to 1");
      return instead(spare);
    }
    sum += share;
    entries.push([name, share === 0 ? 0 : share]);
  }
  if (Math.abs(sum - 1) > SHARE_TOLERANCE) {
    const path = pathOf(place);
    const found = `shares that sum to ${sum}`;
    log.addSentence(path, found, "shares that sum to 1", `${path} has ${found}, but they must sum to 1.`);
    return instead(spare);
  }
  // Not by assignment: a name could be one that assignment treats differently.
  return Object.fromEntries(entries);
}
