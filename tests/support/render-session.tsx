import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { SessionProvider } from "../../src/ui/shell/session-context";
import { fakeSession } from "./fake-session";

/** Renders a part of the page over a session without workers, and gives both and a user to act. */
export function renderWithSession(part: ReactNode, options: Parameters<typeof fakeSession>[0] = {}) {
  const session = fakeSession(options);
  const user = userEvent.setup();
  const view = render(<SessionProvider session={session}>{part}</SessionProvider>);
  const within = (other: ReactNode) => <SessionProvider session={session}>{other}</SessionProvider>;
  return { session, user, within, ...view };
}
