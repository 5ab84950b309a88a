import { createServer } from "node:net";

/**
 * A port of this machine that nothing listens on now.
 * @returns {Promise<number>}
 */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const bound = server.address();
      server.close(() =>
        bound !== null && typeof bound === "object"
          ? resolve(bound.port)
          : reject(new Error("no port is free")),
      );
    });
  });
}
