import type { ReactElement, SVGProps } from "react";

interface IconProps extends SVGProps<SVGSVGElement> {
  /** Width and height, in CSS pixels. */
  readonly size: number;
}

export type Icon = (props: IconProps) => ReactElement;

/** An icon in the colour of the text around it. @param path drawn on a square of 24 */
export function icon(path: string): Icon {
  return ({ size, ...rest }) => (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      {...rest}
    >
      <path d={path} />
    </svg>
  );
}
