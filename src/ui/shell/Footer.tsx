import styles from "./Footer.module.css";
import { openTrustHere, TRUST_ADDRESS } from "./trust-address";

/** What stands under everything: the way to the proofs. */
export function Footer() {
  return (
    <footer className={styles.footer}>
      <a className={styles.link} href={TRUST_ADDRESS} onClick={openTrustHere}>
        How far can I trust this?
      </a>
    </footer>
  );
}
