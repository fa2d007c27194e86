// The API key, where the server asks for one. It is forgotten when the tab is closed.

const NAME = 'remit.key';

export const findKey = (): string | null => sessionStorage.getItem(NAME);

export function keepKey(key: string | null): void {
  if (key === null) sessionStorage.removeItem(NAME);
  else sessionStorage.setItem(NAME, key);
}

export const authorization = (key: string | null): Record<string, string> =>
  key === null ? {} : { Authorization: `Bearer ${key}` };
