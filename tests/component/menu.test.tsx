import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { FetchedMenu, type MenuState } from "../../src/ui/controls/FetchedMenu";
import { Menu, MenuItem, MenuSeparator } from "../../src/ui/controls/Menu";

function renderMenu() {
  const onSelect = vi.fn();
  function Harness() {
    const [isOpen, setOpen] = useState(false);
    return (
      <>
        <Menu
          isOpen={isOpen}
          onOpenChange={setOpen}
          trigger={(props) => (
            <button type="button" {...props}>
              Fruit
            </button>
          )}
        >
          <MenuItem onSelect={() => onSelect("apple")}>Apple</MenuItem>
          <MenuItem onSelect={() => onSelect("banana")} disabled>
            Banana
          </MenuItem>
          <MenuSeparator />
          <MenuItem onSelect={() => onSelect("cherry")} checked>
            Cherry
          </MenuItem>
          <MenuItem onSelect={() => onSelect("clementine")} keepsOpen>
            Clementine
          </MenuItem>
        </Menu>
        <button type="button">Elsewhere</button>
      </>
    );
  }
  render(<Harness />);
  return { onSelect, user: userEvent.setup(), button: screen.getByRole("button", { name: "Fruit" }) };
}

describe("a menu", () => {
  it("is named by its button, which says whether it is open", async () => {
    const { user, button } = renderMenu();
    expect(button).toHaveAttribute("aria-expanded", "false");
    await user.click(button);
    expect(button).toHaveAttribute("aria-expanded", "true");
    expect(screen.getByRole("menu", { name: "Fruit" })).toHaveFocus();
    expect(screen.getByRole("menuitemradio", { name: "Cherry" })).toBeChecked();
    await user.click(button);
    expect(screen.queryByRole("menu")).not.toBeInTheDocument();
    expect(button).toHaveFocus();
  });

  it("opens on its first item by keys, and arrows skip what can't be done", async () => {
    const { user, button, onSelect } = renderMenu();
    button.focus();
    await user.keyboard("{ArrowDown}");
    expect(screen.getByRole("menuitem", { name: "Apple" })).toHaveFocus();
    await user.keyboard("{ArrowDown}");
    expect(screen.getByRole("menuitemradio", { name: "Cherry" })).toHaveFocus();
    await user.keyboard("{ArrowUp}{ArrowUp}");
    expect(screen.getByRole("menuitem", { name: "Clementine" })).toHaveFocus();
    await user.keyboard("{Home}c");
    await user.keyboard("{Enter}");
    expect(onSelect).toHaveBeenCalledExactlyOnceWith("cherry");
    expect(screen.queryByRole("menu")).not.toBeInTheDocument();
    expect(button).toHaveFocus();
  });

  it("closes on Escape, on Tab and on a press elsewhere, and gives the focus back where none was taken", async () => {
    const { user, button } = renderMenu();
    await user.click(button);
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("menu")).not.toBeInTheDocument();
    expect(button).toHaveFocus();
    await user.click(button);
    await user.tab();
    expect(screen.queryByRole("menu")).not.toBeInTheDocument();
    await user.click(button);
    await user.click(screen.getByRole("button", { name: "Elsewhere" }));
    expect(screen.queryByRole("menu")).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Elsewhere" })).toHaveFocus();
  });

  it("does nothing for an item that can't be done, and stays open for one that says how it went", async () => {
    const { user, button, onSelect } = renderMenu();
    await user.click(button);
    await user.click(screen.getByRole("menuitem", { name: "Banana" }));
    expect(onSelect).not.toHaveBeenCalled();
    await user.click(screen.getByRole("menuitem", { name: "Clementine" }));
    expect(onSelect).toHaveBeenCalledExactlyOnceWith("clementine");
    expect(screen.getByRole("menu")).toBeInTheDocument();
  });
});

describe("a menu that is fetched", () => {
  function FruitMenu({ isOpen, onOpenChange }: MenuState) {
    return (
      <Menu
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        trigger={(props) => (
          <button type="button" {...props}>
            Fruit
          </button>
        )}
      >
        <MenuItem onSelect={() => undefined}>Apple</MenuItem>
      </Menu>
    );
  }

  function renderFetched(fetch: () => Promise<typeof FruitMenu>) {
    function Harness() {
      const [isOpen, setOpen] = useState(false);
      return (
        <FetchedMenu
          fetch={fetch}
          button={(props) => (
            <button type="button" {...props}>
              Fruit
            </button>
          )}
          isOpen={isOpen}
          onOpenChange={setOpen}
        />
      );
    }
    render(<Harness />);
    return userEvent.setup();
  }

  it("opens with the press it was fetched for, and gives the focus back to its button", async () => {
    const user = renderFetched(async () => FruitMenu);
    await user.click(screen.getByRole("button", { name: "Fruit" }));
    expect(await screen.findByRole("menu", { name: "Fruit" })).toBeInTheDocument();
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("menu")).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Fruit" })).toHaveFocus();
  });

  it("opened by a key has the focus on its first item", async () => {
    const user = renderFetched(async () => FruitMenu);
    await user.tab();
    await user.keyboard("{ArrowDown}");
    expect(await screen.findByRole("menuitem", { name: "Apple" })).toHaveFocus();
  });

  it("that did not come can be asked for again", async () => {
    const fetch = vi.fn(async () => FruitMenu);
    fetch.mockRejectedValue(new TypeError("Failed to fetch"));
    const user = renderFetched(fetch);
    const button = screen.getByRole("button", { name: "Fruit" });
    await user.click(button);
    expect(screen.queryByRole("menu")).not.toBeInTheDocument();
    fetch.mockResolvedValue(FruitMenu);
    await user.click(button);
    expect(await screen.findByRole("menu", { name: "Fruit" })).toBeInTheDocument();
  });
});
