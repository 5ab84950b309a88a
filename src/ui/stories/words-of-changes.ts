import { createContext } from "react";
import type { WordsOfChanges } from "../shell/change";

/** How changes are told. Whoever shows a story gives it: it takes all names of the controls, which are another feature's. */
export const WordsOfChangesContext = createContext<WordsOfChanges>(() => []);
