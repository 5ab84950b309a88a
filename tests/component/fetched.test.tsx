import { act, render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { describe, expect, it, vi } from "vitest";
import { fetched } from "../../src/ui/shell/fetched";

function Fruit({ name }: { readonly name: string }) {
  return <p>{name}</p>;
}

const shown = (Part: ReturnType<typeof fetched<{ readonly name: string }>>["Part"]) =>
  render(
    <Suspense fallback={<p>waiting</p>}>
      <Part name="cherry" />
    </Suspense>,
  );

describe("a part of the page that is fetched", () => {
  it("is drawn at once where it was fetched before", async () => {
    const { Part, fetch } = fetched(async () => ({ default: Fruit }));
    await fetch();
    shown(Part);
    expect(screen.getByText("cherry")).toBeInTheDocument();
    expect(screen.queryByText("waiting")).toBeNull();
  });

  it("is fetched when it is drawn where it was not, behind what stands in for it", async () => {
    const { Part } = fetched(async () => ({ default: Fruit }));
    shown(Part);
    expect(screen.getByText("waiting")).toBeInTheDocument();
    expect(await screen.findByText("cherry")).toBeInTheDocument();
  });

  it("is fetched once, however often it is asked for", async () => {
    const load = vi.fn(async () => ({ default: Fruit }));
    const { Part, fetch } = fetched(load);
    await fetch();
    await fetch();
    shown(Part);
    expect(load).toHaveBeenCalledOnce();
  });

  it("is fetched again when it is drawn, where fetching it before failed", async () => {
    const load = vi.fn(async () => ({ default: Fruit }));
    load.mockRejectedValueOnce(new Error("offline"));
    const { Part, fetch } = fetched(load);
    await expect(fetch()).rejects.toThrow("offline");
    await act(async () => {
      shown(Part);
    });
    expect(await screen.findByText("cherry")).toBeInTheDocument();
  });
});
