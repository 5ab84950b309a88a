import type { QuestionKind } from "../study/question-types";
import type { MenuState } from "./controls/FetchedMenu";
import { QuestionMenu } from "./decide/QuestionMenu";
import { useSession } from "./shell/session-context";

/** The menu of questions; what makes them takes all controls by name, and comes when one is chosen. */
export function DecideMenu(props: MenuState) {
  const session = useSession();
  function choose(kind: QuestionKind) {
    import("./ask-question").then(
      ({ askQuestion }) => askQuestion(session, kind),
      // Without its code nothing is asked, and the menu can be opened again.
      () => undefined,
    );
  }
  return <QuestionMenu {...props} onChoose={choose} />;
}
