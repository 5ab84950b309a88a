import { useEffect } from "react";

interface StyleProps {
  /** The rules that hold while at least one instance is on the page; the first instance's win. */
  readonly styles: string;
}

/**
 * A component whose style rules hold once, however many instances are on the page, and are gone with the last.
 *
 * Stands in for the package `react-style-singleton` (the build's settings say so), through which the dialogs, menus
 * and selects of the primitives library lock the page's scrolling. The package adds a `style` element, which the
 * page's content security policy forbids; a constructed style sheet does the same without a hole in the policy.
 */
export function styleSingleton() {
  let instances = 0;
  let sheet: CSSStyleSheet | null = null;

  const add = (styles: string) => {
    instances += 1;
    if (sheet !== null) return;
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };

  const remove = () => {
    instances -= 1;
    if (instances > 0) return;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== sheet);
    sheet = null;
  };

  return function Style({ styles }: StyleProps) {
    useEffect(() => {
      add(styles);
      return remove;
    }, [styles]);
    return null;
  };
}
