import { createRoot } from "react-dom/client";
import { browserEnvironment } from "./store/environment";
import { createSession } from "./store/session";
import { App } from "./ui/App";
import "./ui/shell/tokens.css";
import "./ui/shell/base.css";
import { createBrowserWorker } from "./workers/browser-worker";
import { createSimulationClient } from "./workers/simulation-client";
import { defaultWorkerCount } from "./workers/worker-count";

/* The only place that knows all three: the workers, the session that speaks to them, and the page that shows it. */
const client = createSimulationClient({ createWorker: createBrowserWorker, workers: defaultWorkerCount() });
client.start();
const session = createSession({
  client,
  async loadLive() {
    const { createLiveClient } = await import("./workers/live-client");
    return createLiveClient({ createWorker: createBrowserWorker });
  },
  async loadStudies() {
    const { createStudyClient } = await import("./workers/study-client");
    return createStudyClient({ createWorker: createBrowserWorker, workers: defaultWorkerCount() });
  },
  environment: browserEnvironment(),
});

const place = document.getElementById("root");
if (place === null) throw new Error("index.html has no element with the id root");
const root = createRoot(place);
// The address first: what it holds is what the page opens on, and nothing else is shown before.
void session.ready.then(() => root.render(<App session={session} />));
