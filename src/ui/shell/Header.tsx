import { type ReactNode, useEffect, useState } from "react";
import { FetchedMenu } from "../controls/FetchedMenu";
import { IconButton } from "../controls/IconButton";
import { CircleQuestionMark, Redo2, Search, ShieldCheck, Undo2 } from "../controls/icons";
import styles from "./Header.module.css";
import { Mark } from "./Mark";
import { ProgressLine } from "./ProgressLine";
import { usePreferences, useScenario, useSession } from "./session-context";
import { shortcutKeys } from "./shortcuts";
import { ThemeButton } from "./ThemeButton";
import { followTheme } from "./theme";
import { openTrust } from "./trust-address";

const fetchThemeMenu = async () => (await import("./ThemeMenu")).ThemeMenu;

function History() {
  const session = useSession();
  const canUndo = useScenario((state) => state.canUndo);
  const canRedo = useScenario((state) => state.canRedo);
  return (
    <>
      <IconButton
        label="Undo"
        shortcut={shortcutKeys("undo")}
        disabled={!canUndo}
        onClick={() => session.undo()}
      >
        <Undo2 size={16} aria-hidden />
      </IconButton>
      <IconButton
        label="Redo"
        shortcut={shortcutKeys("redo")}
        disabled={!canRedo}
        onClick={() => session.redo()}
      >
        <Redo2 size={16} aria-hidden />
      </IconButton>
    </>
  );
}

interface HeaderProps {
  readonly title: ReactNode;
  readonly baseline: ReactNode;
  readonly decide: ReactNode;
  readonly share: ReactNode;
  readonly onFind: () => void;
  readonly onHelp: () => void;
}

/** What the page is, which scenario it shows, and what can be done with the whole of it. */
export function Header({ title, baseline, decide, share, onFind, onHelp }: HeaderProps) {
  const theme = usePreferences((state) => state.theme);
  const [isThemeOpen, setThemeOpen] = useState(false);
  useEffect(() => followTheme(theme), [theme]);
  return (
    <header className={styles.header}>
      <h1 className={styles.brand}>
        <Mark size={22} />
        <span className={styles.brandName}>Headroom</span>
      </h1>
      <span className={styles.divider} />
      {title}
      <div className={styles.actions}>
        <History />
        {baseline}
        {decide}
        {share}
        <span className={styles.wide}>
          <IconButton label="Find a control" shortcut={shortcutKeys("find")} onClick={onFind}>
            <Search size={16} aria-hidden />
          </IconButton>
        </span>
        <FetchedMenu
          fetch={fetchThemeMenu}
          button={(props) => <ThemeButton {...props} />}
          isOpen={isThemeOpen}
          onOpenChange={setThemeOpen}
        />
        <span className={styles.wide}>
          <IconButton label="How far can I trust this?" shortcut={shortcutKeys("trust")} onClick={openTrust}>
            <ShieldCheck size={16} aria-hidden />
          </IconButton>
          <IconButton label="Keyboard shortcuts" shortcut={shortcutKeys("help")} onClick={onHelp}>
            <CircleQuestionMark size={16} aria-hidden />
          </IconButton>
        </span>
      </div>
      <ProgressLine />
    </header>
  );
}
