import { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import type { Question } from "../../study/question-types";
import { Button } from "../controls/Button";
import { IconButton } from "../controls/IconButton";
import { X } from "../controls/more-icons";
import { useControlWords } from "../shell/parameters";
import { useScenario, useSession, useStudy } from "../shell/session-context";
import { AnswerView, fetchView } from "./AnswerView";
import styles from "./DecidePanel.module.css";
import { KINDS } from "./kinds";
import { QuestionForm } from "./QuestionForm";
import { StudyStatus } from "./StudyStatus";

interface Edited {
  readonly of: Question;
  readonly draft: Question;
}

/** What is asked of the scenario by simulating it many times: the question, its settings, how far it has come, and what came of it. */
export function DecidePanel({ question }: { readonly question: Question }) {
  const session = useSession();
  const { parametersOf } = useControlWords();
  const { answer, base, status } = useStudy((state) => state);
  const present = useScenario((state) => state.scenario);
  const [edited, setEdited] = useState<Edited | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const { kind } = question;
  const draft = edited?.of === question ? edited.draft : question;
  const isAsking = status === "asking";
  const groups = useMemo(() => parametersOf(present), [parametersOf, present]);

  const edit = useCallback((next: Question) => setEdited({ of: question, draft: next }), [question]);

  useEffect(() => fetchView(kind), [kind]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind of question is another place to be
  useEffect(() => {
    // A page that was opened with a question in its link begins where pages begin.
    if (document.activeElement === document.body) return;
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest("section")?.scrollIntoView?.({ block: "start" });
  }, [kind]);

  return (
    <section className={styles.panel} aria-labelledby={titleId} data-question={kind} id="decide">
      <header className={styles.header}>
        <div className={styles.titles}>
          <h2 className={styles.title} id={titleId} ref={heading} tabIndex={-1}>
            {KINDS[kind].title}
          </h2>
          <p className={styles.about}>About “{(base ?? present).name || "Unnamed scenario"}”</p>
        </div>
        <IconButton label="Close the question" onClick={() => session.study.close()}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {/* No form: what it holds has forms of its own, and Enter in a field applies what was typed. */}
      <div className={styles.form}>
        <QuestionForm question={draft} onChange={edit} scenario={present} groups={groups} />
        <div className={styles.actions}>
          {/* One button, so that the focus stays on it. */}
          <Button
            onClick={() => (isAsking ? session.study.cancel() : session.study.ask(draft))}
            className={styles.ask}
            look={isAsking || (status === "done" && draft === question) ? "plain" : "primary"}
          >
            {isAsking ? "Stop" : status === "done" && draft === question ? "Ask again" : "Ask"}
          </Button>
          <StudyStatus onAsk={() => session.study.ask(draft)} />
        </div>
      </div>
      {answer !== null && answer.kind === kind && base !== null && <AnswerView answer={answer} base={base} />}
    </section>
  );
}
