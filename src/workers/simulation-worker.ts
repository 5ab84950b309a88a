import { expose } from "comlink";
import { simulationEngine } from "./simulation-engine";
import { createWorkerClock } from "./worker-clock";
import { createWorkerService } from "./worker-service";

// The script every worker runs.
expose(createWorkerService(simulationEngine, createWorkerClock()));
