/** What has been typed, over what another has changed meanwhile. */
export const caughtUp = <Values extends object>(before: Values, typed: Values, now: Values) => ({
  ...now,
  ...changed(before, typed),
});

/** What differs. Only that is sent: what another has changed meanwhile stays. */
export function changed<Values extends object>(before: Values, now: Values): Partial<Values> {
  const names = Object.keys(now) as (keyof Values)[];
  return Object.fromEntries(
    names.filter((name) => now[name] !== before[name]).map((name) => [name, now[name]]),
  ) as Partial<Values>;
}
