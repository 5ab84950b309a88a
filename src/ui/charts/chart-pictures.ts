/** Makes a picture of a chart as it stands; null where there is nothing to draw. */
export type MakePicture = () => Promise<Blob | null>;

const makers = new WeakMap<Element, MakePicture>();

/** Says how the picture of a chart in the page is made. */
export function offerPicture(figure: Element | null, make: MakePicture): void {
  if (figure !== null) makers.set(figure, make);
}

/** How the picture of a chart in the page is made; undefined where it is none. */
export function pictureOf(figure: Element): MakePicture | undefined {
  return makers.get(figure);
}
