import type { Session } from "../store/session";
import { headingIdOf, withGroup } from "./scenario/FieldGroup";
import type { GroupId } from "./scenario/field-places";
import type { SystemPart } from "./shell/system-parts";

/** Where the controls of each part of the system begin, and its charts, the one to go to first. */
const PLACES: Readonly<Record<SystemPart, readonly [GroupId, ...charts: string[]]>> = {
  clients: ["traffic", "throughput", "latency"],
  edge: ["edge", "lines", "queue"],
  dynos: ["dynos", "dynos", "processors"],
  pools: ["pool", "connections", "breakdown"],
  pooler: ["pooler", "connections", "lines"],
  database: ["database", "connections", "processors"],
  replicas: ["replicas", "replicas", "processors"],
};

/**
 * Opens a part's group of controls and puts the keyboard there, scrolls its first chart into view, and marks both.
 * @param fleet which fleet the controls are to be about; null: whichever they are about
 */
export function showPart(session: Session, part: SystemPart, fleet: string | null): void {
  const [group, ...charts] = PLACES[part];
  const { openSections, shown } = session.preferences.getState();
  session.preferences.setState({
    openSections: withGroup(group, true, openSections),
    ...(fleet === null ? {} : { shown: { ...shown, fleets: fleet } }),
  });
  const heading = document.getElementById(headingIdOf(group));
  const column = document.getElementById("controls-content");
  if (heading !== null && column !== null) {
    // The column alone: the page is on its way to a chart.
    column.scrollTop += heading.getBoundingClientRect().top - column.getBoundingClientRect().top;
    heading.focus({ preventScroll: true });
    markBriefly(heading);
  }
  const places = charts.flatMap((id) => document.querySelector(`#charts [data-place="${id}"]`) ?? []);
  places[0]?.scrollIntoView({ block: "nearest" });
  for (const place of places) markBriefly(place);
}

const MARK_MS = 2400;

/** Shows for a moment which element is meant: an outline that fades where it stands. */
function markBriefly(element: Element): void {
  const colour = getComputedStyle(element).getPropertyValue("--accent");
  const outline = (of: string) => ({ outline: `2px solid ${of}`, outlineOffset: "-1px" });
  // Not every host animates, and nothing depends on it.
  element.animate?.([outline(colour), { ...outline(colour), offset: 0.7 }, outline("transparent")], MARK_MS);
}
