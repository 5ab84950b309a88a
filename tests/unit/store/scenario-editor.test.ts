import { describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { ScenarioEditor, type ScenarioEvent } from "../../../src/store/scenario-editor";

const DYNOS = "fleets.web.dynos";
const START = { baseId: "somewhere", scenario: DEFAULT_SCENARIO };

function setUp() {
  const events: ScenarioEvent[] = [];
  const editor = new ScenarioEditor(START, [], (event) => events.push(event));
  const dynos = (): number | undefined => editor.store.getState().scenario.fleets[0]?.dynos;
  const steps = (): number => events.filter((event) => event.kind === "step").length;
  return { editor, events, dynos, steps };
}

describe("editing a scenario", () => {
  it("makes each edit a step that can be undone and redone, to the very same document", () => {
    const { editor, dynos } = setUp();
    editor.apply([{ path: DYNOS, value: 30 }]);
    const thirty = editor.store.getState().scenario;
    editor.apply([{ path: DYNOS, value: 40 }]);
    editor.undo();
    expect(editor.store.getState().scenario).toBe(thirty);
    editor.undo();
    expect(editor.store.getState().scenario).toBe(DEFAULT_SCENARIO);
    expect(editor.store.getState()).toMatchObject({ canUndo: false, canRedo: true });
    editor.redo();
    expect(editor.store.getState().scenario).toBe(thirty);
    editor.redo();
    expect(dynos()).toBe(40);
    expect(editor.store.getState()).toMatchObject({ canUndo: true, canRedo: false });
  });

  it("says nothing where there is nothing to undo or redo", () => {
    const { editor, events } = setUp();
    editor.undo();
    editor.redo();
    expect(events).toEqual([]);
  });

  it("forgets what was undone once something else is done", () => {
    const { editor } = setUp();
    editor.apply([{ path: DYNOS, value: 30 }]);
    editor.undo();
    editor.apply([{ path: DYNOS, value: 31 }]);
    expect(editor.store.getState().canRedo).toBe(false);
  });

  it("refuses a wrong value with a reason, and changes nothing", () => {
    const { editor, events } = setUp();
    const problems = editor.apply([{ path: DYNOS, value: -1 }]);
    expect(problems[0]?.path).toBe(DYNOS);
    expect(editor.apply([{ path: "no.such.field", value: 1 }])).not.toEqual([]);
    expect(editor.apply([{ path: "__proto__.polluted", value: 1 }])).not.toEqual([]);
    expect(editor.store.getState()).toMatchObject({ scenario: DEFAULT_SCENARIO, canUndo: false });
    expect(events).toEqual([]);
  });

  it("makes several changes one step, and none of them where one is refused", () => {
    const { editor, steps, dynos } = setUp();
    editor.apply([
      { path: DYNOS, value: 30 },
      { path: "pooler.enabled", value: true },
    ]);
    expect(steps()).toBe(1);
    const problems = editor.apply([
      { path: DYNOS, value: 99 },
      { path: "pooler.connections", value: "many" },
    ]);
    expect(problems).toHaveLength(1);
    expect(dynos()).toBe(30);
    editor.undo();
    expect(editor.store.getState().scenario).toBe(DEFAULT_SCENARIO);
  });

  it("accepts changes that only make sense together", () => {
    const { editor } = setUp();
    const changes = [
      { path: "run.warmupS", value: 100 },
      { path: "run.durationS", value: 200 },
    ];
    expect(editor.apply(changes)).toEqual([]);
    expect(editor.store.getState().scenario.run).toMatchObject({ warmupS: 100, durationS: 200 });
  });

  it("counts a value that is already there as no step", () => {
    const { editor, events } = setUp();
    expect(editor.apply([{ path: DYNOS, value: DEFAULT_SCENARIO.fleets[0]?.dynos }])).toEqual([]);
    expect(events).toEqual([]);
  });
});

describe("dragging", () => {
  it("shows every value and makes one step of them all", () => {
    const { editor, events, dynos, steps } = setUp();
    for (const value of [26, 27, 28]) editor.drag(DYNOS, value);
    expect(dynos()).toBe(28);
    expect(events.every((event) => event.kind === "draft" && event.path === DYNOS)).toBe(true);
    editor.commit();
    expect(steps()).toBe(1);
    editor.undo();
    expect(editor.store.getState().scenario).toBe(DEFAULT_SCENARIO);
    editor.redo();
    expect(dynos()).toBe(28);
  });

  it("that ends where it began leaves nothing to undo", () => {
    const { editor } = setUp();
    editor.drag(DYNOS, 26);
    editor.drag(DYNOS, 25);
    editor.commit();
    expect(editor.store.getState()).toMatchObject({ scenario: DEFAULT_SCENARIO, canUndo: false });
  });

  it("can be committed again, or without a drag, to no effect", () => {
    const { editor, steps } = setUp();
    editor.commit();
    editor.drag(DYNOS, 26);
    editor.commit();
    editor.commit();
    expect(steps()).toBe(1);
  });

  it("of another field, an edit or an undo ends the drag first", () => {
    const { editor, dynos } = setUp();
    editor.drag(DYNOS, 26);
    editor.drag("pooler.connections", 50);
    editor.apply([{ path: "pooler.enabled", value: true }]);
    editor.drag(DYNOS, 27);
    editor.undo();
    expect(dynos()).toBe(26);
    expect(editor.store.getState().scenario.pooler).toMatchObject({ enabled: true, connections: 50 });
    editor.undo();
    editor.undo();
    expect(dynos()).toBe(26);
    editor.undo();
    expect(dynos()).toBe(25);
  });

  it("over a wrong value keeps the last right one", () => {
    const { editor, dynos } = setUp();
    editor.drag(DYNOS, 26);
    expect(editor.drag(DYNOS, Number.NaN)).toHaveLength(1);
    expect(dynos()).toBe(26);
  });
});

describe("going to an address", () => {
  const thirty = { ...START, scenario: { ...DEFAULT_SCENARIO, name: "thirty" } };

  it("of the step before is undo, of the step after is redo", () => {
    const { editor } = setUp();
    editor.replace(thirty, []);
    editor.visit(structuredClone(START), []);
    expect(editor.store.getState()).toMatchObject({ canUndo: false, canRedo: true });
    expect(editor.store.getState().scenario).toBe(DEFAULT_SCENARIO);
    editor.visit(structuredClone(thirty), []);
    expect(editor.store.getState()).toMatchObject({ canUndo: true, canRedo: false });
    expect(editor.store.getState().scenario).toBe(thirty.scenario);
  });

  it("of anything else is a step of its own, with its problems", () => {
    const { editor } = setUp();
    const problem = { path: "x", found: "1", allowed: "none", sentence: "No." };
    editor.visit(thirty, [problem]);
    expect(editor.store.getState()).toMatchObject({
      canUndo: true,
      problems: [problem],
      scenario: { name: "thirty" },
    });
  });
});
