import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Testing Library cleans up by itself only where the runner's functions are globals, and here they are imported.
afterEach(cleanup);

// What is loaded when it is opened comes later on a busy machine.
configure({ asyncUtilTimeout: 30_000 });
