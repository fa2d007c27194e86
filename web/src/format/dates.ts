const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const instant = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A calendar day as the viewer writes it. It has no zone: 1 March is 1 March everywhere. */
export const showDay = (date: string): string => day.format(new Date(`${date}T00:00:00Z`));

/** An instant, in the viewer's zone. */
export const showInstant = (at: string): string => instant.format(new Date(at));

/** Whether it is a day as the API takes it. While a year is typed, its first digits are one too. */
export const isDay = (text: string): boolean =>
  /^[12]\d{3}-\d\d-\d\d$/.test(text) &&
  new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

/** The day so many days later, or earlier. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
