import { useEffect, useState } from "react";

const QUIET_MS = 800;

/** The text for a live region: only what has stood still for a while, so that a drag is not read out step by step. */
export function useAnnouncement(text: string): string {
  const [announced, setAnnounced] = useState("");
  useEffect(() => {
    if (text === "") return;
    const timer = setTimeout(() => setAnnounced(text), QUIET_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return announced;
}
