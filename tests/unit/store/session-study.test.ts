import { describe, expect, it, vi } from "vitest";
import { OPENING_PRESET_ID } from "../../../src/scenario/presets";
import { readHash } from "../../../src/share/link";
import { NO_STUDY } from "../../../src/store/study-session";
import type { Question } from "../../../src/study/question-types";
import { settle } from "../../support/fake-client";
import { FakeEnvironment } from "../../support/fake-environment";
import { FakeStudyClient } from "../../support/fake-study-client";
import { DYNOS, dynosOf, openSession } from "../../support/open-session";

const SWEEP: Question = { kind: "sweep", axes: [{ path: DYNOS, values: [10, 20, 30] }], replications: 2 };
const CURVE: Question = { kind: "capacity", replications: 4, points: 16 };

const linkOf = (question: unknown, ...parameters: readonly string[]): string =>
  `#${[`from=${OPENING_PRESET_ID}`, ...parameters, `study=${encodeURIComponent(JSON.stringify(question))}`].join("&")}`;

async function open(hash = "") {
  const client = new FakeStudyClient();
  const opened = await openSession(new FakeEnvironment(hash), async () => client);
  const study = () => opened.session.study.store.getState();
  /** The question that the address bar holds. */
  const inAddress = async (): Promise<unknown> => {
    const { question } = await readHash(opened.environment.address.hash());
    return question === undefined ? null : JSON.parse(question);
  };
  return { ...opened, client, study, inAddress };
}

describe("the address", () => {
  it("holds what is asked, without an entry of the browser's history for it", async () => {
    const { session, environment, inAddress } = await open();
    session.study.ask(SWEEP);
    expect(await inAddress()).toEqual(SWEEP);
    session.study.ask(CURVE, "later");
    expect(await inAddress()).toEqual(CURVE);
    expect(environment.entries).toHaveLength(1);
    session.study.close();
    expect(await inAddress()).toBeNull();
  });

  it("holds it beside what is changed in the scenario", async () => {
    const { session, inAddress, environment } = await open();
    session.study.ask(SWEEP);
    session.edit(DYNOS, 40);
    expect(await inAddress()).toEqual(SWEEP);
    expect(dynosOf((await readHash(environment.address.hash())).scenario)).toBe(40);
  });

  it("that is shared holds it too", async () => {
    const { session } = await open();
    session.study.ask(SWEEP);
    const link = await session.shareLink();
    const { question } = await readHash(new URL(link ?? "").hash);
    expect(JSON.parse(question ?? "null")).toEqual(SWEEP);
  });

  it("that is too long is shared in the compact form, with the question", async () => {
    const { session, state } = await open();
    session.applyChanges([{ path: "notes", value: "why ".repeat(900) }]);
    session.study.ask(SWEEP);
    const hash = new URL((await session.shareLink()) ?? "").hash;
    expect(hash).toMatch(/^#s=/);
    const { question, scenario } = await readHash(hash);
    expect(JSON.parse(question ?? "null")).toEqual(SWEEP);
    expect(scenario).toEqual(state().scenario);
  });
});

describe("a link with a question", () => {
  it("asks it of the scenario that it opens, and the address still says it", async () => {
    const { study, inAddress, client } = await open(linkOf(SWEEP, `${DYNOS}=50`));
    await vi.waitFor(() => expect(client.studies).toHaveLength(1));
    expect(study()).toMatchObject({ question: SWEEP, status: "asking" });
    expect(dynosOf(study().base)).toBe(50);
    expect(await inAddress()).toEqual(SWEEP);
  });

  it("that is pasted takes the place of what was asked", async () => {
    const { session, environment, study, inAddress } = await open();
    session.study.ask(CURVE);
    environment.type(linkOf(SWEEP, `${DYNOS}=50`));
    await vi.waitFor(() => expect(study().question).toEqual(SWEEP));
    expect(dynosOf(study().base)).toBe(50);
    expect(await inAddress()).toEqual(SWEEP);
  });

  it("that cannot be read whole says so beside what else could not be", async () => {
    const question = { ...SWEEP, axes: [{ path: DYNOS, values: [10, "many"] }] };
    const { study, state } = await open(linkOf(question, "fleets.web.dinos=3"));
    await vi.waitFor(() => expect(state().problems).toHaveLength(2));
    expect(
      state()
        .problems.map(({ sentence }) => sentence)
        .join(),
    ).toMatch(/dinos.*many/);
    expect(study().question).toMatchObject({ axes: [{ path: DYNOS, values: [10] }] });
  });

  it("that is none opens the scenario, and says so", async () => {
    const { study, state, dynos } = await open(`#from=${OPENING_PRESET_ID}&${DYNOS}=50&study=nonsense`);
    await vi.waitFor(() => expect(state().problems).toHaveLength(1));
    expect(study()).toEqual(NO_STUDY);
    expect(dynos()).toBe(50);
  });
});

describe("back and forward", () => {
  it("to an address without a question close it, and leave that address as it is", async () => {
    const { session, environment, study, inAddress, dynos } = await open();
    session.edit(DYNOS, 30);
    session.study.ask(SWEEP);
    environment.go(-1);
    await settle();
    expect(dynos()).toBe(25);
    expect(study()).toEqual(NO_STUDY);
    expect(await inAddress()).toBeNull();
    environment.go(1);
    await vi.waitFor(() => expect(study().question).toEqual(SWEEP));
    expect(dynos()).toBe(30);
  });
});
