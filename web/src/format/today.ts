/** The organization's day as YYYY-MM-DD: at 23:00 in Toronto it is not yet tomorrow. */
export function todayIn(timeZone: string, now = new Date()): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now);
}
