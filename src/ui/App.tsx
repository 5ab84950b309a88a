import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { storyOfPreset } from "../scenario/known-presets";
import type { Session } from "../store/session";
import { FetchedMenu } from "./controls/FetchedMenu";
import { DecideButton } from "./decide/DecideButton";
import { LiveBar } from "./live/LiveBar";
import { BaselineMenu } from "./results/BaselineMenu";
import { ChartArea } from "./results/ChartArea";
import { FiguresRow } from "./results/FiguresRow";
import { RunProgress } from "./results/RunProgress";
import { SheetSummary } from "./results/SheetSummary";
import { VerdictPanel } from "./results/VerdictPanel";
import { ControlsPanel } from "./scenario/ControlsPanel";
import { ScenarioTitle } from "./scenario/ScenarioTitle";
import { ShareButton } from "./share/ShareButton";
import { ErrorBoundary } from "./shell/ErrorBoundary";
import { Footer } from "./shell/Footer";
import { Frame } from "./shell/Frame";
import { Header } from "./shell/Header";
import { SessionProvider, useRun, useScenario, useSession, useStudy } from "./shell/session-context";
import { useShortcuts } from "./shell/shortcuts";
import type { OpenPart } from "./shell/system-parts";
import { TimeRow } from "./shell/TimeRow";
import { closeTrust, openTrust, useIsTrustOpen } from "./shell/trust-address";
import { SystemArea } from "./system/SystemArea";
import { TimelineBar } from "./timeline/TimelineBar";

// What a reader opens, not what the first look needs: see docs/decisions/what-loads-first.md.
const fetchShareMenu = async () => (await import("./share/ShareMenu")).ShareMenu;
const fetchDecideMenu = async () => (await import("./DecideMenu")).DecideMenu;
const DecideArea = lazy(() => import("./DecideArea"));
const FindControl = lazy(() => import("./scenario/FindControl"));
const ShortcutsDialog = lazy(() => import("./shell/ShortcutsDialog"));
const LastChange = lazy(() => import("./scenario/LastChange"));
const ProblemsPanel = lazy(() => import("./scenario/ProblemsPanel"));
const SettingEditor = lazy(() => import("./scenario/SettingEditor"));
const TrustPage = lazy(() => import("./trust/TrustPage"));
const StoryArea = lazy(() => import("./StoryArea"));
const Tour = lazy(() => import("./shell/Tour"));

type OpenDialog = "none" | "decide" | "find" | "help" | "share";

function Page() {
  const session = useSession();
  const [open, setOpen] = useState<OpenDialog>("none");
  const [isSheetOpen, setSheetOpen] = useState(false);
  const isTrustOpen = useIsTrustOpen();
  const hasChanged = useRun((state) => state.lastChangedPath !== null);
  const storyId = useScenario((state) => storyOfPreset(state.baseId));
  const isAsked = useStudy((state) => state.question !== null);
  const hasProblems = useScenario((state) => state.problems.length > 0);
  const handlers = useMemo(
    () => ({
      find: () => setOpen("find"),
      help: () => setOpen("help"),
      decide: () => setOpen("decide"),
      share: () => setOpen("share"),
      trust: openTrust,
      play: () => session.live.toggle(),
      pin: () => session.pin(),
      undo: () => session.undo(),
      redo: () => session.redo(),
      cancel: () => {
        session.cancel();
        session.study.cancel();
      },
    }),
    [session],
  );
  useShortcuts(handlers);
  const openPart = useCallback<OpenPart>(
    (part, fleet) => {
      setSheetOpen(true);
      import("./show-part").then(
        // The sheet brings the charts into view as a whole: after that.
        ({ showPart }) => requestAnimationFrame(() => showPart(session, part, fleet)),
        // Without its code nothing is shown, and all of it can still be found by hand.
        () => undefined,
      );
    },
    [session],
  );
  const close = () => setOpen("none");
  const openDecide = useCallback((isOpen: boolean) => setOpen(isOpen ? "decide" : "none"), []);
  const openShare = useCallback((isOpen: boolean) => setOpen(isOpen ? "share" : "none"), []);

  return (
    <>
      <Frame
        header={
          <Header
            title={<ScenarioTitle />}
            baseline={<BaselineMenu />}
            decide={
              <FetchedMenu
                fetch={fetchDecideMenu}
                button={(props) => <DecideButton {...props} />}
                isOpen={open === "decide"}
                onOpenChange={openDecide}
              />
            }
            share={
              <FetchedMenu
                fetch={fetchShareMenu}
                button={(props) => <ShareButton {...props} />}
                isOpen={open === "share"}
                onOpenChange={openShare}
              />
            }
            onFind={handlers.find}
            onHelp={handlers.help}
          />
        }
        controls={<ControlsPanel />}
        sheetSummary={<SheetSummary />}
        isSheetOpen={isSheetOpen}
        onSheet={setSheetOpen}
      >
        {isAsked && (
          <Suspense fallback={null}>
            <DecideArea />
          </Suspense>
        )}
        {hasProblems && (
          <Suspense fallback={null}>
            <ProblemsPanel />
          </Suspense>
        )}
        {storyId !== undefined && (
          <Suspense fallback={null}>
            <StoryArea storyId={storyId} />
          </Suspense>
        )}
        <VerdictPanel
          change={
            hasChanged && (
              <Suspense fallback={null}>
                <LastChange />
              </Suspense>
            )
          }
        />
        <FiguresRow />
        <SystemArea onPart={openPart} />
        <TimeRow>
          <LiveBar />
          <TimelineBar settingEditor={SettingEditor} />
        </TimeRow>
        <ChartArea />
        <Footer />
      </Frame>
      <RunProgress />
      <Suspense fallback={null}>
        <Tour />
        {open === "find" && <FindControl onClose={close} onChosen={() => setSheetOpen(true)} />}
        {isTrustOpen && <TrustPage onClose={closeTrust} />}
        {open === "help" && <ShortcutsDialog onClose={close} />}
      </Suspense>
    </>
  );
}

/** The whole page over one session. Knows no worker and no storage: those are the session's. */
export function App({ session }: { readonly session: Session }) {
  return (
    <ErrorBoundary
      part="The page"
      advice="Your scenario is kept in the address and in this browser. Reload the page to go on."
    >
      <SessionProvider session={session}>
        <Page />
      </SessionProvider>
    </ErrorBoundary>
  );
}
