/** Headroom's mark: a curve and the room that is left above it. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeLinecap="round" strokeLinejoin="round">
        <path d="M7 8.5h18" strokeWidth="2" strokeDasharray="3 3.500" opacity=".75" />
        <path
          d="M7 24c3.200 0 4.200-6.500 7.200-6.500 2.600 0 3.200 3 5.400 3 2.400 0 3-6 5.400-6"
          strokeWidth="2.800"
        />
      </g>
    </svg>
  );
}
