/** Makes something when it is first asked for: a run that several tests look at belongs to the first of them that is executed. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
