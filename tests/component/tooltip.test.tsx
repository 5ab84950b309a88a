import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { IconButton } from "../../src/ui/controls/IconButton";

function renderTwo() {
  render(
    <>
      <IconButton label="Undo" shortcut="Ctrl+Z">
        ←
      </IconButton>
      <IconButton label="Redo">→</IconButton>
    </>,
  );
  return { user: userEvent.setup(), undo: screen.getByRole("button", { name: "Undo" }) };
}

describe("a tooltip", () => {
  it("shows name and shortcut when the pointer rests, stays while it is on the tooltip, and goes", async () => {
    const { user, undo } = renderTwo();
    await user.hover(undo);
    expect(screen.queryByRole("tooltip")).not.toBeInTheDocument();
    const tooltip = await screen.findByRole("tooltip");
    expect(tooltip).toHaveTextContent("UndoCtrl+Z");
    await user.hover(tooltip);
    expect(tooltip).toBeInTheDocument();
    await user.unhover(tooltip);
    await waitFor(() => expect(screen.queryByRole("tooltip")).not.toBeInTheDocument());
  });

  it("comes at once with the keyboard, one at a time, and closes on Escape", async () => {
    const { user } = renderTwo();
    await user.tab();
    expect(screen.getByRole("tooltip")).toHaveTextContent("Undo");
    await user.hover(screen.getByRole("button", { name: "Redo" }));
    await waitFor(() => expect(screen.getByRole("tooltip")).toHaveTextContent("Redo"));
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("tooltip")).not.toBeInTheDocument();
  });

  it("is gone when its button is pressed, or the page scrolls", async () => {
    const { user, undo } = renderTwo();
    await user.tab();
    fireEvent.scroll(document);
    expect(screen.queryByRole("tooltip")).not.toBeInTheDocument();
    await user.hover(undo);
    await screen.findByRole("tooltip");
    await user.click(undo);
    expect(screen.queryByRole("tooltip")).not.toBeInTheDocument();
  });
});
