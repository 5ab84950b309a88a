import { Component, type ReactNode } from "react";
import { Button } from "../controls/Button";
import styles from "./ErrorBoundary.module.css";

interface ErrorBoundaryProps {
  /** Which part broke, as it begins a sentence: "The charts". */
  readonly part: string;
  /** What was kept and what to do. */
  readonly advice: string;
  readonly children: ReactNode;
}

/** Keeps a defect in one part from taking the page with it, and says what happened. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { part, advice, children } = this.props;
    if (this.state.message === null) return children;
    return (
      <section className={styles.panel} role="alert">
        <h2 className={styles.title}>{part} stopped because of a defect in Headroom.</h2>
        <p>{advice}</p>
        <p className={styles.detail}>{this.state.message}</p>
        <span className={styles.actions}>
          <Button onClick={() => this.setState({ message: null })}>Try again</Button>
          <Button look="quiet" onClick={() => window.location.reload()}>
            Reload the page
          </Button>
        </span>
      </section>
    );
  }
}
