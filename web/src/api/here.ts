/** An address of the server's may name it as others reach it: the page stays where it came from. */
export function here(url: string): string {
  const { pathname, search } = new URL(url, location.origin);
  return pathname + search;
}
